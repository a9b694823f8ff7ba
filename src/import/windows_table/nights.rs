//! Cells that say more than when a row begins: "13./14.03.2027" is a night, "2027-03-13T22:00/PT4H" has a length.

use super::columns::{DATE, DURATION, END, END_DATE, START};
use crate::import::tables::table::{Row, Table};
use crate::import::tables::{lengths, moments, shared_dates};
use crate::wording::clocks::Clock;
use crate::wording::time;

/// Longer texts are not read, in bytes.
const LONGEST: usize = 100;

/// Puts what such cells say into the cells of end and length.
pub(super) fn spell_out(table: &mut Table) {
    for row in &mut table.rows {
        for field in [DATE, START] {
            let spelled = split_length(row, field).and_then(|()| split_night(row, field));
            if let Err(problem) = spelled {
                row.problem.get_or_insert(problem);
            }
        }
    }
}

/// # Errors
/// The row has another length, too.
fn split_length(row: &mut Row, field: usize) -> Result<(), String> {
    let halves = row.get(field).and_then(|text| text.split_once('/'));
    let Some((start, length)) = halves.map(|(start, length)| (start.trim().to_owned(), length.trim().to_owned()))
    else {
        return Ok(());
    };
    if !length.starts_with('P') || lengths::read(&length).is_err() || moments::read(&start).is_err() {
        return Ok(());
    }
    if let Some(other) = row.get(DURATION) {
        return Err(format!("it has two lengths, \"{length}\" and \"{other}\": leave one of them out"));
    }
    row.set(field, start);
    row.set(DURATION, length);
    Ok(())
}

/// # Errors
/// The two dates are not those of one night.
fn split_night(row: &mut Row, field: usize) -> Result<(), String> {
    let Some(text) = row.get(field).filter(|text| may_be_night(text)).map(str::to_owned) else { return Ok(()) };
    let breaks = text.char_indices().filter(|(_, c)| matches!(c, ' ' | ',' | '\u{a0}')).map(|(at, _)| at);
    let halves =
        breaks.chain([text.len()]).map(|at| (text[..at].trim(), text[at..].trim_matches([' ', ',', '\u{a0}'])));
    let found = halves.into_iter().find_map(|(days, clock)| Some((shared_dates::both(days)?, clock)));
    let Some(([(first, first_on), (last, last_on)], clock)) = found else { return Ok(()) };
    if first_on.succ_opt() != Some(last_on) {
        return Err(format!("\"{text}\" is more than one night: give each night a row"));
    }
    row.set(field, if clock.is_empty() { first } else { format!("{first} {clock}") });
    if row.get(END_DATE).is_none() {
        row.set(END_DATE, last);
    }
    match clocks_of(row) {
        Some((start, end)) if !end.is_next_day && end.time > start.time => Err(format!(
            "it has two dates, but {} to {} is on one day: give each date a row",
            time(start.time),
            time(end.time)
        )),
        _ => Ok(()),
    }
}

/// Whether a text may have two dates. Most cells have one, and a table may have 100,000 of them.
fn may_be_night(text: &str) -> bool {
    let is_one_date =
        text.len() <= "2027-03-13 22:00:00".len() && text.as_bytes().get(4) == Some(&b'-') && !text.contains('/');
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).count();
    text.len() <= LONGEST && !is_one_date && (numbers > 3 || text.contains(char::is_alphabetic))
}

/// The times of day of start and end, if the row has both.
fn clocks_of(row: &Row) -> Option<(Clock, Clock)> {
    let moment = |field: usize| row.get(field).and_then(|text| moments::read(text).ok());
    let begins = [START, DATE].into_iter().filter_map(moment).find(|moment| moment.from.clock.is_some())?;
    let own_end = begins.until.as_ref().and_then(|until| until.clock);
    let end = own_end.or_else(|| moment(END).and_then(|moment| moment.from.clock))?;
    Some((begins.from.clock?, end))
}
