//! Occurrences that other zone data put at another time: `check` and `list` report them on standard error.

use std::path::Path;

use chrono::NaiveDate;

use super::reply::Failure;
use crate::schedule::time::zone_data::ZoneData;
use crate::schedule::{KnownTimes, MovedTimes, Schedule, Zone};
use crate::store::{self, ProgramFolders, known_times, save_known_times};
use crate::wording::{counted, list_in_sentence, moment};

/// At most this many releases are named.
const MOST_RELEASES: usize = 3;

/// What is at another time than known, as a warning. Brings the known times of the plan file up to date.
pub fn moved_times(path: &Path, schedule: &Schedule, today: NaiveDate) -> Option<String> {
    // A pipe has a name, but may be another plan each time.
    if store::is_stream(path) {
        return None;
    }
    let folder = ProgramFolders::find()?.state;
    let known = known_times(&folder, path);
    let updated = known.updated(schedule, ZoneData::in_use().release(), today);
    // The result does not depend on remembering the times, so failing to write them is harmless.
    if updated != known
        && let Err(error) = save_known_times(&folder, path, &updated)
    {
        log::warn!("the times of the plan are not remembered: {error:#}");
    }
    let moved = updated.moved(schedule, today)?;
    let path = path.display();
    Some(format!(
        "{path}: {} (compare with: diff {path} --known-times; accept with: check {path} --accept-times)",
        in_words(&moved, schedule)
    ))
}

/// Makes the times of the schedule the known ones.
///
/// # Errors
/// A state folder that is missing or cannot be written.
pub fn accept(path: &Path, schedule: &Schedule) -> Result<(), Failure> {
    let folders = ProgramFolders::find().ok_or_else(|| {
        Failure("no settings folder was found to keep the times in (set HOME or WINDOWSILL_HOME)".into())
    })?;
    if store::is_stream(path) {
        return Err(Failure::at(path, "the times of a pipe cannot be remembered (name the file of the plan)"));
    }
    let times = KnownTimes::new(schedule, ZoneData::in_use().release());
    Ok(save_known_times(&folders.state, path, &times)?)
}

/// The known times of the plan file as far as other zone data have changed them.
pub fn earlier(path: &Path, schedule: &Schedule, today: NaiveDate) -> Option<MovedTimes> {
    known_times(&ProgramFolders::find()?.state, path).moved(schedule, today)
}

/// "zone data 2026e", as the name of what a plan is compared with.
pub fn name(moved: Option<&MovedTimes>) -> String {
    let releases = moved.map(|moved| list_in_sentence(&moved.releases, MOST_RELEASES));
    releases.map_or_else(|| "the known times".to_owned(), |releases| format!("zone data {releases}"))
}

/// "3 coming occurrences are at other times with zone data 2026f than with 2026e: the first Core DB, Sat 13 Mar 2027 22:00,
/// starts on Sun 14 Mar 2027 03:00 UTC, not Sun 14 Mar 2027 04:00 UTC"
fn in_words(moved: &MovedTimes, schedule: &Schedule) -> String {
    let count = counted(moved.count, "coming occurrence");
    let are = if moved.count == 1 { "is at another time" } else { "are at other times" };
    let releases = list_in_sentence(&moved.releases, MOST_RELEASES);
    let current = ZoneData::in_use().release();
    let first = first_in_words(moved, schedule).unwrap_or_default();
    format!("{count} {are} with zone data {current} than with {releases}{first}")
}

fn first_in_words(moved: &MovedTimes, schedule: &Schedule) -> Option<String> {
    let (window, on) = &moved.first;
    let (window, now) = schedule.occurrence(window, *on)?;
    let (_, known) = moved.earlier.occurrence(window.id(), *on)?;
    let utc = Zone::utc();
    let (verb, at, known_at) = if now.start_at == known.start_at {
        ("ends", now.end_at, known.end_at)
    } else {
        ("starts", now.start_at, known.start_at)
    };
    let first = if moved.count == 1 { "" } else { "the first " };
    Some(format!(
        ": {first}{}, {}, {verb} on {} UTC, not {} UTC",
        window.window.name,
        moment(window.local(now.start_at)),
        moment(utc.local(at)),
        moment(utc.local(known_at)),
    ))
}
