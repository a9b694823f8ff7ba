//! The content of an export of invites, as a sentence and as a list.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::calendar_file::{title, zone_for};
use super::outgoing::{Occasion, Outgoing};
use crate::checks::{Findings, Severity};
use crate::export::lists::aligned;
use crate::export::text::{clip_line, one_line};
use crate::export::unknown_dates;
use crate::model::{InviteKey, InviteRole, WindowId};
use crate::schedule::{InviteMessage, InviteMessageKind};
use crate::wording::{counted, date, list, time_with_zone};

/// The name of the file with the summary.
pub const SUMMARY_FILE: &str = "summary.txt";
/// A sentence names at most this many messages.
const MOST_MESSAGES: usize = 6;
/// Characters of a name in the list.
const LONGEST_NAME: usize = 60;

impl Outgoing<'_> {
    /// "130 invites: 83 dates, 2 owners", or "9 invites: 6 moved, 2 cancelled, 1 added, 4 owners"
    pub fn summary(&self) -> String {
        if self.is_empty() {
            return match self.occasion {
                Occasion::Due => "Nothing to send: everybody has the current dates".to_owned(),
                Occasion::Again => "Nothing was sent yet".to_owned(),
            };
        }
        let kinds = [
            (InviteMessageKind::Update, "moved"),
            (InviteMessageKind::Cancellation, "cancelled"),
            (InviteMessageKind::Invite, "added"),
        ];
        let counts = kinds.map(|(kind, word)| (self.occurrences(kind), word));
        let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
        let are_invites = self.messages.iter().all(|message| message.kind == InviteMessageKind::Invite);
        let counts: Vec<String> = if are_invites {
            vec![counted(self.occurrences(InviteMessageKind::Invite), "date")]
        } else {
            counts.collect()
        };
        let invites = counted(self.messages.len(), "invite");
        let words = format!("{invites}: {}, {}", counts.join(", "), self.recipients_in_words());
        match self.occasion {
            Occasion::Due => words,
            Occasion::Again => format!("{words}, as sent on {}", date(self.messages[0].sent.sent_on)),
        }
    }

    /// "2 owners, 1 informed"
    fn recipients_in_words(&self) -> String {
        let roles = self.messages.iter().map(|message| (message.sent.key.to.as_str(), message.sent.role));
        let (owners, others): (Vec<_>, Vec<_>) = roles.partition(|(_, role)| *role == InviteRole::Owner);
        let owners: BTreeSet<&str> = owners.into_iter().map(|(to, _)| to).collect();
        let mut informed: BTreeSet<&str> = others.into_iter().map(|(to, _)| to).collect();
        informed.retain(|to| !owners.contains(to));
        let informed = (!informed.is_empty()).then(|| format!("{} informed", informed.len()));
        let owners = (!owners.is_empty()).then(|| counted(owners.len(), "owner"));
        owners.into_iter().chain(informed).collect::<Vec<_>>().join(", ")
    }

    /// The number of occurrences with messages of that kind.
    fn occurrences(&self, kind: InviteMessageKind) -> usize {
        let of_kind = self.messages.iter().filter(|message| message.kind == kind);
        let occurrences: BTreeSet<(&WindowId, NaiveDate)> =
            of_kind.map(|message| (&message.sent.key.window, message.sent.key.on)).collect();
        occurrences.len()
    }

    /// "6 dates have errors, such as a freeze …": those that owners are asked about, if there are any.
    pub fn errors(&self, findings: &Findings) -> Option<String> {
        let errors = findings.open().filter(|finding| finding.severity == Severity::Error);
        let dates = errors.filter_map(|finding| Some((finding.window.as_ref()?, finding.on?))).collect();
        let announced = |message: &&InviteMessage<'_>| message.kind != InviteMessageKind::Cancellation;
        let asked = self.messages.iter().filter(announced);
        let asked: BTreeSet<_> = asked.map(|message| (&message.sent.key.window, message.sent.key.on)).collect();
        let count = asked.intersection(&dates).count();
        let have = if count == 1 { "has" } else { "have" };
        (count > 0).then(|| {
            format!(
                "{} {have} errors, such as a freeze or work that does not fit. If you move one later, its owners need \
                 an update.",
                counted(count, "date")
            )
        })
    }

    /// A line for each message: date, start, kind, window, recipient.
    pub fn lines(&self) -> impl Iterator<Item = [String; 5]> {
        self.messages.iter().map(|message| self.line(message))
    }

    fn line(&self, message: &InviteMessage<'_>) -> [String; 5] {
        let sent = &message.sent;
        let zone = zone_for(self.schedule, message);
        let start = zone.zoned(sent.start_at);
        let name = clip_line(&sent.name, LONGEST_NAME);
        let owner = if name.is_empty() { sent.key.to.clone() } else { format!("{name} <{}>", sent.key.to) };
        [
            date(start.local.date()),
            time_with_zone(start),
            kind_in_words(message),
            clip_line(title(sent), LONGEST_NAME),
            owner,
        ]
    }

    /// The content of the summary file; `names` are the names of the messages' files without their endings.
    pub(super) fn report(&self, names: &[String]) -> String {
        let mut text = format!("{}\n{}\n", one_line(self.schedule.plan.title()), self.summary());
        if let Some(omitted) = self.omissions() {
            text = format!("{text}{omitted}\n");
        }
        let row = |(message, name): (&InviteMessage<'_>, &String)| {
            let [on, start, kind, window, owner] = self.line(message);
            [on, start, kind, format!("SEQUENCE {}", message.sent.sequence), window, owner, format!("{name}.ics")]
        };
        let rows: Vec<[String; 7]> = self.messages.iter().zip(names).map(row).collect();
        format!("{text}\n{}", aligned(&rows))
    }

    /// Who is not written to although a message is or may be due, and why; None if nobody is left out.
    pub fn omissions(&self) -> Option<String> {
        let unknown = unknown_dates(self.schedule).filter(|_| self.occasion == Occasion::Due);
        let unknown = unknown.map(|windows| format!("{windows}. Nothing is sent about them"));
        let omissions = [unknown, missing_addresses(&self.unreachable), unwritable_letters(&self.unwritable)];
        let omissions: Vec<String> = omissions.into_iter().flatten().collect();
        (!omissions.is_empty()).then(|| omissions.join("\n"))
    }

    /// The lines of the messages, for a terminal.
    pub fn list(&self) -> String {
        aligned(&self.lines().collect::<Vec<_>>())
    }
}

/// "Invite", for those who need not answer "Information".
fn kind_in_words(message: &InviteMessage<'_>) -> String {
    match (message.kind, message.sent.role) {
        (InviteMessageKind::Invite, InviteRole::Informed | InviteRole::Booked) => "Information".to_owned(),
        (kind, _) => kind.name().to_owned(),
    }
}

/// "No address, so not written to: Payments, Trading"; None if everybody has an address.
fn missing_addresses(names: &[&str]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| clip_line(name, LONGEST_NAME)).collect();
    (!names.is_empty()).then(|| format!("No address, so not written to: {}", names.join(", ")))
}

/// "Cannot be written: "Jo@Bank.example" (core-db, Sat 13 Mar 2027)"; None if all messages can be written.
fn unwritable_letters(keys: &[InviteKey]) -> Option<String> {
    let message = |InviteKey { window, on, to }: &InviteKey| {
        let (to, window) = (clip_line(to, LONGEST_NAME), clip_line(window.as_str(), LONGEST_NAME));
        format!("\"{to}\" ({window}, {})", date(*on))
    };
    let advice = "correct the address (in lower case) or the times under sent_invites in the plan file";
    (!keys.is_empty())
        .then(|| format!("Cannot be written: {}: {advice}", list(keys.iter().map(message), MOST_MESSAGES)))
}
