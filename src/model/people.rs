//! People and teams: who works in a window, and who tests afterwards.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AllowedHours, InformedOf, Minutes, PersonId, Record, TeamId, is_default};

/// Somebody who can be booked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub email: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub phone: String,
    /// Hours in which they can be booked, in the plan's zone. Empty for any hour.
    #[serde(default, skip_serializing_if = "is_default")]
    pub available: Vec<AllowedHours>,
    /// Days on which they cannot be booked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub away: Vec<Absence>,
    /// What they get invites for without having to answer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub informed_of: InformedOf,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Person {
    /// A person with a name only.
    pub fn new(id: PersonId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            email: String::new(),
            phone: String::new(),
            available: Vec::new(),
            away: Vec::new(),
            informed_of: InformedOf::Nothing,
            notes: String::new(),
        }
    }
}

impl Record for Person {
    type Id = PersonId;
    const NOUN: &'static str = "person";
    fn id(&self) -> &PersonId {
        &self.id
    }
}

/// Whole days in the plan's zone, first and last day included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    pub first_on: NaiveDate,
    pub last_on: NaiveDate,
    #[serde(default, skip_serializing_if = "is_default")]
    pub reason: String,
}

/// People who do the same work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    /// In the order of the rota.
    #[serde(default, skip_serializing_if = "is_default")]
    pub people: Vec<PersonId>,
    /// How many of them one booking needs, in turn. None for all of them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub needed: Option<u16>,
    /// The team's own address, such as a mailing list.
    #[serde(default, skip_serializing_if = "is_default")]
    pub email: String,
    /// What the team gets invites for, at its own address, without having to answer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub informed_of: InformedOf,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Team {
    /// A team without people.
    pub fn new(id: TeamId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            people: Vec::new(),
            needed: None,
            email: String::new(),
            informed_of: InformedOf::Nothing,
            notes: String::new(),
        }
    }
}

impl Record for Team {
    type Id = TeamId;
    const NOUN: &'static str = "team";
    fn id(&self) -> &TeamId {
        &self.id
    }
}

/// Somebody booked for the occurrences of a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    pub duty: Duty,
    pub who: Assignee,
    /// Limits it to the occurrence with this original date. None for all occurrences.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on: Option<NaiveDate>,
}

/// What they are booked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Duty {
    /// From the start of the occurrence to its end.
    Work,
    /// From the end of the occurrence, for this long.
    Testing(Minutes),
    /// As long as the watch of the window lasts. They look at the systems now and then, so hours, rest and other duties do not
    /// matter; absences do.
    Watch,
}

impl Duty {
    /// Testing for its usual length.
    pub const USUAL_TESTING: Self = Self::Testing(Minutes::hours(2));
}

/// Who is booked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Assignee {
    Person(PersonId),
    Team(TeamId),
}

/// How much night work a person may be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleLimits {
    pub nights_in_a_row: u16,
    pub nights_a_month: u16,
    /// The shortest time between two duties. The default of 11 hours is the daily rest of Directive 2003/88/EC, article
    /// 3.
    pub rest: Minutes,
}

impl Default for PeopleLimits {
    fn default() -> Self {
        Self { nights_in_a_row: 3, nights_a_month: 8, rest: Minutes::hours(11) }
    }
}
