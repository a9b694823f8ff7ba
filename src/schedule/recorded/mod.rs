//! What was recorded of the systems, results and scans, and when that installed an advisory.

mod done;
mod history;

pub use done::Done;
pub use history::{Event, EventKind, History, ResultTimes, ended_at, scanned};
