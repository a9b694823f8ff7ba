//! What each kept version of a plan changed, compared with the version before it.

use std::sync::Arc;

use super::versions::Version;
use crate::progress::Progress;
use crate::schedule::{Revision, Schedule, Zone};
use crate::wording::{moment, visible_line};

/// Longer texts are cut. In characters.
const LONGEST: usize = 200;

/// A kept version and what it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionEntry {
    pub version: Version,
    /// When it was saved, on the plan's clock: "Sat 13 Mar 2027 22:05".
    pub saved: String,
    /// What differs from the version before it, in one line, or why it cannot be read.
    pub changes: String,
    pub is_readable: bool,
}

/// The entries of these versions, in the same order: the newest first. Empty if it is cancelled.
pub fn version_log(versions: &[Version], progress: &Progress) -> Vec<VersionEntry> {
    let mut entries = Vec::new();
    let mut before: Option<Schedule> = None;
    for version in versions.iter().rev() {
        if progress.is_cancelled() {
            return Vec::new();
        }
        progress.set(entries.len(), versions.len());
        entries.push(match version.load() {
            Ok(loaded) => {
                let schedule = Schedule::derive(&Arc::new(loaded.plan), before.as_ref());
                let changes = labelled(changes(before.as_ref(), &schedule, version), version);
                let saved = moment(schedule.zone.local(version.saved_at));
                before = Some(schedule);
                VersionEntry { version: version.clone(), saved, changes, is_readable: true }
            }
            Err(error) => {
                let saved = format!("{} UTC", moment(Zone::utc().local(version.saved_at)));
                VersionEntry { version: version.clone(), saved, changes: error.problem.to_string(), is_readable: false }
            }
        });
    }
    entries.reverse();
    entries
}

/// The entries of versions of other plans that were in the file, in the same order.
pub fn log_of_other_plans(versions: &[Version]) -> Vec<VersionEntry> {
    let entry = |version: &Version| {
        let version = version.clone();
        match version.load() {
            Ok(loaded) => {
                let zone = Zone::in_plan(&loaded.plan, loaded.plan.zone()).unwrap_or_else(Zone::utc);
                let saved = moment(zone.local(version.saved_at));
                let title = shortened(&visible_line(loaded.plan.title()));
                let changes = format!("Another plan that was in this file: {title}");
                VersionEntry { version, saved, changes, is_readable: true }
            }
            Err(error) => {
                let saved = format!("{} UTC", moment(Zone::utc().local(version.saved_at)));
                VersionEntry { version, saved, changes: error.problem.to_string(), is_readable: false }
            }
        }
    };
    versions.iter().map(entry).collect()
}

/// Says which versions were not saved on this machine.
fn labelled(changes: String, version: &Version) -> String {
    if version.is_found { format!("Found, not saved here: {changes}") } else { changes }
}

/// Judged on the day it was saved: what was already over then is not a move.
fn changes(before: Option<&Schedule>, schedule: &Schedule, version: &Version) -> String {
    let Some(before) = before else { return "The oldest version".to_owned() };
    let today = schedule.zone.local(version.saved_at).date();
    shortened(&visible_line(&Revision::between(before, schedule, today).in_one_line()))
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon, MaintenanceWindow, Minutes, Plan, UtcMinute};
    use crate::store::{keep_version, kept_versions};

    /// 10:00 UTC on 1 March 2027.
    const NOW: UtcMinute = UtcMinute(30_064_920);

    #[test]
    fn each_version_says_what_it_changed_in_one_line() {
        let data = tempfile::tempdir().unwrap();
        let file = data.path().join("plan.ron");
        let empty = Plan::new("p".into(), "Harbour", Horizon::year(2027), "Europe/Berlin");
        let window = empty.new_window_on("2027-03-13".parse().unwrap(), "xyz");
        let longer = MaintenanceWindow { duration: Minutes(window.duration.0 + 60), ..window.clone() };
        let edits = [Edit::SetTitle("Port\nof call".to_owned()), Edit::PutWindow(window), Edit::PutWindow(longer)];
        keep_version(data.path(), &file, &empty, NOW).unwrap();
        edits.iter().fold(empty, |plan, edit| {
            let plan = plan.apply(edit).unwrap();
            keep_version(data.path(), &file, &plan, NOW).unwrap();
            plan
        });
        let versions = kept_versions(data.path(), &file, None).unwrap();
        let log = version_log(&versions, &Progress::default());
        assert!(log.iter().all(|entry| entry.saved == "Mon 1 Mar 2027 11:00" && entry.is_readable));
        let lines: Vec<&str> = log.iter().map(|entry| &*entry.changes).collect();
        assert_eq!(
            lines,
            [
                "New window: Its only date 1 h longer",
                "New window: New, 1 date",
                "Plan: Title Harbour → Port of call",
                "The oldest version"
            ]
        );
        std::fs::write(&versions[1].path, "x".repeat(usize::try_from(versions[1].size()).unwrap())).unwrap();
        let log = version_log(&versions, &Progress::default());
        assert!(!log[1].is_readable && log[1].changes.starts_with("This version is damaged"), "{log:?}");
        assert_eq!(log[0].changes, "New window: New, 1 date");
    }

    #[test]
    fn long_lines_are_cut() {
        assert_eq!(shortened(&"ü".repeat(LONGEST)), "ü".repeat(LONGEST));
        assert_eq!(shortened(&"ü ".repeat(LONGEST)).chars().count(), LONGEST);
    }
}
