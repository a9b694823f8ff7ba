//! P016 unresolved-conflict: two people changed the same, and nobody has chosen yet.

use chrono::NaiveDate;

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::merge::conflict_in_words;
use crate::model::{RecordKey, Subject};

pub static RULE: Rule = Rule {
    code: "P016",
    name: "unresolved-conflict",
    severity: Severity::Error,
    summary: "A merge found that two people changed the same field differently, and nobody has chosen a value yet.",
    why: "The plan has one of the two values. The other person expects theirs, and may already act on it.",
    example: "Window Core DB, duration: ours is 6h, theirs is 5h, before it was 4h.",
    remedy: "Choose ours or theirs: select the finding on screen, or use windowsill merge --continue. A conflict \
             cannot be accepted.",
    checks: &[Check::Conflicts(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    let plan = &cx.schedule.plan;
    for conflict in plan.conflicts() {
        let (subject, on) = subject(&conflict.key.record);
        let subject = if subject.exists(plan) { subject } else { Subject::Plan };
        let mut finding = Finding::new(&RULE, subject, conflict_in_words(plan, conflict));
        finding.on = on.filter(|_| finding.window.is_some());
        sink.add(finding);
    }
}

/// What must change, and the original date if it is about one occurrence.
fn subject(record: &RecordKey) -> (Subject, Option<NaiveDate>) {
    let subject = match record {
        RecordKey::Plan
        | RecordKey::Policy
        | RecordKey::Invites
        | RecordKey::Acceptance(_)
        | RecordKey::Cancelled(_)
        | RecordKey::Mapping(_)
        | RecordKey::Zone(_) => Subject::Plan,
        RecordKey::Answer(key) => return (Subject::Window(key.window.clone()), Some(key.on)),
        RecordKey::Night(key) => return (Subject::Window(key.window.clone()), Some(key.on)),
        RecordKey::Result(key) => return (Subject::Window(key.window.clone()), Some(key.on)),
        RecordKey::Scan(key) => return (Subject::Window(key.window.clone()), Some(key.on)),
        RecordKey::GroupRecord(key) => Subject::Group(key.group.clone()),
        RecordKey::SentInvite(key) => return (Subject::Window(key.window.clone()), Some(key.on)),
        RecordKey::Advisory(id) => Subject::Advisory(id.clone()),
        RecordKey::Area(id) => Subject::Area(id.clone()),
        RecordKey::BulletinDuty(id) => Subject::BulletinDuty(id.clone()),
        RecordKey::Checklist(id) => Subject::Checklist(id.clone()),
        RecordKey::Freeze(id) => Subject::Freeze(id.clone()),
        RecordKey::Holidays(id) => Subject::Holidays(id.clone()),
        RecordKey::Ladder(id) => Subject::Ladder(id.clone()),
        RecordKey::Notice(id) => Subject::Notice(id.clone()),
        RecordKey::Person(id) => Subject::Person(id.clone()),
        RecordKey::Release(id) => Subject::Release(id.clone()),
        RecordKey::ScanRoutine(id) => Subject::ScanRoutine(id.clone()),
        RecordKey::System(id) => Subject::System(id.clone()),
        RecordKey::Team(id) => Subject::Team(id.clone()),
        RecordKey::Window(id) => Subject::Window(id.clone()),
    };
    (subject, None)
}
