//! C008 dependents-not-told: the owner of a system that depends on those in a window does not know of it.

use chrono::NaiveDate;

use crate::checks::facts::answers::{areas_in_words, notice_due_soon_to};
use crate::checks::{Check, CommonCause, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{Agreement, Subject};
use crate::schedule::WindowSchedule;
use crate::schedule::agreement::answers::Notice;
use crate::schedule::agreement::dependents::DependentArea;
use crate::wording::{counted, date, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "C008",
    name: "dependents-not-told",
    severity: Severity::Warning,
    summary: "Systems outside a window depend on systems in it, and their business area was not told of an upcoming \
              occurrence by the last day for giving notice. It is a note if that day is still to come, but within the \
              policy's reminder period. Areas that are asked for their agreement count as told.",
    why: "The systems that depend on those in the window stop with them. An owner who was not told takes a planned stop \
          for a failure and calls everybody at night.",
    example: "Core DB, Sat 13 Mar 2027: Treasury was not told; its Dealing depends on systems in this window.",
    remedy: "Tell the owner, then mark the area as told under Agreement in the inspector, or with windowsill agree \
             --asked.",
    checks: &[Check::WindowDependents(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let dependents = cx.dependents().areas(cx.plan(), &window.scope);
    if dependents.is_empty() {
        return;
    }
    let areas: Vec<_> = dependents.iter().map(|each| each.area).collect();
    for (occurrence, notice, answer) in notice_due_soon_to(cx, window, &areas) {
        let Some(dependent) = dependents.iter().find(|each| each.area.id == answer.area.id) else { continue };
        if *answer.agreement() != Agreement::NotAsked {
            continue;
        }
        let (severity, told) = not_told(cx.today, dependent, notice);
        let message = format!("{}, {}: {told}; {}", window.window.name, date(occurrence.on()), depends(dependent));
        let finding = Finding::for_occurrence(&RULE, window, occurrence, message).with_severity(severity);
        sink.add(finding.with_other(Subject::Area(answer.area.id.clone())));
    }
}

fn not_told(today: NaiveDate, dependent: &DependentArea<'_>, notice: Notice) -> (Severity, String) {
    let area = &dependent.area.name;
    match (notice.due_on - today).num_days() {
        left @ 1.. => {
            let due = format!("{area} must be told by {}, in {}", date(notice.due_on), counted(left, "day"));
            (Severity::Note, due)
        }
        0 => (Severity::Note, format!("{area} must be told today")),
        _ => (Severity::Warning, format!("{area} was not told by {}", date(notice.due_on))),
    }
}

/// "its Dealing depends on systems in this window"
fn depends(dependent: &DependentArea<'_>) -> String {
    let names = list_in_sentence(dependent.systems.iter().map(|system| system.name.as_str()), MOST_NAMES);
    let depend = if dependent.systems.len() == 1 { "depends" } else { "depend" };
    format!("its {names} {depend} on systems in this window")
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (which, name, areas) = (cause.occurrences_in_words(), cause.name(cx), areas_in_words(cx, cause));
    let first = cause.first_in_words(cx);
    if cause.severity == Severity::Note {
        return format!("{which} of {name}: {areas} must be told soon{first}");
    }
    format!("{which} of {name}: {areas} not told in time{first}")
}
