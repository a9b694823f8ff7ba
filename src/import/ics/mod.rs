//! Calendars of other programs (.ics): public holidays, change freezes, maintenance windows.
//!
//! The text is judged for its size and shape by [`guard`], read by calcard, and lowered by [`read`] to a plain list of
//! [`Event`]s. The three targets know nothing of iCalendar's syntax.

mod event;
mod exceptions;
mod freezes;
mod guard;
mod holidays;
mod period;
mod read;
mod span;
mod vtimezone;
mod windows;
mod zones;

pub use event::{Calendar, Event, EventTime};
pub use freezes::freezes;
pub use holidays::holidays;
pub use read::read;
pub(super) use read::{each_calendar, events, text_of};
pub use windows::windows;
pub(super) use zones::{Zones, head_text};

#[cfg(test)]
mod tests;
