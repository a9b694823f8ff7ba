//! Systems from the inventories of other programs: what all of them have in common.
//!
//! A reader turns each host of a file into a [`HostRow`]; what is in a file is its business alone. [`Inventory`] does the
//! rest: it counts, finds the system of each host, and makes the edits, the report and the lists of what is new, changed
//! and gone.

mod collected;
pub mod device_table;
mod doubts;
mod environments;
mod groups;
mod host_row;
pub mod json_hosts;
mod namesakes;
mod options;
mod words;

pub use collected::Inventory;
pub use host_row::HostRow;
pub use options::{CRITICALITY, OPTIONS, OPTIONS_WITH_VARIABLES};
pub use words::{environment, level};
