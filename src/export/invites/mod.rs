//! Invites, updates and cancellations as files: for each message a calendar file, and with it a draft of the mail.

mod calendar_file;
mod draft;
mod file_names;
mod files;
mod message_text;
mod organizer;
mod outgoing;
mod summary;
mod template;
mod unsent;

use super::file::Output;

pub use message_text::{MessageText, message_text};
pub use organizer::{NoOrganizer, Organizer};
pub use outgoing::{InvitesOrder, Occasion, Outgoing, Which};
pub use summary::SUMMARY_FILE;
pub use template::unknown_fields;
pub use unsent::edits_to_mark_unsent;

pub const OUTPUT: Output = Output {
    id: "invites",
    name: "Invites",
    help: "Invites, updates and cancellations for the business owners, each as .ics and as a draft of a mail",
};
