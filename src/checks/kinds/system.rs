//! Each system with the windows that cover it, if there are several.

use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};

pub type Check = fn(&Context<'_>, usize, &[u32], &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let covering = &run.cx.schedule.covering;
    run.units(
        covering.system_count(),
        |changes, position| changes.is_coverage_unchanged(position).then_some(position),
        |position, sink| {
            let windows = covering.windows_covering(position);
            if windows.len() > 1 {
                for check in checks {
                    check(run.cx, position, windows, sink);
                }
            }
        },
    )
}
