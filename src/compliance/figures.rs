//! What is counted of items.

use std::ops::AddAssign;

use serde::Serialize;

use super::item::ItemState;

/// How many items are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub in_time: u64,
    pub late: u64,
    pub open: u64,
    pub pending: u64,
    pub excused: u64,
    pub no_deadline: u64,
    /// Of those in time and late: not scanned clean yet.
    pub unverified: u64,
}

impl Figures {
    /// Counts an item `weight` times: once, or once per host.
    pub fn add(&mut self, state: ItemState, is_unverified: bool, weight: u64) {
        *self.field(state) += weight;
        self.unverified += if is_unverified { weight } else { 0 };
    }

    fn field(&mut self, state: ItemState) -> &mut u64 {
        match state {
            ItemState::InTime => &mut self.in_time,
            ItemState::Late => &mut self.late,
            ItemState::Open => &mut self.open,
            ItemState::Pending => &mut self.pending,
            ItemState::Excused => &mut self.excused,
            ItemState::NoDeadline => &mut self.no_deadline,
        }
    }

    pub fn due(&self) -> u64 {
        self.in_time + self.late + self.open
    }

    /// The share of what was due that was done in time, in percent with one decimal; 100 if nothing was due.
    pub fn percent(&self) -> f64 {
        percent(self.in_time, self.due()).unwrap_or(100.0)
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, mut other: Self) {
        for state in ItemState::ALL {
            *self.field(state) += *other.field(state);
        }
        self.unverified += other.unverified;
    }
}

/// A share in percent with one decimal, rounded half up. None of nothing.
pub fn percent(part: u64, whole: u64) -> Option<f64> {
    let tenths = (u128::from(part) * 2_000 + u128::from(whole)).checked_div(2 * u128::from(whole))?;
    Some(tenths as f64 / 10.0)
}

/// The figures as scripts read them.
#[derive(Serialize)]
struct FiguresRow {
    due: u64,
    in_time: u64,
    late: u64,
    open: u64,
    pending: u64,
    excused: u64,
    no_deadline: u64,
    unverified: u64,
    percent: f64,
}

impl Serialize for Figures {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { in_time, late, open, pending, excused, no_deadline, unverified } = *self;
        let (due, percent) = (self.due(), self.percent());
        FiguresRow { due, in_time, late, open, pending, excused, no_deadline, unverified, percent }
            .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_one_decimal_and_nothing_has_none() {
        assert_eq!(percent(2, 3), Some(66.7));
        assert_eq!(percent(1, 16), Some(6.3));
        assert_eq!(percent(0, 4), Some(0.0));
        assert_eq!(percent(0, 0), None);
        assert_eq!(format!("{:.1}", Figures::default().percent()), "100.0");
    }
}
