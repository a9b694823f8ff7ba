//! Time zones as people write them after a time, in a title, or in a column of their own.

use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};

use crate::import::zone_names::{city_zone, iana_name};
use crate::model::{LocalMinute, Plan, UtcMinute};
use crate::schedule::Zone;
use crate::wording::moment;

/// A zone in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrittenZone {
    /// An IANA name, or the name of one of the plan's own zones.
    Named(String),
    /// Minutes east of Greenwich.
    Offset(i32),
    /// "CEST": one of the two offsets of a zone, which does not apply all year.
    Season { name: &'static str, zone: &'static str, offset: i32 },
    /// "local": that of the row, or of the plan.
    Local,
}

/// Short names of zones that include the time in summer.
const ALL_YEAR: [(&str, &str); 13] = [
    ("et", "America/New_York"),
    ("ct", "America/Chicago"),
    ("mt", "America/Denver"),
    ("pt", "America/Los_Angeles"),
    ("eastern", "America/New_York"),
    ("pacific", "America/Los_Angeles"),
    ("uk", "Europe/London"),
    ("mez/mesz", "Europe/Berlin"),
    ("cet/cest", "Europe/Berlin"),
    ("est/edt", "America/New_York"),
    ("gmt/bst", "Europe/London"),
    ("german", "Europe/Berlin"),
    ("zulu", "UTC"),
];

/// Short names of the offsets of a zone, in minutes.
pub const SEASONS: [(&str, &str, i32); 15] = [
    ("EST", "America/New_York", -300),
    ("EDT", "America/New_York", -240),
    ("CDT", "America/Chicago", -300),
    ("MST", "America/Denver", -420),
    ("MDT", "America/Denver", -360),
    ("PST", "America/Los_Angeles", -480),
    ("PDT", "America/Los_Angeles", -420),
    ("BST", "Europe/London", 60),
    ("CET", "Europe/Berlin", 60),
    ("CEST", "Europe/Berlin", 120),
    ("MEZ", "Europe/Berlin", 60),
    ("MESZ", "Europe/Berlin", 120),
    ("JST", "Asia/Tokyo", 540),
    ("AEST", "Australia/Sydney", 600),
    ("AEDT", "Australia/Sydney", 660),
];

/// In a title or a column, these mean the time on the clocks there all year.
const USUALLY_ALL_YEAR: [&str; 2] = ["CET", "MEZ"];

/// Short names that several countries use for different times.
const AMBIGUOUS: [&str; 9] = ["IST", "CST", "AST", "ECT", "AMT", "SST", "GST", "WST", "ACT"];

const LOCAL: [&str; 7] = ["local", "local time", "lokal", "lokalzeit", "ortszeit", "lt", "lokale zeit"];

/// Reads the zone after a time.
///
/// # Errors
/// Why it is not known, as a sentence.
pub fn after_time(text: &str) -> Result<WrittenZone, String> {
    let text = bare(text);
    match season(text) {
        Some(season) => Ok(season),
        None => for_column(text),
    }
}

/// Reads the zone of a column: one of a title or of a column of zones.
///
/// # Errors
/// Why it is not known, as a sentence.
pub fn for_column(text: &str) -> Result<WrittenZone, String> {
    let whole = text.trim();
    let text = bare(whole);
    if AMBIGUOUS.iter().any(|name| name.eq_ignore_ascii_case(text)) {
        return Err(format!("Ambiguous time zone \"{text}\": use e.g. Europe/Berlin"));
    }
    let lower = text.to_lowercase();
    if LOCAL.contains(&&*lower) {
        return Ok(WrittenZone::Local);
    }
    if let Some(minutes) = offset(text) {
        return Ok(if minutes == 0 { WrittenZone::Named("UTC".to_owned()) } else { WrittenZone::Offset(minutes) });
    }
    let short = lower.strip_suffix("time").map_or(&*lower, str::trim_end);
    if let Some((_, zone)) = ALL_YEAR.iter().find(|(name, _)| *name == short) {
        return Ok(WrittenZone::Named((*zone).to_owned()));
    }
    if let Some(season) = season(text) {
        let is_all_year = USUALLY_ALL_YEAR.iter().any(|name| name.eq_ignore_ascii_case(text));
        return Ok(match season {
            WrittenZone::Season { zone, .. } if is_all_year => WrittenZone::Named(zone.to_owned()),
            season => season,
        });
    }
    let known = iana_name(whole).or_else(|| iana_name(text)).or_else(|| city_zone(text)).or_else(|| city_zone(short));
    known.map(WrittenZone::Named).ok_or_else(|| format!("Unknown time zone \"{text}\": use e.g. Europe/Berlin"))
}

fn season(text: &str) -> Option<WrittenZone> {
    let same = |(name, ..): &&(&str, &str, i32)| name.eq_ignore_ascii_case(text);
    SEASONS.iter().find(same).map(|(name, zone, offset)| WrittenZone::Season { name, zone, offset: *offset })
}

/// Without the brackets around it.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix(['(', '[']).and_then(|rest| rest.strip_suffix([')', ']']));
    inner.filter(|inner| !inner.contains(['(', '['])).map_or(text, str::trim)
}

/// Minutes of "+02:00", "UTC+2", "GMT+05:30" and "UTC -5".
fn offset(text: &str) -> Option<i32> {
    let digits = ["utc", "gmt"].iter().find_map(|name| {
        let start = text.get(..3)?;
        start.eq_ignore_ascii_case(name).then(|| text[3..].trim_start())
    });
    // "+1" after a time is the next day.
    let is_alone = digits.is_none();
    let digits = digits.unwrap_or(text);
    if digits.is_empty() {
        return (!is_alone).then_some(0);
    }
    let sign = match digits.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        '±' => 0,
        _ => return None,
    };
    let rest = digits.chars().skip(1).collect::<String>();
    let rest = rest.trim().trim_end_matches(['h', ' ']);
    let (hours, minutes) = match rest.split_once([':', '.']) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "0"),
    };
    if is_alone && hours.len() != 2 {
        return None;
    }
    let number = |text: &str| -> Option<i32> {
        let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { text.parse().ok() } else { None }
    };
    let all = number(hours)? * 60 + number(minutes).filter(|minutes| *minutes < 60)?;
    (all <= 14 * 60).then_some(sign * all)
}

impl WrittenZone {
    /// The time in UTC. None for a zone that depends on the row.
    ///
    /// # Errors
    /// The zone's short name does not apply on that day.
    pub fn utc(&self, local: NaiveDateTime, plan: &Plan) -> Result<UtcMinute, String> {
        let behind = |offset: i32| {
            let utc = local - TimeDelta::minutes(offset.into());
            UtcMinute(LocalMinute::from_naive(utc).0)
        };
        match self {
            Self::Offset(offset) => Ok(behind(*offset)),
            Self::Season { name, zone, offset } => {
                let at = behind(*offset);
                let is_used = Zone::named(zone).is_some_and(|zone| zone.offset(at) == *offset);
                if is_used {
                    Ok(at)
                } else {
                    Err(format!("{name} does not apply at {}: use {zone}, or an offset such as +01:00", moment(local)))
                }
            }
            Self::Named(_) | Self::Local => Ok(self.zone(plan).resolve(LocalMinute::from_naive(local)).at),
        }
    }

    /// The time on the clocks there.
    pub fn local(&self, at: UtcMinute, plan: &Plan) -> NaiveDateTime {
        match self {
            Self::Offset(offset) | Self::Season { offset, .. } => LocalMinute(at.0.saturating_add(*offset)).to_naive(),
            Self::Named(_) | Self::Local => self.zone(plan).local(at).to_naive(),
        }
    }

    /// UTC for an offset.
    pub fn zone(&self, plan: &Plan) -> Arc<Zone> {
        match self {
            Self::Named(name) => Zone::in_plan(plan, name).unwrap_or_else(Zone::utc),
            Self::Season { zone, .. } => Zone::named(zone).unwrap_or_else(Zone::utc),
            Self::Offset(_) => Zone::utc(),
            Self::Local => Zone::for_plan(plan),
        }
    }

    /// The name under which a plan keeps it. None for the plan's.
    pub fn kept_name(&self) -> Option<String> {
        match self {
            Self::Named(name) => Some(name.clone()),
            Self::Season { zone, .. } => Some((*zone).to_owned()),
            Self::Offset(_) => Some("UTC".to_owned()),
            Self::Local => None,
        }
    }
}

impl std::fmt::Display for WrittenZone {
    /// "Europe/Berlin", "CEST", "UTC+02:00"
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::Season { name, .. } => f.write_str(name),
            Self::Offset(offset) => {
                let sign = if *offset < 0 { '-' } else { '+' };
                write!(f, "UTC{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
            }
            Self::Local => f.write_str("local time"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_as_people_write_them() {
        for (text, expected) in [
            ("UTC", "UTC"),
            ("GMT", "UTC"),
            ("UTC+2", "UTC+02:00"),
            ("GMT+1", "UTC+01:00"),
            ("(UTC+01:00)", "UTC+01:00"),
            ("+02:00", "UTC+02:00"),
            ("UTC-5", "UTC-05:00"),
            ("GMT+05:30", "UTC+05:30"),
            ("ET", "America/New_York"),
            ("Eastern Time", "America/New_York"),
            ("EDT", "EDT"),
            ("CEST", "CEST"),
            ("MESZ", "MESZ"),
            ("MEZ", "Europe/Berlin"),
            ("MEZ/MESZ", "Europe/Berlin"),
            ("BST", "BST"),
            ("UK time", "Europe/London"),
            ("London", "Europe/London"),
            ("New York", "America/New_York"),
            ("Tokyo", "Asia/Tokyo"),
            ("JST", "JST"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
            ("local", "local time"),
        ] {
            let read = for_column(text).map(|zone| zone.to_string());
            assert_eq!(read.as_deref().unwrap_or_default(), expected, "{text}: {read:?}");
        }
        for text in ["+1", "IST", "CST", "XYZ", "", "UTC+99", "+", "+2x", "Springfield"] {
            assert!(for_column(text).is_err(), "{text}: {:?}", for_column(text));
        }
    }
}
