//! B006 irreversible-too-late: a step that cannot be undone, without a backout plan or too late.

use crate::checks::facts::clock::clock;
use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::{Irreversible, Subject};
use crate::schedule::WindowSchedule;
use crate::wording::{date, signed_duration};

pub static RULE: Rule = Rule {
    code: "B006",
    name: "irreversible-too-late",
    severity: Severity::Warning,
    summary: "A window has a point of no return but no backout plan, or reaches that point after the time to roll \
              back by.",
    why: "After that step the usual rollback is impossible. What to do instead must be written down in advance, and \
          the decision to take the step must be made while there is still time to roll back.",
    example: "Core DB migrates its schema 3 h after the start, at 01:00, but must begin rolling back by 00:33.",
    remedy: "Write the backout steps under Rollback, and take the irreversible step earlier or lengthen the window.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let Some(Irreversible { after, step }) = &window.window.irreversible else { return };
    let name = &window.window.name;
    let what =
        if step.trim().is_empty() { "the point of no return".to_owned() } else { format!("\"{}\"", step.trim()) };
    if window.window.backout.steps.trim().is_empty() {
        let message = format!("{name}: no backout plan, although {what} comes {after} after the start");
        sink.add(Finding::new(&RULE, Subject::Window(window.id().clone()), message));
    }
    for occurrence in &window.expansion.occurrences {
        let Ok(fit) = window.fit(occurrence) else { continue };
        let late = after.signed().saturating_sub(fit.rollback_deadline());
        if late <= 0 {
            continue;
        }
        let message = format!(
            "{name}, {}: {what} comes at {}, {} too late; roll back by {}",
            date(occurrence.on()),
            clock(window, occurrence, occurrence.start_at.plus(after.signed())),
            signed_duration(late),
            clock(window, occurrence, occurrence.start_at.plus(fit.rollback_deadline())),
        );
        sink.add(Finding::for_occurrence(&RULE, window, occurrence, message));
    }
}
