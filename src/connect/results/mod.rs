//! Results of work from the reports of other programs: what all of them have in common.
//!
//! A reader turns each row of a file into a [`ResultRow`]; what is in a file is its business alone. [`Results`] does the
//! rest: it finds the system of each host and the occurrence, adds the hosts of a system up, and makes the edits and the
//! report.

mod collected;
mod occurrences;
mod options;
mod result_row;
mod table;
mod times;

pub use collected::Results;
pub use options::OPTIONS;
pub use result_row::{HostOutcome, ResultRow};
pub use table::{CONFIGMGR, TABLE, WSUS};
pub use times::ReportedTime;
