//! A calendar file that others read while it is published: always replaced as a whole.
//!
//! The new file is written beside the old one and then takes its place in one step, so that a reader gets the old
//! calendar or the new one and never half of one. There is no second way: where a disk or a share does not allow that
//! step, the old file stays and the reason is told.

use std::path::Path;

use super::Mode;
use super::memory::{Kept, Notebook};
use super::planning::{Verdict, verdict};
use super::report::{Report, Trouble};
use crate::export::ics::Resource;
use crate::model::PlanId;
use crate::store::{LARGEST_FILE, LoadProblem, read_text, write_bytes};

pub fn publish(path: &Path, plan: &PlanId, text: &str, mode: Mode, notebook: &mut Notebook) -> Report {
    let mut report = Report::default();
    let wanted = Resource { name: String::new(), uid: plan.to_string(), text: text.to_owned() };
    let kept = notebook.memory.resources.get("");
    let verdict = match read_text(path, LARGEST_FILE).map_err(|error| (error.to_string(), error.problem)) {
        Ok(found) if found.text == text => Verdict::Adopt,
        // A file says nothing by its spelling alone: what is not to the letter what it should be is written.
        Ok(found) => match verdict(Some(&wanted), kept, &found.text, mode.overwrites) {
            Verdict::Adopt => Verdict::Replace,
            verdict => verdict,
        },
        Err((_, LoadProblem::Unreadable(error))) if error.kind() == std::io::ErrorKind::NotFound => Verdict::Replace,
        Err(_) if mode.overwrites => Verdict::Replace,
        Err((reason, _)) => return Report::stopped(reason),
    };
    match verdict {
        Verdict::Adopt => report.counts.unchanged = 1,
        Verdict::Replace if mode.is_dry => report.counts.sent = 1,
        Verdict::Replace => match write_bytes(path, text.as_bytes()) {
            Ok(()) => report.counts.sent = 1,
            Err(error) => return Report::stopped(error.to_string()),
        },
        Verdict::Delete | Verdict::LeaveAlone => {
            report.counts.conflicts = 1;
            let reason = "there is another calendar in this file, which was not published from this plan".to_owned();
            report.conflicts.push(Trouble { name: String::new(), title: path.display().to_string(), reason });
            return report;
        }
    }
    notebook.memory.resources.insert(String::new(), Kept::of(&wanted, None));
    report
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

        fn publish(&self, text: &str, mode: Mode) -> Report {
            let plan = PlanId::new("harbour");
            let state = self.0.path().join("state");
            let mut notebook = Notebook::open(Some(&state), &plan, &Target::File(self.path())).unwrap();
            let report = publish(&self.path(), &plan, text, mode, &mut notebook);
            notebook.save().unwrap();
            report
        }

        fn read(&self) -> String {
            read_text(&self.path(), LARGEST_FILE).unwrap().text
        }
    }

    #[test]
    fn a_file_is_written_when_it_changes_and_only_then() {
        let share = Share::new();
        assert_eq!(share.publish(&calendar("one"), Mode::default()).counts.sent, 1);
        assert_eq!(share.publish(&calendar("one"), Mode::default()).counts.unchanged, 1);
        assert_eq!(share.publish(&calendar("two"), Mode::default()).counts.sent, 1);
        assert_eq!(share.read(), calendar("two"));
    }

    #[test]
    fn another_calendar_is_not_overwritten_unless_a_person_says_so() {
        let share = Share::new();
        write_bytes(&share.path(), calendar("theirs").as_bytes()).unwrap();
        let report = share.publish(&calendar("ours"), Mode::default());
        assert_eq!((report.counts.conflicts, report.is_complete(), share.read()), (1, false, calendar("theirs")));
        let report = share.publish(&calendar("ours"), Mode { overwrites: true, ..Mode::default() });
        assert_eq!((report.counts.sent, share.read()), (1, calendar("ours")));
    }

    #[test]
    fn a_dry_run_writes_nothing() {
        let share = Share::new();
        let report = share.publish(&calendar("one"), Mode { is_dry: true, ..Mode::default() });
        assert_eq!((report.counts.sent, share.path().exists()), (1, false));
    }

    #[test]
    fn a_folder_that_is_not_there_is_told_and_the_memory_stays_empty() {
        let share = Share::new();
        let plan = PlanId::new("harbour");
        let path = share.0.path().join("missing").join("year.ics");
        let mut notebook = Notebook::open(None, &plan, &Target::File(path.clone())).unwrap();
        let report = publish(&path, &plan, &calendar("one"), Mode::default(), &mut notebook);
        assert!(report.stopped.unwrap().starts_with("The folder is not there"));
        assert!(notebook.memory.resources.is_empty());
    }
}
