//! Cells of a table: dates, times of day, durations, kinds and groups as people type them.

use chrono::{NaiveDate, NaiveTime};

use super::date_order::DateOrder;
use super::lengths;
use crate::import::zone_names::iana_name;
use crate::model::{GroupId, Minutes, Plan, WindowKind};
use crate::wording::clocks;

/// A date that is read alone: what depends on its column is ambiguous.
///
/// # Errors
/// Why it is not one date, as a sentence.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    DateOrder::default().date(text)
}

/// A time of day before midnight.
///
/// # Errors
/// Why it is not a time, as a sentence.
pub fn time(text: &str) -> Result<NaiveTime, String> {
    let clock = clocks::read(text)?;
    if clock.is_next_day { Err(format!("Invalid time of day \"{text}\": use e.g. 22:00")) } else { Ok(clock.time) }
}

/// A length with its unit.
///
/// # Errors
/// Why it is not a length, as a sentence.
pub fn duration(text: &str) -> Result<Minutes, String> {
    let duration = lengths::read(text)?;
    if duration.is_zero() {
        Err("Invalid duration \"0\": a window lasts at least one minute".to_owned())
    } else {
        Ok(duration)
    }
}

pub fn zone(text: &str) -> Result<String, String> {
    iana_name(text).ok_or_else(|| format!("Unknown time zone \"{text}\": use e.g. Europe/Berlin"))
}

/// "yes", "ja", "TRUE", "x".
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "j" | "wahr" | "known" | "active" => Some(true),
        "no" | "n" | "false" | "0" | "-" | "nein" | "falsch" | "none" | "unknown" => Some(false),
        _ => None,
    }
}

/// The kind that a cell names in English or German, as people and change tools call it.
pub fn kind(text: &str) -> Option<WindowKind> {
    let text = text.to_lowercase();
    let words = |kind: WindowKind| -> &[&str] {
        match kind {
            WindowKind::Standard => &["normal", "regular", "routine", "regulär", "normales", "standardfenster"],
            WindowKind::Emergency => &["urgent", "notfall", "notfallfenster", "dringend", "notfalländerung"],
            WindowKind::Extended => &["extension", "long", "erweitert", "verlängert", "erweitertes fenster"],
            WindowKind::Rolling => &["rollierend", "rolling window", "rollierendes fenster"],
        }
    };
    let is_it = |kind: &WindowKind| kind.name().to_lowercase() == text || words(*kind).contains(&&*text);
    WindowKind::ALL.into_iter().find(is_it)
}

/// The groups that a cell names by id or name; semicolons, commas or bars separate several.
pub fn groups(text: &str, plan: &Plan, mut is_unknown: impl FnMut(&str)) -> Vec<GroupId> {
    if let Some(group) = group(text, plan) {
        return vec![group];
    }
    let mut groups = Vec::new();
    for name in text.split([';', ',', '|']).map(str::trim).filter(|name| !name.is_empty()) {
        match group(name, plan) {
            Some(group) => groups.push(group),
            None => is_unknown(name),
        }
    }
    groups.sort();
    groups.dedup();
    groups
}

fn group(name: &str, plan: &Plan) -> Option<GroupId> {
    let all = || plan.ladders().iter().flat_map(|ladder| &ladder.groups);
    let by_id = all().find(|group| group.id.as_str() == name);
    by_id.or_else(|| all().find(|group| group.name.eq_ignore_ascii_case(name))).map(|group| group.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_where_they_mean_one_day() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 13).unwrap();
        for text in ["2027-03-13", "2027/3/13", "13.03.2027", "13/03/2027", "3/13/2027", "13.03.27"] {
            assert_eq!(date(text), Ok(day), "{text}");
        }
        assert_eq!(date("04/04/2027"), Ok(NaiveDate::from_ymd_opt(2027, 4, 4).unwrap()));
        assert_eq!(
            date("03/04/2027").unwrap_err(),
            "Ambiguous date \"03/04/2027\" (2027-04-03 or 2027-03-04): use e.g. 2027-03-13"
        );
        for text in ["", "tomorrow", "2027-02-30", "32/13/2027", "13.03.99", "99999-01-01", "0027-01-01", "€"] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn clocks_and_lengths_are_read_as_spreadsheets_write_them() {
        let evening = NaiveTime::from_hms_opt(22, 0, 0).unwrap();
        for text in ["22:00", "22:00:00", "10:00 PM"] {
            assert_eq!(time(text), Ok(evening), "{text}");
        }
        assert!(time("25:00").is_err() && time("late").is_err());
        assert_eq!(duration("4h"), Ok(Minutes::hours(4)));
        assert!(duration("0h").is_err() && duration("long").is_err());
        for (text, expected) in [
            ("EXTENDED", Some(WindowKind::Extended)),
            ("Erweitert", Some(WindowKind::Extended)),
            ("Notfall", Some(WindowKind::Emergency)),
            ("emergency", Some(WindowKind::Emergency)),
            ("rollierend", Some(WindowKind::Rolling)),
            ("Rolling", Some(WindowKind::Rolling)),
            ("regular", Some(WindowKind::Standard)),
            ("Normal", Some(WindowKind::Standard)),
            ("Regulär", Some(WindowKind::Standard)),
            ("other", None),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }
}
