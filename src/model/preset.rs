//! Deadlines that others publish: each with the section, version and date of its source. More are added as rows.

use super::policy::default_severities;
use super::{DueBy, Minutes, Policy};

/// Lowest CVSS base scores of the severities Critical and High, in tenths (CVSS v3.1, section 5, qualitative ratings).
const CRITICAL: u8 = 90;
const HIGH: u8 = 70;

/// The shortest month. "Within one month" is kept in every month of the year if it is kept within this time.
const ONE_MONTH: Minutes = Minutes::days(28);

/// Deadlines from one source. Those of a policy become at most as long; stricter ones stay.
#[derive(Debug)]
pub struct DeadlinePreset {
    /// "PCI DSS"
    pub name: &'static str,
    /// What it demands, in one sentence without a full stop.
    pub help: &'static str,
    pub source: PresetSource,
    pub sets: PresetValues,
}

/// Where the numbers of a preset come from.
#[derive(Debug)]
pub struct PresetSource {
    pub title: &'static str,
    pub section: &'static str,
    pub version: &'static str,
    /// When that version was published: "June 2024".
    pub date: &'static str,
    /// Empty if it is not on the web.
    pub url: &'static str,
}

/// A section of the Essential Eight.
const fn essential_eight(section: &'static str) -> PresetSource {
    PresetSource {
        title: "Essential Eight Maturity Model",
        section,
        version: "November 2023",
        date: "27 November 2023",
        url: "https://www.cyber.gov.au/resources-business-and-government/essential-cyber-security/essential-eight/\
              essential-eight-maturity-model",
    }
}

/// What a preset changes.
#[derive(Debug)]
pub enum PresetValues {
    /// The severities of a new plan, with their names and scores.
    NewSeverities,
    /// The longest time for severities from a CVSS score in tenths on, the highest scores first, and for what is exploited,
    /// whatever its score.
    AtMost { by_score: &'static [(u8, Minutes)], exploited: Option<Minutes> },
    /// The date that the publisher of an advisory sets comes first.
    PublishersDates,
}

/// All presets, as the policy offers them.
pub static PRESETS: [DeadlinePreset; 7] = [
    DeadlinePreset {
        name: "Handbook",
        help: "Critical 72 h, High 7 days, Medium 30 days, Low 90 days; replaces all severities",
        source: PresetSource {
            title: "Patch management handbook",
            section: "Severity and deadline",
            version: "as built in",
            date: "2026",
            url: "",
        },
        sets: PresetValues::NewSeverities,
    },
    DeadlinePreset {
        name: "48 hours",
        help: "Severities from CVSS 7.0 are due within 48 h",
        source: PresetSource {
            title: "Diary of a patching team",
            section: "Critical and high",
            version: "as built in",
            date: "2026",
            url: "",
        },
        sets: PresetValues::AtMost { by_score: &[(HIGH, Minutes::hours(48))], exploited: None },
    },
    DeadlinePreset {
        name: "CISA KEV",
        help: "The date in CISA's catalogue of known exploited vulnerabilities, or another publisher's, comes first",
        source: PresetSource {
            title: "Known Exploited Vulnerabilities Catalog",
            section: "field dueDate of each entry",
            version: "the catalogue that was imported",
            date: "updated continuously; Binding Operational Directive 22-01 of November 2021",
            url: "https://www.cisa.gov/known-exploited-vulnerabilities-catalog",
        },
        sets: PresetValues::PublishersDates,
    },
    DeadlinePreset {
        name: "PCI DSS",
        help: "Critical vulnerabilities within one month of release: 28 days, the shortest month",
        source: PresetSource {
            title: "Payment Card Industry Data Security Standard",
            section: "Requirement 6.3.3",
            version: "4.0.1",
            date: "June 2024",
            url: "https://www.pcisecuritystandards.org/document_library/",
        },
        sets: PresetValues::AtMost { by_score: &[(CRITICAL, ONE_MONTH)], exploited: None },
    },
    DeadlinePreset {
        name: "Essential Eight, internet-facing",
        help: "48 h if critical or exploited, otherwise two weeks",
        source: essential_eight(
            "Patch operating systems, maturity level two: internet-facing servers and network devices",
        ),
        sets: PresetValues::AtMost {
            by_score: &[(CRITICAL, Minutes::hours(48)), (0, Minutes::days(14))],
            exploited: Some(Minutes::hours(48)),
        },
    },
    DeadlinePreset {
        name: "Essential Eight, others",
        help: "Within one month of release: 28 days, the shortest month",
        source: essential_eight(
            "Patch operating systems, maturity level two: workstations, other servers and network devices",
        ),
        sets: PresetValues::AtMost { by_score: &[(0, ONE_MONTH)], exploited: None },
    },
    DeadlinePreset {
        name: "Cyber Essentials",
        help: "14 days for critical, high risk and CVSS 7.0 or more",
        source: PresetSource {
            title: "Cyber Essentials: Requirements for IT Infrastructure",
            section: "Security update management",
            version: "3.2",
            date: "April 2025",
            url: "https://www.ncsc.gov.uk/cyberessentials/resources",
        },
        sets: PresetValues::AtMost { by_score: &[(HIGH, Minutes::days(14))], exploited: None },
    },
];

impl DeadlinePreset {
    /// Whether the policy has these values, or stricter ones.
    pub fn is_met_by(&self, policy: &Policy) -> bool {
        match &self.sets {
            PresetValues::NewSeverities => {
                policy.due_by == DueBy::Severity && policy.severities == default_severities()
            }
            PresetValues::PublishersDates => policy.publishers_dates,
            PresetValues::AtMost { by_score, exploited } => {
                let limited =
                    || policy.severities.iter().map(|each| (each.within, limit(by_score, each.cvss_from_tenths)));
                let is_met = |(within, limit): (Minutes, Option<Minutes>)| limit.is_none_or(|limit| within <= limit);
                let is_exploited_met =
                    exploited.is_none_or(|limit| policy.exploited_within.is_some_and(|within| within <= limit));
                policy.due_by == DueBy::Severity
                    && limited().any(|(_, limit)| limit.is_some())
                    && limited().all(is_met)
                    && is_exploited_met
            }
        }
    }

    /// Changes the policy.
    pub fn apply_to(&self, policy: &mut Policy) {
        match &self.sets {
            PresetValues::NewSeverities => {
                policy.due_by = DueBy::Severity;
                policy.severities = default_severities();
            }
            PresetValues::PublishersDates => policy.publishers_dates = true,
            PresetValues::AtMost { by_score, exploited } => {
                policy.due_by = DueBy::Severity;
                for severity in &mut policy.severities {
                    if let Some(limit) = limit(by_score, severity.cvss_from_tenths) {
                        severity.within = severity.within.min(limit);
                    }
                }
                policy.exploited_within = policy.exploited_within.into_iter().chain(*exploited).min();
            }
        }
    }
}

impl PresetSource {
    /// "PCI DSS 4.0.1 (June 2024), Requirement 6.3.3"
    pub fn in_words(&self) -> String {
        let Self { title, section, version, date, .. } = self;
        format!("{title}, {version} ({date}), {section}")
    }
}

/// The longest time for a severity that begins at that score.
fn limit(by_score: &[(u8, Minutes)], from_tenths: u8) -> Option<Minutes> {
    by_score.iter().find(|(score, _)| from_tenths >= *score).map(|(_, within)| *within)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(policy: &Policy) -> Vec<Minutes> {
        policy.severities.iter().map(|severity| severity.within).collect()
    }

    fn preset(name: &str) -> &'static DeadlinePreset {
        PRESETS.iter().find(|preset| preset.name == name).unwrap()
    }

    #[test]
    fn a_preset_is_met_once_it_is_applied_and_names_its_source() {
        for preset in &PRESETS {
            let mut policy = Policy { publishers_dates: false, due_by: DueBy::Matrix, ..Policy::default() };
            assert!(!preset.is_met_by(&policy), "{preset:?}");
            preset.apply_to(&mut policy);
            assert!(preset.is_met_by(&policy), "{preset:?}");
            let PresetSource { title, section, version, date, .. } = &preset.source;
            assert!([title, section, version, date].iter().all(|text| !text.is_empty()), "{preset:?}");
        }
    }

    #[test]
    fn presets_set_the_numbers_of_their_sources() {
        let applied = |name: &str| {
            let mut policy = Policy::default();
            preset(name).apply_to(&mut policy);
            (within(&policy), policy.exploited_within)
        };
        let hours = |hours: [u32; 4]| hours.map(Minutes::hours).to_vec();
        let day = 24;
        assert_eq!(applied("Handbook"), (hours([72, 7 * day, 30 * day, 90 * day]), None));
        assert_eq!(applied("48 hours"), (hours([48, 48, 30 * day, 90 * day]), None));
        assert_eq!(applied("PCI DSS"), (hours([72, 7 * day, 30 * day, 90 * day]), None), "72 h is stricter");
        let two_weeks = 14 * day;
        let expected = (hours([48, 7 * day, two_weeks, two_weeks]), Some(Minutes::hours(48)));
        assert_eq!(applied("Essential Eight, internet-facing"), expected);
        assert_eq!(applied("Essential Eight, others"), (hours([72, 7 * day, 28 * day, 28 * day]), None));
        let mut loose = Policy::default();
        loose.severities.iter_mut().for_each(|severity| severity.within = Minutes::days(200));
        preset("Cyber Essentials").apply_to(&mut loose);
        assert_eq!(within(&loose), hours([14 * day, 14 * day, 200 * day, 200 * day]));
        preset("PCI DSS").apply_to(&mut loose);
        assert_eq!(within(&loose)[0], Minutes::days(14), "stricter values stay");
    }

    #[test]
    fn a_policy_without_severities_of_that_score_does_not_meet_a_preset() {
        let mut policy = Policy::default();
        policy.severities.retain(|severity| severity.cvss_from_tenths < 70);
        assert!(!preset("Cyber Essentials").is_met_by(&policy));
    }
}
