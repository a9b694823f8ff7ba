//! Each window beside the plan's public holidays.

use super::window::{Check, units_if};
use crate::checks::runner::run::{Checked, Run};
use crate::model::Plan;

pub fn units(run: &Run<'_, '_>, checks: &[Check]) -> Checked {
    units_if(run, checks, |changes, _| changes.same_table(Plan::holidays))
}
