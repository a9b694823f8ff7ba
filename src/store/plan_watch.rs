//! Watches the file of a plan and the folder around it, by looking at regular intervals: other notifications do not work
//! on network shares.
//!
//! A look costs one question to the file system. The content is only read after that answer has changed, and twice
//! more, because clocks of file systems are coarse.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::conflicted_copies::{ConflictedCopy, CopySearch};
use super::error::LoadProblem;
use super::file_stamp::FileStamp;
use super::fingerprint::Fingerprint;
use super::found_plan::FoundPlan;
use super::stream::is_stream;
use super::text::{LARGEST_FILE, read_bytes};
use crate::model::PlanId;

/// How often the content is read after the file changed.
const READS: u8 = 3;
/// A file that is missing or cannot be read is reported if it stays so for this many looks: other programs replace files
/// in several steps.
const SETTLES_AFTER: u8 = 4;
/// The folder is listed at the first of this many looks.
const LOOKS_PER_LISTING: u32 = 10;

/// What is in the plan's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchedContent {
    /// What the program has opened or saved.
    Known,
    /// A plan that somebody else wrote.
    Changed(Fingerprint),
    Missing,
    /// Something that is not a plan, or cannot be read. The reason is a sentence.
    Unreadable(String),
}

/// What is new since the last look. None of it if it is unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchNews {
    pub content: Option<WatchedContent>,
    /// All conflicted copies beside the plan.
    pub copies: Option<Vec<ConflictedCopy>>,
}

/// What was last seen of a plan's file.
#[derive(Debug)]
pub struct PlanWatch {
    path: PathBuf,
    /// None if there is no file.
    stamp: Result<Option<FileStamp>, ErrorKind>,
    reads_left: u8,
    content: SeenContent,
    /// For how many looks the file has been missing or unreadable.
    faulty_looks: u8,
    reported: WatchedContent,
    looks: u32,
    search: CopySearch,
    copies: Vec<ConflictedCopy>,
}

/// The content that was read last.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SeenContent {
    Plan(Fingerprint),
    Missing,
    Unreadable(String),
}

impl PlanWatch {
    pub fn new(path: PathBuf, plan: PlanId) -> Self {
        Self {
            search: CopySearch::new(path.clone(), plan),
            path,
            stamp: Ok(None),
            reads_left: READS,
            content: SeenContent::Missing,
            faulty_looks: 0,
            reported: WatchedContent::Known,
            looks: 0,
            copies: Vec::new(),
        }
    }

    /// Looks at the file, and now and then at its folder. `known` is the content that the program has opened or saved.
    /// None if nothing is new.
    pub fn look(&mut self, known: Option<Fingerprint>) -> Option<WatchNews> {
        self.read(known);
        let content = self.settled(known).filter(|content| *content != self.reported);
        if let Some(content) = &content {
            self.reported = content.clone();
        }
        let is_listed = self.looks.is_multiple_of(LOOKS_PER_LISTING);
        self.looks = self.looks.wrapping_add(1);
        let copies = is_listed.then(|| self.search.find()).filter(|copies| *copies != self.copies);
        if let Some(copies) = &copies {
            self.copies.clone_from(copies);
        }
        (content.is_some() || copies.is_some()).then_some(WatchNews { content, copies })
    }

    fn read(&mut self, known: Option<Fingerprint>) {
        // A pipe has been read, and has nothing more to say.
        if is_stream(&self.path) {
            self.content = known.map_or(SeenContent::Missing, SeenContent::Plan);
            return;
        }
        let stamp = FileStamp::read(&self.path).map_err(|error| error.kind());
        if stamp != self.stamp {
            self.reads_left = READS;
            self.stamp = stamp;
        }
        let is_settling = self.faulty_looks > 0 && self.faulty_looks < SETTLES_AFTER;
        if self.reads_left == 0 && !is_settling {
            return;
        }
        self.reads_left = self.reads_left.saturating_sub(1);
        self.content = self.current_content(known);
        self.faulty_looks = match self.content {
            SeenContent::Plan(_) => 0,
            SeenContent::Missing | SeenContent::Unreadable(_) => self.faulty_looks.saturating_add(1),
        };
    }

    fn current_content(&self, known: Option<Fingerprint>) -> SeenContent {
        let bytes = match read_bytes(&self.path, LARGEST_FILE) {
            Ok(bytes) => bytes,
            Err(error) => return SeenContent::from_problem(&error.problem),
        };
        let fingerprint = Fingerprint::from_bytes(&bytes);
        let seen = SeenContent::Plan(fingerprint);
        if Some(fingerprint) == known || self.content == seen {
            return seen;
        }
        match FoundPlan::from_bytes(&bytes, &self.path) {
            Ok(_) => seen,
            Err(error) => SeenContent::from_problem(&error.problem),
        }
    }

    /// What can be said about the content; none while it may be half written.
    fn settled(&self, known: Option<Fingerprint>) -> Option<WatchedContent> {
        let is_settled = self.faulty_looks >= SETTLES_AFTER;
        match &self.content {
            SeenContent::Plan(found) if Some(*found) == known => Some(WatchedContent::Known),
            SeenContent::Plan(found) => Some(WatchedContent::Changed(*found)),
            SeenContent::Missing => is_settled.then_some(WatchedContent::Missing),
            SeenContent::Unreadable(why) => is_settled.then(|| WatchedContent::Unreadable(why.clone())),
        }
    }
}

impl SeenContent {
    fn from_problem(problem: &LoadProblem) -> Self {
        match problem {
            LoadProblem::Unreadable(error) if error.kind() == ErrorKind::NotFound => Self::Missing,
            problem => Self::Unreadable(problem.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::model::{Horizon, Plan};
    use crate::store::{save, to_text};

    fn text(title: &str) -> String {
        to_text(&Plan::new(PlanId::new("p"), title, Horizon::year(2027), "UTC")).unwrap()
    }

    fn fingerprint(title: &str) -> Fingerprint {
        Fingerprint::from_bytes(text(title).as_bytes())
    }

    fn watched(folder: &Path) -> (PathBuf, PlanWatch) {
        let path = folder.join("plan.ron");
        fs::write(&path, text("ours")).unwrap();
        let mut watch = PlanWatch::new(path.clone(), PlanId::new("p"));
        assert_eq!(watch.look(Some(fingerprint("ours"))), None);
        (path, watch)
    }

    /// What this many looks report about the content.
    fn looks(watch: &mut PlanWatch, known: &str, count: u8) -> Vec<WatchedContent> {
        (0..count).filter_map(|_| watch.look(Some(fingerprint(known)))?.content).collect()
    }

    #[test]
    fn a_change_is_reported_once_and_also_that_it_was_undone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut watch) = watched(folder.path());
        assert_eq!(looks(&mut watch, "ours", 6), []);
        // The same text again is not a change.
        fs::write(&path, text("ours")).unwrap();
        assert_eq!(looks(&mut watch, "ours", 6), []);
        fs::write(&path, text("them")).unwrap();
        assert_eq!(looks(&mut watch, "ours", 6), [WatchedContent::Changed(fingerprint("them"))]);
        fs::write(&path, text("ours")).unwrap();
        assert_eq!(looks(&mut watch, "ours", 6), [WatchedContent::Known]);
        // Our own save.
        let ours = Plan::new(PlanId::new("p"), "next", Horizon::year(2027), "UTC");
        save(&path, &ours, Some(&fingerprint("ours"))).unwrap();
        assert_eq!(looks(&mut watch, "next", 6), []);
    }

    #[test]
    fn only_a_file_that_stays_missing_or_unreadable_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        for broken in [None, Some(""), Some("(format: 2, tit"), Some("// Windowsill is saving this plan with \"x\"")] {
            let (path, mut watch) = watched(folder.path());
            let spoil = || match broken {
                None => fs::remove_file(&path).unwrap(),
                Some(text) => fs::write(&path, text).unwrap(),
            };
            spoil();
            assert_eq!(looks(&mut watch, "ours", SETTLES_AFTER - 1), [], "{broken:?}");
            fs::write(&path, text("them")).unwrap();
            assert_eq!(looks(&mut watch, "ours", 6), [WatchedContent::Changed(fingerprint("them"))]);
            spoil();
            let reported = looks(&mut watch, "ours", 9);
            assert_eq!(reported.len(), 1, "{reported:?}");
            assert_eq!(matches!(reported[0], WatchedContent::Missing), broken.is_none(), "{reported:?}");
        }
    }

    #[test]
    fn a_change_that_the_clock_of_the_file_system_does_not_show_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut watch) = watched(folder.path());
        fs::write(&path, text("them")).unwrap();
        assert_eq!(looks(&mut watch, "ours", 1).len(), 1);
        // As if length, times and number were still the same.
        fs::write(&path, text("next")).unwrap();
        watch.stamp = FileStamp::read(&path).map_err(|error| error.kind());
        assert_eq!(looks(&mut watch, "ours", 1), [WatchedContent::Changed(fingerprint("next"))]);
    }
}
