//! What is missing because the dates of some windows are not known.

use super::text::clip_line;
use crate::schedule::Schedule;
use crate::wording::{counted, list_in_sentence};

/// At most this many windows are named.
const MOST_WINDOWS: usize = 3;
const LONGEST_NAME: usize = 60;

/// "The dates of 3 windows are not known: Backup 1, Backup 2 and Backup 3. The plan has too many dates, …"; None if all
/// are known.
pub fn unknown_dates(schedule: &Schedule) -> Option<String> {
    let problem = schedule.without_known_dates().next()?.expansion.problem.as_ref()?;
    let windows = counted(schedule.without_known_dates().count(), "window");
    let names = schedule.without_known_dates().map(|window| clip_line(&window.window.name, LONGEST_NAME));
    Some(format!("The dates of {windows} are not known: {}. {problem}", list_in_sentence(names, MOST_WINDOWS)))
}
