//! Everything that is exported: calendars, checklists, prints, invites, lists, comparisons. Data in, text out; no
//! files, no clock.

pub mod annotations;
pub mod cab;
pub mod checklist;
pub mod compliance;
mod escape;
mod fields;
mod file;
pub mod ics;
pub mod invites;
mod iso_times;
mod json;
pub mod lists;
mod page;
pub mod paper;
pub mod planner;
pub mod print;
pub mod profiles;
pub mod revision;
mod sheet_text;
mod source;
mod text;
pub mod translation;
mod unknown_dates;
pub mod year;

pub use file::{ExportFile, FileType, Output};
pub use iso_times::{IsoInstant, IsoLocalTime};
pub use json::json_list;
pub use source::{Basis, Source};
pub use text::{clean, clip_line, one_line};
pub use unknown_dates::unknown_dates;
