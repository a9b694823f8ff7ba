//! B004 cutoff-after-deadline: the last batch may start too late to finish before rolling back must begin.

use crate::checks::facts::clock::clock;
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{Edit, MaintenanceWindow, Minutes};
use crate::schedule::WindowSchedule;
use crate::wording::{counted, date, signed_duration};

pub static RULE: Rule = Rule {
    code: "B004",
    name: "cutoff-after-deadline",
    severity: Severity::Warning,
    summary: "A window's cutoff is so late that a batch started just before it still runs when rolling back must \
              begin.",
    why: "People keep to the time on their checklist and find out too late that there is no time left to roll back.",
    example: "Core DB must begin rolling back by 00:33 and a batch takes 28 min. A cutoff of 00:30 is 25 min too late.",
    remedy: "Let the program calculate the cutoff from the fit, or set an earlier one.",
    checks: &[Check::Window(check)],
    fix: Some(calculate_cutoff),
    fold: Some(in_one_line),
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let Some(cutoff) = window.window.cutoff.map(Minutes::signed) else { return };
    for occurrence in &window.expansion.occurrences {
        let Ok(fit) = window.fit(occurrence) else { continue };
        let latest = fit.rollback_deadline().saturating_sub(fit.one_batch.signed());
        if cutoff <= latest {
            continue;
        }
        let message = format!(
            "{}, {}: the cutoff {} is {} too late, since a batch takes {}; roll back by {}",
            window.window.name,
            date(occurrence.on()),
            clock(window, occurrence, occurrence.start_at.plus(cutoff)),
            signed_duration(cutoff.saturating_sub(latest)),
            fit.one_batch,
            clock(window, occurrence, occurrence.start_at.plus(fit.rollback_deadline())),
        );
        sink.add(Finding::for_occurrence(&RULE, window, occurrence, message));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let occurrences = counted(cause.occurrences(), "occurrence");
    format!("{}: the last batch of {occurrences} may start too late", cause.name(cx))
}

/// Lets the program calculate the cutoff again.
fn calculate_cutoff(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let window = cx.schedule.window(finding.window.as_ref()?)?;
    let calculated = MaintenanceWindow { cutoff: None, ..MaintenanceWindow::clone(&window.window) };
    Some(Fix { label: "Calculate the cutoff from the fit".to_owned(), edit: Edit::PutWindow(calculated) })
}
