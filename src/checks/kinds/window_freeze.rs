//! Each window beside the freezes.

use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Finding, Sink};
use crate::schedule::{FreezeTimes, WindowSchedule};

pub type Check = fn(&Context<'_>, &WindowSchedule, &FreezeTimes<'_>, &mut Sink);

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general enough in its lifetimes"
)]
pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let windows = &run.cx.schedule.windows;
    run.units(
        windows.len(),
        |changes, index| changes.unchanged_window_and_freezes(index),
        |index, sink| {
            let mut check = |frozen: &FreezeTimes<'_>| {
                for check in checks {
                    check(run.cx, &windows[index], frozen, sink);
                }
            };
            let Some((changes, old_index)) =
                run.changes().and_then(|changes| Some((changes, changes.unchanged_but_for_freezes(index)?)))
            else {
                return run.cx.freezes().iter().for_each(check);
            };
            // When one freeze changes, only that freeze is checked again.
            let is_changed = |frozen: &&FreezeTimes<'_>| changes.is_changed_freeze(&frozen.freeze.id);
            run.cx.freezes().iter().filter(is_changed).for_each(&mut check);
            let is_of_unchanged = |finding: &Finding| !changes.is_caused_by_changed_freeze(finding);
            run.old_findings(old_index)
                .iter()
                .filter(|finding| is_of_unchanged(finding))
                .for_each(|finding| sink.keep(finding));
        },
    )
}
