//! The list of who changed what in a plan.

use std::sync::Arc;

use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::export::iso_times::IsoInstant;
use crate::schedule::Zone;
use crate::schedule::revision::{Blame, BlameEntry, RecordPresence};
use crate::wording::counted;

/// The changes of records with their commits. Field names are keys for other programs and must not change.
pub struct BlameList<'a> {
    pub blame: &'a Blame,
    /// The zone in which dates of commits are written.
    pub zone: &'a Arc<Zone>,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlameRow {
    /// "window core-db"
    pub subject: String,
    pub kind: String,
    pub name: String,
    /// "added", "changed" or "removed".
    pub change: &'static str,
    /// What changed, in words.
    pub changes: Vec<String>,
    /// None if it is not committed, like all that follow.
    pub author: Option<String>,
    pub address: Option<String>,
    pub changed_at: Option<IsoInstant>,
    pub commit: Option<String>,
    /// The first line of the commit's message.
    pub message: Option<String>,
}

const COLUMNS: [Column<BlameRow>; 10] = [
    Column("subject", |row| (&row.subject).into()),
    Column("kind", |row| (&row.kind).into()),
    Column("name", |row| (&row.name).into()),
    Column("change", |row| row.change.into()),
    Column("changes", |row| row.changes.join(" · ").into()),
    Column("author", |row| Cell::from(&row.author)),
    Column("address", |row| Cell::from(&row.address)),
    Column("changed_at", |row| Cell::from(&row.changed_at)),
    Column("commit", |row| Cell::from(&row.commit)),
    Column("message", |row| Cell::from(&row.message)),
];

impl BlameList<'_> {
    fn rows(&self) -> Vec<BlameRow> {
        self.blame.entries.iter().map(row).collect()
    }
}

fn row(entry: &BlameEntry) -> BlameRow {
    let BlameEntry { change, commit } = entry;
    let commit = commit.as_ref();
    BlameRow {
        subject: change.subject.to_string(),
        kind: change.kind.to_lowercase(),
        name: change.name.clone(),
        change: match change.presence {
            RecordPresence::Kept => "changed",
            RecordPresence::New => "added",
            RecordPresence::Removed => "removed",
        },
        changes: change.words.clone(),
        author: commit.map(|commit| commit.author.clone()),
        address: commit.map(|commit| commit.address.clone()),
        changed_at: commit.map(|commit| IsoInstant(commit.at)),
        commit: commit.map(|commit| commit.hash.clone()),
        message: commit.map(|commit| commit.subject.clone()),
    }
}

impl Listing for BlameList<'_> {
    /// The columns need no names.
    fn page(&self) -> Page {
        let lines = self.blame.entries.iter().map(|entry| {
            let hash = entry.commit.as_ref().map_or("", |commit| commit.short_hash());
            vec![hash.to_owned(), entry.change.title(), entry.in_words(self.zone)]
        });
        Page { lines: lines.collect(), closing: counted(self.blame.entries.len(), "change") }
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}
