//! Dragging a change freeze, as a whole or by one end: a ghost while the button is down, one edit when it is released.

use chrono::{NaiveDate, TimeDelta};

use crate::model::{ChangeFreeze, Edit, FreezeId, Plan};

/// The part of a freeze that is being dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    Whole,
    /// The start of its first day.
    Start,
    /// The end of its last day.
    End,
}

/// A freeze that is being dragged to other days.
#[derive(Clone, Debug)]
pub struct FreezeDrag {
    pub freeze: FreezeId,
    pub grip: Grip,
    /// The day on which the drag started.
    pub from: NaiveDate,
    /// The day under the pointer.
    pub to: NaiveDate,
}

impl FreezeDrag {
    /// The freeze after the drag; `None` if it would not change. One end cannot pass the other.
    pub fn ghost(&self, plan: &Plan) -> Option<ChangeFreeze> {
        let freeze = plan.freezes().get(&self.freeze)?;
        let by = self.to - self.from;
        let moved = |on: NaiveDate| on.checked_add_signed(by);
        let ghost = match self.grip {
            Grip::Whole => freeze.moved(by.num_days()),
            Grip::Start => {
                ChangeFreeze { first_on: moved(freeze.first_on)?.min(freeze.last_on), ..ChangeFreeze::clone(freeze) }
            }
            Grip::End => {
                ChangeFreeze { last_on: moved(freeze.last_on)?.max(freeze.first_on), ..ChangeFreeze::clone(freeze) }
            }
        };
        (by != TimeDelta::zero() && ghost != **freeze).then_some(ghost)
    }

    /// The edit to make on release; `None` if the freeze would not change.
    pub fn edit(&self, plan: &Plan) -> Option<Edit> {
        self.ghost(plan).map(Edit::PutFreeze)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Horizon;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The days of a freeze from 13 to 19 December after a drag.
    fn dragged(grip: Grip, from: &str, to: &str) -> Option<(String, String)> {
        let mut parts = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").to_parts();
        parts.freezes = parts.freezes.with(ChangeFreeze::week("f".into(), date("2027-12-13")));
        let plan = Plan::from(parts);
        let drag = FreezeDrag { freeze: "f".into(), grip, from: date(from), to: date(to) };
        drag.ghost(&plan).map(|ghost| (ghost.first_on.to_string(), ghost.last_on.to_string()))
    }

    fn days(first: &str, last: &str) -> (String, String) {
        (first.to_owned(), last.to_owned())
    }

    #[test]
    fn a_freeze_moves_with_the_pointer_by_whole_days() {
        assert_eq!(dragged(Grip::Whole, "2027-12-15", "2027-12-20"), Some(days("2027-12-18", "2027-12-24")));
        assert_eq!(dragged(Grip::Whole, "2027-12-15", "2027-12-15"), None);
    }

    #[test]
    fn an_end_moves_alone_and_not_past_the_other() {
        assert_eq!(dragged(Grip::Start, "2027-12-13", "2027-12-10"), Some(days("2027-12-10", "2027-12-19")));
        assert_eq!(dragged(Grip::Start, "2027-12-13", "2028-01-10"), Some(days("2027-12-19", "2027-12-19")));
        assert_eq!(dragged(Grip::End, "2027-12-19", "2027-12-21"), Some(days("2027-12-13", "2027-12-21")));
        assert_eq!(dragged(Grip::End, "2027-12-19", "2027-11-01"), Some(days("2027-12-13", "2027-12-13")));
    }
}
