//! What an import adds, changes and removes, as a list that a person can compare with the file. It follows from the edits
//! alone, so it cannot differ from what happens.

mod comparison;
mod date_records;
mod plan_records;
mod record_kind;
mod record_list;
mod record_lists;
mod window_records;

pub use record_list::{Outcome, RecordColumn, RecordGroup, RecordList, RecordRow};
pub(super) use record_lists::record_lists;
