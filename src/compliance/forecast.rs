//! What the planned windows will bring: the figures of the months to come, if all of them take place and succeed.

use serde::Serialize;

use super::figures::Figures;
use super::item::{Item, ItemState};
use crate::model::UtcMinute;
use crate::schedule::{Done, FreezeTimes, Schedule, WindowOccurrence, next_installing};

/// The figures of a month to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForecastMonth {
    /// "2027-03"
    pub month: String,
    #[serde(flatten)]
    pub figures: Figures,
}

/// An item as the planned windows will leave it, and the occurrence that installs it.
#[derive(Clone, Debug)]
pub struct ExpectedItem<'a> {
    pub item: Item<'a>,
    /// None if it needs no installation, or no window of the plan brings it.
    pub by: Option<WindowOccurrence<'a>>,
}

/// The items as they will be: what is open or pending is done at the end of the next occurrence that covers its system,
/// starts at or after the instant and the fix, and is not in a freeze.
pub(super) fn expected<'a>(schedule: &'a Schedule, items: &[Item<'a>], at: UtcMinute) -> Vec<ExpectedItem<'a>> {
    let freezes = FreezeTimes::all(schedule);
    let end_at = schedule.ends_at().max(at);
    items.iter().map(|item| expected_item(schedule, item, at, &freezes, end_at)).collect()
}

/// The item at the end of the plan, if it is done by the next occurrence.
fn expected_item<'a>(
    schedule: &'a Schedule,
    item: &Item<'a>,
    at: UtcMinute,
    freezes: &[FreezeTimes<'_>],
    end_at: UtcMinute,
) -> ExpectedItem<'a> {
    let mut item = item.clone();
    let (ItemState::Open | ItemState::Pending, Some(deadline_at)) = (item.state, item.deadline_at) else {
        return ExpectedItem { item, by: None };
    };
    let from_at = item.counts_from_at.max(at);
    let position = schedule.plan.systems().position(&item.system.id);
    let by = position.and_then(|position| next_installing(schedule, position, from_at, freezes));
    item.done = by.map(|(_, occurrence)| Done { at: occurrence.end_at, result: None, is_verified: false });
    item.state = match item.done {
        Some(done) if done.at <= deadline_at => ItemState::InTime,
        Some(_) => ItemState::Late,
        None if deadline_at <= end_at => ItemState::Open,
        None => ItemState::Pending,
    };
    ExpectedItem { item, by }
}
