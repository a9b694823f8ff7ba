//! Times in a column that its cells alone leave open: shares of a day, and ends after midnight.

use super::columns::{DURATION, END, END_DATE, START};
use crate::import::tables::table::{Row, Table};
use crate::wording::clocks;

/// Writes times so that each cell alone means one time.
pub(super) fn spell_out(table: &mut Table) {
    for field in [START, END] {
        shares(table, field);
    }
    for row in &mut table.rows {
        for field in [END, END_DATE, DURATION] {
            if row.get(field).is_some_and(|text| matches!(&*text.to_lowercase(), "-" | "–" | "—" | "n/a")) {
                row.set(field, String::new());
            }
        }
        if let Some(text) = row.get(END).and_then(|text| after_midnight(text, row)) {
            row.set(END, text);
        }
    }
}

/// The digits after the point of "0.25".
fn share(text: &str) -> Option<&str> {
    let digits = text.strip_prefix("0.").or_else(|| text.strip_prefix("0,"))?;
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// If one number of a column can only be a share of a day, as spreadsheets keep times, all are: 0.25 is 06:00 beside
/// 0.75. If nothing decides, 0.25 may also be 00:25.
fn shares(table: &mut Table, field: usize) {
    let is_clock = |text: &str| share(text).is_some_and(|digits| digits.len() == 2 && digits < "60");
    let is_share = table.cells(field).any(|text| share(text).is_some() && !is_clock(text));
    let is_decided = is_share || table.cells(field).any(|text| share(text).is_none() && clocks::read(text).is_ok());
    for row in &mut table.rows {
        let Some(digits) = row.get(field).and_then(share).map(str::to_owned) else { continue };
        if is_share {
            row.set(field, format!("0.{digits:0<3}"));
        } else if !is_decided {
            let problem = format!("its time \"0.{digits}\" may be 00:{digits} or a share of a day: use e.g. 06:00");
            row.problem.get_or_insert(problem);
        }
    }
}

/// "02:00 (+1)" for an end at 26:00, as spreadsheets add a length to a start. Beside a date, it would be unclear
/// from which day it counts.
fn after_midnight(text: &str, row: &Row) -> Option<String> {
    let (hours, rest) = text.split_once(':')?;
    let hours: u32 = hours.parse().ok().filter(|hours| (24..48).contains(hours))?;
    let minutes = rest.strip_suffix(":00").unwrap_or(rest);
    let is_plain = minutes.len() == 2 && minutes.bytes().all(|byte| byte.is_ascii_digit());
    let is_midnight = hours == 24 && minutes == "00";
    (is_plain && !is_midnight && row.get(END_DATE).is_none()).then(|| format!("{:02}:{minutes} (+1)", hours - 24))
}
