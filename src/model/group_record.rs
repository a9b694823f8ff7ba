//! What happened to one release in one group of a ladder: sign-offs, the test result and holds.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{GroupId, LadderId, Record, Table, UtcMinute, is_default};

/// The record of a release in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRecord {
    #[serde(rename = "of")]
    pub key: GroupRecordKey,
    /// Infrastructure has deployed it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deployed: Option<SignedOff>,
    /// Software support has validated it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub validated: Option<SignedOff>,
    /// Security has assessed it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub assessed: Option<SignedOff>,
    /// None until somebody has tested it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub test: Option<TestResult>,
    /// In the order in which they began.
    #[serde(default, skip_serializing_if = "is_default")]
    pub holds: Vec<Hold>,
}

impl GroupRecord {
    pub fn new(key: GroupRecordKey) -> Self {
        Self { key, deployed: None, validated: None, assessed: None, test: None, holds: Vec::new() }
    }

    /// The sign-off of one kind, if it was given.
    pub fn sign_off(&self, kind: SignOff) -> Option<&SignedOff> {
        match kind {
            SignOff::Deployed => self.deployed.as_ref(),
            SignOff::Validated => self.validated.as_ref(),
            SignOff::Assessed => self.assessed.as_ref(),
        }
    }

    /// The field of a sign-off.
    pub fn sign_off_mut(&mut self, kind: SignOff) -> &mut Option<SignedOff> {
        match kind {
            SignOff::Deployed => &mut self.deployed,
            SignOff::Validated => &mut self.validated,
            SignOff::Assessed => &mut self.assessed,
        }
    }

    /// The hold in force at an instant.
    pub fn hold_at(&self, at: UtcMinute) -> Option<&Hold> {
        self.holds.iter().find(|hold| hold.is_in_force_at(at))
    }
}

impl Record for GroupRecord {
    type Id = GroupRecordKey;
    const NOUN: &'static str = "group record";
    fn id(&self) -> &GroupRecordKey {
        &self.key
    }
}

/// A release, by the date of it on the plan's clock, in a group of a ladder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GroupRecordKey {
    pub ladder: LadderId,
    pub group: GroupId,
    pub release: NaiveDate,
}

impl fmt::Display for GroupRecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.ladder, self.group, self.release)
    }
}

impl Table<GroupRecord> {
    /// The record of a release in a group, if there is one.
    pub fn for_group(&self, ladder: &LadderId, group: &GroupId, release: NaiveDate) -> Option<&GroupRecord> {
        let key = GroupRecordKey { ladder: ladder.clone(), group: group.clone(), release };
        self.get(&key).map(|record| &**record)
    }
}

/// The three sign-offs after the test stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SignOff {
    /// Infrastructure has deployed it.
    Deployed,
    /// Software support has validated it.
    Validated,
    /// Security has assessed it.
    Assessed,
}

impl SignOff {
    pub const ALL: [Self; 3] = [Self::Deployed, Self::Validated, Self::Assessed];

    /// "deployed"
    pub fn name(self) -> &'static str {
        match self {
            Self::Deployed => "deployed",
            Self::Validated => "validated",
            Self::Assessed => "assessed",
        }
    }
}

impl FromStr for SignOff {
    type Err = String;

    /// Reads its name, without case.
    fn from_str(text: &str) -> Result<Self, String> {
        let is_it = |kind: &Self| kind.name().eq_ignore_ascii_case(text.trim());
        let unknown = || format!("unknown sign-off \"{text}\": use deployed, validated or assessed");
        Self::ALL.into_iter().find(is_it).ok_or_else(unknown)
    }
}

/// Who signed something off, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOff {
    pub by: String,
    pub at: UtcMinute,
}

/// The result of the tests of a release in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    #[serde(rename = "passed")]
    pub is_passed: bool,
    pub by: String,
    pub at: UtcMinute,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

/// A release that must not go on to the group: a patch was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    pub reason: String,
    pub by: String,
    pub from: UtcMinute,
    /// When it was lifted, and by whom. None while it stands.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lifted: Option<SignedOff>,
}

impl Hold {
    pub fn is_in_force_at(&self, at: UtcMinute) -> bool {
        self.from <= at && self.lifted.as_ref().is_none_or(|lifted| at < lifted.at)
    }
}

/// What must be there before the next group of a ladder may start. It never moves a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderGate {
    pub ladder: LadderId,
    /// The sign-offs that it asks for, besides a passed test, the soak time, and that no hold is in force.
    #[serde(default = "all_sign_offs")]
    pub sign_offs: Vec<SignOff>,
}

fn all_sign_offs() -> Vec<SignOff> {
    SignOff::ALL.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_is_in_force_from_its_start_until_it_is_lifted() {
        let hold = |lifted: Option<i32>| Hold {
            reason: "Withdrawn".into(),
            by: "Ann".into(),
            from: UtcMinute(10),
            lifted: lifted.map(|at| SignedOff { by: "Bo".into(), at: UtcMinute(at) }),
        };
        let in_force = |hold: &Hold| [9, 10, 19, 20].map(|at| hold.is_in_force_at(UtcMinute(at)));
        assert_eq!(in_force(&hold(None)), [false, true, true, true]);
        assert_eq!(in_force(&hold(Some(20))), [false, true, true, false]);
    }

    #[test]
    fn sign_offs_are_read_by_name() {
        for kind in SignOff::ALL {
            assert_eq!(kind.name().to_uppercase().parse(), Ok(kind));
        }
        assert!("signed".parse::<SignOff>().is_err());
    }
}
