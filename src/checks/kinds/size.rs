//! The size of the plan: one unit.

use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};

pub type Check = fn(&Context<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let check = |_, sink: &mut Sink| checks.iter().for_each(|check| check(run.cx, sink));
    // Any edit can change it, and it is checked quickly.
    run.units(1, |_, _| None, check)
}
