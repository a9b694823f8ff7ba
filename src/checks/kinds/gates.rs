//! The gates of ladders and the holds of releases: one unit.

use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::model::Plan;

pub type Check = fn(&Context<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let check = |_, sink: &mut Sink| checks.iter().for_each(|check| check(run.cx, sink));
    let has_none = |plan: &Plan| plan.policy().gates.is_empty() && plan.group_records().is_empty();
    // Which releases are near depends on all windows and freezes, so nothing is kept while there are gates or holds.
    let still_hold = |new: &Plan, old: &Plan| has_none(new) && has_none(old);
    run.units(1, |changes, _| Some(0).filter(|_| still_hold(changes.plans().0, changes.plans().1)), check)
}
