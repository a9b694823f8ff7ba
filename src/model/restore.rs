//! Restoring an earlier version of a plan.

use super::plan::{Plan, PlanParts};
use super::window::MaintenanceWindow;

impl Plan {
    /// `earlier` as the plan that follows this one. What was sent stays sent. The sequences of changed windows rise,
    /// because calendars ignore an event whose sequence is lower than the one they know.
    #[must_use]
    pub fn restored_to(&self, earlier: &Self) -> Self {
        let parts = earlier.to_parts();
        let changed = parts.windows.iter().filter_map(|window| {
            let current = self.windows().get(&window.id)?;
            let sequence = window.sequence_after(current);
            (sequence != window.sequence).then(|| MaintenanceWindow { sequence, ..MaintenanceWindow::clone(window) })
        });
        let windows = parts.windows.with_all(changed);
        Self::from(PlanParts { windows, sent_invites: self.sent_invites().clone(), ..parts })
    }
}

impl MaintenanceWindow {
    /// The sequence that this version of a window needs after `current`. The sequence of a date is added to that of its
    /// window, so if any date may differ, the window's rises above the highest sum.
    fn sequence_after(&self, current: &Self) -> u32 {
        if !self.differs_in_time(current) && self.exceptions == current.exceptions {
            return self.sequence.max(current.sequence);
        }
        let highest = current.exceptions.iter().map(|exception| exception.sequence).max().unwrap_or_default();
        self.sequence.max(current.sequence.saturating_add(highest).saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon, OccurrenceChange, WindowId};

    fn plan() -> Plan {
        let plan = Plan::new("harbour".into(), "Harbour", Horizon::year(2027), "UTC");
        let window = plan.new_window_on("2027-03-13".parse().unwrap(), "xyz");
        plan.apply(&Edit::PutWindow(window)).unwrap()
    }

    /// The sequences that exports write for the window's first date.
    fn sequence(plan: &Plan) -> u32 {
        let window = &plan.windows().as_slice()[0];
        window.sequence + window.exceptions.first().map_or(0, |exception| exception.sequence)
    }

    #[test]
    fn no_sequence_decreases_and_that_of_a_changed_window_rises() {
        let earlier = plan();
        let window = MaintenanceWindow::clone(&earlier.windows().as_slice()[0]);
        let on = "2027-03-13".parse().unwrap();
        let later = MaintenanceWindow { duration: crate::model::Minutes(300), ..window.clone() };
        let noted = MaintenanceWindow { notes: "x".into(), ..window.clone() };
        let skipped = OccurrenceChange::Skipped { reason: String::new() };
        let skips = |count: usize| {
            let mut window = window.clone();
            (0..count).for_each(|_| window.set_exception(on, skipped.clone()));
            window
        };
        for (edit, expected) in [
            (Edit::PutWindow(noted), 0),
            (Edit::PutWindow(later), 2),
            (Edit::PutWindow(skips(1)), 2),
            (Edit::PutWindow(skips(3)), 4),
        ] {
            let current = earlier.apply(&edit).unwrap();
            let restored = current.restored_to(&earlier);
            assert_eq!(sequence(&restored), expected, "{edit:?}");
            assert!(expected == 0 || sequence(&restored) > sequence(&current));
            let same = Plan::from(PlanParts { windows: earlier.windows().clone(), ..restored.to_parts() });
            assert_eq!(same, earlier);
        }
    }

    #[test]
    fn a_window_that_was_removed_comes_back_and_a_new_one_goes() {
        let earlier = plan();
        let id: WindowId = earlier.windows().as_slice()[0].id.clone();
        let current = earlier.apply(&Edit::RemoveWindow(id)).unwrap();
        assert_eq!(current.restored_to(&earlier), earlier);
        assert_eq!(earlier.restored_to(&current), current);
    }
}
