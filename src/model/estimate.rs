//! How many minutes each phase of patching a system takes.

use serde::{Deserialize, Serialize};

use super::{Guess, is_default};

/// The minutes of each phase of the work. A fit cannot be calculated before `patch` and `rollback` are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// Once, before the first batch.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prepare: Guess,
    /// Per batch: taking it out of service.
    #[serde(default, skip_serializing_if = "is_default")]
    pub drain: Guess,
    /// Per batch: installing. None until it has been estimated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub patch: Option<Guess>,
    /// Per batch.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reboot: Guess,
    /// Per batch: checking that it works.
    #[serde(default, skip_serializing_if = "is_default")]
    pub verify: Guess,
    /// Per batch, instead of patching, for a window that switches to what was prepared before: switching, and switching
    /// back. None until it has been estimated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub switch: Option<Guess>,
    /// Once, after the last batch.
    #[serde(default, skip_serializing_if = "is_default")]
    pub final_verification: Guess,
    /// Rolling back one batch. None until it has been estimated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rollback: Option<Guess>,
    /// Once, after everything is rolled back.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rollback_verification: Guess,
    /// Once, at the very end: returning the systems to their users.
    #[serde(default, skip_serializing_if = "is_default")]
    pub handover: Guess,
}

impl Estimate {
    pub fn is_complete(&self) -> bool {
        self.patch.is_some() && self.rollback.is_some()
    }

    /// The phases with their names: "preparing", "patching".
    pub fn phases(&self) -> impl Iterator<Item = (&'static str, Guess)> {
        let phases = [
            ("preparing", Some(self.prepare)),
            ("draining", Some(self.drain)),
            ("patching", self.patch),
            ("rebooting", Some(self.reboot)),
            ("verifying", Some(self.verify)),
            ("switching", self.switch),
            ("the final verification", Some(self.final_verification)),
            ("rolling back", self.rollback),
            ("verifying the rollback", Some(self.rollback_verification)),
            ("the handover", Some(self.handover)),
        ];
        phases.into_iter().filter_map(|(name, guess)| Some((name, guess?)))
    }
}
