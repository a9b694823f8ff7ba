//! An item of a checklist.

use crate::model::{ChecklistBlock, UtcMinute};

/// Something to tick off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub block: ChecklistBlock,
    /// With the ticket and the interval filled in.
    pub text: String,
    /// Its own time, if the template gives it one.
    pub at: Option<UtcMinute>,
    pub owner: String,
}
