//! W002 dependency-together: a system and one that it depends on, or both of a pair, at the same time.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::checks::facts::overlaps::overlaps_of_two;
use crate::checks::facts::related_systems::{Relation, named_by, relation};
use crate::checks::{Check, CommonCause, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{Subject, System, SystemId, WindowKind, Work};
use crate::schedule::{Occurrence, WindowOccurrence, WindowSchedule};
use crate::wording::{list_in_sentence, moment};

pub static RULE: Rule = Rule {
    code: "W002",
    name: "dependency-together",
    severity: Severity::Warning,
    summary: "A system and one that it depends on, or both systems of a high-availability pair, are worked on at the \
              same time: in one window but not one after the other in the same track, or in two windows that \
              overlap. For a pair it is an error. Rolling windows take nothing down and do not count.",
    why: "If both halves of a pair are down, the outage that the pair should prevent happens. If a system is down \
          that another one needs, the other cannot be tested, and nobody knows whose change broke it.",
    example: "DB 1 and its twin DB 2 are both worked on in Core DB, Sat 13 Mar 2027 22:00.",
    remedy: "Put the two in different windows, or in the same track of a window so that one follows the other.",
    checks: &[Check::RelatedSystem(check)],
    fix: None,
    fold: Some(in_one_line),
};

/// At most this many are reported for two systems.
const MOST: usize = 500;
/// At most this many pairs of windows are compared for two systems.
const MOST_PAIRS: usize = 2_500;

fn check(cx: &Context<'_>, position: usize, sink: &mut Sink) {
    let records = cx.plan().systems().as_slice();
    for other_position in named_by(cx.plan(), &records[position]) {
        let Some(relation) = relation(&records[position], &records[other_position]) else { continue };
        // Twins are reported in the order of their ids, no matter which of the two names the other.
        let [position, other_position] = match relation {
            Relation::Twins => [position.min(other_position), position.max(other_position)],
            Relation::Dependency => [position, other_position],
        };
        let two = RelatedSystems { system: &records[position], other: &records[other_position], relation };
        two.check([windows(cx, position), windows(cx, other_position)], sink);
    }
}

/// For one window: both are worked on in it, or another window overlaps it.
fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let others: BTreeSet<&Subject> = cause.findings.iter().filter_map(|finding| finding.other.as_ref()).collect();
    let (systems, windows): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|other| matches!(other, Subject::System(_)));
    let list = |all: &[&Subject]| {
        let all: Vec<String> = all.iter().map(|subject| subject.name(cx.plan())).collect();
        list_in_sentence(&all, MOST_NAMES)
    };
    let its = if cause.severity == Severity::Error { "its twin" } else { "one that depends on it" };
    let what = match (systems.as_slice(), windows.as_slice()) {
        (systems, []) => format!("works on {} and on {its} at the same time", list(systems)),
        ([], windows) => format!("works on a system while {} works on {its}", list(windows)),
        _ => format!("works on a system while {its} is worked on"),
    };
    let (which, name, first) = (cause.occurrences_in_words(), cause.name(cx), cause.first_in_words(cx));
    format!("{name} {what}: {which}{first}")
}

/// The windows that take the system at that position down.
fn windows<'a>(cx: &Context<'a>, position: usize) -> Vec<&'a Arc<WindowSchedule>> {
    let schedule = cx.schedule;
    let covering = schedule.covering.windows_covering(position).iter().map(|index| &schedule.windows[*index as usize]);
    covering.filter(|window| window.window.kind != WindowKind::Rolling).collect()
}

/// A system and one that it depends on, or its twin.
struct RelatedSystems<'a> {
    system: &'a System,
    other: &'a System,
    relation: Relation,
}

impl RelatedSystems<'_> {
    fn check(&self, [windows, others]: [Vec<&Arc<WindowSchedule>>; 2], sink: &mut Sink) {
        for window in windows.iter().filter(|window| window.scope.covers(&self.other.id)) {
            if !are_in_same_track(&window.window.work, &self.system.id, &self.other.id) {
                window.expansion.occurrences.iter().for_each(|each| sink.add(self.in_one(window, each)));
            }
        }
        // If one of the two windows covers both systems, W001 reports the overlap.
        let own = windows.iter().filter(|window| !window.scope.covers(&self.other.id));
        let theirs = || others.iter().filter(|window| !window.scope.covers(&self.system.id));
        let mut pairs = own.flat_map(|window| theirs().map(move |other| (*window, *other)));
        let mut found = Vec::new();
        for (window, other) in pairs.by_ref().take(MOST_PAIRS) {
            overlaps_of_two(window, other, MOST, &mut found);
            if found.len() > MOST {
                break;
            }
        }
        let (is_cut_off, is_incomplete) = (found.len() > MOST, pairs.next().is_some());
        found.truncate(MOST);
        for [first, second] in found {
            sink.add(self.in_two(first, second));
        }
        if is_cut_off {
            let message = format!("{} in more than {MOST} occurrences; the others are not listed", self.in_words());
            sink.add(self.finding(Finding::new(&RULE, Subject::System(self.system.id.clone()), message)));
        } else if is_incomplete {
            let (system, other) = (&self.system.name, &self.other.name);
            let message = format!(
                "{system} and {other}: only the first {MOST_PAIRS} pairs of their windows are checked; use fewer windows"
            );
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
        let at = moment(window.local(occurrence.start_at));
        let message = [&*self.in_words(), " in ", &window.window.name, ", ", &at].concat();
        let other = Subject::System(self.other.id.clone());
        self.finding(Finding::for_occurrence(&RULE, window, occurrence, message).with_other(other))
    }

    fn in_two(
        &self,
        (window, occurrence): WindowOccurrence<'_>,
        (other_window, other): WindowOccurrence<'_>,
    ) -> Finding {
        let (one, another) = (moment(window.local(occurrence.start_at)), moment(other_window.local(other.start_at)));
        let (name, other_name) = (&*window.window.name, &*other_window.window.name);
        let message = [&*self.in_words(), ": in ", name, ", ", &one, ", and in ", other_name, ", ", &another].concat();
        let other = Subject::Window(other_window.id().clone());
        self.finding(Finding::for_occurrence(&RULE, window, occurrence, message).with_other(other))
    }

    fn finding(&self, finding: Finding) -> Finding {
        let is_outage = self.relation == Relation::Twins;
        if is_outage { finding.with_severity(Severity::Error) } else { finding }
    }
}

/// Whether two systems are in the same track of a window's work. Systems in no track form another one.
fn are_in_same_track(work: &Work, a: &SystemId, b: &SystemId) -> bool {
    let Work::Tracks(tracks) = work else { return false };
    let track = |system: &SystemId| tracks.iter().position(|track| track.contains(system));
    track(a) == track(b)
}
