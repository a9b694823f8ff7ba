//! Each window with its occurrences.

use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::schedule::WindowSchedule;

pub type Check = fn(&Context<'_>, &WindowSchedule, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    units_if(run, checks, |_, _| true)
}

/// One unit for each window. Its findings hold as long as nothing about the window changed and `still_hold` agrees.
pub fn units_if(
    run: &KindRun<'_, '_>,
    checks: &[Check],
    still_hold: impl Fn(&Changes<'_>, usize) -> bool + Sync,
) -> UnitResults {
    let windows = &run.cx.schedule.windows;
    run.units(
        windows.len(),
        |changes, index| changes.unchanged_window(index).filter(|_| still_hold(changes, index)),
        |index, sink| checks.iter().for_each(|check| check(run.cx, &windows[index], sink)),
    )
}
