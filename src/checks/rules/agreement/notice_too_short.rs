//! C001 notice-too-short: an owner was not asked in time.

use chrono::NaiveDate;

use crate::checks::facts::answers::{areas_in_words, notice_due_soon, notices};
use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::model::{Agreement, Subject, WindowKind};
use crate::schedule::WindowSchedule;
use crate::schedule::agreement::answers::{Answer, Notice};
use crate::schedule::agreement::ledger::outdated_in_words;
use crate::wording::{counted, date, within_sentence};

pub static RULE: Rule = Rule {
    code: "C001",
    name: "notice-too-short",
    severity: Severity::Error,
    summary: "A business area was not asked about an upcoming occurrence by the last day for giving notice. It is a \
              warning if the area was asked after that day, or if the day is still to come but within the policy's \
              reminder period. Answers given for other times do not count.",
    why: "An owner who hears of a window too late declines it, and by then all other dates are taken.",
    example: "Core DB, Sat 13 Mar 2027: notice to Payments was due on Sat 6 Mar 2027, 3 days ago; not asked yet.",
    remedy: "Ask the owner and enter the answer under Agreement in the inspector. Asking for the whole year at once \
             avoids this.",
    checks: &[Check::WindowAnswers(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for (occurrence, notice, answer) in notice_due_soon(cx, window) {
        let area = &answer.area.name;
        let (severity, what) = match answer.agreement() {
            Agreement::NotAsked => not_asked(cx.today, &answer, notice),
            Agreement::Asked { on } if *on > notice.due_on => {
                let required = required(cx, window, &answer, notice);
                let asked = asked(*on, occurrence.on());
                (Severity::Warning, format!("{area} was asked only {asked}; {required}"))
            }
            _ => continue,
        };
        let message = format!("{}, {}: {what}", window.window.name, date(occurrence.on()));
        let finding = Finding::for_occurrence(&RULE, window, occurrence, message).with_severity(severity);
        sink.add(finding.with_other(Subject::Area(answer.area.id.clone())));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (which, name, areas) = (cause.occurrences_in_words(), cause.name(cx), areas_in_words(cx, cause));
    let notices = notices(cx, cause);
    let due_on = || notices.iter().map(|(notice, _)| notice.due_on);
    let first = |words: &str| due_on().min().map_or_else(String::new, |on| format!("{words} {}", date(on)));
    if cause.severity == Severity::Error {
        return format!("{which} of {name}: notice to {areas} is late{}", first("; the first was due on"));
    }
    let asked = notices.iter().filter(|(_, agreement)| !matches!(agreement, Agreement::NotAsked)).count();
    if asked == 0 {
        format!("{which} of {name}: notice to {areas} is due soon{}", first(", the first on"))
    } else if asked == notices.len() {
        format!("{which} of {name}: {areas} asked too late{}", first("; the first notice was due on"))
    } else {
        format!("{which} of {name}: notice to {areas} is due or was late{}", first(", the first on"))
    }
}

fn not_asked(today: NaiveDate, answer: &Answer<'_>, notice: Notice) -> (Severity, String) {
    let (area, due_on) = (&answer.area.name, date(notice.due_on));
    let left = (notice.due_on - today).num_days();
    let severity = if left < 0 { Severity::Error } else { Severity::Warning };
    let due = match left {
        0 => format!("notice to {area} is due today"),
        left @ 1.. => format!("notice to {area} is due on {due_on}, in {}", counted(left, "day")),
        ago => format!("notice to {area} was due on {due_on}, {} ago", counted(ago.saturating_neg(), "day")),
    };
    match outdated_in_words(answer) {
        Some(said) => (severity, format!("{due}; not asked again yet ({})", within_sentence(&said))),
        None if left > 0 => (severity, due),
        None => (severity, format!("{due}; not asked yet")),
    }
}

/// "3 days before the start"
fn asked(asked_on: NaiveDate, starts_on: NaiveDate) -> String {
    match (starts_on - asked_on).num_days() {
        0 => "on the day of the start".to_owned(),
        before @ 1.. => format!("{} before the start", counted(before, "day")),
        _ => "after the start".to_owned(),
    }
}

/// "Standard windows require 7 days of notice"
fn required(cx: &Context<'_>, window: &WindowSchedule, answer: &Answer<'_>, notice: Notice) -> String {
    let days = counted(notice.days, "day");
    if window.window.kind == WindowKind::Emergency && cx.plan().policy().emergency.is_some() {
        return format!("the emergency lane requires {days} of notice");
    }
    match answer.area.notice_days {
        Some(_) => format!("it requires {days} of notice"),
        None => format!("{} windows require {days} of notice", window.window.kind.name()),
    }
}
