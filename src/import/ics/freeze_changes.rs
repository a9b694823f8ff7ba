//! Cancellations of freezes, and occurrences of their series that a file changes without the series.

use chrono::NaiveDate;

use super::additions::may_be_added;
use super::day_spans::{Span, days_of};
use super::events::Event;
use super::freeze_occurrences::{KnownOccurrence, MARGIN};
use super::later_freezes::{FreezeDraft, LaterFreezes, replaced_on};
use super::memory::version;
use super::placement::CANCELLED;
use super::revisions::{EventGroup, Resolved};
use super::series::Series;
use crate::import::imported::Imported;
use crate::model::{ImportedEvent, LocalMinute, UtcMinute};
use crate::wording::date;

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

    fn cancel(&mut self, event: &Event, own: &ImportedEvent, imported: &mut Imported) {
        let until = self.listed_until(&event.uid, own.on);
        let all = self.known_occurrences(&event.uid, until);
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
            if self.memory.is_given_twice(known.index, &event.uid, None) {
                imported.warn(event.line, format!("{} stays: another event gives it, too", event.quoted_title()));
            } else if !others_stay {
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
        let later = Self::after(freeze, until, std::slice::from_ref(known)).filter(|_| !event.replaces_later);
        let occurrences: Vec<KnownOccurrence> =
            rest.into_iter().filter(|known| known.recurs && known.event.on != Some(on)).collect();
        if later.is_some() {
            self.removed.remove(&index);
        }
        self.list(index, occurrences, until, later, imported);
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

    /// Lists the occurrences of a recurring freeze to `until`, since they differ. `rest` is the freeze as it recurs after
    /// them; without it, the first occurrence becomes the freeze that the plan has.
    fn list(
        &mut self,
        index: usize,
        occurrences: Vec<KnownOccurrence>,
        until: NaiveDate,
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
            let those = match until.checked_sub_days(MARGIN) {
                Some(last) if until > self.plan.horizon().last() => format!("those to {}", date(last)),
                _ => "those in the plan's months".to_owned(),
            };
            let message =
                format!("\"{}\" has an occurrence that differs, so {those} become freezes of their own", freeze.name);
            imported.warn(None, message);
        }
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
        if event.replaces_later {
            let title = event.quoted_title();
            let days = Series::new(&group, &self.home, None).and_then(|series| days_of(&series));
            let days = days.map_err(|reason| format!("{title} skipped: {reason}"))?;
            return self.change_later(on, own, event, days, imported);
        }
        let until = self.listed_until(&event.uid, Some(on));
        let all = self.known_occurrences(&event.uid, until);
        let is_listed = all.iter().any(|known| known.recurs && known.event.on == Some(on));
        let others = all.into_iter().filter(|known| known.recurs && known.event.on != Some(on)).collect();
        if let Some((index, freeze, known)) = self.recurring(&event.uid).filter(|_| is_listed) {
            let later = Self::after(freeze, until, std::slice::from_ref(known));
            self.list(index, others, until, later, imported);
        }
        rest.groups.push(group);
        Ok(())
    }

    /// Changes all occurrences from one on, which lasts from the first of these days to the last.
    ///
    /// # Errors
    /// Why the event is skipped.
    fn change_later(
        &mut self,
        on: NaiveDate,
        own: &ImportedEvent,
        event: &Event,
        (first, last): Span,
        imported: &mut Imported,
    ) -> Result<(), String> {
        let title = event.quoted_title();
        let until = self.listed_until(&event.uid, Some(on));
        let (by, length) = (first - on, last - first);
        let mut listed = Vec::new();
        for mut known in self.known_occurrences(&event.uid, until) {
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
            let later = Self::after(freeze, until, &[whole]);
            let shifted = later.and_then(|mut draft| {
                draft.freeze.first_on = draft.freeze.first_on.checked_add_signed(by)?;
                draft.freeze.last_on = draft.freeze.first_on.checked_add_signed(length)?;
                Some(draft)
            });
            self.list(index, listed, until, shifted, imported);
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
}
