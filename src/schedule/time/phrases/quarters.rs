//! Days of a quarter: "last Saturday of the quarter".

use super::months::code;
use super::tokens::{nth, weekday};
use super::working_days;

/// Days of a quarter: the last ones are in its last month, the others in its first.
pub(super) fn quarterly(tokens: &[&str]) -> Option<String> {
    let tokens = match tokens {
        ["on", rest @ ..] => rest,
        tokens => tokens,
    };
    let tokens = match tokens {
        [rest @ .., "of" | "in"] => rest,
        tokens => tokens,
    };
    let months = |which: &str| if which == "last" { "3,6,9,12" } else { "1,4,7,10" };
    match tokens {
        ["last", "day"] => Some("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1".to_owned()),
        ["first" | "1st", "day"] => Some("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=1".to_owned()),
        [which @ ("first" | "1st" | "last"), _, _] => {
            let part = working_days::in_month(tokens)?;
            Some(format!("FREQ=MONTHLY;BYMONTH={};{part}", months(which)))
        }
        [which, day] => {
            // A fifth Saturday may be in the next month.
            let number = if *which == "last" { -1 } else { i32::from(nth(which).filter(|number| *number < 5)?) };
            let day = code(weekday(day)?);
            Some(format!("FREQ=MONTHLY;BYMONTH={};BYDAY={number}{day}", months(which)))
        }
        _ => None,
    }
}
