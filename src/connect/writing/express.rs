//! How a system expresses a window: as a rule if the rule gives exactly the plan's dates, else as single dates.

use std::sync::Arc;

use super::abilities::{Abilities, Acts, Candidate, Lasts, RuleSupport};
use super::entries::{Entries, ExpressedWindow, NativeRule, SingleDate};
use super::losses;
use super::meter::{Form, Loss};
use super::names::{NamedScope, WrittenNames};
use super::reasons;
use super::rhythm::Rhythm;
use crate::export::clip_line;
use crate::export::ics::proper_name;
use crate::model::{LocalMinute, UtcMinute, date_of_day, day_number};
use crate::schedule::{FreezeTimes, Occurrence, Schedule, WindowSchedule};
use crate::wording::{date, duration};

/// What all windows of a plan are expressed with.
pub struct Meter<'a> {
    schedule: &'a Schedule,
    abilities: &'a Abilities,
    freezes: Vec<FreezeTimes<'a>>,
    now: UtcMinute,
    names: WrittenNames,
}

impl<'a> Meter<'a> {
    /// `now` decides which dates are over.
    pub fn new(schedule: &'a Schedule, now: UtcMinute, abilities: &'a Abilities) -> Self {
        let names = WrittenNames::new(&schedule.plan, abilities);
        Self { schedule, abilities, freezes: FreezeTimes::all(schedule), now, names }
    }

    /// How the system takes a window.
    pub fn express(&self, window: &'a Arc<WindowSchedule>) -> ExpressedWindow<'a> {
        let (kept, frozen) = self.without_frozen(window);
        let mut lost = losses::of_plan(window, self.schedule, &frozen);
        let (form, entries) = match self.form_and_entries(window, &kept, &frozen, &mut lost) {
            Ok(expressed) => expressed,
            Err(reason) => (Form::Impossible { reason }, Entries::Nothing),
        };
        if !matches!(form, Form::Impossible { .. }) {
            lost.extend(losses::always(self.abilities));
        }
        lost.sort_by_key(|loss| loss.what);
        ExpressedWindow { window, form, lost, entries }
    }

    fn form_and_entries(
        &self,
        window: &'a WindowSchedule,
        kept: &[&'a Occurrence],
        frozen: &[&'a Occurrence],
        lost: &mut Vec<Loss>,
    ) -> Result<(Form, Entries<'a>), String> {
        if kept.is_empty() {
            return Err(reasons::without_dates(window, frozen.len()));
        }
        let abilities = self.abilities;
        let (over, ahead): (Vec<&Occurrence>, Vec<&Occurrence>) =
            kept.iter().partition(|each| self.is_over(window, each));
        let state = match abilities.acts {
            Acts::Throughout => "over",
            Acts::AtStart => "over or begun",
            Acts::DayBefore => "over or too late to approve",
        };
        if ahead.is_empty() {
            let coming = frozen.iter().filter(|each| !self.is_over(window, each)).count();
            return Err(reasons::without_coming_dates(over.len(), state, coming));
        }
        self.check_lengths(window, &ahead)?;
        self.check_scope(window)?;
        let cutoff = losses::cutoff(window, abilities);
        let why = match &abilities.rules {
            None => match abilities.why_no_rules {
                Some(why) => why.to_owned(),
                None => format!("{} takes single dates only", abilities.name),
            },
            Some(support) => match self.rules(window, kept, &ahead, frozen, support) {
                Ok(rules) => {
                    lost.extend(cutoff);
                    lost.extend(losses::horizon(window, self.schedule, support.lasts == Lasts::Forever));
                    let written = rules.first().map_or(0, |rule| rule.minutes);
                    lost.extend(losses::zone(window, &rules));
                    lost.extend(losses::changed_zone(window));
                    lost.extend(losses::ends(kept, abilities, |_| written));
                    return Ok((Form::Native, Entries::Rules(rules)));
                }
                Err(why) => why,
            },
        };
        if !abilities.has_dates {
            let has_rules = abilities.rules.is_some();
            return Err(if has_rules { format!("{why}, and {} has no single dates", abilities.name) } else { why });
        }
        lost.extend(losses::over(&over, state));
        let date = |occurrence: &&'a Occurrence| SingleDate { occurrence, minutes: self.written_length(occurrence) };
        let dates: Vec<SingleDate<'_>> = ahead.iter().map(date).collect();
        lost.extend(cutoff);
        lost.extend(losses::horizon(window, self.schedule, false));
        lost.extend(losses::single_ends(&ahead, abilities, |each| self.written_length(each)));
        Ok((Form::Dates { count: dates.len(), reason: why }, Entries::Dates(dates)))
    }

    /// Whether the system refuses an occurrence, or never acts on it.
    fn is_over(&self, window: &WindowSchedule, occurrence: &Occurrence) -> bool {
        let is_late = || match self.abilities.acts {
            Acts::Throughout => false,
            Acts::AtStart => occurrence.start_at <= self.now,
            Acts::DayBefore => occurrence.start_day() <= self.today(window),
        };
        self.abilities.leaves_out_past && (occurrence.end_at <= self.now || is_late())
    }

    /// The day number of today on the window's clock.
    fn today(&self, window: &WindowSchedule) -> i32 {
        day_number(window.expansion.zone.local(self.now).date())
    }

    /// Whether the system can be told to whom the window applies.
    fn check_scope(&self, window: &WindowSchedule) -> Result<(), String> {
        let scope = NamedScope::new(window, &self.schedule.plan);
        if self.abilities.needs_scope && scope.is_empty() {
            return Err("it has no groups or systems, so it would apply to everything".to_owned());
        }
        self.names.check(&scope, self.abilities.name)
    }

    /// The occurrences that take place outside of freezes, and those in freezes, both by start.
    fn without_frozen(&self, window: &'a WindowSchedule) -> (Vec<&'a Occurrence>, Vec<&'a Occurrence>) {
        let all = &window.expansion.occurrences;
        let mut is_frozen = vec![false; all.len()];
        for freeze in self.freezes.iter().filter(|freeze| freeze.covers(window)) {
            for (index, _) in freeze.occurrence_indices(window) {
                is_frozen[index] = true;
            }
        }
        let with =
            |frozen: bool| all.iter().zip(&is_frozen).filter(move |(_, is)| **is == frozen).map(|(each, _)| each);
        (with(false).collect(), with(true).collect())
    }

    /// Whether the system can have the lengths on the clock.
    fn check_lengths(&self, window: &WindowSchedule, kept: &[&Occurrence]) -> Result<(), String> {
        let Abilities { name, shortest, longest, .. } = *self.abilities;
        let about = |occurrence: &Occurrence| {
            let own = occurrence.duration != window.window.duration;
            if own { format!("on {} it", date(occurrence.on())) } else { "it".to_owned() }
        };
        for occurrence in kept {
            let length = occurrence.duration.0;
            if length == 0 && shortest > 0 {
                return Err(format!("{} has no length", about(occurrence)));
            }
            if self.rounded_up(length) < shortest {
                let (length, least) = (duration(length), duration(shortest));
                return Err(format!("{} lasts {length} and {name} needs at least {least}", about(occurrence)));
            }
            if let Some(most) = longest.filter(|most| self.rounded_up(length) > *most) {
                let (length, most) = (duration(length), duration(most));
                return Err(format!("{} lasts {length} and {name} allows {most}", about(occurrence)));
            }
        }
        Ok(())
    }

    fn rounded_up(&self, minutes: u32) -> u32 {
        minutes.div_ceil(self.abilities.step) * self.abilities.step
    }

    /// The length of a single date, so that it ends at the planned time of the clock. The planned length in a night in which
    /// the clocks change, if the system cannot have the real one.
    fn written_length(&self, occurrence: &Occurrence) -> u32 {
        let real = self.rounded_up(occurrence.real_length().0);
        let fits = real >= self.abilities.shortest && self.abilities.longest.is_none_or(|longest| real <= longest);
        if fits { real } else { self.rounded_up(occurrence.duration.0) }
    }

    /// The rules of the system that give exactly the occurrences of the window: those that are kept. Some may be over, the
    /// others are ahead.
    fn rules(
        &self,
        window: &WindowSchedule,
        kept: &[&Occurrence],
        ahead: &[&Occurrence],
        frozen: &[&Occurrence],
        support: &RuleSupport,
    ) -> Result<Vec<NativeRule>, String> {
        let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return Err(String::new()) };
        let record = &*window.window;
        let candidates = Rhythm::candidates(record, &self.schedule.plan, first.on())?;
        let days: Vec<i32> = kept.iter().map(|each| each.start_day()).collect();
        let (first, last) = (first.start_day(), last.start_day());
        let as_usual = |each: &&Occurrence| each.local_start.time() == record.start && each.duration == record.duration;
        let dates_match = |rhythm: &Rhythm| rhythm.days(first, last) == days;
        let Some(rhythm) = candidates.into_iter().find(dates_match).filter(|_| kept.iter().all(as_usual)) else {
            return Err(reasons::for_dates(window, frozen.len()));
        };
        let zone = &window.expansion.zone;
        if self.abilities.has_dates && zone.has_changed_recently() {
            let (zone, name) = (proper_name(zone), self.abilities.name);
            return Err(format!("the rules of its zone {zone} changed lately, which {name} may not know"));
        }
        let zone_name = if zone.is_custom() { None } else { (support.zone_name)(zone, first - 1, last + 2) };
        let Some(zone_name) = zone_name else {
            return Err(format!("{} does not know its zone {}", self.abilities.name, clip_line(zone.name(), 60)));
        };
        let minutes = self.rounded_up(record.duration.0);
        let candidate = Candidate { rhythm, start: record.start, minutes, first, last };
        let rhythms = (support.rules)(&candidate)?;
        let (from, to) = self.days_covered(support.lasts, first, last);
        let mut found: Vec<i32> = Vec::new();
        for rhythm in &rhythms {
            found.extend(rhythm.days(from.min(first - rhythm.offset().max(0)), to));
        }
        found.sort_unstable();
        if found != days {
            return Err(reasons::beyond(window, self.abilities.name, frozen.len()));
        }
        if support.skips_begun_offsets {
            self.check_offsets(window, &rhythms, ahead)?;
        }
        Ok(rhythms.into_iter().map(|rhythm| Self::native_rule(rhythm, &candidate, zone_name.clone(), window)).collect())
    }

    /// Whether the days from which offsets count are ahead, too.
    fn check_offsets(&self, window: &WindowSchedule, rhythms: &[Rhythm], ahead: &[&Occurrence]) -> Result<(), String> {
        let offset = rhythms.iter().map(Rhythm::offset).max().unwrap_or(0);
        let today = self.today(window);
        match ahead.iter().find(|each| offset > 0 && each.start_day() - offset <= today) {
            Some(skipped) => Err(format!(
                "{} would skip {}, whose offset counts from {}",
                self.abilities.name,
                date(skipped.on()),
                date(date_of_day(skipped.start_day() - offset))
            )),
            None => Ok(()),
        }
    }

    /// The days on which the rules would begin.
    fn days_covered(&self, lasts: Lasts, first: i32, last: i32) -> (i32, i32) {
        let horizon = self.schedule.plan.horizon();
        match lasts {
            Lasts::Bounded => (first, last),
            Lasts::Years => reasons::whole_years(first, last),
            Lasts::Forever => (day_number(horizon.from).min(first), day_number(horizon.last()).max(last)),
        }
    }

    fn native_rule(rhythm: Rhythm, candidate: &Candidate, zone_name: String, window: &WindowSchedule) -> NativeRule {
        let Candidate { start, minutes, first, last, .. } = *candidate;
        let zone = &window.expansion.zone;
        let not_before = LocalMinute::midnight(date_of_day(first - rhythm.offset().max(0)));
        let last_start = LocalMinute::new(date_of_day(last), start);
        let end = last_start.shifted(minutes as i32);
        // A longer occurrence than its rhythm reaches beyond the next start.
        let reach = (minutes / (24 * 60)) as i32 + 1;
        let next = rhythm
            .days(last + 1, last + reach)
            .first()
            .map(|day| LocalMinute::new(date_of_day(*day), start).shifted(-1));
        let not_after = next.map_or(end, |next| end.min(next));
        NativeRule {
            rhythm,
            zone: zone_name,
            start,
            minutes,
            first,
            last,
            not_before,
            from_at: zone.resolve(not_before).at,
            not_after,
            until_at: zone.resolve(not_after).at,
        }
    }
}
