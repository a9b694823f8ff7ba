//! What is lost when a window is written for a system.

use chrono::NaiveDate;

use super::abilities::{Abilities, CutoffSupport, Ends};
use super::entries::NativeRule;
use super::meter::{Loss, LossKind};
use crate::export::clip_line;
use crate::export::ics::proper_name;
use crate::model::Rule;
use crate::schedule::{LocalTimeKind, Occurrence, Schedule, WindowSchedule};
use crate::wording::{counted, date, duration, moments};

fn loss(what: LossKind, detail: String, occurrences: Vec<NaiveDate>) -> Loss {
    Loss { what, detail, left_out: None, occurrences }
}

/// Occurrences that are left out, for a reason such as "over"; none if there are none.
fn left_out(what: LossKind, why: &'static str, occurrences: &[&Occurrence]) -> Option<Loss> {
    let detail = || left_out_in_words(occurrences.len(), why);
    (!occurrences.is_empty()).then(|| Loss { left_out: Some(why), ..loss(what, detail(), originals(occurrences)) })
}

/// "1 date is in a change freeze and left out", "3 dates are over and left out"
pub fn left_out_in_words(count: usize, why: &str) -> String {
    format!("{} {} {why} and left out", counted(count, "date"), if count == 1 { "is" } else { "are" })
}

fn originals(occurrences: &[&Occurrence]) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> = occurrences.iter().map(|each| each.original_on()).collect();
    dates.sort_unstable();
    dates
}

/// What every system loses: occurrences in freezes, and a zone that nobody knows.
pub fn of_plan(window: &WindowSchedule, schedule: &Schedule, frozen: &[&Occurrence]) -> Vec<Loss> {
    let mut lost: Vec<Loss> = left_out(LossKind::Freeze, "in a change freeze", frozen).into_iter().collect();
    if !window.expansion.zone_is_known {
        let name = clip_line(schedule.plan.window_zone(&window.window), 60);
        lost.push(loss(LossKind::Zone, format!("The zone \"{name}\" is unknown, so its times are in UTC"), Vec::new()));
    }
    lost
}

/// What the system loses of every window.
pub fn always(abilities: &Abilities) -> impl Iterator<Item = Loss> {
    abilities.also_lost.iter().map(|(what, detail)| loss(*what, (*detail).to_owned(), Vec::new()))
}

/// A zone that has another name in the system.
pub fn zone(window: &WindowSchedule, rules: &[NativeRule]) -> Option<Loss> {
    let own = proper_name(&window.expansion.zone);
    let written = &rules.first()?.zone;
    let is_other = *written != own && !own.contains("UTC");
    is_other.then(|| loss(LossKind::Zone, format!("The zone {own} is written as {written}"), Vec::new()))
}

/// What a system makes of the plan's cutoff.
pub fn cutoff(window: &WindowSchedule, abilities: &Abilities) -> Option<Loss> {
    let own = window.window.cutoff;
    let detail = match (abilities.cutoff, own) {
        (CutoffSupport::Exact, _) | (CutoffSupport::None, None) => return None,
        (CutoffSupport::None, Some(cutoff)) => {
            format!(
                "{} has no cutoff: the plan begins no work later than {} after the start",
                abilities.name,
                duration(cutoff.0)
            )
        }
        (CutoffSupport::HoursBeforeEnd, None) => {
            let hours = hours_before_end(window, abilities);
            if hours == 0 {
                return None;
            }
            format!("The plan has no cutoff: {} begins nothing in the last {hours} h", abilities.name)
        }
        (CutoffSupport::HoursBeforeEnd, Some(cutoff)) => {
            let written = window.window.duration.0.div_ceil(60) * 60;
            let begun = written.saturating_sub(hours_before_end(window, abilities) * 60);
            if begun == cutoff.0 {
                return None;
            }
            let (planned, begun) = (duration(cutoff.0), duration(begun));
            format!(
                "{} counts whole hours before the end: work begins until {begun} after the start, not {planned}",
                abilities.name
            )
        }
    };
    Some(loss(LossKind::Cutoff, detail, Vec::new()))
}

/// The cutoff in whole hours before the end of the usual length: the plan's, or 1 from two hours on.
pub fn hours_before_end(window: &WindowSchedule, abilities: &Abilities) -> u32 {
    let minutes = window.window.duration.0.div_ceil(abilities.step.max(60)) * abilities.step.max(60);
    cutoff_hours(window.window.cutoff.map(|cutoff| cutoff.0), minutes / 60)
}

/// The same for a length of `hours`. Fewer hours than the length, as SSM demands.
pub fn cutoff_hours(cutoff: Option<u32>, hours: u32) -> u32 {
    let wanted = match cutoff {
        Some(cutoff) => (hours * 60).saturating_sub(cutoff).div_ceil(60),
        None => u32::from(hours >= 2),
    };
    wanted.min(hours.saturating_sub(1)).min(23)
}

/// That nothing is written after the plan's months; or that a rule never ends, if `is_endless`.
pub fn horizon(window: &WindowSchedule, schedule: &Schedule, is_endless: bool) -> Option<Loss> {
    let end = schedule.plan.horizon().last();
    let goes_on = recurs(window) && window.window.last.is_none_or(|last| last > end);
    let detail = match (is_endless, goes_on) {
        (true, _) => format!("The rule has no end: remove it when the plan ends on {}", date(end)),
        (false, true) => format!("It ends with the plan on {}: write it again for the time after that", date(end)),
        (false, false) => return None,
    };
    Some(loss(LossKind::Horizon, detail, Vec::new()))
}

/// A rule in a zone whose rules changed lately, if the system can have nothing else.
pub fn changed_zone(window: &WindowSchedule) -> Option<Loss> {
    let zone = &window.expansion.zone;
    let detail =
        || format!("The rules of the zone {} changed lately: older zone data gives other times", proper_name(zone));
    zone.has_changed_recently().then(|| loss(LossKind::Zone, detail(), Vec::new()))
}

/// Dates that are over. `state`: "over", "over or begun".
pub fn over(over: &[&Occurrence], state: &'static str) -> Option<Loss> {
    left_out(LossKind::Over, state, over)
}

/// Occurrences of a rule that end, or may begin, at another instant than planned.
pub fn ends(kept: &[&Occurrence], abilities: &Abilities, written: impl Fn(&Occurrence) -> u32) -> Vec<Loss> {
    let is_changed = |each: &&&Occurrence| {
        let is_longer = abilities.ends == Ends::Elapsed && each.real_length() != each.duration;
        is_longer || has_uncertain_clock(each, abilities.ends)
    };
    let changed: Vec<&Occurrence> = kept.iter().filter(is_changed).copied().collect();
    let usual: Vec<&Occurrence> = kept.iter().filter(|each| !is_changed(each)).copied().collect();
    let mut lost = if abilities.ends == Ends::Elapsed { single_ends(&usual, abilities, written) } else { Vec::new() };
    lost.extend(clock_change(&changed, abilities));
    lost
}

/// Single dates that end at another instant than planned.
pub fn single_ends(kept: &[&Occurrence], abilities: &Abilities, written: impl Fn(&Occurrence) -> u32) -> Vec<Loss> {
    let differs = |each: &&&Occurrence| written(each) != each.real_length().0;
    let different: Vec<&Occurrence> = kept.iter().filter(differs).copied().collect();
    let is_rounded =
        |each: &&&Occurrence| written(each) == each.real_length().0.div_ceil(abilities.step) * abilities.step;
    let rounded: Vec<&Occurrence> = different.iter().filter(is_rounded).copied().collect();
    let changed: Vec<&Occurrence> = different.iter().filter(|each| !is_rounded(each)).copied().collect();
    let mut lost = Vec::new();
    if let Some(first) = rounded.first() {
        let (planned, written) = (duration(first.real_length().0), duration(written(first)));
        let detail = format!("{} counts whole hours: {written} instead of {planned}", abilities.name);
        lost.push(loss(LossKind::Length, detail, originals(&rounded)));
    }
    lost.extend(clock_change(&changed, abilities));
    lost
}

fn clock_change(changed: &[&Occurrence], abilities: &Abilities) -> Option<Loss> {
    let first = changed.first()?;
    let planned = moments(first.local_start, first.local_end());
    let detail = format!(
        "The clocks change in the window of {planned}: {} may begin or end {} at another time",
        abilities.name,
        counted(changed.len(), "date")
    );
    Some(loss(LossKind::ClockChange, detail, originals(changed)))
}

/// Whether a rule may give an occurrence another start: the clocks skip or repeat it.
fn has_uncertain_clock(occurrence: &Occurrence, ends: Ends) -> bool {
    let start = occurrence.start_clock != LocalTimeKind::Plain;
    start || (ends == Ends::OnClock && occurrence.end_clock != LocalTimeKind::Plain)
}

/// Whether the window's rule recurs, so that it could go on.
fn recurs(window: &WindowSchedule) -> bool {
    !matches!(window.window.rule, Rule::Dates(_))
}
