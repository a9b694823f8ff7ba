//! Each window beside the records of its nights.

use super::window::{Check, units_if};
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::model::Plan;

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    units_if(run, checks, |changes, _| {
        let (new, old) = changes.plans();
        changes.same_table(Plan::nights) && new.policy().recording_from == old.policy().recording_from
    })
}
