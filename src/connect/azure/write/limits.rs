//! What a maintenance configuration of the scope `InGuestPatch` can be.

use chrono::{Datelike as _, Weekday};

use super::windows_zones::windows_name;
use crate::connect::writing::{
    ALL_MONTHS, Abilities, Acts, Candidate, Entries, ExpressedWindow, Identifiers, Lasts, NativeRule, Rhythm,
    RuleSupport, interval, title, with_small_offset,
};
use crate::model::{LocalMinute, MonthDay, UtcMinute, date_of_day};
use crate::wording::{iso, weekday};

pub static ABILITIES: Abilities = Abilities {
    shortest: 90,
    longest: Some(235),
    acts: Acts::AtStart,
    rules: Some(RuleSupport {
        lasts: Lasts::Bounded,
        zone_name: windows_name,
        skips_begun_offsets: false,
        rules: |candidate| rules(candidate),
    }),
    ..Abilities::dates_only("Azure")
};

fn rules(candidate: &Candidate) -> Result<Vec<Rhythm>, String> {
    match &candidate.rhythm {
        // Azure does not say on which day its weeks begin.
        Rhythm::Weekly { days, every: 2.., .. } if days.len() > 1 && days.contains(&Weekday::Sun) => {
            Err("Azure does not say whether Sunday begins or ends a week".to_owned())
        }
        Rhythm::Weekly { .. } => Ok(vec![candidate.rhythm.clone()]),
        Rhythm::Monthly { on, offset, months } => {
            if interval(*months).is_none() {
                return Err("Azure counts months evenly".to_owned());
            }
            let small = with_small_offset(*on, *offset, -6, 6);
            let (on, offset) = small.ok_or_else(|| "Azure adds at most 6 days to a day of the month".to_owned())?;
            match on {
                MonthDay::Nth(1..=4, _) | MonthDay::Last(_) => {}
                MonthDay::Day(1..=28) if offset == 0 => {}
                MonthDay::Nth(..) => return Err("Azure has no fifth weekday".to_owned()),
                MonthDay::Day(_) => return Err("Azure does not say what it does in months without that day".to_owned()),
            }
            // The months are counted from the month in which a configuration begins.
            let base = date_of_day(candidate.first - offset);
            if offset < 0 && *months != ALL_MONTHS && base.month() != date_of_day(candidate.first).month() {
                return Err("its days are in another month than the one that Azure counts".to_owned());
            }
            Ok(vec![Rhythm::Monthly { on, offset, months: *months }])
        }
    }
}

/// A maintenance configuration.
pub struct Configuration {
    pub name: String,
    pub title: String,
    /// "2027-01-16 22:00", on the clock of the zone.
    pub start: String,
    pub expiration: String,
    pub duration: String,
    pub zone: String,
    pub recurrence: Option<String>,
}

/// All of them, in the order of the plan's windows.
pub fn configurations(windows: &[ExpressedWindow<'_>]) -> Vec<Configuration> {
    let mut names = Identifiers::new("-_", 80);
    let mut all = Vec::new();
    for expressed in windows {
        let title = title(&expressed.window.window);
        match &expressed.entries {
            Entries::Rules(rules) => all.extend(rules.iter().map(|rule| {
                let begin = LocalMinute::new(rule.not_before.date(), rule.start);
                Configuration {
                    name: names.next(&title),
                    title: title.clone(),
                    start: minute(begin),
                    expiration: minute(rule.not_after),
                    duration: iso::minute_of_day(rule.minutes),
                    zone: rule.zone.clone(),
                    recurrence: Some(recurrence(rule)),
                }
            })),
            Entries::Dates(dates) => all.extend(dates.iter().map(|date| Configuration {
                name: names.next(&format!("{} {}", crate::export::clip_line(&title, 60), date.on())),
                title: title.clone(),
                start: minute(utc(date.start_at())),
                expiration: minute(utc(date.end_at())),
                duration: iso::minute_of_day(date.minutes),
                zone: "UTC".to_owned(),
                recurrence: None,
            })),
            Entries::Nothing => {}
        }
    }
    all
}

fn utc(at: UtcMinute) -> LocalMinute {
    LocalMinute(at.0)
}

fn minute(at: LocalMinute) -> String {
    iso::local_minute(at).replacen('T', " ", 1)
}

/// "Month Third Tuesday Offset4", "2Weeks Saturday"
fn recurrence(rule: &NativeRule) -> String {
    let counted = |every: u16, noun: &str| if every == 1 { noun.to_owned() } else { format!("{every}{noun}s") };
    match &rule.rhythm {
        Rhythm::Weekly { days, every, .. } => {
            let days: Vec<&str> = days.iter().map(|day| weekday(*day)).collect();
            format!("{} {}", counted(*every, "Week"), days.join(","))
        }
        Rhythm::Monthly { on, offset, months } => {
            let every = counted(interval(*months).unwrap_or(1), "Month");
            let ordinal = |n: u8| ["First", "Second", "Third", "Fourth"][usize::from(n.clamp(1, 4)) - 1];
            let day = match on {
                MonthDay::Nth(n, day) => format!("{} {}", ordinal(*n), weekday(*day)),
                MonthDay::Last(day) => format!("Last {}", weekday(*day)),
                MonthDay::Day(day) => format!("day{day}"),
            };
            let offset = if *offset == 0 { String::new() } else { format!(" Offset{offset}") };
            format!("{every} {day}{offset}")
        }
    }
}
