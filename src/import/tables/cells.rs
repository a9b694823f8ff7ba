//! Cells of a table: dates, times of day, durations, kinds and groups as people type them.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use crate::import::zone_names::iana_name;
use crate::model::{GroupId, Minutes, Plan, WindowKind};

/// Reads "2027-03-13", "2027/03/13", "13.03.2027", and "13/03/2027" if that can mean only one day.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    let wrong = || format!("Invalid date \"{text}\": use e.g. 2027-03-13");
    let is_sensible = |date: &NaiveDate| (1900..=9999).contains(&date.year());
    // Spreadsheets may add a time: "2027-03-13 00:00:00".
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    for format in ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y"] {
        if let Ok(date) = NaiveDate::parse_from_str(day, format) {
            return Some(date).filter(is_sensible).ok_or_else(wrong);
        }
    }
    let day_first = NaiveDate::parse_from_str(day, "%d/%m/%Y").ok().filter(is_sensible);
    let month_first = NaiveDate::parse_from_str(day, "%m/%d/%Y").ok().filter(is_sensible);
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => {
            Err(format!("Ambiguous date \"{text}\" ({one} or {other}): use e.g. 2027-03-13"))
        }
        (Some(date), _) | (None, Some(date)) => Ok(date),
        (None, None) => Err(wrong()),
    }
}

/// Reads "22:00", "22:00:00", "10:00 PM". Seconds are dropped.
pub fn time(text: &str) -> Result<NaiveTime, String> {
    ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
        .and_then(|time| time.with_second(0))
        .ok_or_else(|| format!("Invalid time of day \"{text}\": use e.g. 22:00"))
}

pub fn duration(text: &str) -> Result<Minutes, String> {
    let duration: Minutes = text.parse().map_err(|error: crate::model::ParseMinutesError| error.to_string())?;
    if duration.is_zero() {
        Err("Invalid duration \"0\": a window lasts at least one minute".to_owned())
    } else {
        Ok(duration)
    }
}

pub fn zone(text: &str) -> Result<String, String> {
    iana_name(text).ok_or_else(|| format!("Unknown time zone \"{text}\": use e.g. Europe/Berlin"))
}

pub fn kind(text: &str) -> Option<WindowKind> {
    WindowKind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(text))
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
        for text in ["2027-03-13", "2027/3/13", "13.03.2027", "13/03/2027", "3/13/2027", "2027-03-13 00:00:00"] {
            assert_eq!(date(text), Ok(day), "{text}");
        }
        assert_eq!(date("04/04/2027"), Ok(NaiveDate::from_ymd_opt(2027, 4, 4).unwrap()));
        assert_eq!(
            date("03/04/2027").unwrap_err(),
            "Ambiguous date \"03/04/2027\" (2027-04-03 or 2027-03-04): use e.g. 2027-03-13"
        );
        for text in ["", "tomorrow", "2027-02-30", "32/13/2027", "13.03.27", "99999-01-01", "0027-01-01", "€"] {
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
        assert_eq!(kind("EXTENDED"), Some(WindowKind::Extended));
    }
}
