//! What a maintenance window of Systems Manager can be.

use chrono::{Timelike as _, Weekday};

use crate::connect::writing::{
    Abilities, Acts, Candidate, CutoffSupport, Lasts, NativeRule, Rhythm, RuleSupport, month_numbers, with_small_offset,
};
use crate::export::ics::proper_name;
use crate::model::MonthDay;

/// The largest `ScheduleOffset`. Only cron expressions can have one, from 1 on.
const LARGEST_OFFSET: i32 = 6;
/// Characters of a name: `^[a-zA-Z0-9_\-.]{3,128}$`.
pub const NAME_SIGNS: &str = "_-.";
pub const LONGEST_NAME: usize = 128;
/// Values of a target.
pub const MOST_VALUES: usize = 50;
/// Maintenance windows of an account in a region, unless it has asked for more.
pub const MOST_WINDOWS: usize = 50;
/// Resources of a `CloudFormation` template.
pub const MOST_RESOURCES: usize = 500;
/// Bytes of the description of a template.
pub const LARGEST_DESCRIPTION: usize = 1_024;
/// Bytes of a template that is not in a bucket.
pub const LARGEST_BODY: usize = 51_200;

pub static ABILITIES: Abilities = Abilities {
    shortest: 60,
    longest: Some(24 * 60),
    step: 60,
    cutoff: CutoffSupport::HoursBeforeEnd,
    acts: Acts::AtStart,
    written_group: Some(tag_value),
    written_system: Some(tag_value),
    rules: Some(RuleSupport {
        lasts: Lasts::Bounded,
        zone_name: |zone, _, _| Some(proper_name(zone)),
        skips_begun_offsets: true,
        rules: |candidate| rules(candidate),
    }),
    ..Abilities::dates_only("SSM")
};

/// A name as the value of a tag: letters, digits, spaces and some signs; at most 256 characters. Low lines replace others.
pub fn tag_value(name: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || " _.:/=+-@".contains(c);
    name.chars().map(|c| if is_kept(c) { c } else { '_' }).take(256).collect()
}

fn rules(candidate: &Candidate) -> Result<Vec<Rhythm>, String> {
    match &candidate.rhythm {
        // A rate counts hours from the moment at which the window was created, so it drifts with the clocks.
        Rhythm::Weekly { every: 2.., .. } => Err("SSM has no rule for every second week or fewer".to_owned()),
        Rhythm::Weekly { .. } => Ok(vec![candidate.rhythm.clone()]),
        Rhythm::Monthly { on, offset, months } => {
            let (on, offset) = with_small_offset(*on, *offset, 0, LARGEST_OFFSET)
                .ok_or_else(|| format!("SSM adds at most {LARGEST_OFFSET} days to a day of the month"))?;
            Ok(vec![Rhythm::Monthly { on, offset, months: *months }])
        }
    }
}

/// "cron(0 22 ? * TUE#2 *)". Numbers of weekdays begin with 1 for Sunday.
pub fn cron(rule: &NativeRule) -> String {
    let (hour, minute) = (rule.start.hour(), rule.start.minute());
    match &rule.rhythm {
        Rhythm::Weekly { days, .. } => {
            let days: Vec<&str> = days.iter().map(|day| short_name(*day)).collect();
            format!("cron({minute} {hour} ? * {} *)", days.join(","))
        }
        Rhythm::Monthly { on, months, .. } => {
            let listed: Vec<String> = month_numbers(*months).map(|month| month.to_string()).collect();
            let months = if listed.len() == 12 { "*".to_owned() } else { listed.join(",") };
            let (day_of_month, day_of_week) = match on {
                MonthDay::Nth(n, day) => ("?".to_owned(), format!("{}#{n}", short_name(*day))),
                MonthDay::Last(day) => ("?".to_owned(), format!("{}L", day.num_days_from_sunday() + 1)),
                MonthDay::Day(day) => (day.to_string(), "?".to_owned()),
            };
            format!("cron({minute} {hour} {day_of_month} {months} {day_of_week} *)")
        }
    }
}

fn short_name(day: Weekday) -> &'static str {
    ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"][day.num_days_from_sunday() as usize]
}
