//! When each item of a checklist is due for an occurrence, and which items do not apply.

use super::watch::watch_times;
use crate::model::{ChecklistBlock, ChecklistItem, Condition, Duty, Estimate, Plan, UtcMinute, Work, WorkStrategy};
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// A checklist item of one occurrence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DueItem<'a> {
    pub item: &'a ChecklistItem,
    /// The time of its block, or the item's offset from it.
    pub at: UtcMinute,
    /// Whether its condition is met. Otherwise it is not on the checklist.
    pub is_due: bool,
}

/// Returns when each of `items` is due, in their order.
pub fn turns<'a>(
    schedule: &Schedule,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    items: &'a [ChecklistItem],
) -> Vec<DueItem<'a>> {
    // Without a watch, its items are on no checklist.
    let is_kept = |item: &ChecklistItem| item.block != ChecklistBlock::Watch || window.window.watch.is_some();
    let at =
        |item: &ChecklistItem| block_at(item.block, &schedule.plan, window, occurrence).plus(item.offset.unwrap_or(0));
    let mut night = ConditionInputs { schedule, window, occurrence, first_at: occurrence.start_at };
    // Whether the clocks change after the first item cannot depend on itself, so items with this condition count as
    // due.
    let counts = |item: &&ChecklistItem| {
        is_kept(item) && (item.condition == Condition::ClocksChange || night.fulfils(item.condition))
    };
    night.first_at = items.iter().filter(counts).map(at).min().unwrap_or(night.first_at).min(night.first_at);
    items
        .iter()
        .map(|item| DueItem { item, at: at(item), is_due: is_kept(item) && night.fulfils(item.condition) })
        .collect()
}

/// When the items of a block are due if they have no offset.
pub fn block_at(block: ChecklistBlock, plan: &Plan, window: &WindowSchedule, occurrence: &Occurrence) -> UtcMinute {
    match block {
        ChecklistBlock::DayBefore => occurrence.start_at.plus(-24 * 60),
        ChecklistBlock::HoursBefore => occurrence.start_at.plus(-2 * 60),
        ChecklistBlock::Start | ChecklistBlock::During => occurrence.start_at,
        ChecklistBlock::After => occurrence.end_at,
        ChecklistBlock::Watch => watch_times(plan, window, occurrence).map_or(occurrence.end_at, |(_, end_at)| end_at),
    }
}

/// What conditions depend on.
struct ConditionInputs<'a> {
    schedule: &'a Schedule,
    window: &'a WindowSchedule,
    occurrence: &'a Occurrence,
    /// When the first item of the checklist is due.
    first_at: UtcMinute,
}

impl ConditionInputs<'_> {
    fn fulfils(&self, condition: Condition) -> bool {
        let (record, scope) = (&*self.window.window, &self.window.scope);
        match condition {
            Condition::Always => true,
            Condition::Reboot => self.has_reboot(),
            Condition::Batches => self.batches() > 1,
            Condition::NoReturn => record.irreversible.is_some(),
            Condition::ClocksChange => {
                self.window.expansion.zone.transitions(self.first_at, self.occurrence.end_at.plus(1)).len() > 1
            }
            Condition::Testing => record.bookings.iter().any(|booking| {
                let is_for_it = booking.on.is_none_or(|on| on == self.occurrence.original_on());
                is_for_it && matches!(booking.duty, Duty::Testing(_))
            }),
            Condition::Ticket => !record.change_ticket.trim().is_empty(),
            Condition::Rolling => record.strategy == WorkStrategy::Rolling,
            Condition::Switching => record.strategy.is_switch(),
            Condition::Dependencies => {
                let mut needed = scope.systems.iter().flat_map(|system| &system.depends_on);
                needed.any(|id| !scope.covers(id) && self.schedule.plan.systems().contains(id))
            }
        }
    }

    fn has_reboot(&self) -> bool {
        let strategy = self.window.window.strategy;
        let reboots = |estimate: &Estimate| !estimate.under(strategy).reboot.worst.is_zero();
        match &self.window.window.work {
            Work::Pool(estimate) => reboots(estimate),
            Work::Tracks(_) => self.window.scope.systems.iter().any(|system| reboots(&system.estimate)),
        }
    }

    /// If all hosts are one pool, the batches are known even without an estimate.
    fn batches(&self) -> u32 {
        let (record, scope) = (&*self.window.window, &self.window.scope);
        let batch = record.strategy.batches(&record.batch);
        match (self.window.fit(self.occurrence), &record.work) {
            (Ok(fit), _) => fit.batches,
            (Err(_), Work::Pool(_)) => batch.count(scope.hosts()),
            (Err(_), Work::Tracks(_)) => {
                scope.systems.iter().map(|system| batch.count(system.hosts)).max().unwrap_or(0)
            }
        }
    }
}
