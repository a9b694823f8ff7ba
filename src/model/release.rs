//! Release calendars: when vendors publish. They are data, because vendors change their rules.

use chrono::{Month, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::{MonthDay, Record, ReleaseId, hhmm, is_default};
use crate::wording::iso;

/// One vendor's publishing rules over the years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReleaseCalendar {
    pub id: ReleaseId,
    /// The name of the day: "Patch Tuesday".
    pub name: String,
    pub vendor: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub cadences: Vec<ReleaseCadence>,
}

impl Record for ReleaseCalendar {
    type Id = ReleaseId;
    const NOUN: &'static str = "release calendar";
    fn id(&self) -> &ReleaseId {
        &self.id
    }
}

/// A vendor's publishing rule during the time for which it is valid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReleaseCadence {
    pub on: MonthDay,
    /// The months, from 1 to 12, in which it applies. Empty for every month.
    #[serde(default, skip_serializing_if = "is_default")]
    pub months: Vec<u8>,
    /// The time in the vendor's zone. A release is an instant, which has different local dates around the world.
    #[serde(with = "hhmm")]
    pub time: NaiveTime,
    pub zone: String,
    /// The first date on which it is valid.
    #[serde(default, skip_serializing_if = "is_default")]
    pub valid_from: Option<NaiveDate>,
    /// The last date on which it is valid.
    #[serde(default, skip_serializing_if = "is_default")]
    pub valid_to: Option<NaiveDate>,
}

/// The release calendars of Microsoft, Adobe, SAP, Oracle and Cisco as of November 2026.
///
/// Sources: Microsoft's "Update release cycle for Windows clients" (second Tuesday, 10:00 Pacific); Adobe's and
/// SAP's security pages (second Tuesday; SAP's notes are out by 10:00 in Germany); Oracle's "Critical Patch Updates" page (quarterly third Tuesday, monthly
/// between since 28 May 2026); Cisco's security vulnerability policy (semi-annual until June 2026, then twice a month).
pub fn built_in_releases() -> Vec<ReleaseCalendar> {
    let second_tuesday = MonthDay::Nth(2, Weekday::Tue);
    let third_tuesday = MonthDay::Nth(3, Weekday::Tue);
    let quarters = [Month::January, Month::April, Month::July, Month::October].map(|m| m.number_from_month() as u8);
    let between = (1..=12).filter(|month| !quarters.contains(month)).collect();
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
    let nth = |n| MonthDay::Nth(n, Weekday::Wed);
    vec![
        calendar("adobe", "Adobe", "Adobe patch day", vec![cadence(second_tuesday, "09:00")]),
        calendar(
            "cisco",
            "Cisco",
            "Cisco bundle",
            vec![
                ReleaseCadence { months: vec![3, 9], valid_to: day(2026, 6, 30), ..cadence(nth(4), "09:00") },
                ReleaseCadence { valid_from: day(2026, 7, 1), ..cadence(nth(1), "09:00") },
                ReleaseCadence { valid_from: day(2026, 7, 1), ..cadence(nth(3), "09:00") },
            ],
        ),
        calendar("microsoft", "Microsoft", "Patch Tuesday", vec![cadence(second_tuesday, "10:00")]),
        calendar(
            "oracle",
            "Oracle",
            "Oracle CPU",
            vec![
                ReleaseCadence { months: quarters.to_vec(), ..cadence(third_tuesday, "13:00") },
                ReleaseCadence { months: between, valid_from: day(2026, 5, 28), ..cadence(third_tuesday, "13:00") },
            ],
        ),
        sap("10:00"),
    ]
}

/// Calendars that earlier versions built into plans, with times that turned out to be wrong.
pub fn outdated_releases() -> Vec<ReleaseCalendar> {
    vec![sap("00:00")]
}

fn sap(clock: &str) -> ReleaseCalendar {
    let in_germany =
        ReleaseCadence { zone: "Europe/Berlin".to_owned(), ..cadence(MonthDay::Nth(2, Weekday::Tue), clock) };
    calendar("sap", "SAP", "SAP patch day", vec![in_germany])
}

fn calendar(id: &str, vendor: &str, name: &str, cadences: Vec<ReleaseCadence>) -> ReleaseCalendar {
    ReleaseCalendar { id: id.into(), name: name.to_owned(), vendor: vendor.to_owned(), cadences }
}

fn cadence(on: MonthDay, clock: &str) -> ReleaseCadence {
    ReleaseCadence {
        on,
        months: Vec::new(),
        time: iso::read_time(clock).unwrap_or_default(),
        zone: "America/Los_Angeles".to_owned(),
        valid_from: None,
        valid_to: None,
    }
}
