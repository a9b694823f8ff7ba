//! Working days of a month: "last working day", "third business day". They are Monday to Friday.

use super::tokens::{day_number, from_the_end, tokens};

/// No month has more working days.
const MOST: u8 = 23;

/// Whether a rule in words counts working days. Its dates then ignore public holidays.
pub fn counts_working_days(words: &str) -> bool {
    let tokens = tokens(words);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    (0..tokens.len()).any(|at| in_month(&tokens[at..tokens.len().min(at + 2)]).is_some())
        || tokens.windows(3).any(|three| in_month(three).is_some())
}

/// The parts of a monthly recurrence rule for "last working day".
pub(super) fn in_month(tokens: &[&str]) -> Option<String> {
    let ([which, "working" | "business" | "work", "day"]
    | [which, "workday" | "weekday" | "workingday" | "businessday"]) = tokens
    else {
        return None;
    };
    let position = match from_the_end(which) {
        Some(number) => -i32::from(number),
        None => i32::from(day_number(which).filter(|day| *day <= MOST)?),
    };
    Some(format!("BYDAY=MO,TU,WE,TH,FR;BYSETPOS={position}"))
}
