//! Which deadlines a ladder can meet, day by day. Calculated when the plan changes and kept between frames.

use std::rc::Rc;

use super::cx::Cx;
use super::memo::{Memo, Pointer};
use crate::model::{LadderId, Plan};
use crate::schedule::FreezeTimes;
use crate::schedule::ladders::reachability::{LadderReachability, SeverityReachability};
use crate::wording::counted;

/// The result for the ladder that was requested last.
#[derive(Default)]
pub struct Deadlines(Memo<(Pointer<Plan>, LadderId), Option<LadderReachability>>);

impl Deadlines {
    /// Returns `None` for a ladder without systems.
    pub fn days(&mut self, cx: &Cx<'_>, ladder: &LadderId) -> Rc<Option<LadderReachability>> {
        self.0.get((Pointer::to(cx.plan_pointer()), ladder.clone()), || {
            let schedule = cx.schedule();
            let reach = schedule.reach(ladder)?;
            LadderReachability::derive(schedule, reach, &FreezeTimes::all(schedule))
        })
    }
}

/// Formats the late days: "328 of 364 days", or a note if no day can be judged.
pub fn count(severity: &SeverityReachability) -> String {
    match severity.judged() {
        0 => "cannot be judged yet".to_owned(),
        judged => format!("{} of {}", severity.late(), counted(judged, "day")),
    }
}
