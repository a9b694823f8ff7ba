//! The text of a message: subject and body, from the plan's template.

use super::template::Fields;
use crate::export::fields::filled;
use crate::export::text::{clean, clip, clip_line, one_line};
use crate::model::{InviteRole, OccurrenceChange};
use crate::schedule::{InviteMessage, InviteMessageKind, Origin, Schedule};

const LONGEST_SUBJECT: usize = 250;
/// Less than calendars and mail programs accept.
const LONGEST_BODY: usize = 16_000;

/// The text of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageText {
    pub subject: String,
    /// Lines end with LF.
    pub body: String,
}

/// The subject and the body of a message. The template asks for an answer, so cancellations have another text.
pub fn message_text(schedule: &Schedule, message: &InviteMessage<'_>) -> MessageText {
    let texts = schedule.plan.invites();
    let fields = Fields::new(schedule, message);
    let fill = |template: &str| filled(template, |field| fields.value(field));
    let subject = fill(&texts.subject);
    let body = if message.sent.role == InviteRole::Owner { &texts.body } else { &texts.information };
    let (subject, body) = match message.kind {
        InviteMessageKind::Invite => (subject, fill(body)),
        InviteMessageKind::Update => {
            let change = change(message);
            (format!("{}: {subject}", change.word), format!("{}\n\n{}", fill(change.sentence), fill(body)))
        }
        InviteMessageKind::Cancellation => {
            // The reason was written by people and is not a template.
            let [before, after] = CANCELLATION.map(fill);
            (format!("Cancelled: {subject}"), format!("{before}{}{after}", why_cancelled(message)))
        }
    };
    MessageText { subject: clip_line(&subject, LONGEST_SUBJECT), body: clip(clean(&body), LONGEST_BODY) }
}

/// How an update is worded.
struct UpdateText {
    word: &'static str,
    sentence: &'static str,
}

fn change(message: &InviteMessage<'_>) -> UpdateText {
    match message.before {
        Some(before) if (before.start_at, before.end_at) == (message.sent.start_at, message.sent.end_at) => {
            let sentence = match message.sent.role {
                InviteRole::Owner => "Changed: you were only informed of {window}. Your answer is now needed.",
                _ => "Changed: {window} no longer needs your answer. You are still informed of it.",
            };
            UpdateText { word: "Changed", sentence }
        }
        Some(before) if before.start_at == message.sent.start_at => UpdateText {
            word: "Changed",
            sentence: "Changed: {window} still starts on {date}, {start}, and now lasts until {end}.",
        },
        Some(_) => UpdateText {
            word: "Moved",
            sentence: "Moved: {window} takes place on {date}, {start} to {end}. It was {before}.",
        },
        None => UpdateText { word: "Update", sentence: "Update: {window} takes place on {date}, {start} to {end}." },
    }
}

/// The texts before and after the reason.
const CANCELLATION: [&str; 2] = [
    "Dear {owner},\n\nCancelled: {window} on {date}, {start} to {end}, ",
    "\n\nYou do not have to do anything.\n\n{organizer}",
];

fn why_cancelled(message: &InviteMessage<'_>) -> String {
    let does_not = "does not take place".to_owned();
    let Some((window, occurrence)) = message.occurrence else { return format!("{does_not}.") };
    if occurrence.origin != Origin::Skipped {
        let why = match message.sent.role {
            InviteRole::Owner => {
                "no longer needs your answer: it no longer affects your systems, or another owner now answers for them."
            }
            InviteRole::Informed => "no longer concerns you.",
            InviteRole::Booked => "no longer needs you: you are no longer booked for it.",
        };
        return why.to_owned();
    }
    match window.window.exception(occurrence.original_on()).map(|exception| &exception.change) {
        Some(OccurrenceChange::Skipped { reason }) if !reason.trim().is_empty() => {
            format!("{does_not}: {}.", one_line(reason))
        }
        _ => format!("{does_not}."),
    }
}
