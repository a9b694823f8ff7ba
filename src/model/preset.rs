//! Stricter deadlines that many organisations set: each by one click in the policy.

use super::{DueBy, Minutes, Policy, SeverityDeadline};

/// Lowest CVSS base score of severity High, in tenths.
const HIGH_FROM: u8 = 70;

/// A set of numbers of the policy under one name.
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
            Self::ExploitedIn48Hours => "48 h when exploited, else 14 days",
            Self::PublishersFirst => "CISA's dates first",
        }
    }

    /// What it sets.
    pub fn help(self) -> &'static str {
        match self {
            Self::HighIn48Hours => "Severities from CVSS 7.0 on are due within 48 h; advisories go by their severity",
            Self::ExploitedIn48Hours => "Advisories go by whether they are exploited, whatever their severity",
            Self::PublishersFirst => "The date in CISA's catalogue, or another publisher's, counts before our own",
        }
    }

    /// Whether the policy has these numbers, or stricter ones.
    pub fn holds(self, policy: &Policy) -> bool {
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

    pub fn set(self, policy: &mut Policy) {
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
    fn a_preset_holds_once_it_is_set() {
        for preset in DeadlinePreset::ALL {
            let mut policy = Policy { publishers_dates: false, ..Policy::default() };
            assert!(!preset.holds(&policy), "{preset:?}");
            preset.set(&mut policy);
            assert!(preset.holds(&policy), "{preset:?}");
        }
    }

    #[test]
    fn what_is_stricter_already_stays() {
        let mut policy = Policy::default();
        policy.severities[0].within = Minutes::hours(24);
        DeadlinePreset::HighIn48Hours.set(&mut policy);
        let within: Vec<_> = policy.severities.iter().map(|severity| severity.within).collect();
        assert_eq!(within, [Minutes::hours(24), Minutes::hours(48), Minutes::days(30), Minutes::days(90)]);
    }
}
