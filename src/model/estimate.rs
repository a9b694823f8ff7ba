//! The minutes that patching one system takes, phase by phase.

use serde::{Deserialize, Serialize};

use super::{Guess, is_default};

/// Minutes for each phase of the work. `patch` and `rollback` must be known before a fit can be reckoned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// Once, before the first batch.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prepare: Guess,
    /// A batch: taking it out of service.
    #[serde(default, skip_serializing_if = "is_default")]
    pub drain: Guess,
    /// A batch: installing. Unset until somebody has estimated it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub patch: Option<Guess>,
    /// A batch.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reboot: Guess,
    /// A batch: checking that it works.
    #[serde(default, skip_serializing_if = "is_default")]
    pub verify: Guess,
    /// Once, after the last batch.
    #[serde(default, skip_serializing_if = "is_default")]
    pub final_verification: Guess,
    /// Rolling back one batch. Unset until somebody has estimated it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rollback: Option<Guess>,
    /// Once, after everything is rolled back.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rollback_verification: Guess,
    /// Once, at the very end: giving the systems back.
    #[serde(default, skip_serializing_if = "is_default")]
    pub handover: Guess,
}

impl Estimate {
    pub fn is_complete(&self) -> bool {
        self.patch.is_some() && self.rollback.is_some()
    }
}
