//! Shifts in words, in the plan's local time.

use super::{Rota, Shift};
use crate::model::{Duty, UtcMinute};
use crate::wording::moments;

impl Rota {
    /// "Sat 13 Mar 2027 22:00 – 02:00". The end also has a date if it is at least a day later.
    pub fn span_in_words(&self, from: UtcMinute, to: UtcMinute) -> String {
        moments(self.local(from), self.local(to))
    }

    /// "Ann Bell, Sat 13 Mar 2027 22:00 – 02:00, Core DB patching, work".
    pub fn shift_in_words(&self, shift: &Shift) -> String {
        let (person, window) = (&self.person(shift).name, &self.window(shift).name);
        format!("{person}, {}, {window}, {}", self.span_in_words(shift.from, shift.to), duty_in_words(shift.duty))
    }
}

/// "work", "testing" or "watch".
pub fn duty_in_words(duty: Duty) -> &'static str {
    match duty {
        Duty::Work => "work",
        Duty::Testing(_) => "testing",
        Duty::Watch => "watch",
    }
}
