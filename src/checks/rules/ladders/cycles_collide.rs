//! R004 cycles-collide: the last group is reached after the next release.

use crate::checks::facts::ladder_timeline::{LadderTimeline, cycle_in_words, cycles_in_words, roughly};
use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::model::{Subject, UtcMinute};
use crate::schedule::{Cycle, MissReason};
use crate::wording::date;

pub static RULE: Rule = Rule {
    code: "R004",
    name: "cycles-collide",
    severity: Severity::Warning,
    summary: "The last group completes a cycle only after the next release. Occurrences in a freeze that covers them \
              do not count.",
    why: "Two releases are on the ladder at once. If something breaks, nobody knows which of the two caused it, and \
          the last machines are never up to date.",
    example: "Servers completes the cycle of Tue 9 Mar 2027 on Sat 17 Apr 2027, 4 days after the next release; The \
              rest: Sat 20 Mar 2027 is skipped.",
    remedy: "Move the group's occurrence before the next release, add one, or shorten the soak times.",
    checks: &[Check::LadderTimeline(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, timeline: &LadderTimeline<'_>, sink: &mut Sink) {
    for cycle in timeline.cycles.iter().map(|troubled| &troubled.cycle).filter(|cycle| cycle.collides()) {
        if let (Some(reached_at), Some(next_at)) = (cycle.reached_at(), cycle.next_at) {
            sink.add(report(cx, timeline, cycle, reached_at, next_at));
        }
    }
}

fn report(
    cx: &Context<'_>,
    timeline: &LadderTimeline<'_>,
    cycle: &Cycle,
    reached_at: UtcMinute,
    next_at: UtcMinute,
) -> Finding {
    let ladder = &timeline.reach.ladder;
    let mut message = format!(
        "{} completes the {} on {}, {} after the next release",
        ladder.name,
        cycle_in_words(cx, cycle),
        date(cx.schedule.zone.local(reached_at).date()),
        roughly(reached_at.since(next_at)),
    );
    let mut other = None;
    if let Some(missed) = &cycle.missed {
        let group = &ladder.groups[missed.group];
        message = format!("{message}; {}: {}", group.name, missed.in_words(cx.schedule));
        other = Some(match &missed.why {
            MissReason::Freeze(id) => Subject::Freeze(id.clone()),
            _ => Subject::Group(group.id.clone()),
        });
    }
    let finding = Finding::new(&RULE, Subject::Ladder(ladder.id.clone()), message);
    Finding { at: Some(cycle.released_at), other, ..finding }
}

/// The cause is the group that is reached too late or a freeze.
fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    format!("{} delays the end of {}", cause.name(cx), cycles_in_words(cx, cause))
}
