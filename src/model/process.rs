//! The stages of the process that an advisory goes through, and who is responsible for each.

use serde::{Deserialize, Serialize};

/// A stage of the process, in the order of the handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProcessStage {
    Identify,
    Assess,
    Plan,
    Test,
    Deploy,
    Verify,
    Document,
}

impl ProcessStage {
    pub const ALL: [Self; 7] =
        [Self::Identify, Self::Assess, Self::Plan, Self::Test, Self::Deploy, Self::Verify, Self::Document];

    /// "Identify"
    pub fn name(self) -> &'static str {
        match self {
            Self::Identify => "Identify",
            Self::Assess => "Assess",
            Self::Plan => "Plan",
            Self::Test => "Test",
            Self::Deploy => "Deploy",
            Self::Verify => "Verify",
            Self::Document => "Document",
        }
    }

    /// What it produces.
    pub fn output(self) -> &'static str {
        match self {
            Self::Identify => "The affected systems",
            Self::Assess => "The severity with its deadline, or a decision",
            Self::Plan => "A window before the deadline for each system",
            Self::Test => "Installed on the systems of the groups for tests",
            Self::Deploy => "Installed on all systems",
            Self::Verify => "A clean scan after the installation",
            Self::Document => "A result for each installation, a reason for each decision",
        }
    }
}

/// Who is responsible for a stage of the process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageOwner {
    pub stage: ProcessStage,
    pub who: String,
}
