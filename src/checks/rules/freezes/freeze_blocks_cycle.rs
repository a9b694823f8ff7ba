//! F002 freeze-blocks-cycle: a freeze makes a cycle miss its deadline.

use crate::checks::facts::ladder_timeline::{LadderTimeline, cycle_in_words, cycles_in_words, roughly};
use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::model::{FreezeId, SeverityDeadline, Subject, UtcMinute};
use crate::schedule::{Cycle, MissReason, TroubledCycle};
use crate::wording::date;

pub static RULE: Rule = Rule {
    code: "F002",
    name: "freeze-blocks-cycle",
    severity: Severity::Warning,
    summary: "Without freezes a release would reach the whole ladder within a severity's deadline; with them it does \
              not. The deadline in the message is the strictest one that would have been met.",
    why: "A freeze protects the business from changes, but delays fixes. Those who declare one should know which \
          releases it holds up, and for how long.",
    example: "Freeze Year end holds up the cycle of Tue 14 Dec 2027: Servers completes it on Sat 22 Jan 2028 instead \
              of Sat 18 Dec 2027, 9 days past the Medium deadline of 30 days.",
    remedy: "Exempt the windows of one cycle from the freeze, move an occurrence before it, or have the risk \
             accepted for its duration.",
    checks: &[Check::LadderTimeline(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, timeline: &LadderTimeline<'_>, sink: &mut Sink) {
    for troubled in timeline.cycles {
        let TroubledCycle { cycle, unfrozen_at } = &**troubled;
        if let (Some(freeze), Some(free_at)) = (blocked_by(cycle), *unfrozen_at)
            && let Some(severity) = missed_deadline(cx, cycle, free_at)
        {
            sink.add(report(cx, timeline, cycle, freeze, free_at, severity));
        }
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    format!("Freeze {} holds up {} past their deadlines", cause.name(cx), cycles_in_words(cx, cause))
}

/// The first freeze that took an occurrence away from the cycle.
fn blocked_by(cycle: &Cycle) -> Option<&FreezeId> {
    let missed_by = || match &cycle.missed.as_ref()?.why {
        MissReason::Freeze(id) => Some(id),
        _ => None,
    };
    cycle.steps.iter().find_map(|step| step.displaced_by.as_ref()).or_else(missed_by)
}

/// The strictest deadline that the cycle would meet without freezes, if it misses that one. If the plan ends before the
/// cycle does, only deadlines before the end of the plan count.
fn missed_deadline<'a>(cx: &Context<'a>, cycle: &Cycle, free_at: UtcMinute) -> Option<&'a SeverityDeadline> {
    let severities = &cx.plan().policy().severities;
    let would_be_met = severities.iter().filter(|severity| free_at <= cycle.deadline_at(severity));
    let severity = would_be_met.min_by_key(|severity| severity.within)?;
    let deadline_at = cycle.deadline_at(severity);
    let is_missed = cycle.reached_at().map_or(deadline_at <= cx.schedule.ends_at(), |at| at > deadline_at);
    is_missed.then_some(severity)
}

fn report(
    cx: &Context<'_>,
    timeline: &LadderTimeline<'_>,
    cycle: &Cycle,
    freeze: &FreezeId,
    free_at: UtcMinute,
    severity: &SeverityDeadline,
) -> Finding {
    let ladder = &timeline.reach.ladder;
    let on = |at| date(cx.schedule.zone.local(at).date());
    let completed = match cycle.reached_at() {
        Some(at) => format!("completes it on {} instead of {}", on(at), on(free_at)),
        None => format!("would complete it on {} and does not within the plan", on(free_at)),
    };
    let past = match cycle.reached_at() {
        Some(at) => format!(
            "{} past the {} deadline of {}",
            roughly(at.since(cycle.deadline_at(severity))),
            severity.name,
            severity.within
        ),
        None => format!("past the {} deadline of {}", severity.name, severity.within),
    };
    let freeze = Subject::Freeze(freeze.clone());
    let (name, words) = (freeze.name(cx.plan()), cycle_in_words(cx, cycle));
    let message = format!("Freeze {name} holds up the {words}: {} {completed}, {past}", ladder.name);
    let finding = Finding::new(&RULE, Subject::Ladder(ladder.id.clone()), message).with_other(freeze);
    Finding { at: Some(cycle.released_at), ..finding }
}
