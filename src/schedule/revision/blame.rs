//! Who changed each record of a plan, and when.

use std::sync::Arc;

use super::record_changes::RecordChange;
use crate::model::{Subject, UtcMinute, WindowId};
use crate::schedule::time::zone::Zone;
use crate::wording::date;

/// A commit of a plan in version control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanCommit {
    /// In full.
    pub hash: String,
    /// The name of its author.
    pub author: String,
    /// The e-mail address of its author.
    pub address: String,
    /// When it was written.
    pub at: UtcMinute,
    /// The first line of its message.
    pub subject: String,
}

impl PlanCommit {
    /// The author's name, or the address of an author without one.
    pub fn author_name(&self) -> &str {
        match (self.author.trim(), self.address.trim()) {
            ("", "") => "an unknown author",
            ("", address) => address,
            (name, _) => name,
        }
    }

    /// The beginning of the hash, as people write it.
    pub fn short_hash(&self) -> &str {
        const DIGITS: usize = 8;
        self.hash.get(..DIGITS).unwrap_or(&self.hash)
    }
}

/// A change of a record, and the commit that made it.
#[derive(Clone, Debug, PartialEq)]
pub struct BlameEntry {
    pub change: RecordChange,
    /// None if it is not committed.
    pub commit: Option<Arc<PlanCommit>>,
}

impl BlameEntry {
    /// "moved to Sat 27 Mar 2027 by A. Osei on Sun 3 Jan 2027", "Type Standard → Extended, not committed". The date is that
    /// on the clock of `zone`.
    pub fn in_words(&self, zone: &Zone) -> String {
        let words = self.change.words.join(" · ");
        match &self.commit {
            None => format!("{words}, not committed"),
            Some(commit) => format!("{words} by {} on {}", commit.author_name(), date(zone.local(commit.at).date())),
        }
    }
}

/// All changes of a plan in its history, the newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blame {
    pub entries: Vec<BlameEntry>,
}

impl Blame {
    /// The last change of each record.
    #[must_use]
    pub fn last_changes(&self) -> Self {
        let mut entries: Vec<BlameEntry> = Vec::new();
        for entry in &self.entries {
            let is_known = |known: &BlameEntry| {
                let is_same_commit = known.commit == entry.commit;
                !is_same_commit && known.change.is_about_same(&entry.change)
            };
            if !entries.iter().any(is_known) {
                entries.push(entry.clone());
            }
        }
        Self { entries }
    }

    /// The changes of a window and of its nights.
    #[must_use]
    pub fn for_window(&self, id: &WindowId) -> Self {
        let subject = Subject::Window(id.clone());
        let entries = self.entries.iter().filter(|entry| entry.change.subject == subject);
        Self { entries: entries.cloned().collect() }
    }
}
