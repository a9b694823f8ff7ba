//! Each window beside the releases that its systems follow.

use super::window::{Check, units_if};
use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let differs = run.changes().and_then(Changes::systems_with_other_releases);
    units_if(run, checks, |changes, index| {
        let mut systems = changes.new.windows[index].scope.positions.iter().map(|position| *position as usize);
        differs
            .as_ref()
            .is_some_and(|differs| !systems.any(|system| differs.get(system).is_some_and(|differs| *differs)))
    })
}
