//! Accepted findings: what somebody has looked at and answers for until a date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AcceptanceId, Record, Subject, WindowId, is_default};

/// Findings that are counted, but no longer ask for anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acceptance {
    pub id: AcceptanceId,
    /// The rule's code: "F001".
    pub code: String,
    /// What the findings have in common: "freeze year-end", "window core-db".
    pub cause: Subject,
    /// Only findings on this window.
    #[serde(default, skip_serializing_if = "is_default")]
    pub window: Option<WindowId>,
    /// Only the finding on the occurrence of that original date.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on: Option<NaiveDate>,
    pub reason: String,
    /// Who answers for it.
    pub by: String,
    /// The last day on which it holds.
    pub until: NaiveDate,
}

impl Record for Acceptance {
    type Id = AcceptanceId;
    const NOUN: &'static str = "acceptance";
    fn id(&self) -> &AcceptanceId {
        &self.id
    }
}
