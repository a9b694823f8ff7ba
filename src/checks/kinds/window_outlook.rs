//! Each window beside the simulation of its work, once that has run.

use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::schedule::{Outlook, WindowSchedule};

pub type Check = fn(&Context<'_>, &WindowSchedule, &Outlook, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let (outlooks, windows) = (&run.cx.schedule.outlooks, &run.cx.schedule.windows);
    let count = if outlooks.is_empty() { 0 } else { windows.len() };
    run.units(count, old_index, |index, sink| {
        if let Some(outlook) = outlooks.get(&windows[index]) {
            for check in checks {
                check(run.cx, &windows[index], outlook, sink);
            }
        }
    })
}

/// Results of a simulation arrive without an edit, so the outlook must be the same one, too.
fn old_index(changes: &Changes<'_>, index: usize) -> Option<usize> {
    let old_index = changes.unchanged_window(index)?;
    let new = changes.new.outlooks.get(&changes.new.windows[index])?;
    let old = changes.old.outlooks.get(changes.old.windows.get(old_index)?)?;
    std::sync::Arc::ptr_eq(new, old).then_some(old_index)
}
