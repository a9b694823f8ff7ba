//! Stricter deadlines that many organisations use, applied to the policy with one click.

use super::{DueBy, Minutes, Policy, SeverityDeadline};

/// Lowest CVSS base score of severity High, in tenths.
const HIGH_FROM: u8 = 70;

/// A named set of values for the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlinePreset {
    HighIn48Hours,
    ExploitedIn48Hours,
    PublishersFirst,
}

impl DeadlinePreset {
    pub const ALL: [Self; 3] = [Self::HighIn48Hours, Self::ExploitedIn48Hours, Self::PublishersFirst];

    pub fn name(self) -> &'static str {
        match self {
            Self::HighIn48Hours => "Critical and high within 48 h",
            Self::ExploitedIn48Hours => "48 h if exploited, otherwise 14 days",
            Self::PublishersFirst => "CISA's dates first",
        }
    }

    /// What it changes.
    pub fn help(self) -> &'static str {
        match self {
            Self::HighIn48Hours => "Severities from CVSS 7.0 are due within 48 h; due dates depend on the severity",
            Self::ExploitedIn48Hours => "Due dates depend on whether an advisory is exploited, not on its severity",
            Self::PublishersFirst => {
                "The due date in CISA's catalogue, or another publisher's, takes precedence over our own"
            }
        }
    }

    /// Whether the policy has these values, or stricter ones.
    pub fn is_met_by(self, policy: &Policy) -> bool {
        let mut high = policy.severities.iter().filter(|severity| is_high(severity)).peekable();
        match self {
            Self::HighIn48Hours => {
                policy.due_by == DueBy::Severity
                    && high.peek().is_some()
                    && high.all(|severity| severity.within <= Minutes::hours(48))
            }
            Self::ExploitedIn48Hours => policy.due_by == DueBy::EXPLOITED,
            Self::PublishersFirst => policy.publishers_dates,
        }
    }

    /// Changes the policy.
    pub fn apply_to(self, policy: &mut Policy) {
        match self {
            Self::HighIn48Hours => {
                policy.due_by = DueBy::Severity;
                for severity in policy.severities.iter_mut().filter(|severity| is_high(severity)) {
                    severity.within = severity.within.min(Minutes::hours(48));
                }
            }
            Self::ExploitedIn48Hours => policy.due_by = DueBy::EXPLOITED,
            Self::PublishersFirst => policy.publishers_dates = true,
        }
    }
}

fn is_high(severity: &SeverityDeadline) -> bool {
    severity.cvss_from_tenths >= HIGH_FROM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preset_is_met_once_it_is_applied() {
        for preset in DeadlinePreset::ALL {
            let mut policy = Policy { publishers_dates: false, ..Policy::default() };
            assert!(!preset.is_met_by(&policy), "{preset:?}");
            preset.apply_to(&mut policy);
            assert!(preset.is_met_by(&policy), "{preset:?}");
        }
    }

    #[test]
    fn stricter_values_are_kept() {
        let mut policy = Policy::default();
        policy.severities[0].within = Minutes::hours(24);
        DeadlinePreset::HighIn48Hours.apply_to(&mut policy);
        let within: Vec<_> = policy.severities.iter().map(|severity| severity.within).collect();
        assert_eq!(within, [Minutes::hours(24), Minutes::hours(48), Minutes::days(30), Minutes::days(90)]);
    }
}
