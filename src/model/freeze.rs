//! Days on which work is forbidden or unwelcome: change freezes and public holidays.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AreaId, FreezeId, HolidayId, LadderId, Record, SystemId, WindowId, is_default};

/// A period in which change is forbidden. Whole days in the plan's zone, both ends included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeFreeze {
    pub id: FreezeId,
    pub name: String,
    pub first_on: NaiveDate,
    pub last_on: NaiveDate,
    /// It comes again every so many months: 12 is yearly, 3 each quarter. Single where there is no number.
    #[serde(default, skip_serializing_if = "is_default")]
    pub every_months: Option<u16>,
    #[serde(default)]
    pub scope: FreezeScope,
    #[serde(default, skip_serializing_if = "is_default")]
    pub exemptions: Vec<Exemption>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Record for ChangeFreeze {
    type Id = FreezeId;
    const NOUN: &'static str = "freeze";
    fn id(&self) -> &FreezeId {
        &self.id
    }
}

impl ChangeFreeze {
    /// A week without changes, for everything.
    pub fn week(id: FreezeId, first_on: NaiveDate) -> Self {
        Self {
            id,
            name: "New freeze".to_owned(),
            first_on,
            last_on: first_on.checked_add_days(chrono::Days::new(6)).unwrap_or(first_on),
            every_months: None,
            scope: FreezeScope::Everything,
            exemptions: Vec::new(),
            notes: String::new(),
        }
    }
}

/// What a freeze covers: a window lies under it when one of its systems does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FreezeScope {
    #[default]
    Everything,
    Areas(Vec<AreaId>),
    Ladders(Vec<LadderId>),
    Systems(Vec<SystemId>),
}

/// A window that may go ahead in spite of the freeze.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    pub window: WindowId,
    /// Who approved it; a finding says where nobody did.
    #[serde(default, skip_serializing_if = "is_default")]
    pub approver: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub reason: String,
}

/// The public holidays of a country or region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HolidayCalendar {
    pub id: HolidayId,
    pub name: String,
    /// Sorted by date, then name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub days: Vec<Holiday>,
}

impl Record for HolidayCalendar {
    type Id = HolidayId;
    const NOUN: &'static str = "holiday calendar";
    fn id(&self) -> &HolidayId {
        &self.id
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Holiday {
    pub on: NaiveDate,
    pub name: String,
    /// Where it is one, if not everywhere the calendar is for: "Bavaria".
    #[serde(default, skip_serializing_if = "is_default")]
    pub region: String,
}
