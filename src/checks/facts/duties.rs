//! Who is on duty at upcoming occurrences, for the rules about people.

use chrono::NaiveDate;

use crate::checks::{Context, Finding, Rule};
use crate::model::{Duty, MaintenanceWindow, Plan, Subject, UtcMinute};
use crate::schedule::Rota;
use crate::schedule::rota::Shift;

/// Whether something begins today or later. What is in the past can no longer be changed.
pub fn is_to_come(cx: &Context<'_>, rota: &Rota, at: UtcMinute) -> bool {
    rota.local(at).date() >= cx.today
}

/// A finding about the person of a shift, shown on its occurrence.
pub fn about_person(rule: &'static Rule, rota: &Rota, shift: &Shift, message: String) -> Finding {
    let subject = Subject::Person(rota.person(shift).id.clone());
    Finding::new(rule, subject, message).shown_on(&rota.window(shift).id, shift.on(), shift.from)
}

/// Whether the window's type needs a tester and nobody tests after that occurrence.
pub fn lacks_required_tester(cx: &Context<'_>, rota: &Rota, window: &MaintenanceWindow, on: NaiveDate) -> bool {
    needs_tester(cx.plan(), window) && !rota.shifts_at(&window.id, on).any(|shift| is_testing(shift.duty))
}

/// Whether the policy requires somebody to test after windows of this type.
pub fn needs_tester(plan: &Plan, window: &MaintenanceWindow) -> bool {
    plan.policy().window_type(window.kind).is_some_and(|window_type| window_type.needs_tester)
}

pub fn is_testing(duty: Duty) -> bool {
    matches!(duty, Duty::Testing(_))
}
