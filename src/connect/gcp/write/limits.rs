//! What a patch deployment can be.

use crate::connect::writing::{ALL_MONTHS, Abilities, Acts, Candidate, Lasts, Rhythm, RuleSupport, with_small_offset};
use crate::export::ics::proper_name;
use crate::model::MonthDay;

pub static ABILITIES: Abilities = Abilities {
    needs_scope: true,
    acts: Acts::AtStart,
    written_group: Some(label),
    written_system: Some(label),
    rules: Some(RuleSupport {
        lasts: Lasts::Bounded,
        zone_name: |zone, _, _| Some(proper_name(zone)),
        skips_begun_offsets: false,
        rules: |candidate| rules(candidate),
    }),
    ..Abilities::dates_only("GCP")
};

/// A name as a value of a label: lower-case letters, digits, dashes and underscores, at most 63 characters and 128 bytes.
/// Dashes replace other characters. Empty if neither a letter nor a digit is left.
///
/// <https://cloud.google.com/compute/docs/labeling-resources#requirements>
pub fn label(name: &str) -> String {
    const LONGEST: usize = 63;
    const MOST_BYTES: usize = 128;
    let mut value = String::new();
    for c in name.trim().chars().flat_map(char::to_lowercase) {
        let is_kept = (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '_' | '-');
        let c = if is_kept { c } else { '-' };
        // Several characters that cannot be written are one dash.
        if !is_kept && value.ends_with('-') {
            continue;
        }
        if value.chars().count() == LONGEST || value.len() + c.len_utf8() > MOST_BYTES {
            break;
        }
        value.push(c);
    }
    if value.contains(char::is_alphanumeric) { value } else { String::new() }
}

/// A weekly schedule has one day, so several days are several deployments.
fn rules(candidate: &Candidate) -> Result<Vec<Rhythm>, String> {
    match &candidate.rhythm {
        Rhythm::Weekly { every: 2.., .. } => Err("GCP has no rule for every second week or fewer".to_owned()),
        Rhythm::Weekly { days, every, monday } => {
            Ok(days.iter().map(|day| Rhythm::Weekly { days: vec![*day], every: *every, monday: *monday }).collect())
        }
        Rhythm::Monthly { months, .. } if *months != ALL_MONTHS => {
            Err("GCP has no rule for some months only".to_owned())
        }
        Rhythm::Monthly { on, offset, months } => {
            let small = with_small_offset(*on, *offset, -30, 30);
            let (on, offset) = small.ok_or_else(|| "GCP adds at most 30 days to a weekday of the month".to_owned())?;
            match on {
                MonthDay::Nth(1..=4, _) | MonthDay::Last(_) => {}
                MonthDay::Day(1..=31) if offset == 0 => {}
                MonthDay::Nth(..) => return Err("GCP has no fifth weekday".to_owned()),
                MonthDay::Day(_) => return Err("GCP adds no days to a day of the month".to_owned()),
            }
            Ok(vec![Rhythm::Monthly { on, offset, months: *months }])
        }
    }
}
