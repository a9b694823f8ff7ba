//! Each system that names others, as what it depends on or as its twin.

use crate::checks::facts::Facts;
use crate::checks::facts::related_systems::{named_by, naming_others};
use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::model::Plan;

pub type Check = fn(&Context<'_>, usize, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let old_positions = match run.old_facts() {
        Facts::SystemsNamingOthers(positions) => &positions[..],
        _ => &[],
    };
    let positions = match run.changes().filter(|changes| changes.same_table(Plan::systems)) {
        Some(_) => old_positions.to_vec(),
        None => naming_others(run.cx.plan()),
    };
    let checked = run.units(
        positions.len(),
        |changes, unit| {
            let position = positions[unit];
            still_holds(changes, position as usize).then(|| old_positions.binary_search(&position).ok()).flatten()
        },
        |unit, sink| checks.iter().for_each(|check| check(run.cx, positions[unit] as usize, sink)),
    );
    checked.with_facts(Facts::SystemsNamingOthers(positions))
}

fn still_holds(changes: &Changes<'_>, position: usize) -> bool {
    let (plan, _) = changes.plans();
    changes.is_coverage_unchanged(position)
        && named_by(plan, &plan.systems().as_slice()[position])
            .into_iter()
            .all(|named| changes.is_coverage_unchanged(named))
}
