//! Invites, updates and cancellations as files: for each letter a calendar file, and beside it a draft of the mail.
//!
//! What is due decides [`due`](crate::schedule::agreement::outbox::due); here it is narrowed down, worded and written.

mod draft;
mod fields;
mod names;
mod summary;
mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::ics::{invitation, is_writable, name_of, zone_of};
use crate::model::{AreaId, BusinessArea, Edit, Invitation, InvitationKey, InviteTexts, Plan, WindowId, address};
use crate::schedule::agreement::{answers, outbox};
use crate::schedule::{Letter, LetterKind, Schedule};

pub use fields::unknown_fields;
pub use summary::{SUMMARY_FILE, missing_addresses};
pub use texts::{Text, text};

/// Which letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Which {
    #[default]
    All,
    Window(WindowId),
    /// By its original date.
    Occurrence(WindowId, NaiveDate),
    Area(AreaId),
}

/// Whether an export writes what is due, or what was sent last once more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Occasion {
    #[default]
    Due,
    /// Nothing is raised by it, and nothing is noted.
    Again,
}

/// Who invites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organizer {
    pub name: String,
    pub address: String,
}

/// Nobody can be invited by nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "Invites need an organizer with an e-mail address, to which the owners' answers go. \
     Enter it in the program under File, Texts of invites, or in the plan file as invites: (organizer: \"…\", email: \"…\")"
)]
pub struct NoOrganizer;

/// The letters of one export, sorted by start, then window, date and address.
#[derive(Clone, Debug)]
pub struct Outgoing<'a> {
    schedule: &'a Schedule,
    occasion: Occasion,
    pub letters: Vec<Letter<'a>>,
    /// Areas that have to know and cannot be written to, sorted by name.
    pub unreachable: Vec<&'a Arc<BusinessArea>>,
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Organizer {
    pub fn of(texts: &InviteTexts) -> Result<Self, NoOrganizer> {
        let address = address(&texts.email).ok_or(NoOrganizer)?;
        Ok(Self { name: super::one_line(&texts.organizer), address })
    }
}

impl Which {
    fn takes(&self, sent: &Invitation) -> bool {
        match self {
            Self::Area(area) => sent.areas.contains(area),
            _ => self.may_take(&sent.key.window, sent.key.on),
        }
    }

    /// Whether a letter about that occurrence may be one of them.
    fn may_take(&self, id: &WindowId, original_on: NaiveDate) -> bool {
        match self {
            Self::All | Self::Area(_) => true,
            Self::Window(window) => window == id,
            Self::Occurrence(window, on) => window == id && *on == original_on,
        }
    }
}

impl<'a> Outgoing<'a> {
    pub fn of(schedule: &'a Schedule, today: NaiveDate, which: &Which, occasion: Occasion) -> Self {
        let all = Self::of_large(schedule, today, which, occasion, |_, _| true);
        all.unwrap_or_else(|| Self::new(schedule, occasion, Vec::new(), Vec::new()))
    }

    /// The same for a large plan. `goes_on` is told how many of how many windows are done, and may stop it.
    pub fn of_large(
        schedule: &'a Schedule,
        today: NaiveDate,
        which: &Which,
        occasion: Occasion,
        goes_on: impl FnMut(usize, usize) -> bool,
    ) -> Option<Self> {
        match occasion {
            Occasion::Due => Self::due(schedule, today, which, goes_on),
            Occasion::Again => Some(Self::again(schedule, which)),
        }
    }

    /// What owners must be sent so that their calendars show the plan.
    fn due(
        schedule: &'a Schedule,
        today: NaiveDate,
        which: &Which,
        goes_on: impl FnMut(usize, usize) -> bool,
    ) -> Option<Self> {
        let letters = outbox::due_while(schedule, today, goes_on)?;
        let letters = letters.into_iter().filter(|letter| which.takes(&letter.sent)).collect();
        let unreachable = unreachable(schedule, today, which);
        Some(Self::new(schedule, Occasion::Due, letters, unreachable))
    }

    /// What was sent on the last day on which anything was: the same times with the same SEQUENCE. What an update was
    /// before is not known any more.
    fn again(schedule: &'a Schedule, which: &Which) -> Self {
        let sent: Vec<&Arc<Invitation>> = schedule.plan.invitations().iter().filter(|sent| which.takes(sent)).collect();
        let last_on = sent.iter().map(|sent| sent.sent_on).max();
        let letter = |sent: &Arc<Invitation>| Letter {
            kind: match sent.sequence {
                _ if sent.is_cancelled => LetterKind::Cancellation,
                0 => LetterKind::Invite,
                _ => LetterKind::Update,
            },
            sent: Invitation::clone(sent),
            before: None,
            occurrence: schedule.occurrence(&sent.key.window, sent.key.on),
        };
        let letters = sent.into_iter().filter(|sent| Some(sent.sent_on) == last_on).map(letter);
        Self::new(schedule, Occasion::Again, letters.collect(), Vec::new())
    }

    /// A plan from a file may hold what was sent to no address, and years that no calendar can write.
    fn new(
        schedule: &'a Schedule,
        occasion: Occasion,
        mut letters: Vec<Letter<'a>>,
        unreachable: Vec<&'a Arc<BusinessArea>>,
    ) -> Self {
        let can_be_sent = |letter: &Letter<'_>| {
            let to = &letter.sent.key.to;
            address(to).as_ref() == Some(to) && is_writable(zone_of(schedule, letter), &letter.sent)
        };
        letters.retain(can_be_sent);
        letters.sort_by(|a, b| (a.sent.start_at, &a.sent.key).cmp(&(b.sent.start_at, &b.sent.key)));
        Self { schedule, occasion, letters, unreachable }
    }

    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// What is to be noted once all files are safely on disk; none where nothing new was sent.
    pub fn noted(&self) -> Option<Edit> {
        let is_new = self.occasion == Occasion::Due && !self.is_empty();
        is_new.then(|| Edit::NoteSent(self.letters.iter().map(|letter| letter.sent.clone()).collect()))
    }

    /// All files, the calendar file of each letter and its draft after one another; the summary is the last.
    pub fn files<'b>(&'b self, organizer: &'b Organizer) -> impl Iterator<Item = File> + use<'a, 'b> {
        let names = names::stems(self.schedule, &self.letters);
        let summary = File { name: SUMMARY_FILE.to_owned(), bytes: self.report(&names).into_bytes() };
        let pairs = self.letters.iter().zip(names).flat_map(|(letter, name)| {
            let text = text(self.schedule, letter);
            let calendar = invitation(self.schedule, letter, organizer, &text.body);
            let draft = draft::eml(&self.schedule.plan, letter, organizer, &text, &calendar);
            [
                File { name: format!("{name}.ics"), bytes: calendar.into_bytes() },
                File { name: format!("{name}.eml"), bytes: draft },
            ]
        });
        pairs.chain([summary])
    }

    /// How many files there are.
    pub fn file_count(&self) -> usize {
        2 * self.letters.len() + 1
    }
}

/// The edits that put back what owners had been sent before an export that never left the house: `noted` is what it
/// noted, `before` what the plan held of the same letters. What was sent since then stays.
pub fn taken_back(plan: &Plan, noted: &[Invitation], before: &[Invitation]) -> Vec<Edit> {
    let before: BTreeMap<&InvitationKey, &Invitation> = before.iter().map(|before| (&before.key, before)).collect();
    let (mut restored, mut fresh) = (Vec::new(), Vec::new());
    for sent in noted {
        if plan.invitations().get(&sent.key).is_none_or(|last| **last != *sent) {
            continue;
        }
        match before.get(&sent.key) {
            Some(before) => restored.push(Invitation::clone(before)),
            None => fresh.push(sent.key.clone()),
        }
    }
    let restore = (!restored.is_empty()).then_some(Edit::NoteSent(restored));
    let forget = (!fresh.is_empty()).then_some(Edit::ForgetSent(fresh));
    restore.into_iter().chain(forget).collect()
}

/// The areas without an address that work is planned for from `today` on.
fn unreachable<'a>(schedule: &'a Schedule, today: NaiveDate, which: &Which) -> Vec<&'a Arc<BusinessArea>> {
    let mut found: Vec<&Arc<BusinessArea>> = Vec::new();
    for window in &schedule.windows {
        let mut occurrences = window.expansion.occurrences.iter();
        if occurrences.any(|each| each.on() >= today && which.may_take(window.id(), each.original_on())) {
            let areas = answers::areas(&schedule.plan, &window.scope).into_iter();
            found.extend(areas.filter(|area| area.address().is_none()));
        }
    }
    if let Which::Area(id) = which {
        found.retain(|area| area.id == *id);
    }
    found.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    found.dedup_by(|a, b| a.id == b.id);
    found
}
