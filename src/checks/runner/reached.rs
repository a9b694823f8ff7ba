//! A unit for each ladder beside the freezes, and its climbs, which are kept, too.

use std::sync::Arc;

use super::{Before, Unit, unit};
use crate::checks::reached::Reached;
use crate::checks::{Check, Context};
use crate::parallel;
use crate::schedule::{Climbs, Reach};

/// What was found about each ladder, and its climbs; none where it has no systems.
pub(super) fn reached(cx: &Context<'_>, before: Option<&Before<'_>>) -> (Vec<Unit>, Vec<Option<Arc<Climbs>>>) {
    let run = |reach: &Reach| kept(before, reach).unwrap_or_else(|| found(cx, before, reach));
    parallel::map_long(&cx.schedule.reaches, run).into_iter().unzip()
}

fn kept(before: Option<&Before<'_>>, reach: &Reach) -> Option<(Unit, Option<Arc<Climbs>>)> {
    let before = before?;
    let index = before.same.reached(reach)?;
    before.findings.reached.get(index).cloned().zip(before.findings.climbs.get(index).cloned())
}

fn found(cx: &Context<'_>, before: Option<&Before<'_>>, reach: &Reach) -> (Unit, Option<Arc<Climbs>>) {
    let renewed = before.and_then(|before| {
        let (index, changed) = before.same.climbs(reach)?;
        Some(before.findings.climbs.get(index)?.as_ref()?.after(cx.schedule, reach, cx.freezes(), &changed))
    });
    let climbs = renewed.or_else(|| Climbs::of(cx.schedule, reach, cx.freezes())).map(Arc::new);
    let reached = Reached::of(cx, reach, climbs.as_deref());
    let unit = unit(|check, sink| {
        if let Check::Reached(check) = check {
            check(cx, &reached, sink);
        }
    });
    (unit, climbs)
}
