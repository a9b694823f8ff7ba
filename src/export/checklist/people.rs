//! Who works in one night, and who tests after it.

use super::{LONGEST_NAME, Night, name};
use crate::export::text::clip;
use crate::model::Duty;
use crate::schedule::Schedule;
use crate::schedule::rota::{Shift, duty_in_words};

/// People that one line names.
const MOST: usize = 12;

/// "Works" and "Tests from 02:00", each with who it is and how to reach them, and what nobody could be found for;
/// nothing where nobody is booked.
pub fn of(schedule: &Schedule, night: &Night<'_>) -> Vec<(String, String)> {
    let (rota, on) = (&schedule.rota, night.occurrence.original_on());
    let shifts: Vec<&Shift> = rota.shifts_at(night.window.id(), on).collect();
    let with_duty = |testing: bool| {
        let these = shifts.iter().filter(move |shift| matches!(shift.duty, Duty::Testing(_)) == testing);
        let mut people: Vec<String> = these
            .map(|shift| {
                let person = rota.person(shift);
                let phone = clip(name(&person.phone), 40);
                let who = name(&person.name);
                if phone.is_empty() { who } else { format!("{who} ({phone})") }
            })
            .collect();
        people.dedup();
        let more = people.len().saturating_sub(MOST);
        people.truncate(MOST);
        let names = people.join(", ");
        if more == 0 { names } else { format!("{names} and {more} more") }
    };
    let missing = rota.shortages_at(night.window.id(), on).map(|shortage| {
        let team = name(&rota.team_short(shortage).name);
        format!("{} of {} of {team} for {}", shortage.missing, shortage.needed, duty_in_words(shortage.duty))
    });
    let lines = [
        ("Works".to_owned(), with_duty(false)),
        (format!("Tests from {}", night.clock(night.occurrence.end_at)), with_duty(true)),
        ("Still to be found".to_owned(), clip(missing.collect::<Vec<_>>().join(", "), 4 * LONGEST_NAME)),
    ];
    lines.into_iter().filter(|(_, who)| !who.is_empty()).collect()
}
