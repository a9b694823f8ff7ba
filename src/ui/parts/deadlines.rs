//! Which deadlines a ladder can meet, day by day: reckoned when the plan changes, kept between frames.

use std::sync::Arc;

use super::cx::Cx;
use crate::model::{LadderId, Plan};
use crate::schedule::ladders::reachability::{LadderReachability, SeverityReachability};
use crate::schedule::{FreezeTimes, Schedule};

/// The days of one ladder.
pub struct Deadlines {
    plan: Arc<Plan>,
    ladder: LadderId,
    /// None for a ladder without systems.
    pub days: Option<LadderReachability>,
}

impl Deadlines {
    fn of(schedule: &Schedule, ladder: &LadderId) -> Self {
        let reach = schedule.reach(ladder);
        let days = reach.and_then(|reach| LadderReachability::derive(schedule, reach, &FreezeTimes::all(schedule)));
        Self { plan: Arc::clone(&schedule.plan), ladder: ladder.clone(), days }
    }

    /// Those of `ladder`, reckoned again where the plan is another one.
    pub fn current(cx: &Cx<'_>, ladder: &LadderId, kept: Option<Self>) -> Self {
        kept.filter(|kept| kept.is_current(cx, ladder)).unwrap_or_else(|| Self::of(cx.schedule(), ladder))
    }

    pub fn is_current(&self, cx: &Cx<'_>, ladder: &LadderId) -> bool {
        Arc::ptr_eq(&self.plan, cx.plan_pointer()) && self.ladder == *ladder
    }
}

/// "328 of 364 days", or what to say where none can be judged.
pub fn count(severity: &SeverityReachability) -> String {
    match severity.judged() {
        0 => "cannot be judged yet".to_owned(),
        judged => format!("{} of {judged} days", severity.late()),
    }
}
