//! Why a window has no occurrences.

use super::foreign::ForeignRuleError;

/// Why a window has no occurrences.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpansionProblem {
    #[error(transparent)]
    Rule(#[from] ForeignRuleError),
    /// The plan would have too many, and this window has more than its share.
    #[error("The plan has too many dates, and this window has more than {share}")]
    PlanTooLarge { share: usize },
}
