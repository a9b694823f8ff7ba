//! What a patch deployment can be.

use crate::connect::writing::{
    Abilities, Candidate, CutoffSupport, Ends, Lasts, Rhythm, RuleSupport, with_small_offset,
};
use crate::export::ics::proper_name;
use crate::model::MonthDay;

pub static ABILITIES: Abilities = Abilities {
    name: "GCP",
    shortest: 1,
    longest: None,
    step: 1,
    ends: Ends::Elapsed,
    cutoff: CutoffSupport::None,
    rules: Some(RuleSupport {
        lasts: Lasts::Bounded,
        zone_name: |zone, _, _| Some(proper_name(zone)),
        rules: |candidate| rules(candidate),
    }),
    has_dates: true,
    writes_frozen: false,
    needs_scope: true,
    leaves_out_past: true,
    also_lost: &[],
};

/// A weekly schedule has one day, so several days are several deployments.
fn rules(candidate: &Candidate) -> Result<Vec<Rhythm>, String> {
    match &candidate.rhythm {
        Rhythm::Weekly { every: 2.., .. } => Err("GCP has no rule for every second week or fewer".to_owned()),
        Rhythm::Weekly { days, .. } if days.is_empty() => Err("its rule has no weekday".to_owned()),
        Rhythm::Weekly { days, every, monday } => {
            Ok(days.iter().map(|day| Rhythm::Weekly { days: vec![*day], every: *every, monday: *monday }).collect())
        }
        Rhythm::Monthly { months, .. } if *months != 0xfff => Err("GCP has no rule for some months only".to_owned()),
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
