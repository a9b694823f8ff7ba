//! Each window beside the systems that depend on those in it, and what their owners were told.

use super::window::{Check, units_if};
use super::window_answers::windows_with_changed_answers;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::model::Plan;

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let answered = run.changes().map(windows_with_changed_answers).unwrap_or_default();
    units_if(run, checks, |changes, index| {
        let is_answered_alike =
            answered.is_empty() || answered.binary_search(&changes.new.windows[index].id()).is_err();
        is_answered_alike && changes.same_table(Plan::systems)
    })
}
