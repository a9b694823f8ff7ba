//! Finds the IANA zone whose clock a VTIMEZONE describes.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::years::Years;
use super::zone_definition::Definition;
use crate::model::UtcMinute;
use crate::schedule::Zone;
use crate::schedule::time::zone;

/// The zones that are tried first, since many smaller ones have the same offsets today.
const FREQUENT: [&str; 16] = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Helsinki",
    "Europe/Moscow",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/Phoenix",
];
/// How far apart the moments are at which offsets are compared. Clock changes of a year are further apart.
const STEP_DAYS: i64 = 7;

/// The zone that a definition describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// The one that its name means.
    Guess(String),
    Other(String),
    /// No zone has its offsets.
    None,
}

impl Definition {
    /// The zone that agrees in the years of the plan and of the newest event: the guess, a frequent one, or any other.
    /// If there is none, the guess if it agrees in the plan's years or in those of the events, since definitions may be
    /// incomplete or outdated for others; else any that agrees in the plan's years. Only the guess may change its clock at
    /// other hours, since nothing but the definition speaks for the others.
    pub fn find(&self, guess: Option<&str>, (plan, events): (Years, Years)) -> Match {
        let is_alike = |name: &str, years: Years| Zone::named(name).is_some_and(|zone| self.agrees(&zone, years));
        if let Some(guess) = guess.filter(|guess| is_alike(guess, plan) || is_alike(guess, events)) {
            return Match::Guess(guess.to_owned());
        }
        let agrees = |name: &str, years: Years| {
            Zone::named(name).is_some_and(|zone| self.agrees(&zone, years) && self.changes_like(&zone, years))
        };
        let all = zone::names();
        let names = || FREQUENT.into_iter().chain(all.iter().map(String::as_str));
        let in_both = names().find(|name| agrees(name, plan) && agrees(name, events));
        let found = in_both.or_else(|| names().find(|name| agrees(name, plan)));
        found.map_or(Match::None, |name| Match::Other(name.to_owned()))
    }

    /// Whether `zone` changes its clock at the same moments as this in all these years, or within a minute: some files
    /// write 23:59:59 for midnight.
    fn changes_like(&self, zone: &Zone, years: Years) -> bool {
        let near = TimeDelta::minutes(1);
        let changes = self.changes().filter(|(at, ..)| (years.first..=years.last).contains(&at.year()));
        changes.into_iter().all(|(at, before, after)| {
            let at = (at - TimeDelta::minutes(before.into())).and_utc();
            zone.offset(UtcMinute::from_utc(at - near)) == before
                && zone.offset(UtcMinute::from_utc(at + near)) == after
        })
    }

    /// Whether the only offset of this is one that `zone` has in winter or in summer.
    pub fn is_part_of(&self, zone: &Zone, year: i32) -> bool {
        let noons =
            [1, 7].into_iter().filter_map(|month| NaiveDate::from_ymd_opt(year, month, 1)?.and_hms_opt(12, 0, 0));
        noons.into_iter().any(|at| zone.offset(UtcMinute::from_utc(at.and_utc())) == self.offset_at(at))
    }

    /// Whether `zone` has the same offsets in all these years, week by week.
    pub fn agrees(&self, zone: &Zone, years: Years) -> bool {
        let noon = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).and_then(|on| on.and_hms_opt(12, 0, 0));
        let (Some(mut at), Some(end)) = (noon(years.first, 1, 1), noon(years.last, 12, 31)) else { return false };
        while at <= end {
            let offset = self.offset_at(at);
            let utc = UtcMinute::from_utc((at - TimeDelta::minutes(offset.into())).and_utc());
            if zone.offset(utc) != offset {
                return false;
            }
            at += TimeDelta::days(STEP_DAYS);
        }
        true
    }
}
