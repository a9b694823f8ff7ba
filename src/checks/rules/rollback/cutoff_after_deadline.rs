//! B004 cutoff-after-deadline: the last batch may start too late to be through when rolling back must begin.

use crate::checks::words::{clock, counted, date};
use crate::checks::{Cause, Check, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{Edit, MaintenanceWindow, Minutes, signed_minutes};
use crate::schedule::WindowSchedule;

pub static RULE: Rule = Rule {
    code: "B004",
    name: "cutoff-after-deadline",
    severity: Severity::Warning,
    summary: "The cutoff that a window was given lies later than its roll back by less one batch.",
    why: "A batch that starts at the cutoff is then still running when rolling back would have to begin. People keep \
          to the time on their checklist, and find out too late that there is no way back any more.",
    example: "Core DB must begin rolling back by 00:33 and a batch takes 28 min; a cutoff of 00:30 is 25 min too late.",
    remedy: "Leave the cutoff to the program, which reckons it from the fit, or set an earlier one.",
    checks: &[Check::Window(check)],
    fix: Some(reckon),
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
            "{}, {}: no new batch after {}, but one takes {}; roll back by {}: {} too late",
            window.window.name,
            date(occurrence.on()),
            clock(window, occurrence.start_at.plus(cutoff)),
            fit.one_batch,
            clock(window, occurrence.start_at.plus(fit.rollback_deadline())),
            signed_minutes(cutoff.saturating_sub(latest)),
        );
        sink.add(Finding::on(&RULE, window, occurrence, message));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &Cause) -> String {
    let nights = counted(cause.occurrences(), "night");
    format!("{}: in {nights} the last batch may start too late", cause.name(cx))
}

/// Lets the cutoff follow from the fit again, for each real length.
fn reckon(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let window = cx.schedule.window(finding.window.as_ref()?)?;
    let reckoned = MaintenanceWindow { cutoff: None, ..MaintenanceWindow::clone(&window.window) };
    Some(Fix { label: "Reckon the cutoff from the fit".to_owned(), edit: Edit::PutWindow(reckoned) })
}
