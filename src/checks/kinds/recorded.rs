//! What was recorded about the work: results, scans, sign-offs, tests and holds. One unit.

use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::model::Plan;

pub type Check = fn(&Context<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let still_hold = |changes: &Changes<'_>| {
        changes.same_basis
            && changes.same_table(Plan::results)
            && changes.same_table(Plan::scans)
            && changes.same_table(Plan::group_records)
            && changes.same_table(Plan::ladders)
            && changes.same_table(Plan::systems)
    };
    run.one_unit(checks, still_hold)
}
