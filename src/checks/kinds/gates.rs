//! The gates of ladders and the holds of releases: one unit.

use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::model::Plan;

pub type Check = fn(&Context<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let has_none = |plan: &Plan| plan.policy().gates.is_empty() && plan.group_records().is_empty();
    // Which releases are near depends on all windows and freezes, so nothing is kept while there are gates or holds.
    run.one_unit(checks, |changes| has_none(changes.plans().0) && has_none(changes.plans().1))
}
