//! Advisories: published vulnerabilities and patches with a due date, and the decisions about them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AdvisoryId, Minutes, Record, SystemId, is_default};

/// A published vulnerability or patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advisory {
    /// "cve-2027-1234"
    pub id: AdvisoryId,
    pub title: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub vendor: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub product: String,
    /// CVSS base score in tenths: 98 is 9.8. None until it has been rated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cvss_tenths: Option<u8>,
    /// The severity in the words of whoever reported it. It counts only without a score.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reported_severity: Option<ReportedSeverity>,
    /// EPSS: the probability that it is exploited within 30 days, in 100,000ths: 97565 is 0.97565. None if unknown.
    /// <https://www.first.org/epss/model>
    #[serde(default, skip_serializing_if = "is_default")]
    pub epss_per_100_000: Option<u32>,
    /// Whether it is exploited in the wild.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_exploited: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub exposure: Exposure,
    pub published_on: NaiveDate,
    /// The due date set by the publisher, as in CISA's catalogue.
    #[serde(default, skip_serializing_if = "is_default")]
    pub due_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub fix: FixState,
    /// The affected systems.
    #[serde(default, skip_serializing_if = "is_default")]
    pub systems: Vec<SystemId>,
    /// All decisions, kept for audits. For each system, the last one in force applies.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decisions: Vec<Decision>,
    /// The day on which it was installed everywhere.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_on: Option<NaiveDate>,
    /// The systems on which it was installed, and when, if nobody recorded a result.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_on_systems: Vec<InstalledOn>,
    /// The programs whose files reported it, by their ids, sorted: "nessus", "trivy".
    #[serde(default, skip_serializing_if = "is_default")]
    pub reported_by: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Record for Advisory {
    type Id = AdvisoryId;
    const NOUN: &'static str = "advisory";
    fn id(&self) -> &AdvisoryId {
        &self.id
    }
}

impl Advisory {
    /// An advisory that nobody has assessed yet.
    pub fn new(id: AdvisoryId, title: &str, published_on: NaiveDate) -> Self {
        Self {
            id,
            title: title.to_owned(),
            vendor: String::new(),
            product: String::new(),
            cvss_tenths: None,
            reported_severity: None,
            epss_per_100_000: None,
            is_exploited: false,
            exposure: Exposure::Internal,
            published_on,
            due_on: None,
            fix: FixState::Unknown,
            systems: Vec::new(),
            decisions: Vec::new(),
            in_on: None,
            in_on_systems: Vec::new(),
            reported_by: Vec::new(),
            notes: String::new(),
        }
    }

    /// The last decision that is in force on a day. It may be about some of the systems only.
    pub fn decision_on(&self, on: NaiveDate) -> Option<&Decision> {
        self.decisions.iter().rev().find(|decision| decision.is_in_force(on))
    }

    /// The decision that applies to a system on a day: the last one in force that names it, or names none.
    pub fn decision_for(&self, system: &SystemId, on: NaiveDate) -> Option<&Decision> {
        self.decisions.iter().rev().find(|decision| decision.is_in_force(on) && decision.is_about(system))
    }

    /// Whether a decision makes it unnecessary to install it on a system, on a day.
    pub fn is_excused(&self, system: &SystemId, on: NaiveDate) -> bool {
        self.decision_for(system, on).is_some_and(|decision| !decision.verdict.is_installed())
    }

    /// The day on which it was installed on a system, or everywhere: the earlier one.
    pub fn installed_on(&self, system: &SystemId) -> Option<NaiveDate> {
        let there = self.in_on_systems.iter().filter(|each| each.system == *system).map(|each| each.on);
        there.chain(self.in_on).min()
    }

    /// Whether it was installed on all systems.
    pub fn is_installed(&self) -> bool {
        let is_in = |system: &SystemId| self.in_on_systems.iter().any(|each| each.system == *system);
        self.in_on.is_some() || (!self.systems.is_empty() && self.systems.iter().all(is_in))
    }

    /// Whether it still has to be installed: there is a system on which it is not installed, and for which no decision that
    /// is in force on that day makes that unnecessary. Without systems, a decision that names none counts.
    pub fn is_open_on(&self, on: NaiveDate) -> bool {
        let is_settled_everywhere = if self.systems.is_empty() {
            self.decision_on(on).is_some_and(|decision| !decision.verdict.is_installed())
        } else {
            let is_settled = |system: &SystemId| self.installed_on(system).is_some() || self.is_excused(system, on);
            self.systems.iter().all(is_settled)
        };
        self.in_on.is_none() && !is_settled_everywhere
    }

    /// Whether it is likely to be exploited: EPSS gives a probability of more than a half.
    pub fn is_likely(&self) -> bool {
        self.epss_per_100_000.is_some_and(|probability| probability > 50_000)
    }

    /// The day from which its period counts: the later of its publication and the day since which there is a fix.
    pub fn counts_from(&self) -> NaiveDate {
        match self.fix {
            FixState::Available { on: Some(on) } => self.published_on.max(on),
            FixState::Available { on: None } | FixState::Unknown | FixState::Missing => self.published_on,
        }
    }

    /// Its id as people write it: "CVE-2027-1234".
    pub fn number(&self) -> String {
        let id = self.id.as_str();
        if id.starts_with("cve-") { id.to_uppercase() } else { id.to_owned() }
    }
}

/// The day on which an advisory was installed on one system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalledOn {
    pub system: SystemId,
    pub on: NaiveDate,
}

/// A severity as a scanner or publisher words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReportedSeverity {
    Low,
    Medium,
    High,
    Critical,
}

impl ReportedSeverity {
    /// The lowest CVSS score of it, in tenths.
    /// <https://www.first.org/cvss/v3.1/specification-document#Qualitative-Severity-Rating-Scale>
    pub fn lowest_cvss_tenths(self) -> u8 {
        match self {
            Self::Low => 1,
            Self::Medium => 40,
            Self::High => 70,
            Self::Critical => 90,
        }
    }

    /// That of a CVSS score in tenths. None for 0, which means that nobody rated it.
    pub fn of_cvss_tenths(tenths: u8) -> Option<Self> {
        let from_the_worst = [Self::Critical, Self::High, Self::Medium, Self::Low];
        from_the_worst.into_iter().find(|severity| tenths >= severity.lowest_cvss_tenths())
    }

    /// "critical"
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// Whether a fix can be installed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FixState {
    /// Nobody said. It counts as available.
    #[default]
    Unknown,
    /// None has been published yet, so it cannot be overdue.
    Missing,
    Available {
        /// Since when. None if unknown: since it was published.
        #[serde(default, skip_serializing_if = "is_default")]
        on: Option<NaiveDate>,
    },
}

/// The network from which the affected systems can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Exposure {
    #[default]
    Internal,
    Internet,
}

impl Exposure {
    pub const ALL: [Self; 2] = [Self::Internal, Self::Internet];

    /// "internal"
    pub fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Internet => "internet",
        }
    }
}

/// A decision about an advisory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub verdict: Verdict,
    pub by: String,
    pub on: NaiveDate,
    /// The last day on which it is in force. None for no end.
    #[serde(default, skip_serializing_if = "is_default")]
    pub until: Option<NaiveDate>,
    /// The systems that it is about. Empty for all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub systems: Vec<SystemId>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub reason: String,
}

impl Decision {
    /// Whether it has not ended before that day.
    pub fn is_in_force(&self, on: NaiveDate) -> bool {
        self.until.is_none_or(|until| on <= until)
    }

    /// Whether it is about a system.
    pub fn is_about(&self, system: &SystemId) -> bool {
        self.systems.is_empty() || self.systems.contains(system)
    }
}

/// What to do about an advisory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// It is installed in the next suitable window.
    Deploy,
    /// It is installed after its due date.
    Defer,
    /// Other measures protect the systems.
    Mitigate,
    /// The risk is accepted, and it is not installed.
    Accept,
    /// The systems turned out not to be affected.
    NotAffected,
}

impl Verdict {
    pub const ALL: [Self; 5] = [Self::Deploy, Self::Defer, Self::Mitigate, Self::Accept, Self::NotAffected];

    /// "Not affected"
    pub fn name(self) -> &'static str {
        match self {
            Self::Deploy => "Deploy",
            Self::Defer => "Defer",
            Self::Mitigate => "Mitigate",
            Self::Accept => "Accept",
            Self::NotAffected => "Not affected",
        }
    }

    /// Whether the advisory is installed, sooner or later.
    pub fn is_installed(self) -> bool {
        matches!(self, Self::Deploy | Self::Defer)
    }
}

/// How the due date of an advisory is determined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DueBy {
    /// From its CVSS score and the severities of the policy.
    #[default]
    Severity,
    /// From the response matrix: the value of the affected systems, and whether it is exploited.
    Matrix,
    /// The stricter preset: one period if it is exploited, another if not.
    Exploited { exploited: Minutes, other: Minutes },
}

impl DueBy {
    /// The usual values of the stricter preset: 48 hours if exploited, 14 days if not.
    pub const EXPLOITED: Self = Self::Exploited { exploited: Minutes::hours(48), other: Minutes::days(14) };
}

/// The response matrix: the time allowed by asset value and exploitability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseMatrix {
    pub high_active: Minutes,
    pub high_theoretical: Minutes,
    pub low_active: Minutes,
    pub low_theoretical: Minutes,
}

impl Default for ResponseMatrix {
    fn default() -> Self {
        Self {
            high_active: Minutes::hours(72),
            high_theoretical: Minutes::days(7),
            low_active: Minutes::days(7),
            low_theoretical: Minutes::days(30),
        }
    }
}
