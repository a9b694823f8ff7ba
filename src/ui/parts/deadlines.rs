//! Which deadlines a ladder can meet, day by day: calculated when the plan changes, kept between frames.

use std::rc::Rc;

use super::cx::Cx;
use super::memo::{Memo, Pointer};
use crate::model::{LadderId, Plan};
use crate::schedule::FreezeTimes;
use crate::schedule::ladders::reachability::{LadderReachability, SeverityReachability};

/// The days of the ladder that was looked at last.
#[derive(Default)]
pub struct Deadlines(Memo<(Pointer<Plan>, LadderId), Option<LadderReachability>>);

impl Deadlines {
    /// None for a ladder without systems.
    pub fn days(&mut self, cx: &Cx<'_>, ladder: &LadderId) -> Rc<Option<LadderReachability>> {
        self.0.get((Pointer::to(cx.plan_pointer()), ladder.clone()), || {
            let schedule = cx.schedule();
            let reach = schedule.reach(ladder)?;
            LadderReachability::derive(schedule, reach, &FreezeTimes::all(schedule))
        })
    }
}

/// "328 of 364 days", or what to say where none can be judged.
pub fn count(severity: &SeverityReachability) -> String {
    match severity.judged() {
        0 => "cannot be judged yet".to_owned(),
        judged => format!("{} of {judged} days", severity.late()),
    }
}
