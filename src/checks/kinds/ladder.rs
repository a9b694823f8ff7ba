//! Each ladder with the windows that reach it.

use crate::checks::facts::ladder_order::LadderOrder;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};

pub type Check = fn(&Context<'_>, &LadderOrder<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let reaches = &run.cx.schedule.reaches;
    run.few_units(
        reaches.len(),
        |changes, index| changes.unchanged_ladder(&reaches[index]),
        |index, sink| {
            let ladder = LadderOrder::new(run.cx, &reaches[index]);
            for check in checks {
                check(run.cx, &ladder, sink);
            }
        },
    )
}
