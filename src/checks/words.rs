//! The wording that findings share.

use crate::model::{UtcMinute, clock_in_words, moment_in_words};
use crate::schedule::WindowSchedule;

pub use crate::model::{counted, date_in_words as date};

/// "Sat 13 Mar 2027 22:00", on the window's clock.
pub fn moment(window: &WindowSchedule, at: UtcMinute) -> String {
    moment_in_words(window.local(at))
}

/// "00:33", on the window's clock.
pub fn clock(window: &WindowSchedule, at: UtcMinute) -> String {
    clock_in_words(window.local(at).time())
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
