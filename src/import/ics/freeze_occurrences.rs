//! Cancellations of freezes, and occurrences of their series that a file changes without the series.

use chrono::{NaiveDate, NaiveTime};

use super::additions::may_be_added;
use super::day_spans::days_of;
use super::event_time::EventTime;
use super::events::Event;
use super::later_freezes::{FreezeDraft, LaterFreezes, replaced_on};
use super::memory::version;
use super::placement::CANCELLED;
use super::revisions::{EventGroup, Resolved};
use super::series::Series;
use crate::import::imported::Imported;
use crate::model::{ChangeFreeze, ImportedEvent, LocalMinute, UtcMinute};

/// An occurrence that the plan has, by itself or as one of a recurring freeze.
struct KnownOccurrence {
    /// Of its freeze in the memory.
    index: usize,
    event: ImportedEvent,
    freeze: ChangeFreeze,
    /// It is one of several that the freeze has.
    recurs: bool,
}

impl LaterFreezes<'_> {
    /// Applies cancellations and changes of several occurrences, and takes out what the plan has in a newer version.
    /// Returns the rest.
    pub fn take(&mut self, resolved: Resolved, imported: &mut Imported) -> Resolved {
        let mut rest = Resolved::default();
        for event in resolved.cancelled {
            let own = self.version(&event);
            if self.memory.events(&event.uid).is_empty() {
                if event.is_from_cancellation && !event.uid.is_empty() && !self.memory.is_cancelled(&own) {
                    self.noted.add(&self.file.source, own);
                    self.report.add_noted();
                }
                rest.cancelled.push(event);
            } else if self.memory.is_outdated(&own) {
                self.report.add_outdated(format!("Cancellation of {}", event.quoted_title()));
            } else {
                self.cancel(&event, &own, imported);
            }
        }
        for group in resolved.groups {
            if group.event.is_addition {
                if may_be_added(&group.event, &self.memory, &self.home, &mut self.report, imported) {
                    rest.groups.push(group);
                }
                continue;
            }
            let own = self.version(&group.event);
            let is_known = !self.memory.events(&group.event.uid).is_empty();
            if self.memory.is_cancelled(&own) {
                self.report.add_cancelled_before(group.event.quoted_title());
            } else if self.memory.is_outdated(&own) {
                self.report.add_outdated(group.event.quoted_title());
            } else if let Some(on) = own.on.filter(|_| is_known) {
                if let Err(reason) = self.change_occurrences(on, &own, group, &mut rest, imported) {
                    imported.warn(None, reason);
                }
            } else {
                if own.on.is_none() && !self.memory.is_empty() {
                    self.series.insert(group.event.uid.clone(), own);
                }
                rest.groups.push(group);
            }
        }
        rest
    }

    /// The version of an event; that of a replacement with the date of the occurrence that the plan has.
    fn version(&mut self, event: &Event) -> ImportedEvent {
        let mut own = version(event, replaced_on(event), &self.home);
        if let Some(at) = event.replaces.as_ref() {
            own.on = self.original_date(&own, at);
            if let (Some(on), Some(at)) = (own.on, own.occurrence_at) {
                self.dates.insert((own.uid.clone(), at), on);
            }
        }
        own
    }

    /// The date on the clock of the series of the occurrence that takes place at that time, which may be on another clock.
    fn original_date(&self, own: &ImportedEvent, at: &EventTime) -> Option<NaiveDate> {
        let known = self.known_occurrences(&own.uid);
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
    fn find_date(&self, event: &mut ImportedEvent, other: NaiveDate) {
        let is_known = |on| self.known_occurrences(&event.uid).iter().any(|known| known.event.on == on);
        if !is_known(event.on) && is_known(Some(other)) {
            event.on = Some(other);
        }
    }

    /// The occurrences of a series that the plan has; those of recurring freezes in the plan's months.
    fn known_occurrences(&self, uid: &str) -> Vec<KnownOccurrence> {
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
            for span in freeze.spans(horizon.from, horizon.last()) {
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

    fn cancel(&mut self, event: &Event, own: &ImportedEvent, imported: &mut Imported) {
        let all = self.known_occurrences(&event.uid);
        let source = self.memory.events(&event.uid).first().and_then(|(index, _)| self.memory.source(*index));
        self.noted.add(source.map_or("", |source| &source.source), own.clone());
        let is_about = |known: &KnownOccurrence| match (own.on, known.event.on) {
            (None, _) => true,
            (Some(from), Some(on)) if event.replaces_later => from <= on,
            (Some(on), known_on) => match known.event.occurrence_at {
                Some(at) => own.occurrence_at == Some(at),
                None => known_on == Some(on),
            },
        };
        let (cancelled, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(is_about);
        for known in &cancelled {
            let others_stay = known.recurs && rest.iter().any(|other| other.index == known.index);
            // Another event may give the same freeze.
            let is_alone = self
                .memory
                .source(known.index)
                .is_some_and(|source| source.events.iter().all(|each| each.uid == event.uid));
            if is_alone && !others_stay {
                self.removed.insert(known.index, CANCELLED);
            }
        }
        // A recurring freeze may begin after the plan's months.
        for (index, known) in self.memory.events(&event.uid) {
            let is_alone = self.memory.source(*index).is_some_and(|source| source.events.len() == 1);
            let Some(freeze) = self.memory.records.get(*index).filter(|freeze| freeze.every_months.is_some()) else {
                continue;
            };
            let is_later = own.on.is_none_or(|from| event.replaces_later && from <= freeze.first_on);
            if is_alone && known.on.is_none() && is_later {
                self.removed.insert(*index, CANCELLED);
            }
        }
        self.note_later(event, own, &cancelled);
        let Some(on) = own.on.filter(|_| cancelled.iter().any(|known| known.recurs)) else { return };
        let Some((index, freeze, known)) = self.recurring(&event.uid) else { return };
        let later = self.after_plan(freeze, std::slice::from_ref(known)).filter(|_| !event.replaces_later);
        let occurrences: Vec<KnownOccurrence> =
            rest.into_iter().filter(|known| known.recurs && known.event.on != Some(on)).collect();
        if later.is_some() {
            self.removed.remove(&index);
        }
        self.list(index, occurrences, later, imported);
    }

    /// Notes the occurrences that are cancelled with an earlier one.
    fn note_later(&mut self, event: &Event, own: &ImportedEvent, cancelled: &[KnownOccurrence]) {
        let Some(at) = own.occurrence_at.filter(|_| event.replaces_later) else { return };
        let clock = self.home.local(UtcMinute::from_utc(at.and_utc())).time();
        for known in cancelled {
            let (Some(on), Some(source)) = (known.event.on, self.memory.source(known.index)) else { continue };
            let at = self.home.resolve(LocalMinute::new(on, clock)).at.to_utc().naive_utc();
            let occurrence_at = known.event.occurrence_at.or(Some(at));
            self.noted.add(&source.source, ImportedEvent { on: Some(on), occurrence_at, ..own.clone() });
        }
    }

    /// Lists the occurrences of a recurring freeze in the plan's months, since they differ. `rest` is the freeze
    /// as it recurs after them; without it, the first occurrence becomes the freeze that the plan has.
    fn list(
        &mut self,
        index: usize,
        occurrences: Vec<KnownOccurrence>,
        rest: Option<FreezeDraft>,
        imported: &mut Imported,
    ) {
        let is_continued = rest.is_some();
        let drafts = occurrences.into_iter().enumerate().map(|(position, known)| FreezeDraft {
            freeze: known.freeze,
            events: vec![known.event],
            original_at: None,
            known: Some(index).filter(|_| position == 0 && !is_continued),
        });
        self.changed.extend(drafts);
        self.changed.extend(rest.map(|draft| FreezeDraft { known: Some(index), ..draft }));
        if let Some(freeze) = self.memory.records.get(index) {
            let message = format!(
                "\"{}\" has an occurrence that differs, so those in the plan's months become freezes of their own",
                freeze.name
            );
            imported.warn(None, message);
        }
    }

    /// A recurring freeze from its first occurrence after the plan's months on.
    fn after_plan(&self, freeze: &ChangeFreeze, events: &[ImportedEvent]) -> Option<FreezeDraft> {
        let last = self.plan.horizon().last();
        let until = last.checked_add_months(chrono::Months::new(freeze.every_months?.into()))?;
        let span = freeze.spans(last, until).into_iter().find(|span| span.first_on > last)?;
        let freeze = ChangeFreeze { first_on: span.first_on, last_on: span.last_on, ..freeze.clone() };
        Some(FreezeDraft { freeze, events: events.to_vec(), original_at: None, known: None })
    }

    /// The recurring freeze of the series, with its index.
    fn recurring(&self, uid: &str) -> Option<(usize, &ChangeFreeze, &ImportedEvent)> {
        self.memory.events(uid).iter().find_map(|(index, event)| {
            let freeze = self.memory.records.get(*index)?;
            (event.on.is_none() && freeze.every_months.is_some()).then_some((*index, *freeze, *event))
        })
    }

    /// Changes one occurrence or all from one on, without their series. What is a freeze of its own is left in `rest`.
    ///
    /// # Errors
    /// Why the event is skipped.
    fn change_occurrences(
        &mut self,
        on: NaiveDate,
        own: &ImportedEvent,
        group: EventGroup,
        rest: &mut Resolved,
        imported: &mut Imported,
    ) -> Result<(), String> {
        let event = &group.event;
        let all = self.known_occurrences(&event.uid);
        if !event.replaces_later {
            let is_listed = all.iter().any(|known| known.recurs && known.event.on == Some(on));
            let others = all.into_iter().filter(|known| known.recurs && known.event.on != Some(on)).collect();
            if let Some((index, freeze, known)) = self.recurring(&event.uid).filter(|_| is_listed) {
                let later = self.after_plan(freeze, std::slice::from_ref(known));
                self.list(index, others, later, imported);
            }
            rest.groups.push(group);
            return Ok(());
        }
        let title = event.quoted_title();
        let days = Series::new(&group, &self.home, None).and_then(|series| days_of(&series));
        let (first, last) = days.map_err(|reason| format!("{title} skipped: {reason}"))?;
        let (by, length) = (first - on, last - first);
        let mut listed = Vec::new();
        for mut known in all {
            let Some(known_on) = known.event.on else { continue };
            if on <= known_on {
                let too_late = || format!("{title} skipped: it ends after the last possible date");
                known.freeze.first_on = known_on.checked_add_signed(by).ok_or_else(too_late)?;
                known.freeze.last_on = known.freeze.first_on.checked_add_signed(length).ok_or_else(too_late)?;
                if !event.summary.is_empty() {
                    known.freeze.name.clone_from(&event.summary);
                }
                known.event =
                    ImportedEvent { on: Some(known_on), occurrence_at: known.event.occurrence_at, ..own.clone() };
            } else if !known.recurs {
                continue;
            }
            listed.push(known);
        }
        if let Some((index, freeze, _)) = self.recurring(&event.uid) {
            let whole = ImportedEvent { on: None, occurrence_at: None, ..own.clone() };
            let later = self.after_plan(freeze, &[whole]);
            let shifted = later.and_then(|mut draft| {
                draft.freeze.first_on = draft.freeze.first_on.checked_add_signed(by)?;
                draft.freeze.last_on = draft.freeze.first_on.checked_add_signed(length)?;
                Some(draft)
            });
            self.list(index, listed, shifted, imported);
        } else {
            let draft = |known: KnownOccurrence| FreezeDraft {
                freeze: known.freeze,
                events: vec![known.event],
                original_at: None,
                known: None,
            };
            self.changed.extend(listed.into_iter().map(draft));
        }
        Ok(())
    }

    /// The drafts with those of changed occurrences, and without what was cancelled before. A recurring freeze of which
    /// one occurrence was changed or cancelled alone is listed.
    pub fn without_cancelled(&mut self, drafts: Vec<FreezeDraft>) -> Vec<FreezeDraft> {
        let mut all = Vec::new();
        for draft in drafts {
            let (is_listed, spans) = (self.differs(&draft), self.plan.horizon());
            if !is_listed {
                all.push(draft);
                continue;
            }
            for span in draft.freeze.spans(spans.from, spans.last()) {
                let at = EventTime::Date(span.first_on).instant(&self.home);
                let freeze = ChangeFreeze {
                    first_on: span.first_on,
                    last_on: span.last_on,
                    every_months: None,
                    ..draft.freeze.clone()
                };
                let events =
                    draft.events.iter().map(|event| ImportedEvent { on: Some(span.first_on), ..event.clone() });
                let original_at = Some(at.to_utc().naive_utc());
                all.push(FreezeDraft { freeze, events: events.collect(), original_at, known: None });
            }
            all.extend(self.after_plan(&draft.freeze, &draft.events));
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
