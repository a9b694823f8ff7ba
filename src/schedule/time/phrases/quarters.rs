//! Days of a quarter: "last Saturday of the quarter".

use super::tokens::{code, from_the_end, nth, weekday};
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
    let (which, _) = tokens.split_first()?;
    let from_end = from_the_end(which);
    let months = if from_end.is_some() { "3,6,9,12" } else { "1,4,7,10" };
    // A fifth Saturday may be in another month.
    let position = || match from_end {
        Some(number) => Some(-i32::from(number)).filter(|number| *number > -5),
        None => nth(which).filter(|number| *number < 5).map(i32::from),
    };
    let days = match tokens {
        [_, "day"] if from_end.is_some() || matches!(*which, "first" | "1st") => format!("BYMONTHDAY={}", position()?),
        [_, _, _] if from_end.is_some() || matches!(*which, "first" | "1st") => working_days::in_month(tokens)?,
        [_, day] => format!("BYDAY={}{}", position()?, code(weekday(day)?)),
        _ => return None,
    };
    Some(format!("FREQ=MONTHLY;BYMONTH={months};{days}"))
}
