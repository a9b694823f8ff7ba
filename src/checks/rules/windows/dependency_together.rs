//! W002 dependency-together: a system and one that it depends on, or both of a pair, in the same hours.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::windows_overlap::overlaps_of_two;
use crate::checks::facts::related_systems::{Relation, named_by, relation};
use crate::checks::words::{moment, names};
use crate::checks::{Cause, Check, Context, Finding, Rule, Severity, Sink, Subject};
use crate::model::{System, SystemId, WindowKind, Work};
use crate::schedule::{Occurrence, WindowSchedule};

pub static RULE: Rule = Rule {
    code: "W002",
    name: "dependency-together",
    severity: Severity::Warning,
    summary: "A system and one that it depends on, or both systems of a high-availability pair, are worked on in the same \
             hours: in one window that does not take them one after the other in one track, or in two windows that \
             overlap. For a pair it is an error. Rolling windows take nothing down and do not count.",
    why: "With both halves of a pair down, what the pair was bought to prevent happens. With a system down that another \
          one needs, the other cannot be tested, and nobody knows whose change broke it.",
    example: "DB 1 and its twin DB 2 are both worked on in Core DB, Sat 13 Mar 2027 22:00.",
    remedy: "Put the two into different windows, or into one track of a window, so that they follow one another.",
    checks: &[Check::RelatedSystem(check)],
    fix: None,
    fold: Some(in_one_line),
};

/// More than this for two systems is told in one sentence.
const MOST: usize = 500;
/// Where two systems are covered by more pairs of windows than this, the rest is not looked at.
const MOST_PAIRS: usize = 2_500;

fn check(cx: &Context<'_>, place: usize, sink: &mut Sink) {
    let records = cx.plan().systems.as_slice();
    for other_place in named_by(cx.plan(), &records[place]) {
        let Some(relation) = relation(&records[place], &records[other_place]) else { continue };
        // A pair is told of in the order of its ids, whichever of the two names the other.
        let [place, other_place] = match relation {
            Relation::Twins => [place.min(other_place), place.max(other_place)],
            Relation::Dependency => [place, other_place],
        };
        let two = Two { system: &records[place], other: &records[other_place], relation };
        two.check([windows(cx, place), windows(cx, other_place)], sink);
    }
}

/// Of one window, in which both are worked on or which meets another.
fn in_one_line(cx: &Context<'_>, cause: &Cause) -> String {
    let others: BTreeSet<&Subject> = cause.findings.iter().filter_map(|finding| finding.other.as_ref()).collect();
    let (systems, windows): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|other| matches!(other, Subject::System(_)));
    let called = |all: &[&Subject]| {
        let all: Vec<String> = all.iter().map(|subject| subject.name(cx.plan())).collect();
        names(all.iter().map(String::as_str))
    };
    let its = if cause.severity == Severity::Error { "its twin" } else { "one that depends on it" };
    let what = match (systems.as_slice(), windows.as_slice()) {
        (systems, []) => format!("works on {} and on {its} in the same hours", called(systems)),
        ([], windows) => format!("works on a system while {} works on {its}", called(windows)),
        _ => format!("works on a system while {its} is worked on"),
    };
    let (which, name, first) = (cause.occurrences_in_words(), cause.name(cx), cause.first_in_words(cx));
    format!("{name} {what}: {which}{first}")
}

/// The windows that take the system at that place down.
fn windows<'a>(cx: &Context<'a>, place: usize) -> Vec<&'a Arc<WindowSchedule>> {
    let schedule = cx.schedule;
    let covering = schedule.covering.windows(place).iter().map(|index| &schedule.windows[*index as usize]);
    covering.filter(|window| window.window.kind != WindowKind::Rolling).collect()
}

/// Two systems that hang together.
struct Two<'a> {
    system: &'a System,
    other: &'a System,
    relation: Relation,
}

impl Two<'_> {
    fn check(&self, [windows, others]: [Vec<&Arc<WindowSchedule>>; 2], sink: &mut Sink) {
        for window in windows.iter().filter(|window| window.scope.covers(&self.other.id)) {
            if !follow_one_another(&window.window.work, &self.system.id, &self.other.id) {
                window.expansion.occurrences.iter().for_each(|each| sink.add(self.in_one(window, each)));
            }
        }
        // Where one of two windows covers both systems, W001 tells that they overlap.
        let own = windows.iter().filter(|window| !window.scope.covers(&self.other.id));
        let theirs = || others.iter().filter(|window| !window.scope.covers(&self.system.id));
        let mut pairs = own.flat_map(|window| theirs().map(move |other| (*window, *other)));
        let mut found = Vec::new();
        for (window, other) in pairs.by_ref().take(MOST_PAIRS) {
            overlaps_of_two(window, other, &mut found);
            if found.len() > MOST {
                break;
            }
        }
        let is_cut_off = found.len() > MOST || pairs.next().is_some();
        found.truncate(MOST);
        for [first, second] in found {
            sink.add(self.in_two(first, second));
        }
        if is_cut_off {
            let message = format!("{} in more than {MOST} occurrences; the others are not listed", self.in_words());
            sink.add(self.finding(Finding::new(&RULE, Subject::System(self.system.id.clone()), message)));
        }
    }

    /// "DB 1 and its twin DB 2 are both worked on"
    fn in_words(&self) -> String {
        let (system, other) = (&self.system.name, &self.other.name);
        match self.relation {
            Relation::Twins => format!("{system} and its twin {other} are both worked on"),
            Relation::Dependency => format!("{system} and {other}, on which it depends, are both worked on"),
        }
    }

    fn in_one(&self, window: &WindowSchedule, occurrence: &Occurrence) -> Finding {
        let at = moment(window, occurrence.start_at);
        let message = [&*self.in_words(), " in ", &window.window.name, ", ", &at].concat();
        let other = Subject::System(self.other.id.clone());
        self.finding(Finding::on(&RULE, window, occurrence, message).with_other(other))
    }

    fn in_two(
        &self,
        (window, occurrence): (&Arc<WindowSchedule>, &Occurrence),
        (other_window, other): (&Arc<WindowSchedule>, &Occurrence),
    ) -> Finding {
        let (one, another) = (moment(window, occurrence.start_at), moment(other_window, other.start_at));
        let (name, other_name) = (&*window.window.name, &*other_window.window.name);
        let message = [&*self.in_words(), ": in ", name, ", ", &one, ", and in ", other_name, ", ", &another].concat();
        let other = Subject::Window(other_window.id().clone());
        self.finding(Finding::on(&RULE, window, occurrence, message).with_other(other))
    }

    fn finding(&self, finding: Finding) -> Finding {
        let is_outage = self.relation == Relation::Twins;
        if is_outage { finding.with_severity(Severity::Error) } else { finding }
    }
}

/// Whether two systems stand in one track of a window's work. Those in no track make up one more.
fn follow_one_another(work: &Work, a: &SystemId, b: &SystemId) -> bool {
    let Work::Tracks(tracks) = work else { return false };
    let track_of = |system: &SystemId| tracks.iter().position(|track| track.contains(system));
    track_of(a) == track_of(b)
}
