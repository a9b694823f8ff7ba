//! Advisories: published vulnerabilities and patches with a date by which they must be in, and what was decided.

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
    /// CVSS base score in tenths: 98 is 9.8. Unset until somebody has rated it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cvss_tenths: Option<u8>,
    /// Whether it is exploited in the wild.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_exploited: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub exposure: Exposure,
    pub published_on: NaiveDate,
    /// The date that its publisher sets, as CISA's catalogue does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub due_on: Option<NaiveDate>,
    /// The systems affected; sorted, each once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub systems: Vec<SystemId>,
    /// For the auditors: what was decided, by whom, when. The last one holds.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decisions: Vec<Decision>,
    /// When it was in everywhere.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_on: Option<NaiveDate>,
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
            is_exploited: false,
            exposure: Exposure::Internal,
            published_on,
            due_on: None,
            systems: Vec::new(),
            decisions: Vec::new(),
            in_on: None,
            notes: String::new(),
        }
    }

    /// What was decided last.
    pub fn verdict(&self) -> Option<Verdict> {
        self.decisions.last().map(|decision| decision.verdict)
    }

    /// Whether it must still go in: it is not in, and nobody decided that it need not.
    pub fn is_open(&self) -> bool {
        self.in_on.is_none() && self.verdict().is_none_or(Verdict::goes_in)
    }

    /// Its id as people write it: "CVE-2027-1234".
    pub fn number(&self) -> String {
        let id = self.id.as_str();
        if id.starts_with("cve-") { id.to_uppercase() } else { id.to_owned() }
    }
}

/// From where the affected systems can be reached.
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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub verdict: Verdict,
    pub by: String,
    pub on: NaiveDate,
    #[serde(default, skip_serializing_if = "is_default")]
    pub reason: String,
}

/// What is done about an advisory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Goes in with the window that carries it.
    Deploy,
    /// Goes in later than its date.
    Defer,
    /// Something else protects the systems.
    Mitigate,
    /// The risk is accepted: it does not go in.
    Accept,
    /// The systems are not affected after all.
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

    /// Whether it means that the advisory goes in, sooner or later.
    pub fn goes_in(self) -> bool {
        matches!(self, Self::Deploy | Self::Defer)
    }
}

/// By when an advisory must be in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DueBy {
    /// By its CVSS score and the policy's severities.
    #[default]
    Severity,
    /// By the response matrix: the worth of what is affected and whether it is exploited.
    Matrix,
    /// The stricter preset: so long when it is exploited, so long else.
    Exploited { exploited: Minutes, other: Minutes },
}

impl DueBy {
    /// The stricter preset as it is known: 48 hours when exploited, else 14 days.
    pub const EXPLOITED: Self = Self::Exploited { exploited: Minutes::hours(48), other: Minutes::days(14) };
}

/// The response matrix: asset value × exploitability.
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
