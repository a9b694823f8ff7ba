//! The targets beside which the figures are shown.

use std::fmt;

/// The value that a percentage should have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    AtLeast(f64),
    Over(f64),
    Under(f64),
}

impl Target {
    pub const CRITICAL_IN_TIME: Self = Self::AtLeast(100.0);
    pub const HIGH_IN_TIME: Self = Self::AtLeast(95.0);
    /// Of the hosts that were attempted.
    pub const FAILED_HOSTS: Self = Self::Under(5.0);
    /// Of the reboots that were attempted.
    pub const SUCCESSFUL_REBOOTS: Self = Self::Over(99.0);

    pub fn is_met(self, percent: f64) -> bool {
        match self {
            Self::AtLeast(least) => percent >= least,
            Self::Over(limit) => percent > limit,
            Self::Under(limit) => percent < limit,
        }
    }
}

/// "95 %", "under 5 %"
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(least) => write!(f, "{least} %"),
            Self::Over(limit) => write!(f, "over {limit} %"),
            Self::Under(limit) => write!(f, "under {limit} %"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_itself_meets_only_a_target_that_includes_it() {
        let met = |target: Target| [94.9, 95.0, 95.1].map(|percent| target.is_met(percent));
        assert_eq!(met(Target::AtLeast(95.0)), [false, true, true]);
        assert_eq!(met(Target::Over(95.0)), [false, false, true]);
        assert_eq!(met(Target::Under(95.0)), [true, false, false]);
        assert_eq!(Target::FAILED_HOSTS.to_string(), "under 5 %");
    }
}
