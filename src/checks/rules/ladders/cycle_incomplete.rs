//! R003 cycle-incomplete: a release never reaches a group.

use crate::checks::facts::ladder_timeline::{LadderTimeline, cycle_in_words, cycles_in_words};
use crate::checks::words::names;
use crate::checks::{Cause, Check, Context, Finding, Rule, Severity, Sink, Subject};
use crate::schedule::{Cycle, Missed, Why};

pub static RULE: Rule = Rule {
    code: "R003",
    name: "cycle-incomplete",
    severity: Severity::Error,
    summary: "A group has a system that no window covers, or a release does not reach a group before the plan ends, though \
             the next release lies inside the plan. Occurrences in a freeze that covers them do not count.",
    why: "What is published stays out: those machines are open to everything that the release mends, and nobody has \
          decided that.",
    example: "The rest is never reached in the cycle of Tue 14 Sep 2027: Sat 18 Sep is skipped, and no other window follows.",
    remedy: "Give the group a window, add an occurrence for the cycle, or take the system off the ladder if it is \
             patched otherwise.",
    checks: &[Check::LadderTimeline(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, reached: &LadderTimeline<'_>, sink: &mut Sink) {
    if reached.cycles.is_empty() {
        return;
    }
    let ladder = &reached.reach.ladder;
    for (place, group) in ladder.groups.iter().enumerate() {
        let systems = uncovered(cx, reached, place);
        if !systems.is_empty() {
            let names = names(systems.into_iter());
            let message = format!("{}, {} is never reached: no window covers {names}", ladder.name, group.name);
            sink.add(Finding::new(&RULE, Subject::Group(group.id.clone()), message));
        }
    }
    // What no window covers is told of above, once for all cycles.
    let is_told_here = |unreached: &&Missed| !unreached.is_open && !matches!(unreached.why, Why::NoWindow(_));
    for cycle in reached.cycles.iter().map(|troubled| &troubled.cycle) {
        if let Some(unreached) = cycle.unreached.as_ref().filter(is_told_here) {
            sink.add(report(cx, reached, cycle, unreached));
        }
    }
}

/// The names of the group's systems that no window covers.
fn uncovered<'a>(cx: &Context<'a>, reached: &LadderTimeline<'_>, group: usize) -> Vec<&'a str> {
    let places = reached.reach.systems.get(group).into_iter().flatten().map(|place| *place as usize);
    let uncovered = places.filter(|place| cx.schedule.covering.windows(*place).is_empty());
    uncovered.filter_map(|place| cx.plan().systems.as_slice().get(place)).map(|system| system.name.as_str()).collect()
}

/// The cause is the group, or a freeze.
fn in_one_line(cx: &Context<'_>, cause: &Cause) -> String {
    match &cause.subject {
        Subject::Freeze(_) => format!("Freeze {} leaves groups out in {}", cause.name(cx), cycles_in_words(cx, cause)),
        _ => format!("{} is never reached in {}", cause.name(cx), cycles_in_words(cx, cause)),
    }
}

fn report(cx: &Context<'_>, reached: &LadderTimeline<'_>, cycle: &Cycle, unreached: &Missed) -> Finding {
    let ladder = &reached.reach.ladder;
    let group = &ladder.groups[unreached.group];
    let (cycle_words, why) = (cycle_in_words(cx, cycle), unreached.in_words(cx.schedule));
    let message = format!("{}, {} is never reached in the {cycle_words}: {why}", ladder.name, group.name);
    let finding =
        Finding { at: Some(cycle.released_at), ..Finding::new(&RULE, Subject::Group(group.id.clone()), message) };
    match &unreached.why {
        Why::Freeze(id) => finding.with_other(Subject::Freeze(id.clone())),
        _ => finding,
    }
}
