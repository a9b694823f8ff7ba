//! R009 gate-not-passed: a group's date comes near, but tests or sign-offs are missing, or the release is on hold.

use chrono::Days;

use crate::checks::{Check, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{DeploymentGroup, GroupRecord, Hold, Ladder, LocalMinute, Subject, UtcMinute};
use crate::schedule::{Cycle, CycleStep, LadderCycles, Reach};
use crate::wording::{date, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "R009",
    name: "gate-not-passed",
    severity: Severity::Warning,
    summary: "A release reaches a group soon, but it is on hold there or in an earlier group, or the group before has no \
              passed test or lacks a sign-off that the ladder's gate asks for. Soon is the policy's number of days for \
              reminders of notice.",
    why: "The groups of a ladder exist to find faults while few systems have them. Going on without knowing what the \
          group before found makes that useless.",
    example: "Servers, release of Tue 9 Mar 2027: UAT starts on Sat 13 Mar 2027, but Test has no passed test and is not \
              signed off as assessed.",
    remedy: "Record the test and the sign-offs (windowsill record), lift the hold, or move or skip the occurrence.",
    checks: &[Check::Gates(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    let plan = cx.plan();
    for reach in cx.schedule.reaches.iter() {
        let ladder = &reach.ladder;
        let has_records = plan.group_records().iter().any(|record| record.key.ladder == ladder.id);
        if has_records || plan.policy().gate(&ladder.id).is_some() {
            for cycle in LadderCycles::derive(cx.schedule, reach, cx.freezes()) {
                check_cycle(cx, reach, &cycle, sink);
            }
        }
    }
}

fn check_cycle(cx: &Context<'_>, reach: &Reach, cycle: &Cycle, sink: &mut Sink) {
    let ladder = &reach.ladder;
    let midnight = |on| cx.schedule.zone.resolve(LocalMinute::midnight(on)).at;
    let near = u64::from(cx.plan().policy().notice_reminder_days);
    let last = cx.today.checked_add_days(Days::new(near + 1)).unwrap_or(cx.today);
    let (from_at, to_at) = (midnight(cx.today), midnight(last));
    let is_near = |step: &&CycleStep| from_at <= step.start_at && step.start_at < to_at;
    for step in cycle.steps.iter().filter(is_near) {
        let lacking = lacking(cx, ladder, cycle, step, from_at);
        let Some(first) = step.occurrences.first().filter(|_| !lacking.is_empty()) else { continue };
        let group = &ladder.groups[step.group];
        let released_on = cx.schedule.zone.local(cycle.released_at).date();
        let starts_on = cx.schedule.zone.local(step.start_at).date();
        let message = format!(
            "{}, release of {}: {} starts on {}, but {}",
            ladder.name,
            date(released_on),
            group.name,
            date(starts_on),
            list_in_sentence(&lacking, MOST_NAMES),
        );
        let finding = Finding::new(&RULE, Subject::Group(group.id.clone()), message);
        sink.add(finding.shown_on(&first.window, first.on, step.start_at));
    }
}

/// What keeps the release from going on to the group, each as part of a sentence.
fn lacking(cx: &Context<'_>, ladder: &Ladder, cycle: &Cycle, step: &CycleStep, now: UtcMinute) -> Vec<String> {
    let released_on = cx.schedule.zone.local(cycle.released_at).date();
    let record = |group: &DeploymentGroup| cx.plan().group_records().for_group(&ladder.id, &group.id, released_on);
    let mut lacking = Vec::new();
    for group in &ladder.groups[..=step.group] {
        if let Some(hold) = record(group).and_then(|record| standing(record, now)) {
            lacking.push(format!("it is on hold in {} ({})", group.name, hold.reason));
        }
    }
    let before = step.group.checked_sub(1).map(|before| &ladder.groups[before]);
    let (Some(gate), Some(before)) = (cx.plan().policy().gate(&ladder.id), before) else { return lacking };
    let known = record(before);
    match known.and_then(|record| record.test.as_ref()) {
        None => lacking.push(format!("{} has no passed test", before.name)),
        Some(test) if !test.is_passed => lacking.push(format!("the test of {} failed", before.name)),
        Some(_) => {}
    }
    let is_missing = |record: Option<&GroupRecord>, kind| record.and_then(|record| record.sign_off(kind)).is_none();
    let missing = gate.sign_offs.iter().filter(|kind| is_missing(known, **kind)).map(|kind| kind.name());
    let missing: Vec<&str> = missing.collect();
    if !missing.is_empty() {
        lacking.push(format!("{} is not signed off as {}", before.name, list_in_sentence(&missing, MOST_NAMES)));
    }
    lacking
}

/// A hold that began at any time and was not lifted before today.
fn standing(record: &GroupRecord, now: UtcMinute) -> Option<&Hold> {
    record.holds.iter().find(|hold| hold.lifted.as_ref().is_none_or(|lifted| lifted.at > now))
}
