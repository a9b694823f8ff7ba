//! The conflicts that a merge left: one unit. They may be about any record, so nothing is kept while there are some.

use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::model::Plan;

pub type Check = fn(&Context<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let is_settled = run.cx.schedule.plan.conflicts().is_empty();
    run.one_unit(checks, |changes| is_settled && still_hold(changes))
}

fn still_hold(changes: &Changes<'_>) -> bool {
    changes.same_table(Plan::conflicts)
}
