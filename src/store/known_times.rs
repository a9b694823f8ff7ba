//! The known times of plan files, in the program's state folder: one file for each plan.
//!
//! The first line says which plan the file belongs to. A plan that is moved or renamed begins with a new file.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use chrono::NaiveDate;

use super::error::SaveError;
use super::recovery_text::RecoveryOwner;
use super::replace_file::{create_private_folder, write_private};
use super::text::{LARGEST_FILE, read_bytes};
use crate::model::{LocalMinute, Minutes, UtcMinute, WindowId};
use crate::schedule::{KnownTime, KnownTimes, KnownWindow};

const HEAD: &str = "// Windowsill: times of a plan as people know them, form 1. Belongs to ";
const FOLDER: &str = "known-times";
/// The files of the plans that were opened last stay.
const MOST_FILES: usize = 200;
/// The usual length of the line for one date, in bytes.
const LINE: usize = 46;

/// The known times of the plan file at `plan`. Empty if there are none, or if they cannot be read. `folder` is the program's
/// state folder.
pub fn known_times(folder: &Path, plan: &Path) -> KnownTimes {
    let (path, _) = file_for(folder, plan);
    let Ok(bytes) = read_bytes(&path, LARGEST_FILE) else { return KnownTimes::default() };
    let times = String::from_utf8(bytes).ok().and_then(|text| parse(&text));
    times.unwrap_or_else(|| {
        log::warn!("{}: these are not known times; they begin again", path.display());
        KnownTimes::default()
    })
}

/// Writes the known times of the plan file at `plan`.
///
/// # Errors
/// The error of the file system. The plan file is not affected.
pub fn save_known_times(folder: &Path, plan: &Path, times: &KnownTimes) -> Result<(), SaveError> {
    let (path, owner) = file_for(folder, plan);
    let folder = folder.join(FOLDER);
    create_private_folder(&folder)?;
    let is_new = !path.exists();
    write_private(&path, text(times, &owner.to_line()).as_bytes())?;
    if is_new {
        remove_oldest(&folder);
    }
    Ok(())
}

fn file_for(folder: &Path, plan: &Path) -> (PathBuf, RecoveryOwner) {
    let owner = RecoveryOwner::file(plan);
    (folder.join(FOLDER).join(format!("{}.txt", owner.file_stem())), owner)
}

/// Removes the files that were written longest ago, beyond [`MOST_FILES`].
fn remove_oldest(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let written_at =
        |path: &Path| fs::metadata(path).and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut files: Vec<(SystemTime, PathBuf)> =
        entries.flatten().map(|entry| entry.path()).map(|path| (written_at(&path), path)).collect();
    files.sort();
    for (_, path) in files.iter().take(files.len().saturating_sub(MOST_FILES)) {
        // Failing to remove it is harmless: it is tried again next time.
        let _ = fs::remove_file(path);
    }
}

/// The first line, a line with the releases, then for each window a line with its id and zone, followed by a line for each date: the
/// original date, the start on the clock, the length, the start and the end as UTC (all in minutes), and the position of
/// the release in the first line.
fn text(times: &KnownTimes, owner: &str) -> String {
    let all = || times.windows.values().flat_map(|window| &window.times);
    let releases: BTreeSet<&str> = all().map(|time| &*time.release).collect();
    let releases: Vec<&str> = releases.into_iter().collect();
    // A plan can have millions of times: the text is not copied while it grows.
    let mut out = String::with_capacity(all().count() * LINE);
    let _ = writeln!(out, "{HEAD}{owner}\nreleases {}", releases.join(" "));
    for (id, window) in &times.windows {
        // Writing into a string does not fail.
        let _ = writeln!(out, "window {:?}", (id.as_str(), &window.zone));
        for time in &window.times {
            let release = releases.binary_search(&&*time.release).unwrap_or_default();
            let KnownTime { on, local_start, length, start_at, end_at, .. } = time;
            let _ = writeln!(out, "{on} {} {} {} {} {release}", local_start.0, length.0, start_at.0, end_at.0);
        }
    }
    out
}

fn parse(text: &str) -> Option<KnownTimes> {
    let mut lines = text.lines();
    lines.next()?.strip_prefix(HEAD)?;
    let releases: Vec<Arc<str>> = lines.next()?.strip_prefix("releases")?.split_whitespace().map(Arc::from).collect();
    let mut windows: Vec<(WindowId, KnownWindow)> = Vec::new();
    for line in lines {
        if let Some(head) = line.strip_prefix("window ") {
            let (id, zone): (String, String) = ron::from_str(head).ok()?;
            windows.push((WindowId::new(&id), KnownWindow { zone, times: Vec::new() }));
        } else {
            windows.last_mut()?.1.times.push(time(line, &releases)?);
        }
    }
    let is_sorted = |window: &KnownWindow| window.times.is_sorted_by(|a, b| a.on < b.on);
    let times = KnownTimes { windows: windows.into_iter().collect() };
    times.windows.values().all(is_sorted).then_some(times)
}

fn time(line: &str, releases: &[Arc<str>]) -> Option<KnownTime> {
    let mut words = line.split(' ');
    let on: NaiveDate = words.next()?.parse().ok()?;
    let mut number = || words.next()?.parse::<i32>().ok();
    let (local_start, length, start_at, end_at) = (number()?, number()?, number()?, number()?);
    let release = releases.get(usize::try_from(number()?).ok()?)?;
    Some(KnownTime {
        on,
        local_start: LocalMinute(local_start),
        length: Minutes(u32::try_from(length).ok()?),
        start_at: UtcMinute(start_at),
        end_at: UtcMinute(end_at),
        release: Arc::clone(release),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times() -> KnownTimes {
        let time = |on: &str, release: &str| KnownTime {
            on: on.parse().unwrap(),
            local_start: LocalMinute(29_941_200),
            length: Minutes(240),
            start_at: UtcMinute(-5),
            end_at: UtcMinute(235),
            release: release.into(),
        };
        let window = |zone: &str, times| KnownWindow { zone: zone.to_owned(), times };
        KnownTimes {
            windows: [
                (WindowId::new("core\n\"db\" é"), window("Europe/Berlin", vec![time("2027-03-13", "2026f")])),
                (WindowId::new("none"), window("an odd zone", Vec::new())),
                (WindowId::new("two"), window("UTC", vec![time("2027-03-13", "2026e"), time("2027-04-10", "2026f")])),
            ]
            .into_iter()
            .collect(),
        }
    }

    #[test]
    fn known_times_come_back_as_they_were_written() {
        let state = tempfile::tempdir().unwrap();
        let plan = state.path().join("plan.ron");
        assert_eq!(known_times(state.path(), &plan), KnownTimes::default());
        for times in [times(), KnownTimes::default()] {
            save_known_times(state.path(), &plan, &times).unwrap();
            assert_eq!(known_times(state.path(), &plan), times);
        }
        assert_eq!(known_times(state.path(), &state.path().join("other.ron")), KnownTimes::default());
    }

    #[test]
    fn damaged_known_times_begin_again() {
        let whole = text(&times(), "x");
        assert_eq!(parse(&whole), Some(times()));
        for (old, new) in [
            ("form 1", "form 2"),
            ("releases", "release"),
            ("2027-03-13", "2027-13-13"),
            ("235 1", "235 7"),
            ("240", "-240"),
            ("window (", "window "),
            ("2027-04-10", "2027-03-13"),
        ] {
            assert_eq!(parse(&whole.replace(old, new)), None, "{new}");
        }
    }

    #[test]
    fn the_files_of_the_oldest_plans_are_removed() {
        let state = tempfile::tempdir().unwrap();
        let plan = |number: usize| state.path().join(format!("{number}.ron"));
        for number in 0..MOST_FILES + 3 {
            save_known_times(state.path(), &plan(number), &times()).unwrap();
        }
        assert_eq!(fs::read_dir(state.path().join(FOLDER)).unwrap().count(), MOST_FILES);
        assert_eq!(known_times(state.path(), &plan(MOST_FILES + 2)), times());
    }
}
