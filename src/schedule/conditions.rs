//! Whether an item of a checklist has anything to do with an occurrence.

use super::{Occurrence, Schedule, WindowSchedule};
use crate::model::{Condition, Duty, Estimate, UtcMinute, Work};

impl Schedule {
    /// Whether `condition` holds for an occurrence of `window`. `first_at` is the time of the first item.
    pub fn meets(
        &self,
        condition: Condition,
        window: &WindowSchedule,
        occurrence: &Occurrence,
        first_at: UtcMinute,
    ) -> bool {
        let record = &*window.window;
        match condition {
            Condition::Always => true,
            Condition::Reboot => window.is_rebooting(),
            Condition::Batches => window.is_in_batches(),
            Condition::NoReturn => record.irreversible.is_some(),
            Condition::ClocksChange => window.clocks_change(first_at, occurrence.end_at),
            Condition::Testing => record.bookings.iter().any(|booking| {
                matches!(booking.duty, Duty::Testing(_)) && booking.on.is_none_or(|on| on == occurrence.original_on())
            }),
            Condition::Ticket => !record.change_ticket.trim().is_empty(),
            Condition::Dependencies => window
                .scope
                .systems
                .iter()
                .flat_map(|system| &system.depends_on)
                .any(|id| !window.scope.covers(id) && self.plan.systems.contains(id)),
        }
    }
}

impl WindowSchedule {
    /// Whether the clocks of its zone change from `from` on, up to and including `to`.
    pub fn clocks_change(&self, from: UtcMinute, to: UtcMinute) -> bool {
        self.expansion.zone.onsets(from, to.plus(1)).len() > 1
    }

    /// Whether the minutes of its work have some for a reboot.
    fn is_rebooting(&self) -> bool {
        let reboots = |estimate: &Estimate| !estimate.reboot.worst.is_zero();
        match &self.window.work {
            Work::Pool(estimate) => reboots(estimate),
            Work::Tracks(_) => self.scope.systems.iter().any(|system| system.hosts > 0 && reboots(&system.estimate)),
        }
    }

    /// Whether its hosts are worked on in more than one batch, whatever each of them takes.
    fn is_in_batches(&self) -> bool {
        let batch = &self.window.batch;
        let batches = match self.window.work {
            Work::Pool(_) => batch.count(self.scope.hosts()),
            Work::Tracks(_) => {
                let of_each = self.scope.systems.iter().map(|system| batch.count(system.hosts));
                of_each.fold(0, u32::saturating_add)
            }
        };
        batches > 1
    }
}
