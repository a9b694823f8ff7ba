//! Each ladder and when its groups are reached, freezes considered.

use std::sync::Arc;

use crate::checks::facts::Facts;
use crate::checks::facts::ladder_timeline::LadderTimeline;
use crate::checks::runner::run::{KindRun, UnitResult, UnitResults};
use crate::checks::{Context, Sink};
use crate::schedule::{Climbs, Reach};

pub type Check = fn(&Context<'_>, &LadderTimeline<'_>, &mut Sink);

/// All climbs of one ladder; none if it has no systems.
type LadderClimbs = Option<Arc<Climbs>>;

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let unit = |reach| kept(run, reach).unwrap_or_else(|| new(run, reach, checks));
    let (outcomes, climbs) = run.map_slow(&run.cx.schedule.reaches, unit).into_iter().unzip();
    run.checked(outcomes).with_facts(Facts::Climbs(climbs))
}

fn old_climbs<'r>(run: &KindRun<'r, '_>, index: usize) -> Option<&'r LadderClimbs> {
    match run.old_facts() {
        Facts::Climbs(climbs) => climbs.get(index),
        _ => None,
    }
}

fn kept(run: &KindRun<'_, '_>, reach: &Reach) -> Option<(UnitResult, LadderClimbs)> {
    let index = run.changes()?.unchanged_ladder_and_freezes(reach)?;
    Some((UnitResult::Kept(index), old_climbs(run, index)?.clone()))
}

fn new(run: &KindRun<'_, '_>, reach: &Reach, checks: &[Check]) -> (UnitResult, LadderClimbs) {
    let cx = run.cx;
    // Only the days and releases between which something changed are climbed again.
    let continued = run.changes().and_then(|changes| {
        let (index, changed) = changes.changed_climbs(reach)?;
        Some(old_climbs(run, index)?.as_ref()?.after(cx.schedule, reach, cx.freezes(), &changed))
    });
    let climbs = continued.or_else(|| Climbs::new(cx.schedule, reach, cx.freezes())).map(Arc::new);
    let ladder = LadderTimeline::new(cx, reach, climbs.as_deref());
    let found = run.budget.found_by(|sink: &mut Sink| checks.iter().for_each(|check| check(cx, &ladder, sink)));
    (UnitResult::New(found), climbs)
}
