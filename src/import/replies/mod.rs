//! Owners' replies to invites: calendars with METHOD:REPLY (.ics), the mails that carry them (.eml, .emlx), mailboxes (mbox,
//! maildir) and folders of all of these.
//!
//! [`reply_reader`] takes files apart without knowing the plan. [`judging`] then decides for each reply what it does to
//! the ledger, or why it does nothing.

mod aliases;
mod judging;
mod ledger_answer;
mod outcome;
mod reply_reader;

use super::confidence::Confidence;
use super::error::ImportError;
use super::head::Head;
use super::ics::is_calendar;
use super::imported::{Imported, Item, Section};
use super::input::Input;
use super::kind::ImportKind;
use super::limits::MOST_RECORDS;
use super::mail_files::{ENDINGS, has_ending, other_mail_file};
use super::mail_parts::looks_like_mail;
use super::option::{OptionSpec, ValueKind};
use super::source::OpenFile;
use super::topic::Topic;
use crate::wording::counted;
use aliases::remember;
use judging::Judged;
use outcome::{ReplyLine, ReplyResult};
use reply_reader::Reply;

pub(super) const KIND: ImportKind = ImportKind {
    id: "replies",
    topic: Topic::Replies,
    name: "replies to invites (.ics, .eml, .emlx, mbox or a folder of them)",
    help: "Each reply goes into the ledger, or says why it does not",
    endings: ENDINGS,
    options: &[ALIAS],
    sniff,
    layout: None,
    read,
};

/// Confirms that two addresses are one person's.
const ALIAS: OptionSpec = OptionSpec {
    id: "alias",
    name: "Aliases",
    help: "Count replies from an address as those of an invited one, now and later, e.g. \
           ann+work@bank.example=ann@bank.example; separate several with commas",
    value: ValueKind::Aliases,
    default_text: "none",
    is_fallback: false,
};

fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    let is_method = |line: &str| ["METHOD:REPLY", "METHOD:COUNTER"].iter().any(|each| line.eq_ignore_ascii_case(each));
    if head.is_folder() || looks_like_mail(text) {
        return Confidence::Certain;
    }
    match is_calendar(text) {
        true if text.split(['\n', '\r']).any(|line| is_method(line.trim())) => Confidence::Certain,
        true => Confidence::Unlikely,
        false => other_mail_file(text),
    }
}

fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut inbox = Inbox::default();
    let mut count = 0;
    for file in input.source.files() {
        input.source.check_cancelled()?;
        if file.is_named() || may_hold_reply(&file)? {
            count += 1;
            inbox.add(&file)?;
        }
    }
    if count == 0 {
        return Err(ImportError::NoReplies);
    }
    Ok(inbox.judged(input))
}

/// Whether a file of a folder is worth reading. Others are passed over: a folder may hold anything.
fn may_hold_reply(file: &OpenFile<'_>) -> Result<bool, ImportError> {
    if ENDINGS.iter().any(|ending| has_ending(file.name(), ending)) {
        return Ok(true);
    }
    match file.head() {
        Ok(head) => {
            let text = head.text();
            Ok(looks_like_mail(text) || is_calendar(text) || other_mail_file(text) == Confidence::Certain)
        }
        Err(ImportError::Unreadable(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What the files contain, before it is compared with a plan.
#[derive(Debug, Default)]
struct Inbox {
    /// With the name of the file.
    replies: Vec<(String, Reply)>,
    /// Files, or parts of them, without a reply that could be read.
    others: Vec<ReplyLine>,
    is_full: bool,
}

impl Inbox {
    /// Adds the replies of one file.
    fn add(&mut self, file: &OpenFile<'_>) -> Result<(), ImportError> {
        let name = file.name();
        let bytes = match file.bytes() {
            Err(ImportError::Cancelled) => return Err(ImportError::Cancelled),
            Err(error) => {
                self.refuse(name, error.to_string());
                return Ok(());
            }
            Ok(bytes) => bytes,
        };
        let found = reply_reader::read_file(name, &bytes);
        for reason in found.others {
            self.refuse(name, reason);
        }
        let room = MOST_RECORDS.saturating_sub(self.replies.len());
        if found.replies.len() > room && !self.is_full {
            self.is_full = true;
            self.refuse(name, format!("More than {MOST_RECORDS} replies at once: import the rest separately"));
        }
        self.replies.extend(found.replies.into_iter().take(room).map(|reply| (name.to_owned(), reply)));
        Ok(())
    }

    /// Notes that a file, or a part of it, has no reply that could be read.
    fn refuse(&mut self, file: &str, reason: String) {
        if self.others.len() < MOST_RECORDS {
            self.others.push(ReplyLine { outcome: ReplyResult::Refused(reason), ..ReplyLine::for_file(file) });
        }
    }

    /// What the replies do to the ledger of the plan.
    fn judged(self, input: &Input<'_>) -> Imported {
        let (schedule, today, aliases) = (input.target.schedule(), input.target.today(), input.options.aliases(&ALIAS));
        let Judged { mut lines, mut edits, used_aliases } = judging::judge(&self.replies, schedule, today, aliases);
        lines.extend(self.others);
        lines.sort_by_cached_key(ReplyLine::sort_key);
        let count = lines.iter().filter(|line| matches!(line.outcome, ReplyResult::Applied(_))).count();
        let mut summary = counted(count, "reply");
        let remembered = remember(&schedule.plan, used_aliases);
        if remembered.count > 0 {
            summary = format!("{summary} and {}", counted(remembered.count, "alias"));
        }
        edits.extend(remembered.edits);
        let mut imported = Imported { edits, summary, sections: sections(&lines), ..Imported::default() };
        for (alias, known) in remembered.homeless {
            imported.warn(
                None,
                format!(
                    "The alias {alias} counts for this import only, because no business area has the address {known}. Enter \
                     the address in the area to have the plan remember it"
                ),
            );
        }
        imported
    }
}

/// The lines under headings, in their order.
fn sections(lines: &[ReplyLine]) -> Vec<Section> {
    let headings = [("Add to the ledger", false), ("Not applied", true), ("Already in the ledger", false)];
    let section = |(index, (heading, is_refused)): (usize, (&'static str, bool))| {
        let items = lines.iter().filter(|line| line.outcome.rank() == index).map(item).collect();
        Section { heading, is_refused, items }
    };
    headings.into_iter().enumerate().map(section).filter(|section| !section.items.is_empty()).collect()
}

fn item(line: &ReplyLine) -> Item {
    let parts = [&line.about, &line.said].into_iter().filter(|part| !part.is_empty()).map(String::as_str);
    Item {
        text: parts.collect::<Vec<_>>().join(" · "),
        author: line.who.clone(),
        remark: line.outcome.remark().to_owned(),
        file: line.file.clone(),
        record: String::new(),
    }
}
