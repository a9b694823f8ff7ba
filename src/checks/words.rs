//! The wording that findings share.

use chrono::NaiveDate;

use crate::model::UtcMinute;
use crate::schedule::WindowSchedule;

/// "Sat 13 Mar 2027"
pub fn date(on: NaiveDate) -> String {
    on.format("%a %-d %b %Y").to_string()
}

/// "Sat 13 Mar 2027 22:00", on the window's clock.
pub fn moment(window: &WindowSchedule, at: UtcMinute) -> String {
    window.local(at).to_naive().format("%a %-d %b %Y %H:%M").to_string()
}

/// "00:33", on the window's clock.
pub fn clock(window: &WindowSchedule, at: UtcMinute) -> String {
    window.local(at).to_naive().format("%H:%M").to_string()
}
