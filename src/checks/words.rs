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

/// "DB 1", "DB 1 and DB 2", "DB 1, DB 2, DB 3 and 4 more".
pub fn names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 3;
    let all: Vec<&str> = all.collect();
    match all.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] if all.len() <= MOST => format!("{} and {last}", most.join(", ")),
        _ => format!("{} and {} more", all[..MOST].join(", "), all.len() - MOST),
    }
}
