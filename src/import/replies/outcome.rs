//! What becomes of each reply.

use chrono::NaiveDate;

/// One reply, or a file without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReplyLine {
    /// Name and address; empty if the file has no reply.
    pub who: String,
    /// "Core DB, Sat 13 Mar 2027 22:00"
    pub about: String,
    /// "Declined: quarter close"
    pub said: String,
    pub outcome: ReplyResult,
    pub file: String,
    /// The day of the occurrence; `None` if the plan does not know it.
    pub on: Option<NaiveDate>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ReplyResult {
    /// It goes into the ledger, with a remark or an empty text.
    Applied(String),
    /// It is listed and not applied, for that reason.
    Refused(String),
    /// The ledger already has it.
    Known,
}

impl ReplyResult {
    /// Why it is not applied, or what should be known about it; may be empty.
    pub fn remark(&self) -> &str {
        match self {
            Self::Applied(text) | Self::Refused(text) => text,
            Self::Known => "",
        }
    }

    /// The order in which outcomes are listed, from 0.
    pub fn rank(&self) -> usize {
        match self {
            Self::Applied(_) => 0,
            Self::Refused(_) => 1,
            Self::Known => 2,
        }
    }
}

impl ReplyLine {
    /// A line about a file without a reply.
    pub fn for_file(file: &str) -> Self {
        let [who, about, said] = [const { String::new() }; 3];
        Self { who, about, said, outcome: ReplyResult::Known, file: file.to_owned(), on: None }
    }

    /// Sorts by outcome, then by day; replies to occurrences that the plan does not know come last.
    pub fn sort_key(&self) -> impl Ord + use<> {
        let (about, who, file) = (self.about.clone(), self.who.clone(), self.file.clone());
        (self.outcome.rank(), who.is_empty(), self.on.is_none(), self.on, about, who, file)
    }
}
