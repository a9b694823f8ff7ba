//! The year calendar for different readers: one file each, with what it writes and what that reader would refuse, lose or
//! misread. `docs/calendar-profiles.md` says what each reader needs, and why.
//!
//! A new reader is a file or folder like these, and a row in [`PROFILES`]. It may write files of any type.

mod aws;
mod caldav;
mod check;
mod everyone;
mod order;
mod owner;
mod profile;
mod shifts;
mod uyuni;
mod your_year;

pub use aws::{AWS_DOCUMENT, AWS_IMPORT};
pub use caldav::CALDAV;
pub use check::{Check, Complaint};
pub use everyone::EVERYONE;
pub use order::{CalendarOrder, Calendars};
pub use owner::{Owner, find_owner, owners};
pub use profile::{Audience, CalendarRequest, CalendarScope, Container, Freezes, Profile};
pub use shifts::{PERSON, TEAM};
pub use uyuni::UYUNI;
pub use your_year::{AREA, OWNER};

/// The readers of the year calendar, as the dialog and `--profile` offer them.
pub static PROFILES: [&Profile; 9] =
    [&EVERYONE, &AREA, &OWNER, &PERSON, &TEAM, &UYUNI, &AWS_IMPORT, &AWS_DOCUMENT, &CALDAV];
