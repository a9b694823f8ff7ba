//! Windowsill plans the maintenance windows of a year: it schedules them around patch days, checks that each leaves
//! enough time to roll back, tracks the agreement of business owners, and exports calendars and checklists.
//!
//! `docs/architecture.md` describes the structure of the code and its invariants.

pub mod activity;
mod cells;
pub mod checks;
pub mod cli;
pub mod compliance;
pub mod connect;
mod dos_encoding;
pub mod encoding;
pub mod export;
pub mod import;
mod legacy_encoding;
pub mod merge;
pub mod model;
pub mod output;
mod parallel;
pub mod progress;
pub mod publish;
pub mod quick_add;
pub mod roll;
pub mod schedule;
pub mod session;
pub mod sheet;
pub mod store;
#[cfg(feature = "window")]
pub mod ui;
pub mod wording;
