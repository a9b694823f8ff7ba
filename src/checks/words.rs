//! The wording that findings share.

use chrono::Timelike;

use crate::model::UtcMinute;
use crate::schedule::WindowSchedule;

pub use crate::model::{counted, date_in_words as date};

/// "Sat 13 Mar 2027 22:00", on the window's clock.
pub fn moment(window: &WindowSchedule, at: UtcMinute) -> String {
    let local = window.local(at);
    format!("{} {:02}:{:02}", date(local.date()), local.time().hour(), local.time().minute())
}

/// "00:33", on the window's clock.
pub fn clock(window: &WindowSchedule, at: UtcMinute) -> String {
    let time = window.local(at).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// "1 day", "12 days"
pub fn days(count: i64) -> String {
    counted(count, "day")
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
