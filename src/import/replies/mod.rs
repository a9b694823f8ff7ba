//! Answers that owners sent back: replies to invites (.ics) and the mails that carry them (.eml).
//!
//! [`ReplyFile`]s are read into an [`Inbox`], which needs no plan; [`Inbox::judged`] then says for each reply what it does to
//! the ledger, or why it does nothing.

mod answer;
mod judge;
mod mime;
mod read;

use std::fmt;

use chrono::NaiveDate;

use crate::import::MOST_RECORDS;
use crate::model::{Edit, ReplyFile};
use crate::schedule::Schedule;
use crate::wording::counted;
use read::Written;

/// What the files hold, before it is compared with a plan.
#[derive(Debug, Default)]
pub struct Inbox {
    written: Vec<(String, Written)>,
    others: Vec<Line>,
    is_full: bool,
}

impl Inbox {
    /// Takes in what one file holds.
    pub fn add(&mut self, file: &ReplyFile) {
        let found = read::read(file);
        for reason in found.others {
            self.refuse(&file.name, reason);
        }
        let room = MOST_RECORDS.saturating_sub(self.written.len());
        if found.written.len() > room && !self.is_full {
            self.is_full = true;
            self.refuse(&file.name, format!("More than {MOST_RECORDS} replies at once: import the rest separately"));
        }
        self.written.extend(found.written.into_iter().take(room).map(|written| (file.name.clone(), written)));
    }

    /// Notes that a file, or a part of it, holds no answer that could be read.
    fn refuse(&mut self, file: &str, reason: String) {
        if self.others.len() < MOST_RECORDS {
            self.others.push(Line { outcome: Outcome::Refused(reason), ..Line::about_file(file) });
        }
    }

    /// What the replies do to the ledger of that plan.
    pub fn judged(&self, schedule: &Schedule, today: NaiveDate) -> Replies {
        let (mut lines, edits) = judge::judge(&self.written, schedule, today);
        lines.extend(self.others.iter().cloned());
        lines.sort_by_cached_key(Line::order);
        let count = lines.iter().filter(|line| line.outcome.is_applied()).count();
        let summary = counted(count, "answer");
        let label = format!("Import {summary}");
        let edit = (!edits.is_empty()).then_some(Edit::Together { label, edits });
        Replies { lines, summary, edit }
    }
}

/// What an import of replies would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Replies {
    /// First what goes into the ledger, then what does not, then what is there already.
    pub lines: Vec<Line>,
    /// "12 answers"
    pub summary: String,
    /// All of it as one step of undo; none where nothing changes.
    pub edit: Option<Edit>,
}

impl Replies {
    /// How many go into the ledger, how many do not, how many are there already.
    pub fn counts(&self) -> [usize; 3] {
        let count = |place: u8| self.lines.iter().filter(|line| line.outcome.place() == place).count();
        [0, 1, 2].map(count)
    }

    /// "3 answers go into the ledger, 1 does not, 4 are there already"
    pub fn in_words(&self) -> String {
        let [applied, refused, known] = self.counts();
        let mut parts = vec![format!(
            "{} {} into the ledger",
            counted(applied, "answer"),
            if applied == 1 { "goes" } else { "go" }
        )];
        if refused > 0 {
            parts.push(format!("{refused} {}", if refused == 1 { "does not" } else { "do not" }));
        }
        if known > 0 {
            parts.push(format!("{known} {} there already", if known == 1 { "is" } else { "are" }));
        }
        parts.join(", ")
    }
}

/// One reply, or a file that holds none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Name and address; empty where the file holds no reply.
    pub who: String,
    /// "Core DB, Sat 13 Mar 2027 22:00"
    pub about: String,
    /// "Declined: quarter close"
    pub said: String,
    pub outcome: Outcome,
    pub file: String,
    /// The day of the occurrence that it is about; none where the plan does not know it.
    pub on: Option<NaiveDate>,
}

/// What becomes of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It goes into the ledger; what should be known about that, or nothing.
    Applied(String),
    /// It is shown and not applied, for that reason.
    Refused(String),
    /// The ledger holds it already.
    Known,
}

impl Outcome {
    pub fn is_applied(&self) -> bool {
        matches!(self, Self::Applied(_))
    }

    /// Why it is not applied, or what should be known about it; empty where there is nothing to say.
    pub fn remark(&self) -> &str {
        match self {
            Self::Applied(text) | Self::Refused(text) => text,
            Self::Known => "",
        }
    }

    fn place(&self) -> u8 {
        match self {
            Self::Applied(_) => 0,
            Self::Refused(_) => 1,
            Self::Known => 2,
        }
    }
}

impl fmt::Display for Outcome {
    /// "Not applied: the owner was never invited to it"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applied(remark) if remark.is_empty() => f.write_str("Applied"),
            Self::Applied(remark) => write!(f, "Applied. {remark}"),
            Self::Refused(reason) => write!(f, "Not applied. {reason}"),
            Self::Known => f.write_str("In the ledger already"),
        }
    }
}

impl Line {
    fn about_file(file: &str) -> Self {
        let [who, about, said] = [const { String::new() }; 3];
        Self { who, about, said, outcome: Outcome::Known, file: file.to_owned(), on: None }
    }

    /// By what becomes of them; then by day, with what the plan does not know last.
    fn order(&self) -> impl Ord + use<> {
        let (about, who, file) = (self.about.clone(), self.who.clone(), self.file.clone());
        (self.outcome.place(), who.is_empty(), self.on.is_none(), self.on, about, who, file)
    }
}
