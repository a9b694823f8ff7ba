//! Freezes of a file beside occurrences of the plan that were changed or cancelled alone.

use chrono::{NaiveDate, NaiveDateTime};

use super::event_time::EventTime;
use super::later_freezes::{FreezeDraft, LaterFreezes};
use crate::model::{ChangeFreeze, ImportedEvent, UtcMinute};

impl LaterFreezes<'_> {
    /// The drafts with those of changed occurrences, and without what was cancelled before. A recurring freeze of which
    /// one occurrence was changed or cancelled alone is listed.
    pub fn without_cancelled(&mut self, drafts: Vec<FreezeDraft>) -> Vec<FreezeDraft> {
        let mut all = Vec::new();
        for draft in drafts {
            if !self.differs(&draft) {
                all.push(draft);
                continue;
            }
            let until = draft.events.iter().map(|event| self.listed_until(&event.uid, None));
            let until = until.fold(self.plan.horizon().last(), NaiveDate::max);
            for span in draft.freeze.spans(self.plan.horizon().from, until) {
                let freeze = ChangeFreeze {
                    first_on: span.first_on,
                    last_on: span.last_on,
                    every_months: None,
                    ..draft.freeze.clone()
                };
                let events =
                    draft.events.iter().map(|event| ImportedEvent { on: Some(span.first_on), ..event.clone() });
                let original_at = Some(self.original_at(&draft, span.first_on));
                all.push(FreezeDraft { freeze, events: events.collect(), original_at, known: None });
            }
            all.extend(Self::after(&draft.freeze, until, &draft.events));
        }
        all.append(&mut self.changed);
        for draft in &mut all {
            let known_on = |at| move |known: &&(usize, &ImportedEvent)| known.1.occurrence_at == Some(at);
            for event in &mut draft.events {
                let found = event.occurrence_at.and_then(|at| self.dates.get(&(event.uid.clone(), at)));
                if let Some(on) = found {
                    event.on = Some(*on);
                } else if let Some(at) = event.occurrence_at {
                    self.find_date(event, self.home.local(UtcMinute::from_utc(at.and_utc())).date());
                } else if let Some(at) = draft.original_at
                    && let Some((_, known)) = self.memory.events(&event.uid).iter().find(known_on(at))
                {
                    event.on = known.on;
                }
            }
        }
        all.retain(|draft| {
            draft.events.is_empty()
                || !draft.events.iter().all(|event| {
                    let occurrence_at = event.occurrence_at.or(draft.original_at);
                    self.memory.is_cancelled(&ImportedEvent { occurrence_at, ..event.clone() })
                })
        });
        all
    }

    /// When the series of a recurring freeze gives the occurrence of a day, in UTC: as it was cancelled alone, or its midnight.
    fn original_at(&self, draft: &FreezeDraft, on: NaiveDate) -> NaiveDateTime {
        let cancelled = draft.events.iter().flat_map(|event| self.memory.cancelled_alone(&event.uid));
        let at = cancelled.filter(|event| event.on == Some(on)).find_map(|event| event.occurrence_at);
        at.unwrap_or_else(|| EventTime::Date(on).instant(&self.home).to_utc().naive_utc())
    }

    /// Whether a freeze recurs in the file, and the plan has an occurrence of it that was changed or cancelled alone.
    fn differs(&self, draft: &FreezeDraft) -> bool {
        draft.freeze.every_months.is_some()
            && draft.events.iter().any(|event| {
                let mut known = self.memory.events(&event.uid).iter();
                known.any(|(index, known)| self.memory.outlives(*index, known, event))
                    || self.memory.cancelled_occurrences(event).next().is_some()
            })
    }

    /// Whether a freeze was changed alone, and stays so beside this version of its series.
    pub fn is_kept(&self, index: usize, draft: &FreezeDraft) -> bool {
        let known = self.memory.source(index).map_or(&[][..], |source| &source.events);
        draft.events.iter().filter(|event| event.occurrence_at.is_none()).any(|event| {
            known.iter().any(|known| {
                known.uid == event.uid && known.on == event.on && self.memory.outlives(index, known, event)
            })
        })
    }

    /// Whether a freeze is an occurrence that was changed alone, and that its series in the file does not change.
    pub fn is_changed_alone(&self, index: usize, known: &ImportedEvent) -> bool {
        self.series.get(&known.uid).is_some_and(|series| self.memory.outlives(index, known, series))
    }
}
