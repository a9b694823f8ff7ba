//! C002 agreement-missing: an owner was asked in time and has not agreed when notice is due.

use crate::checks::facts::answers::{areas_in_words, notice_due_soon, notices};
use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::model::{Agreement, Subject};
use crate::schedule::WindowSchedule;
use crate::schedule::agreement::ledger::days_silent;
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "C002",
    name: "agreement-missing",
    severity: Severity::Warning,
    summary: "A business area was asked in time about an upcoming occurrence but has not agreed by the last day for \
              giving notice.",
    why: "No answer is not agreement. An owner who has not agreed by now may decline at the last moment, when \
          testers and vendors are booked.",
    example: "Core DB, Sat 13 Mar 2027: Payments was asked on Tue 5 Jan 2027 and has been silent for 63 days; notice \
              was due 3 days ago.",
    remedy: "Get an answer from the owner and enter it under Agreement in the inspector, or agree on another date.",
    checks: &[Check::WindowAnswers(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for (occurrence, notice, answer) in notice_due_soon(cx, window) {
        let Agreement::Asked { on } = answer.agreement() else { continue };
        if *on > notice.due_on || notice.due_on > cx.today {
            continue;
        }
        let due = match (cx.today - notice.due_on).num_days() {
            0 => "is due today".to_owned(),
            ago => format!("was due {} ago", counted(ago, "day")),
        };
        let (area, asked_on) = (&answer.area.name, date(*on));
        let silent = match days_silent(*on, cx.today) {
            _ if answer.undecided_at().is_some() => "replied without deciding".to_owned(),
            0 => "has not agreed".to_owned(),
            silent => format!("has been silent for {}", counted(silent, "day")),
        };
        let message = format!(
            "{}, {}: {area} was asked on {asked_on} and {silent}; notice {due}",
            window.window.name,
            date(occurrence.on())
        );
        let finding = Finding::for_occurrence(&RULE, window, occurrence, message);
        sink.add(finding.with_other(Subject::Area(answer.area.id.clone())));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let due_on = notices(cx, cause).iter().map(|(notice, _)| notice.due_on).min();
    let first = due_on.map_or_else(String::new, |on| format!("; the first was due by {}", date(on)));
    let (which, name, areas) = (cause.occurrences_in_words(), cause.name(cx), areas_in_words(cx, cause));
    format!("{which} of {name}: no answer from {areas}{first}")
}
