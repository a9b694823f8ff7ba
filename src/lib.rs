//! Windowsill plans the maintenance windows of a year: laid out by patch days, checked for room to roll back, agreed
//! with the business, handed out as calendars and checklists.
//!
//! `docs/architecture.md` says how the code is built and which rules it keeps.

pub mod checks;
pub mod cli;
pub mod export;
pub mod import;
pub mod model;
mod parallel;
pub mod publish;
pub mod schedule;
pub mod session;
pub mod store;
#[cfg(feature = "window")]
pub mod ui;
pub mod wording;
