//! The services that have a target of availability: one unit.

use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::model::Plan;

pub type Check = fn(&Context<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    run.one_unit(checks, still_hold)
}

/// Downtime follows from all windows and from the twins and services of all systems.
fn still_hold(changes: &Changes<'_>) -> bool {
    let (new, old) = changes.plans();
    let has_none = |plan: &Plan| plan.policy().services.is_empty();
    if has_none(new) && has_none(old) {
        return true;
    }
    let mut windows = 0..changes.new.windows.len();
    changes.same_basis
        && changes.same_table(Plan::systems)
        && changes.same_window_ids()
        && windows.all(|index| changes.unchanged_window(index).is_some())
}
