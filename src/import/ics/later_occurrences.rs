//! Cancellations of windows, and single occurrences of series that a file changes without the series.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::events::Event;
use super::later_windows::LaterWindows;
use super::memory::version;
use super::placement::{APART, CANCELLED};
use super::revisions::{EventGroup, Resolved};
use super::series::Series;
use super::window_dates::{WindowDate, WindowZone};
use super::window_drafts::Draft;
use super::window_series::{IN_REPEATED_HOUR, apart_message, instance_name};
use crate::import::imported::Imported;
use crate::import::reconcile::{Speaks, compare_versions};
use crate::model::{DatedChange, ImportedEvent, MaintenanceWindow, OccurrenceChange, UtcMinute};
use crate::schedule::Zone;

impl LaterWindows<'_> {
    /// Applies cancellations, and takes out what the plan has in a newer version and single occurrences of series that
    /// the plan has. Returns the rest.
    pub fn take(&mut self, resolved: Resolved, imported: &mut Imported) -> Resolved {
        let mut rest = Resolved::default();
        for event in resolved.cancelled {
            if !self.cancel(&event, imported) {
                let own = version(&event, None, &self.home);
                if event.is_from_cancellation && !event.uid.is_empty() && !self.memory.is_cancelled(&own) {
                    self.noted.add(&self.file.source, own);
                    self.report.add_noted();
                }
                rest.cancelled.push(event);
            }
        }
        for group in resolved.groups {
            if group.event.is_addition {
                self.add(&group, imported);
                continue;
            }
            let own = version(&group.event, None, &self.home);
            let series = self
                .find_series(&group.event.uid)
                .filter(|index| group.event.replaces.is_some() && !self.is_apart(*index, &own));
            let on = series.and_then(|index| self.original_date(&group.event, index));
            let own = ImportedEvent { on, ..own };
            if self.memory.is_cancelled(&own) {
                self.report.add_cancelled_before(group.event.quoted_title());
            } else if self.memory.is_outdated(&own) {
                self.report.add_outdated(group.event.quoted_title());
            } else if let (Some(index), Some(on)) = (series, on) {
                if let Err(reason) = self.change_occurrence(index, on, &group, imported) {
                    imported.skip(group.event.line, &group.event.quoted_title(), &reason);
                }
            } else {
                if group.event.replaces.is_none() && !self.memory.is_empty() {
                    if group.event.recurs() {
                        self.leave_listed(&own);
                    }
                    self.series.insert(group.event.uid.clone(), own);
                }
                rest.groups.push(group);
            }
        }
        rest
    }

    /// Takes the date of an event that recurs now out of the windows that list it beside those of other events.
    fn leave_listed(&mut self, own: &ImportedEvent) {
        for (index, known) in self.memory.events(&own.uid) {
            let (Some(window), Some(source)) = (self.memory.records.get(*index), self.memory.source(*index)) else {
                continue;
            };
            let is_skipped = |on: NaiveDate| {
                window.exception(on).is_some_and(|each| matches!(each.change, OccurrenceChange::Skipped { .. }))
            };
            let is_listed = source.events.iter().all(|event| event.on.is_some());
            let mut others = source.events.iter().filter(|event| event.uid != own.uid);
            if is_listed && others.any(|event| event.on.is_some_and(|on| !is_skipped(on))) {
                let left = ImportedEvent { on: known.on, occurrence_at: known.occurrence_at, ..own.clone() };
                self.cancelled.entry(*index).or_default().push(left);
            }
        }
    }

    /// Whether the occurrence has a window of its own, besides that of its series.
    pub fn is_apart(&self, series: usize, event: &ImportedEvent) -> bool {
        self.memory.events(&event.uid).iter().any(|(index, known)| {
            *index != series && known.occurrence_at.is_some() && known.occurrence_at == event.occurrence_at
        })
    }

    /// Whether the cancelled event is one that the plan has.
    fn cancel(&mut self, event: &Event, imported: &mut Imported) -> bool {
        let known: Vec<(usize, ImportedEvent)> =
            self.memory.events(&event.uid).iter().map(|(index, known)| (*index, (*known).clone())).collect();
        let Some((first, _)) = known.first() else { return false };
        let series = self.find_series(&event.uid);
        let on = event.replaces.as_ref().and_then(|_| self.original_date(event, series.unwrap_or(*first)));
        let own = version(event, on, &self.home);
        if self.memory.is_outdated(&own) {
            self.report.add_outdated(format!("Cancellation of {}", event.quoted_title()));
            return true;
        }
        let source = self.memory.source(*first).map_or_else(String::new, |source| source.source.clone());
        self.noted.add(&source, own.clone());
        let is_apart = series.is_some_and(|index| self.is_apart(index, &own)) && !event.replaces_later;
        for (index, before) in known {
            match (on, before.on) {
                (None, own_on) if self.memory.is_given_twice(index, &own.uid, own_on) => {
                    imported.warn(event.line, format!("{} stays: another event gives it, too", event.quoted_title()));
                }
                (None, None) => {
                    self.removed.insert(index, CANCELLED);
                }
                (Some(_), None) if is_apart => {}
                (Some(on), None) if event.replaces_later => {
                    self.ends.insert(index, on);
                    self.occurrences.entry(index).or_default().push((own.clone(), None));
                }
                (Some(_), None) => {
                    let skipped = OccurrenceChange::Skipped { reason: CANCELLED.to_owned() };
                    self.occurrences.entry(index).or_default().push((own.clone(), Some(skipped)));
                }
                (_, Some(own_on)) if series != Some(index) && cancels(&own, &before, event.replaces_later) => {
                    let cancelled =
                        ImportedEvent { on: Some(own_on), occurrence_at: before.occurrence_at, ..own.clone() };
                    self.cancelled.entry(index).or_default().push(cancelled);
                }
                (_, Some(_)) => {}
            }
        }
        true
    }

    /// The window that has the series of this UID.
    fn find_series(&self, uid: &str) -> Option<usize> {
        self.memory.events(uid).iter().find(|(_, event)| event.on.is_none()).map(|(index, _)| *index)
    }

    /// The original date of the occurrence that the event replaces, in the zone of the window.
    fn original_date(&self, event: &Event, index: usize) -> Option<NaiveDate> {
        let zone = self.zone(self.memory.records.get(index)?);
        event.replaces.as_ref().map(|at| at.in_zone(&zone).date())
    }

    fn zone(&self, window: &MaintenanceWindow) -> Arc<Zone> {
        Zone::in_plan(self.plan, self.plan.window_zone(window)).unwrap_or_else(Zone::utc)
    }

    /// Changes one occurrence of a series that is not in the file.
    ///
    /// # Errors
    /// Why the event is skipped, in the middle of a sentence.
    fn change_occurrence(
        &mut self,
        index: usize,
        on: NaiveDate,
        group: &EventGroup,
        imported: &mut Imported,
    ) -> Result<(), String> {
        let Some(window) = self.memory.records.get(index).copied() else { return Ok(()) };
        let series = Series::new(group, &self.home, Some(TimeDelta::minutes(window.duration.0.into())))?;
        let instance = series.first_instance();
        let zone = WindowZone::new(&self.zone(window), &self.home);
        let date = WindowDate::new(&instance, instance_name(&instance), std::slice::from_ref(&zone), &self.home)?;
        if group.event.replaces_later {
            return self.change_later(index, on, &date, version(&group.event, Some(on), &self.home));
        }
        let own = version(&group.event, Some(on), &self.home);
        let change = if let Some(placement) = date.placement(window, on, &zone.zone) {
            placement.change()
        } else {
            imported.warn(group.event.line, apart_message(&group.event, &date, IN_REPEATED_HOUR));
            self.apart.push(date);
            Some(OccurrenceChange::Skipped { reason: APART.to_owned() })
        };
        self.occurrences.entry(index).or_default().push((own, change));
        Ok(())
    }

    /// Changes all occurrences of a series from one on.
    ///
    /// # Errors
    /// Why the event is skipped, in the middle of a sentence.
    fn change_later(
        &mut self,
        index: usize,
        on: NaiveDate,
        date: &WindowDate,
        version: ImportedEvent,
    ) -> Result<(), String> {
        let Some(window) = self.memory.records.get(index).copied() else { return Ok(()) };
        let shift = i32::try_from((date.on - on).num_days()).ok();
        let shift = shift.filter(|days| days.abs() <= DatedChange::LONGEST_SHIFT && !date.is_moved_to_utc);
        let shift_days = shift.ok_or("it moves all later occurrences too far: import the whole series")?;
        let before = MaintenanceWindow {
            changes: window.changes.iter().filter(|change| change.from < on).cloned().collect(),
            ..window.clone()
        };
        let usual = before.usual_times(on);
        let change = DatedChange {
            from: on,
            start: Some(date.clock.start).filter(|start| *start != usual.start),
            duration: Some(date.clock.duration).filter(|length| *length != usual.duration),
            shift_days,
        };
        self.shifts.entry(index).or_default().push(change);
        self.occurrences.entry(index).or_default().push((version, None));
        Ok(())
    }

    /// Whether a record has an occurrence that was changed alone, and that its series in the file does not change.
    pub fn is_changed_alone(&self, index: usize, known: &ImportedEvent) -> bool {
        self.series.get(&known.uid).is_some_and(|series| self.memory.outlives(index, known, series))
    }

    /// Keeps occurrences that were changed or cancelled alone, in a version that is not older than that of their series.
    pub fn keep_changed_alone(&self, drafts: &mut Vec<Draft>) {
        let is_cancelled = |event: &ImportedEvent| event.occurrence_at.is_some() && self.memory.is_cancelled(event);
        drafts.retain(|draft| draft.events.is_empty() || !draft.events.iter().all(is_cancelled));
        for draft in drafts {
            let Some(series) = draft.events.iter().find(|event| event.on.is_none()).cloned() else { continue };
            let zone = self.zone(&draft.window);
            let own = |draft: &Draft, known: &ImportedEvent| {
                let mut same = draft.events.iter().filter(|event| event.occurrence_at == known.occurrence_at);
                same.any(|event| compare_versions(event, known).is_ge())
            };
            let main = self.find_series(&series.uid);
            let (mut kept, mut away) = (BTreeSet::new(), HashSet::new());
            for (index, known) in self.memory.events(&series.uid) {
                if Some(*index) == main && self.ends_or_shifts(*index, known, &series, draft) {
                    kept.extend(["changes".to_owned(), "last".to_owned()]);
                }
                if own(draft, known) || !self.memory.outlives(*index, known, &series) {
                    continue;
                }
                if Some(*index) == main {
                    kept.extend(known.on.map(|on| on.to_string()));
                } else {
                    away.extend(known.occurrence_at.map(|at| (at, APART)));
                }
            }
            let cancelled = self.memory.cancelled_occurrences(&series).filter(|known| !own(draft, known));
            away.extend(cancelled.filter_map(|known| Some((known.occurrence_at?, CANCELLED))));
            for (at, reason) in away {
                let local = zone.local(UtcMinute::from_utc(at.and_utc()));
                let usual = draft.window.usual_times(local.date());
                // A RECURRENCE-ID that is a date has no time of day.
                let is_date = local.time() == NaiveTime::MIN;
                if (is_date || local.time() == usual.start) && !kept.contains(&local.date().to_string()) {
                    draft.window.set_exception(local.date(), OccurrenceChange::Skipped { reason: reason.to_owned() });
                }
            }
            if !kept.is_empty() && draft.speaks == Speaks::All {
                draft.speaks = Speaks::AllBut(kept);
            }
        }
    }
}

impl LaterWindows<'_> {
    /// Whether a file changed or cancelled all occurrences from a date on, in a version that is not older than that of the
    /// series, which does not say so.
    fn ends_or_shifts(&self, index: usize, known: &ImportedEvent, series: &ImportedEvent, draft: &Draft) -> bool {
        let Some(window) = self.memory.records.get(index) else { return false };
        let Some(on) = known.on else { return false };
        let ends = window.last.is_some() && window.last == on.pred_opt();
        let shifts = known.occurrence_at.is_none() && window.changes.iter().any(|change| change.from == on);
        let is_newer = self.memory.is_newer_alone(index, known, series);
        (ends || shifts) && is_newer && !draft.events.iter().any(|event| event.on == Some(on))
    }
}

/// Whether the cancellation is about an occurrence that a window has alone.
fn cancels(cancelled: &ImportedEvent, known: &ImportedEvent, and_later: bool) -> bool {
    match (cancelled.occurrence_at, known.occurrence_at) {
        (None, _) => true,
        (Some(from), Some(at)) if and_later => from <= at,
        (Some(one), Some(other)) => one == other,
        (Some(_), None) => cancelled.on == known.on,
    }
}
