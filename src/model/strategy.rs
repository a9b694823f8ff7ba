//! Strategies: what the work of a window consists of.

use serde::{Deserialize, Serialize};

use super::{Batch, ChecklistBlock, ChecklistItem, Estimate, Guess, Minutes};

/// How a window brings changes to its systems. It decides which phases of an estimate happen in the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WorkStrategy {
    /// The systems are stopped, patched and started again.
    #[default]
    Scheduled,
    /// Batch by batch, while the other hosts carry the service.
    Rolling,
    /// New images are built before; the window only switches to them.
    Immutable,
    /// A second environment is patched and verified before; the window switches to it.
    BlueGreen,
}

impl WorkStrategy {
    pub const ALL: [Self; 4] = [Self::Scheduled, Self::Rolling, Self::Immutable, Self::BlueGreen];

    pub fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "Scheduled",
            Self::Rolling => "Rolling",
            Self::Immutable => "Immutable",
            Self::BlueGreen => "Blue-green",
        }
    }

    /// What it means, in a sentence.
    pub fn help(self) -> &'static str {
        match self {
            Self::Scheduled => "All phases take place in the window, and the systems are down meanwhile",
            Self::Rolling => "Batch by batch, while the other hosts carry the service: no downtime",
            Self::Immutable => "Images are built before; per batch, the window drains, switches and verifies",
            Self::BlueGreen => "The second environment is verified before; the window switches once: no downtime",
        }
    }

    /// Whether the service stays up during the work.
    pub fn keeps_service_up(self) -> bool {
        matches!(self, Self::Rolling | Self::BlueGreen)
    }

    /// Whether the window switches to what was prepared before, and rolling back switches back.
    pub fn is_switch(self) -> bool {
        matches!(self, Self::Immutable | Self::BlueGreen)
    }

    /// The batches of the work: two environments are switched once.
    pub fn batches(self, batch: &Batch) -> &Batch {
        if self == Self::BlueGreen { &Batch::All } else { batch }
    }

    /// The items that it adds to the handbook's checklist.
    pub fn checklist_items(self) -> Vec<ChecklistItem> {
        use ChecklistBlock::{After, DayBefore, During, HoursBefore, Start};
        let items: &[(ChecklistBlock, &str)] = match self {
            Self::Scheduled => &[],
            Self::Rolling => &[
                (HoursBefore, "Remaining hosts can carry the load"),
                (During, "Each batch back in service before the next one starts"),
            ],
            Self::Immutable => &[
                (DayBefore, "New images built and tested"),
                (Start, "Previous images ready for switching back"),
                (After, "Previous images kept until the watch is over"),
            ],
            Self::BlueGreen => &[
                (DayBefore, "Second environment patched and verified"),
                (Start, "Old environment ready for switching back"),
                (After, "Old environment kept until the watch is over"),
            ],
        };
        items.iter().map(|(block, text)| ChecklistItem::new(*block, *text)).collect()
    }
}

impl Estimate {
    /// The phases that happen in a window with that strategy. Where it only switches, switching replaces patching and
    /// rolling back.
    #[must_use]
    pub fn under(&self, strategy: WorkStrategy) -> Self {
        const NONE: Guess = Guess::sure(Minutes(0));
        match strategy {
            WorkStrategy::Scheduled | WorkStrategy::Rolling => *self,
            WorkStrategy::Immutable => {
                Self { prepare: NONE, patch: self.switch, reboot: NONE, rollback: self.switch, ..*self }
            }
            WorkStrategy::BlueGreen => Self { drain: NONE, verify: NONE, ..self.under(WorkStrategy::Immutable) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate() -> Estimate {
        Estimate {
            prepare: Minutes(1).into(),
            drain: Minutes(2).into(),
            patch: Some(Minutes(3).into()),
            reboot: Minutes(4).into(),
            verify: Minutes(5).into(),
            switch: Some(Minutes(6).into()),
            final_verification: Minutes(7).into(),
            rollback: Some(Minutes(8).into()),
            rollback_verification: Minutes(9).into(),
            handover: Minutes(10).into(),
        }
    }

    #[test]
    fn a_strategy_decides_which_phases_happen_in_the_window() {
        let none: Guess = Minutes(0).into();
        let switch = Some(Minutes(6).into());
        for strategy in [WorkStrategy::Scheduled, WorkStrategy::Rolling] {
            assert_eq!(estimate().under(strategy), estimate());
        }
        let immutable = Estimate { prepare: none, patch: switch, reboot: none, rollback: switch, ..estimate() };
        assert_eq!(estimate().under(WorkStrategy::Immutable), immutable);
        let blue_green = Estimate { drain: none, verify: none, ..immutable };
        assert_eq!(estimate().under(WorkStrategy::BlueGreen), blue_green);
        assert!(!Estimate { switch: None, ..estimate() }.under(WorkStrategy::Immutable).is_complete());
    }

    #[test]
    fn each_strategy_but_the_usual_one_adds_items() {
        for strategy in WorkStrategy::ALL {
            assert_eq!(
                strategy.checklist_items().is_empty(),
                strategy == WorkStrategy::Scheduled,
                "{}",
                strategy.name()
            );
        }
    }
}
