//! Scan routines and bulletin duties: one unit.

use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::model::Plan;

pub type Check = fn(&Context<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    run.one_unit(checks, still_hold)
}

fn still_hold(changes: &Changes<'_>) -> bool {
    changes.same_basis
        && changes.same_table(Plan::scan_routines)
        && changes.same_table(Plan::bulletin_duties)
        && changes.same_table(Plan::people)
        && changes.same_table(Plan::teams)
        && changes.same_table(Plan::ladders)
        && changes.same_table(Plan::systems)
}
