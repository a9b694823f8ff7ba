//! The occurrences of an event, in its own zone.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::day_rules::with_one_time;
use super::event_time::EventTime;
use super::events::Event;
use super::originals::{Original, Originals, OwnTimes};
use super::revisions::EventGroup;
use super::rule_text::SeriesRule;
use crate::model::UtcMinute;
use crate::schedule::Zone;
use crate::schedule::time::foreign;
use crate::wording::within_sentence;

/// How many days an occurrence that is moved with all later ones may be away from its rule.
const FARTHEST_MOVE: Days = Days::new(40);

/// An event with its rules, as it takes place.
pub(super) struct Series<'a> {
    pub event: &'a Event,
    /// Events that replace an occurrence.
    pub replacements: Vec<&'a Event>,
    /// Events that change the series from an occurrence on by a rule of their own, which a series cannot have.
    pub with_own_rule: Vec<&'a Event>,
    /// Replacements of an earlier revision, whose occurrences the series no longer has.
    pub outdated: Vec<&'a Event>,
    /// The zone on whose clock it recurs.
    pub zone: Arc<Zone>,
    /// The plan's zone, in which whole days begin at midnight.
    pub home: Arc<Zone>,
    pub rules: Vec<SeriesRule>,
    pub exclusion_rules: Vec<SeriesRule>,
    /// The length of an event without an end.
    default_length: TimeDelta,
}

/// One occurrence.
#[derive(Clone, Debug)]
pub(super) struct Instance<'a> {
    /// When the series gives it, on the clock of the series.
    pub original: NaiveDateTime,
    pub start: EventTime,
    /// The first moment after it.
    pub end: EventTime,
    /// The event whose text it has.
    pub event: &'a Event,
}

impl<'a> Series<'a> {
    /// Understands the rules of an event. `default_length` holds for an event without an end; none means that only its days
    /// count.
    ///
    /// # Errors
    /// Why the event is skipped, in the middle of a sentence.
    pub fn new(group: &'a EventGroup, home: &Arc<Zone>, default_length: Option<TimeDelta>) -> Result<Self, String> {
        let event = &group.event;
        let are_days = default_length.is_none();
        let zone = event.start.own_zone(home);
        let on_clock = event.end.in_zone(&zone) - event.start.written_at();
        let is_backwards = event.end.instant(home) <= event.start.instant(home) && on_clock <= TimeDelta::zero();
        if event.has_end() && event.exact_length.is_none() && is_backwards {
            return Err("it ends before it begins".to_owned());
        }
        let read = |rules: &[String]| -> Result<Vec<SeriesRule>, String> {
            let read = |raw: &String| SeriesRule::read(raw, event, &zone, home);
            if !are_days {
                return rules.iter().map(read).collect();
            }
            let split = rules.iter().map(|raw| with_one_time(raw, event)).collect::<Result<Vec<_>, _>>()?;
            let name = |reason: String| reason.replace("a window cannot", "a freeze or holiday cannot");
            split.iter().flatten().map(read).collect::<Result<_, _>>().map_err(name)
        };
        let rules = read(&event.rules)?;
        let rules = rules.into_iter().map(|rule| with_first_left_out(rule, event)).collect();
        let exclusion_rules =
            read(&event.exclusion_rules).map_err(|reason| format!("its EXRULE is not understood: {reason}"))?;
        let mut series = Self {
            event,
            replacements: Vec::new(),
            with_own_rule: Vec::new(),
            outdated: Vec::new(),
            rules,
            exclusion_rules,
            default_length: default_length.unwrap_or_default(),
            home: Arc::clone(home),
            zone,
        };
        let (outdated, replacements): (Vec<&Event>, Vec<&Event>) =
            group.replacements.iter().partition(|other| series.no_longer_has(other));
        let has_own_rule = |other: &&Event| other.replaces_later && other.recurs() && other.rules != event.rules;
        let (with_own_rule, replacements) = replacements.into_iter().partition(has_own_rule);
        (series.outdated, series.with_own_rule, series.replacements) = (outdated, with_own_rule, replacements);
        Ok(series)
    }

    /// Whether an earlier revision of the series had the occurrence that is replaced, and the series has it no longer.
    fn no_longer_has(&self, other: &Event) -> bool {
        let Some(at) = other.replaces.as_ref().filter(|_| other.sequence < self.event.sequence) else { return false };
        let on = self.local(at).date();
        self.originals(on, on).is_ok_and(|originals| originals.is_empty())
    }

    /// The date of DTSTART on the clock of the series.
    pub fn first(&self) -> NaiveDate {
        self.event.start.written_on()
    }

    /// The event itself.
    pub fn first_instance(&self) -> Instance<'a> {
        let original = self.event.start.written_at();
        let itself =
            || Instance { original, start: self.event.start.clone(), end: self.event.end.clone(), event: self.event };
        self.instance(original, OwnTimes::default()).unwrap_or_else(itself)
    }

    /// The dates that a rule gives.
    ///
    /// # Errors
    /// There are too many, or the rule contradicts itself.
    pub fn dates_of(&self, rule: &SeriesRule, from: NaiveDate, to: NaiveDate) -> Result<Vec<NaiveDate>, String> {
        let to = rule.last.map_or(to, |last| last.min(to));
        foreign::dates(&rule.text, self.first(), rule.start, from, to)
            .map_err(|error| within_sentence(&error.to_string()))
    }

    /// When the series gives occurrences, before any is excluded or replaced.
    pub fn originals(&self, from: NaiveDate, to: NaiveDate) -> Result<Originals, String> {
        let mut originals = Originals::default();
        let first = self.event.start.written_at();
        for rule in &self.rules {
            for on in self.dates_of(rule, from, to)? {
                // BYHOUR may give a time on the first day that is before DTSTART.
                if on.and_time(rule.start) >= first {
                    originals.insert(Original::first(on.and_time(rule.start)), OwnTimes::default());
                }
            }
        }
        // DTSTART is the first instance of the series, even if the rule does not give it (RFC 5545, 3.8.5.3), unless the
        // rule says another time of day.
        let is_over = |rule: &SeriesRule| {
            rule.last.map_or_else(|| foreign::is_over_before(&rule.text, first.date()), |last| last < first.date())
        };
        let is_first = self.rules.iter().all(|rule| !rule.moves_clock(self.event) && !is_over(rule));
        if is_first && (from..=to).contains(&first.date()) {
            originals.insert(Original::first(first), OwnTimes::default());
        }
        for added in &self.event.added {
            let original = self.original(&added.start);
            if (from..=to).contains(&original.at.date()) {
                let start = original.is_second.then(|| self.in_utc(&added.start));
                originals.add(original, OwnTimes { start, end: added.end.clone() });
            }
        }
        for rule in &self.exclusion_rules {
            for on in self.dates_of(rule, from, to)? {
                originals.remove(Original::first(on.and_time(rule.start)));
            }
        }
        Ok(originals)
    }

    /// A time on the clock of the series. A date means the usual time of day; in a series of whole days, a time means its
    /// date as written: RFC 5545 (3.8.4.4) forbids that, but Exchange writes it.
    pub fn local(&self, at: &EventTime) -> NaiveDateTime {
        match at {
            EventTime::Date(on) => on.and_time(self.start_clock()),
            EventTime::Local { .. } if self.event.start.is_date() => at.written_on().and_time(NaiveTime::MIN),
            EventTime::Utc(_) if self.event.start.is_date() => at.in_zone(&self.home).date().and_time(NaiveTime::MIN),
            EventTime::Local { zone: None, .. } | EventTime::Utc(_) => {
                self.zone.local(at.instant(&self.home)).to_naive()
            }
            EventTime::Local { zone: Some(_), .. } => at.in_zone(&self.zone),
        }
    }

    /// A time on the clock of the series, also in the hour that the clocks show twice.
    pub fn original(&self, at: &EventTime) -> Original {
        match self.exact(at) {
            Some(instant) => Original::from_instant(instant, &self.zone),
            None => Original::first(self.local(at)),
        }
    }

    /// The instant of a time that is exact, or on another clock than that of the series.
    fn exact(&self, at: &EventTime) -> Option<UtcMinute> {
        let is_exact = match at {
            EventTime::Date(_) => false,
            EventTime::Local { zone: None, .. } => self.home.name() != self.zone.name(),
            EventTime::Local { zone: Some(own), .. } => own.name() != self.zone.name(),
            EventTime::Utc(_) => true,
        };
        (is_exact && !self.event.start.is_date()).then(|| at.instant(&self.home))
    }

    pub fn in_utc(&self, at: &EventTime) -> EventTime {
        EventTime::Utc(at.instant(&self.home).to_utc().naive_utc())
    }

    /// The occurrence that begins at that time. Times are compared as instants, because clocks may skip or repeat them.
    pub fn begins_at(&self, originals: &Originals, at: &EventTime) -> Option<Original> {
        let original = self.original(at);
        if originals.has(original) {
            return Some(original);
        }
        let is_time = !at.is_date() && !self.event.start.is_date();
        originals.at_instant(at.instant(&self.home), &self.zone).filter(|_| is_time)
    }

    fn start_clock(&self) -> NaiveTime {
        self.rules.first().map_or_else(|| self.event.start_clock(), |rule| rule.start)
    }

    pub fn excluded(&self) -> impl Iterator<Item = &EventTime> {
        self.event.excluded.iter().chain(self.rules.iter().flat_map(|rule| &rule.excluded))
    }

    /// The occurrences that the series gives from `from` to `to`, and all that replace one.
    ///
    /// # Errors
    /// There are too many, or a rule contradicts itself.
    pub fn instances(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Instance<'a>>, String> {
        let is_moved = self.replacements.iter().any(|other| other.replaces_later);
        let margin = if is_moved { FARTHEST_MOVE } else { Days::new(0) };
        let (from, to) = (from.checked_sub_days(margin).unwrap_or(from), to.checked_add_days(margin).unwrap_or(to));
        let mut originals = self.originals(from, to)?;
        let excluded = self.take_excluded(&mut originals);
        let mut instances = Vec::new();
        let once = self.replacements.iter().copied().filter(|other| !other.replaces_later).collect();
        for (original, other) in self.replaced(&originals, once) {
            originals.remove(original);
            let is_outdated = excluded.contains(&original) && other.sequence < self.event.sequence;
            if !other.is_cancelled && !is_outdated {
                instances.push(self.replacement(original.at, other));
            }
        }
        let later = self.changed_later();
        for (original, own) in originals {
            let since = later.iter().rev().find(|(at, _)| *at <= original.at);
            match since {
                None => instances.extend(self.instance(original.at, own)),
                Some((_, other)) if other.is_cancelled => {}
                Some((at, other)) => instances.extend(self.moved(original.at, *at, other)),
            }
        }
        instances.sort_by_key(|instance| instance.original);
        Ok(instances)
    }

    /// The events that replace an occurrence and all later ones, each with the time of that occurrence, in this order.
    pub fn changed_later(&self) -> Vec<(NaiveDateTime, &'a Event)> {
        let later = self.replacements.iter().copied().filter(|other| other.replaces_later);
        let mut later: Vec<_> = later.filter_map(|other| Some((self.local(other.replaces.as_ref()?), other))).collect();
        later.sort_by_key(|(at, _)| *at);
        later
    }

    /// Removes what EXDATE names. A time at which nothing begins removes nothing; a date removes what begins on it.
    fn take_excluded(&self, originals: &mut Originals) -> HashSet<Original> {
        let mut excluded = HashSet::new();
        for at in self.excluded() {
            if at.is_date() {
                excluded.extend(originals.on_day(self.local(at).date()));
            } else {
                excluded.extend(self.begins_at(originals, at));
            }
        }
        for original in &excluded {
            originals.remove(*original);
        }
        excluded
    }

    /// What each replacement replaces: the occurrence at its RECURRENCE-ID; if there is none, that of the same day which
    /// no other replaces.
    fn replaced<'b>(&self, originals: &Originals, once: Vec<&'b Event>) -> Vec<(Original, &'b Event)> {
        let times: Vec<(Original, Option<Original>, &Event)> = once
            .into_iter()
            .filter_map(|other| {
                let at = other.replaces.as_ref()?;
                Some((self.original(at), self.begins_at(originals, at), other))
            })
            .collect();
        let exact: HashSet<Original> = times.iter().filter_map(|(_, exact, _)| *exact).collect();
        let found = |(at, begins, other): (Original, Option<Original>, &'b Event)| {
            let same_day = || originals.on_day(at.at.date()).find(|original| !exact.contains(original));
            (begins.or_else(same_day).unwrap_or(at), other)
        };
        times.into_iter().map(found).collect()
    }

    fn instance(&self, original: NaiveDateTime, own: OwnTimes) -> Option<Instance<'a>> {
        let start = own.start.unwrap_or_else(|| self.event.start.at_local(original));
        let end = match own.end {
            Some(end) => end,
            None if self.event.exact_length.is_none() && self.is_as_written(&start) => self.event.end.clone(),
            None => self.end_of(self.event, &start)?,
        };
        Some(Instance { original, start, end, event: self.event })
    }

    /// Whether the occurrence that starts then is the event itself, whose end is known to the minute.
    fn is_as_written(&self, start: &EventTime) -> bool {
        let length = self.event.end.instant(&self.home).since(self.event.start.instant(&self.home));
        self.event.start.instant(&self.home) == start.instant(&self.home) && self.event.has_end() && length > 0
    }

    fn replacement(&self, original: NaiveDateTime, other: &'a Event) -> Instance<'a> {
        let end = match (other.has_end(), other.exact_length) {
            (true, None) => Some(other.end.clone()),
            // Without an end of its own, it lasts as long as the others.
            (false, None) => self.end_of(self.event, &other.start),
            (_, Some(_)) => self.end_of(other, &other.start),
        };
        Instance { original, end: end.unwrap_or_else(|| other.start.clone()), start: other.start.clone(), event: other }
    }

    /// An occurrence that is moved like the one at `at`, which `other` replaces with all later ones.
    fn moved(&self, original: NaiveDateTime, at: NaiveDateTime, other: &'a Event) -> Option<Instance<'a>> {
        let by = other.start.in_zone(&self.zone) - at;
        let start = self.event.start.at_local(original.checked_add_signed(by)?);
        let end = self.end_of(if other.has_end() { other } else { self.event }, &start)?;
        Some(Instance { original, start, end, event: other })
    }

    /// The end of an occurrence that lasts as long as `event`: DTEND counts on the clock, a DURATION in hours is exact.
    fn end_of(&self, event: &Event, start: &EventTime) -> Option<EventTime> {
        let exact = |minutes: TimeDelta| {
            start.instant(&self.home).to_utc().naive_utc().checked_add_signed(minutes).map(EventTime::Utc)
        };
        if let (Some(length), false) = (event.exact_length, start.is_date()) {
            return exact(length);
        }
        if !event.has_end() {
            return start.later(if event.start.is_date() { TimeDelta::days(1) } else { self.default_length });
        }
        let zone = event.start.own_zone(&self.home);
        let on_clock = event.end.in_zone(&zone) - event.start.written_at();
        let real = event.end.instant(&self.home).since(event.start.instant(&self.home));
        let end = start.later(on_clock)?;
        // In the hour that the clocks show twice, a length on the clock says nothing.
        let is_backwards = !start.is_date() && end.instant(&self.home) <= start.instant(&self.home);
        if is_backwards { exact(TimeDelta::minutes(real.into())) } else { Some(end) }
    }
}

/// A rule that begins before DTSTART on the first day: its COUNT counts that day, which does not take place.
fn with_first_left_out(mut rule: SeriesRule, event: &Event) -> SeriesRule {
    let first = event.start.written_on();
    let is_early = rule.start < event.start_clock();
    let gives_first =
        || foreign::dates(&rule.text, first, rule.start, first, first).is_ok_and(|dates| !dates.is_empty());
    if is_early && gives_first() {
        let part = |part: &str| match part.strip_prefix("COUNT=").and_then(|count| count.parse::<u64>().ok()) {
            Some(count) => format!("COUNT={}", count.saturating_add(1)),
            None => part.to_owned(),
        };
        rule.text = rule.text.split(';').map(part).collect::<Vec<_>>().join(";");
    }
    rule
}

impl Instance<'_> {
    /// Start and end. Whole days begin at midnight in `home`.
    pub fn instants(&self, home: &Zone) -> (UtcMinute, UtcMinute) {
        (self.start.instant(home), self.end.instant(home))
    }

    /// The first and the last day that it touches in `home`.
    pub fn days(&self, home: &Zone) -> (NaiveDate, NaiveDate) {
        if let (EventTime::Date(first), EventTime::Date(day_after)) = (&self.start, &self.end) {
            return (*first, day_after.pred_opt().unwrap_or(*first).max(*first));
        }
        let (start, end) = self.instants(home);
        let first = home.local(start).date();
        // An event that ends at midnight does not touch the next day.
        (first, home.local(end.plus(-1)).date().max(first))
    }
}
