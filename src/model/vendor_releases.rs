//! When vendors publish, and where they say so.

use chrono::{Month, NaiveDate, Weekday};

use super::{MonthDay, ReleaseCadence, ReleaseCalendar};
use crate::wording::iso;

/// What a vendor says about the days on which it publishes fixes.
#[derive(Clone, Debug, PartialEq)]
pub struct VendorReleases {
    pub vendor: &'static str,
    /// The document in which the vendor says so.
    pub source: &'static str,
    pub days: VendorDays,
}

#[derive(Clone, Debug, PartialEq)]
pub enum VendorDays {
    /// Fixed days, as of November 2026.
    Fixed(ReleaseCalendar),
    /// None, and what the vendor does instead.
    None(&'static str),
}

const QUARTERS: [Month; 4] = [Month::January, Month::April, Month::July, Month::October];

/// What vendors say, sorted by vendor.
///
/// Days that a vendor only keeps by habit are not listed: a release on a wrong date moves every window that follows it.
pub fn vendor_releases() -> Vec<VendorReleases> {
    let mut built_in = built_in_releases().into_iter();
    let sources = [
        ("Adobe", "Adobe, \"Security Bulletins and Advisories\""),
        ("Cisco", "Cisco, \"Security Vulnerability Policy\"; until June 2026 twice a year"),
        ("Microsoft", "Microsoft, \"Update release cycle for Windows clients\""),
        ("Oracle", "Oracle, \"Critical Patch Updates\"; monthly since 28 May 2026"),
        ("SAP", "SAP, \"SAP Security Patch Day\""),
    ];
    let built_in = sources.into_iter().filter_map(|(vendor, source)| {
        Some(VendorReleases { vendor, source, days: VendorDays::Fixed(built_in.next()?) })
    });
    let none = |vendor, source, instead| VendorReleases { vendor, source, days: VendorDays::None(instead) };
    let fixed = |vendor, source, calendar| VendorReleases { vendor, source, days: VendorDays::Fixed(calendar) };
    let mut others = vec![
        fixed(
            "Android",
            "Android Enterprise, \"Change in cadence of Android Security Bulletins\", July 2025: March, June, September and \
             December, generally on the first Monday. Bulletins in other months have only what is being exploited",
            android(),
        ),
        none("Apple", "Apple, \"Apple security releases\"", "states no fixed days"),
        none(
            "Chrome",
            "Google, \"Chrome Releases\"",
            "publishes a version every four weeks and fixes in between, and states no fixed days",
        ),
        none("Citrix", "Cloud Software Group, \"Security bulletins\"", "states no fixed days"),
        none(
            "F5",
            "F5, \"Quarterly security notifications\"",
            "announces the days of its quarterly notifications one by one: list them as dates",
        ),
        fixed(
            "Fortinet",
            "Fortinet, \"Fortinet PSIRT and Monthly PSIRT Advisories\": second Tuesday, in business hours on the Pacific coast. \
             Critical ones come at any time",
            calendar(
                "fortinet",
                "Fortinet",
                "Fortinet advisories",
                vec![cadence(MonthDay::Nth(2, Weekday::Tue), "09:00")],
            ),
        ),
        none("Ivanti", "Ivanti, \"Security Advisories\"", "states no fixed days"),
        fixed(
            "Juniper",
            "Juniper, \"SIRT Quarterly Security Bulletin Publication Process\" (KB16613): second Wednesday of January, April, \
             July and October",
            juniper(),
        ),
        none("Red Hat", "Red Hat, \"Red Hat Product Errata\"", "states no fixed days"),
        none("Ubuntu", "Canonical, \"Ubuntu Security Notices\"", "states no fixed days"),
        none("VMware", "Broadcom, \"VMware Security Advisories\"", "states no fixed days"),
    ];
    others.extend(built_in);
    others.sort_by_key(|each| each.vendor);
    others
}

fn android() -> ReleaseCalendar {
    let since_the_change = ReleaseCadence {
        months: vec![3, 6, 9, 12],
        valid_from: NaiveDate::from_ymd_opt(2025, 9, 1),
        ..cadence(MonthDay::Nth(1, Weekday::Mon), "10:00")
    };
    calendar("android", "Google", "Android bulletin", vec![since_the_change])
}

fn juniper() -> ReleaseCalendar {
    let quarterly = ReleaseCadence { months: numbers(QUARTERS), ..cadence(MonthDay::Nth(2, Weekday::Wed), "09:00") };
    calendar("juniper", "Juniper", "Juniper bulletins", vec![quarterly])
}

fn numbers(months: impl IntoIterator<Item = Month>) -> Vec<u8> {
    months.into_iter().map(|month| month.number_from_month() as u8).collect()
}

/// The release calendars of Microsoft, Adobe, SAP, Oracle and Cisco as of November 2026.
///
/// Microsoft publishes at 10:00 on the Pacific coast, and SAP's notes are out by 10:00 in Germany. [`vendor_releases`] has
/// the sources.
pub fn built_in_releases() -> Vec<ReleaseCalendar> {
    let second_tuesday = MonthDay::Nth(2, Weekday::Tue);
    let third_tuesday = MonthDay::Nth(3, Weekday::Tue);
    let quarters = numbers(QUARTERS);
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
                ReleaseCadence { months: quarters, ..cadence(third_tuesday, "13:00") },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vendor_is_listed_once_with_a_source() {
        let listed = vendor_releases();
        let vendors: Vec<_> = listed.iter().map(|each| each.vendor).collect();
        let mut sorted = vendors.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(vendors, sorted);
        assert!(listed.iter().all(|each| each.source.len() > each.vendor.len()));
    }

    #[test]
    fn built_in_calendars_are_those_of_their_vendors() {
        for calendar in built_in_releases() {
            let listed = vendor_releases().into_iter().find(|each| each.vendor == calendar.vendor);
            assert_eq!(listed.map(|each| each.days), Some(VendorDays::Fixed(calendar)));
        }
    }
}
