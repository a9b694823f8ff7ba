//! All freezes, without the windows that they cover: one unit.

use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::model::Plan;

pub type Check = fn(&Context<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    run.one_unit(checks, still_hold)
}

/// Freezes name the windows that they exempt, so adding or removing a window matters.
fn still_hold(changes: &Changes<'_>) -> bool {
    changes.same_basis
        && changes.same_table(Plan::freezes)
        && changes.same_table(Plan::ladders)
        && changes.same_table(Plan::systems)
        && changes.same_window_ids()
}
