//! Each window beside the notices of carriers.

use super::window::{Check, units_if};
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::model::Plan;

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    units_if(run, checks, |changes, _| changes.same_table(Plan::notices))
}
