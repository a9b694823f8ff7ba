//! The conflicts that a merge left: one unit. They may be about any record, so nothing is kept while there are some.

use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::model::Plan;

pub type Check = fn(&Context<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let is_settled = run.cx.schedule.plan.conflicts().is_empty();
    let check = |_, sink: &mut Sink| checks.iter().for_each(|check| check(run.cx, sink));
    run.units(1, |changes, _| (is_settled && still_hold(changes)).then_some(0), check)
}

fn still_hold(changes: &Changes<'_>) -> bool {
    changes.same_table(Plan::conflicts)
}
