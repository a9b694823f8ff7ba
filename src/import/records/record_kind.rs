//! How records of one kind become rows.

use super::record_list::RecordColumn;
use crate::model::Plan;

/// How records of a kind are shown.
pub(super) struct RecordKind<R> {
    pub noun: &'static str,
    pub columns: &'static [RecordColumn],
    pub cells: fn(&R, &Plan) -> Vec<String>,
}
