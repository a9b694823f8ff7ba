//! Accepted findings: somebody takes responsibility for them until a date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AcceptanceId, Record, Subject, WindowId, is_default};

/// An acceptance of findings. They still count, but need no action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acceptance {
    pub id: AcceptanceId,
    /// The rule's code: "F001".
    pub code: String,
    /// The common cause of the findings: "freeze year-end", "window core-db".
    pub cause: Subject,
    /// Limits it to findings about this window.
    #[serde(default, skip_serializing_if = "is_default")]
    pub window: Option<WindowId>,
    /// Limits it to the finding about the occurrence with this original date.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on: Option<NaiveDate>,
    pub reason: String,
    /// Who is responsible for it.
    pub by: String,
    /// The last day on which it is valid.
    pub until: NaiveDate,
}

impl Record for Acceptance {
    type Id = AcceptanceId;
    const NOUN: &'static str = "acceptance";
    fn id(&self) -> &AcceptanceId {
        &self.id
    }
}
