//! Publishing to a calendar file that others may be reading.
//!
//! The new file is written next to the old one and then renamed over it, so a reader gets the old or the new calendar and
//! never half of one. There is no fallback: if a disk or a share does not allow the rename, the old file stays and the
//! report contains the reason.

use std::path::Path;

use super::PublishMode;
use super::memory::{LockedMemory, SentResource};
use super::report::{NEWER_PLAN, PublishReport, ResourceProblem};
use super::steps::{Reconciliation, reconciliation};
use crate::export::ics::Resource;
use crate::model::PlanId;
use crate::store::{LARGEST_FILE, LoadProblem, SaveError, is_stream, read_text, write_bytes};

pub fn publish(
    path: &Path,
    plan: &PlanId,
    text: &str,
    mode: PublishMode,
    locked_memory: &mut LockedMemory,
) -> PublishReport {
    if is_stream(path) {
        return PublishReport::stopped(SaveError::NotFile(path.to_owned()));
    }
    let mut report = PublishReport::default();
    let wanted = Resource { name: String::new(), uid: plan.to_string(), text: text.to_owned() };
    let sent = locked_memory.memory.resources.get("");
    let reconciliation = match read_text(path, LARGEST_FILE) {
        Ok(found) if found.text == text => Reconciliation::Adopt,
        // A file holds exactly the bytes that were written, so it is rewritten unless they are identical.
        Ok(found) => match reconciliation(plan, Some(&wanted), sent, &found.text, mode.overwrites) {
            Reconciliation::Adopt => Reconciliation::Replace,
            reconciliation => reconciliation,
        },
        Err(error) if is_missing(&error.problem) || mode.overwrites => Reconciliation::Replace,
        Err(error) => return PublishReport::stopped(error),
    };
    match reconciliation {
        Reconciliation::Adopt => report.counts.unchanged = 1,
        Reconciliation::Replace if mode.is_dry => report.counts.sent = 1,
        Reconciliation::Replace => match write_bytes(path, text.as_bytes()) {
            Ok(()) => report.counts.sent = 1,
            Err(error) => return PublishReport::stopped(error),
        },
        Reconciliation::LeaveNewer => return left_alone(path, NEWER_PLAN),
        Reconciliation::Delete | Reconciliation::LeaveAlone => {
            return left_alone(path, "this file contains another calendar, which was not published from this plan");
        }
    }
    locked_memory.memory.resources.insert(String::new(), SentResource::new(&wanted, None));
    report
}

/// The report about a file that was not touched.
fn left_alone(path: &Path, reason: &str) -> PublishReport {
    let mut report = PublishReport::default();
    report.counts.conflicts = 1;
    let title = path.display().to_string();
    report.conflicts.push(ResourceProblem { name: String::new(), title, reason: reason.to_owned() });
    report
}

fn is_missing(problem: &LoadProblem) -> bool {
    matches!(problem, LoadProblem::Unreadable(error) if error.kind() == std::io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::target::Target;

    fn calendar(summary: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:{summary}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    }

    struct Share(tempfile::TempDir);

    impl Share {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn path(&self) -> std::path::PathBuf {
            self.0.path().join("year.ics")
        }

        fn publish(&self, text: &str, mode: PublishMode) -> PublishReport {
            let plan = PlanId::new("harbour");
            let state = self.0.path().join("state");
            let mut locked_memory = LockedMemory::open(Some(&state), &plan, &Target::File(self.path())).unwrap();
            let report = publish(&self.path(), &plan, text, mode, &mut locked_memory);
            locked_memory.save().unwrap();
            report
        }

        fn read(&self) -> String {
            read_text(&self.path(), LARGEST_FILE).unwrap().text
        }
    }

    #[test]
    fn a_file_is_only_written_when_it_changes() {
        let share = Share::new();
        assert_eq!(share.publish(&calendar("one"), PublishMode::default()).counts.sent, 1);
        assert_eq!(share.publish(&calendar("one"), PublishMode::default()).counts.unchanged, 1);
        assert_eq!(share.publish(&calendar("two"), PublishMode::default()).counts.sent, 1);
        assert_eq!(share.read(), calendar("two"));
    }

    #[test]
    fn another_calendar_is_only_overwritten_on_request() {
        let share = Share::new();
        write_bytes(&share.path(), calendar("theirs").as_bytes()).unwrap();
        let report = share.publish(&calendar("ours"), PublishMode::default());
        assert_eq!((report.counts.conflicts, report.is_complete(), share.read()), (1, false, calendar("theirs")));
        let report = share.publish(&calendar("ours"), PublishMode { overwrites: true, ..PublishMode::default() });
        assert_eq!((report.counts.sent, share.read()), (1, calendar("ours")));
    }

    #[test]
    fn a_dry_run_writes_nothing() {
        let share = Share::new();
        let report = share.publish(&calendar("one"), PublishMode { is_dry: true, ..PublishMode::default() });
        assert_eq!((report.counts.sent, share.path().exists()), (1, false));
    }

    #[test]
    fn a_missing_folder_is_reported_and_the_memory_stays_empty() {
        let share = Share::new();
        let plan = PlanId::new("harbour");
        let path = share.0.path().join("missing").join("year.ics");
        let mut locked_memory = LockedMemory::open(None, &plan, &Target::File(path.clone())).unwrap();
        let report = publish(&path, &plan, &calendar("one"), PublishMode::default(), &mut locked_memory);
        assert!(report.stopped.unwrap().to_string().starts_with("No such folder"));
        assert!(locked_memory.memory.resources.is_empty());
    }
}
