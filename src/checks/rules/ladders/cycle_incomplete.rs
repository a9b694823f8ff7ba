//! R003 cycle-incomplete: a release never reaches a group.

use crate::checks::facts::ladder_timeline::{LadderTimeline, cycle_in_words, cycles_in_words, follows_releases};
use crate::checks::{Check, CommonCause, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::{Cycle, MissReason, MissedGroup};
use crate::wording::list_in_sentence;

pub static RULE: Rule = Rule {
    code: "R003",
    name: "cycle-incomplete",
    severity: Severity::Error,
    summary: "A group has a system that no window covers, or a release does not reach a group before the plan ends, \
              although the next release is within the plan. Occurrences in a freeze that covers them do not count.",
    why: "These machines stay open to everything that the release fixes, and nobody has decided that they should.",
    example: "Servers, The rest is never reached in the cycle of Tue 14 Sep 2027: Sat 18 Sep 2027 is skipped.",
    remedy: "Give the group a window, which \"Plan windows for this ladder\" proposes, add an occurrence for the cycle, \
             or remove the system from the ladder if it is patched some other way.",
    checks: &[Check::LadderTimeline(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, timeline: &LadderTimeline<'_>, sink: &mut Sink) {
    let ladder = &timeline.reach.ladder;
    if !follows_releases(cx, ladder) {
        return;
    }
    for (index, group) in ladder.groups.iter().enumerate() {
        let systems = uncovered(cx, timeline, index);
        if !systems.is_empty() {
            let names = list_in_sentence(systems, MOST_NAMES);
            let message = format!("{}, {} is never reached: no window covers {names}", ladder.name, group.name);
            sink.add(Finding::new(&RULE, Subject::Group(group.id.clone()), message));
        }
    }
    // Systems that no window covers are reported above, once for all cycles.
    let is_reported_here =
        |unreached: &&MissedGroup| !unreached.is_open && !matches!(unreached.why, MissReason::NoWindow(_));
    for cycle in timeline.cycles.iter().map(|troubled| &troubled.cycle) {
        if let Some(unreached) = cycle.unreached.as_ref().filter(is_reported_here) {
            sink.add(report(cx, timeline, cycle, unreached));
        }
    }
}

/// The names of the group's systems that no window covers.
fn uncovered<'a>(cx: &Context<'a>, timeline: &LadderTimeline<'_>, group: usize) -> Vec<&'a str> {
    let positions = timeline.reach.systems.get(group).into_iter().flatten().map(|position| *position as usize);
    let uncovered = positions.filter(|position| cx.schedule.covering.windows_covering(*position).is_empty());
    uncovered
        .filter_map(|position| cx.plan().systems().as_slice().get(position))
        .map(|system| system.name.as_str())
        .collect()
}

/// The cause is the group or a freeze.
fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    match &cause.subject {
        Subject::Freeze(_) => {
            format!("Freeze {} keeps groups from being reached in {}", cause.name(cx), cycles_in_words(cx, cause))
        }
        _ => format!("{} is never reached in {}", cause.name(cx), cycles_in_words(cx, cause)),
    }
}

fn report(cx: &Context<'_>, timeline: &LadderTimeline<'_>, cycle: &Cycle, unreached: &MissedGroup) -> Finding {
    let ladder = &timeline.reach.ladder;
    let group = &ladder.groups[unreached.group];
    let (cycle_words, why) = (cycle_in_words(cx, cycle), unreached.in_words(cx.schedule));
    let message = format!("{}, {} is never reached in the {cycle_words}: {why}", ladder.name, group.name);
    let finding =
        Finding { at: Some(cycle.released_at), ..Finding::new(&RULE, Subject::Group(group.id.clone()), message) };
    match &unreached.why {
        MissReason::Freeze(id) => finding.with_other(Subject::Freeze(id.clone())),
        _ => finding,
    }
}
