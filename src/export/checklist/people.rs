//! Who works in an occurrence, and who tests after it.

use super::night::ChecklistContext;
use super::written::name;
use crate::export::paper::Labelled;
use crate::export::translation::Word;
use crate::model::Duty;
use crate::schedule::rota::Shift;

/// "Works", "Tests from 02:00" and "On watch until Mon 15 Mar, 02:00", each with people and their phone numbers, and the bookings that nobody could fill. Empty
/// if nobody is booked.
pub fn labelled(night: &ChecklistContext<'_>) -> Vec<Labelled> {
    let (rota, words, on) = (&night.schedule.rota, &night.words, night.occurrence.original_on());
    let shifts: Vec<&Shift> = rota.shifts_at(night.window.id(), on).collect();
    let with_duty = |is_it: fn(Duty) -> bool| {
        let these = shifts.iter().filter(move |shift| is_it(shift.duty));
        let mut people: Vec<String> = Vec::new();
        for shift in these {
            let person = rota.person(shift);
            let (who, phone) = (name(&person.name), name(&person.phone));
            let who = if phone.is_empty() { who } else { format!("{who} ({phone})") };
            if !people.contains(&who) {
                people.push(who);
            }
        }
        people.join(", ")
    };
    let missing = rota.shortages_at(night.window.id(), on).map(|shortage| {
        let (missing, needed) = (shortage.missing.to_string(), shortage.needed.to_string());
        let (team, duty) = (name(&rota.shortage_team(shortage).name), words.duty(shortage.duty));
        let values = [("missing", missing.as_str()), ("needed", &needed), ("team", &team), ("duty", duty)];
        words.fill(Word::MissingPeople, &values)
    });
    let watch = night.watch_times().map(|(_, until)| night.moment(until)).unwrap_or_default();
    let watch = words.fill(Word::OnWatchUntil, &[("time", &watch)]);
    let lines = [
        (words.say(Word::Works), with_duty(|duty| duty == Duty::Work)),
        (night.with_time(Word::TestsFrom, night.occurrence.end_at), with_duty(|duty| matches!(duty, Duty::Testing(_)))),
        (watch, with_duty(|duty| duty == Duty::Watch)),
        (words.say(Word::ToBeFound), missing.collect::<Vec<_>>().join(", ")),
    ];
    let lines = lines.into_iter().filter(|(_, who)| !who.is_empty());
    lines.map(|(label, text)| Labelled { label, text }).collect()
}
