//! The UIDs of occurrences in other people's calendars. They are stable: the same in every file, today and next year.
//!
//! `20270313.core-db@harbour-2027.windowsill`: the original date, the window's id, the plan's id. A moved occurrence
//! keeps its original date, so calendars move it instead of adding a second one (RFC 5545 §3.8.4.7).

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::{Duty, FreezeId, GroupId, PersonId, PlanId, WindowId, fnv1a};
use crate::wording::iso;

/// Ids of up to this many bytes are used unchanged; RFC 7986 §5.3 limits a UID to less than 255 bytes.
const LONGEST_ID: usize = 90;
/// Longer ids are cut to this many bytes, followed by a hash of the whole id.
const KEPT: usize = 60;

/// The UID of the occurrence of that original date.
pub fn occurrence_uid(plan: &PlanId, window: &WindowId, original_on: NaiveDate) -> String {
    let date = iso::basic_date(original_on);
    format!("{date}.{}{}", safe(window.as_str()), uid_suffix(plan))
}

/// The original date that an occurrence's UID begins with; none for other UIDs.
pub fn date_of_uid(uid: &str) -> Option<NaiveDate> {
    iso::read_basic_date(uid.split_once('.')?.0)
}

/// The UID of that occurrence for one of its groups.
pub fn group_uid(plan: &PlanId, window: &WindowId, group: &GroupId, original_on: NaiveDate) -> String {
    uid_of_parts(plan, original_on, &[window.as_str(), group.as_str()])
}

/// The UID of a person's duty at that occurrence.
pub fn shift_uid(plan: &PlanId, window: &WindowId, original_on: NaiveDate, person: &PersonId, duty: Duty) -> String {
    let duty = match duty {
        Duty::Work => "work",
        Duty::Testing(_) => "testing",
        Duty::Watch => "watch",
    };
    uid_of_parts(plan, original_on, &[window.as_str(), person.as_str(), duty])
}

fn uid_of_parts(plan: &PlanId, original_on: NaiveDate, ids: &[&str]) -> String {
    // A plus sign cannot be part of an id, because `safe` replaces it.
    let joined = ids.iter().map(|id| safe(id)).collect::<Vec<_>>().join("+");
    let joined = if joined.len() > LONGEST_ID { shorten(joined.clone(), joined.as_bytes()) } else { joined };
    format!("{}.{joined}{}", iso::basic_date(original_on), uid_suffix(plan))
}

/// The UID of a freeze. For one that recurs it includes the first day of the recurrence. It begins with a letter, so it
/// differs from the UIDs of occurrences.
pub fn freeze_uid(plan: &PlanId, freeze: &FreezeId, first_on: Option<NaiveDate>) -> String {
    let day = first_on.map_or_else(String::new, |on| format!("{}.", iso::basic_date(on)));
    format!("freeze.{day}{}{}", safe(freeze.as_str()), uid_suffix(plan))
}

/// The end of all UIDs of a plan: "@harbour-2027.windowsill".
fn uid_suffix(plan: &PlanId) -> String {
    format!("@{}.windowsill", safe(plan.as_str()))
}

/// Whether a UID belongs to an occurrence or freeze of the plan.
pub fn is_uid_of_plan(plan: &PlanId, uid: &str) -> bool {
    uid.ends_with(&uid_suffix(plan))
}

/// Whether a UID belongs to an occurrence or freeze of any plan.
pub fn is_uid_of_a_plan(uid: &str) -> bool {
    uid.split_once('@').is_some_and(|(_, plan)| plan.strip_suffix(".windowsill").is_some_and(|id| !id.is_empty()))
}

/// Whether a UID belongs to a freeze of any plan.
pub fn is_freeze_of_a_plan(uid: &str) -> bool {
    uid.starts_with("freeze.") && is_uid_of_a_plan(uid)
}

/// Escapes an id, which may contain anything: all bytes but letters, digits, hyphen, underscore and dot become %HH, so
/// different ids stay different.
fn safe(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            out.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    if out.len() > LONGEST_ID { shorten(out, id.as_bytes()) } else { out }
}

/// The beginning of an escaped id, followed by a hash of the whole id.
fn shorten(mut escaped: String, id: &[u8]) -> String {
    escaped.truncate(KEPT);
    let _ = write!(escaped, "~{:016x}", fnv1a(id));
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uid(window: &str) -> String {
        occurrence_uid(&"harbour".into(), &window.into(), NaiveDate::from_ymd_opt(2027, 3, 13).unwrap())
    }

    #[test]
    fn a_uid_is_readable_and_ascii_for_any_ids() {
        assert_eq!(uid("core-db"), "20270313.core-db@harbour.windowsill");
        assert_eq!(date_of_uid(&uid("core-db")), NaiveDate::from_ymd_opt(2027, 3, 13));
        assert_eq!(date_of_uid("freeze.20270313.x@harbour.windowsill"), None);
        assert_eq!(uid("a b@c\r\n~é"), "20270313.a%20b%40c%0D%0A%7E%C3%A9@harbour.windowsill");
        assert_eq!(freeze_uid(&"harbour".into(), &"year-end".into(), None), "freeze.year-end@harbour.windowsill");
        let again = NaiveDate::from_ymd_opt(2028, 12, 13);
        let uid = freeze_uid(&"harbour".into(), &"year-end".into(), again);
        assert_eq!(uid, "freeze.20281213.year-end@harbour.windowsill");
        assert!(is_freeze_of_a_plan(&uid) && !is_freeze_of_a_plan("20281213.freeze.x@harbour.windowsill"));
    }

    #[test]
    fn a_uid_belongs_to_one_plan() {
        let uid = uid("core-db");
        assert!(is_uid_of_plan(&"harbour".into(), &uid));
        assert!(!is_uid_of_plan(&"bour".into(), &uid) && !is_uid_of_plan(&"harbour-2".into(), &uid));
    }

    #[test]
    fn long_ids_are_shortened_and_stay_different() {
        let (one, two) = (uid(&format!("{}1", "x".repeat(500))), uid(&format!("{}2", "x".repeat(500))));
        assert!(one.len() < 255 && one != two);
        let of_group = |window: &str, group: &str| {
            group_uid(&"p".into(), &window.into(), &group.into(), NaiveDate::from_ymd_opt(2027, 3, 13).unwrap())
        };
        assert_eq!(of_group("core-db", "test"), "20270313.core-db+test@p.windowsill");
        assert_ne!(of_group("a.b", "c"), of_group("a", "b.c"));
        assert!(of_group(&"x".repeat(500), &"y".repeat(500)).len() < 255);
    }
}
