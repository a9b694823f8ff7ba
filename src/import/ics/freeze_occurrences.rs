//! The occurrences that the plan has of the freezes of a calendar.

use chrono::{Days, NaiveDate, NaiveTime};

use super::event_time::EventTime;
use super::later_freezes::{FreezeDraft, LaterFreezes};
use crate::model::{ChangeFreeze, ImportedEvent, UtcMinute};
use crate::wording::typed::is_in_range;

/// Whole days may be written as midnights of another clock, so their dates may differ by one.
pub(super) const MARGIN: Days = Days::new(1);

/// An occurrence that the plan has, by itself or as one of a recurring freeze.
pub(super) struct KnownOccurrence {
    /// Of its freeze in the memory.
    pub index: usize,
    pub event: ImportedEvent,
    pub freeze: ChangeFreeze,
    /// It is one of several that the freeze has.
    pub recurs: bool,
}

impl LaterFreezes<'_> {
    /// The date on the clock of the series of the occurrence that takes place at that time, which may be on another clock.
    pub fn original_date(&self, own: &ImportedEvent, at: &EventTime) -> Option<NaiveDate> {
        let known = self.known_occurrences(&own.uid, self.listed_until(&own.uid, Some(at.written_on())));
        if let Some(same) =
            known.iter().find(|each| own.occurrence_at.is_some_and(|at| each.event.occurrence_at == Some(at)))
        {
            return same.event.on;
        }
        let is_known = |on: NaiveDate| known.iter().any(|each| each.event.on == Some(on));
        let (written, here) = (at.written_on(), self.home.local(at.instant(&self.home)).date());
        // A midnight on a clock of its own may be that of a whole day, which is the same day on any clock.
        let is_day = !matches!(at, EventTime::Utc(_)) && at.written_at().time() == NaiveTime::MIN;
        if is_day && is_known(written) {
            return Some(written);
        }
        let as_given = |each: &&KnownOccurrence| each.event.occurrence_at.is_none();
        let only = |found: Vec<&KnownOccurrence>| Some(found).filter(|found| found.len() == 1)?.first()?.event.on;
        let begins_here = known.iter().filter(as_given).filter(|each| each.freeze.first_on == here).collect();
        if let Some(on) = only(begins_here) {
            return Some(on);
        }
        if let Some(on) = [written, here].into_iter().find(|on| is_known(*on)) {
            return Some(on);
        }
        // Whole days may be written as midnights of another clock, in UTC.
        let is_near = |each: &&KnownOccurrence| each.event.on.is_some_and(|on| (on - written).num_days().abs() <= 1);
        only(known.iter().filter(as_given).filter(is_near).collect()).or(Some(written))
    }

    /// RECURRENCE-ID can be on another clock than the series, so its date may be another one.
    pub fn find_date(&self, event: &mut ImportedEvent, other: NaiveDate) {
        let known = self.known_occurrences(&event.uid, self.listed_until(&event.uid, Some(other)));
        let is_known = |on| known.iter().any(|known| known.event.on == on);
        if !is_known(event.on) && is_known(Some(other)) {
            event.on = Some(other);
        }
    }

    /// The last day to which the occurrences of a recurring freeze are listed if one of them differs: that of the plan's
    /// months, or the last one that differs. `on` is one of these.
    pub fn listed_until(&self, uid: &str, on: Option<NaiveDate>) -> NaiveDate {
        let date = |event: &ImportedEvent| {
            let at = event.occurrence_at?;
            event.on.or_else(|| Some(self.home.local(UtcMinute::from_utc(at.and_utc())).date()))
        };
        let changed = self.memory.events(uid).iter().filter_map(|(_, event)| date(event));
        let cancelled = self.memory.cancelled_alone(uid).filter_map(date);
        let last = self.plan.horizon().last();
        let differ = changed.chain(cancelled).chain(on).filter(|on| *on > last && is_in_range(*on));
        differ.filter_map(|on| on.checked_add_days(MARGIN)).fold(last, NaiveDate::max)
    }

    /// The occurrences of a series that the plan has; those of recurring freezes from the plan's months to `until`.
    pub fn known_occurrences(&self, uid: &str, until: NaiveDate) -> Vec<KnownOccurrence> {
        let horizon = self.plan.horizon();
        let mut found = Vec::new();
        for (index, event) in self.memory.events(uid) {
            let Some(freeze) = self.memory.records.get(*index) else { continue };
            let known = |freeze, on, recurs| KnownOccurrence {
                index: *index,
                event: ImportedEvent { on, ..(*event).clone() },
                freeze,
                recurs,
            };
            if event.on.is_some() || freeze.every_months.is_none() {
                found.push(known(ChangeFreeze::clone(freeze), event.on, false));
                continue;
            }
            for span in freeze.spans(horizon.from, until) {
                let once = ChangeFreeze {
                    first_on: span.first_on,
                    last_on: span.last_on,
                    every_months: None,
                    ..ChangeFreeze::clone(freeze)
                };
                found.push(known(once, Some(span.first_on), true));
            }
        }
        found
    }

    /// A recurring freeze from its first occurrence after a day on.
    pub fn after(freeze: &ChangeFreeze, last: NaiveDate, events: &[ImportedEvent]) -> Option<FreezeDraft> {
        let until = last.checked_add_months(chrono::Months::new(freeze.every_months?.into()))?;
        let span = freeze.spans(last, until).into_iter().find(|span| span.first_on > last)?;
        let freeze = ChangeFreeze { first_on: span.first_on, last_on: span.last_on, ..freeze.clone() };
        Some(FreezeDraft { freeze, events: events.to_vec(), original_at: None, known: None })
    }

    /// The recurring freeze of the series, with its index.
    pub fn recurring(&self, uid: &str) -> Option<(usize, &ChangeFreeze, &ImportedEvent)> {
        self.memory.events(uid).iter().find_map(|(index, event)| {
            let freeze = self.memory.records.get(*index)?;
            (event.on.is_none() && freeze.every_months.is_some()).then_some((*index, *freeze, *event))
        })
    }
}
