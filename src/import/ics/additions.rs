//! METHOD:ADD: a message that adds dates to a series which the plan has.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::events::Event;
use super::later_report::LaterReport;
use super::later_windows::LaterWindows;
use super::memory::{Memory, Remembering};
use super::placement::Placement;
use super::revisions::EventGroup;
use super::series::{Instance, Series};
use super::window_dates::{WindowDate, WindowZone};
use super::window_series::{IN_REPEATED_HOUR, SECOND_ON_DAY, apart_message, instance_name};
use crate::import::imported::Imported;
use crate::model::{ImportedEvent, MaintenanceWindow, OccurrenceChange, Plan};
use crate::schedule::Zone;
use crate::schedule::time::dates::window_dates;
use crate::wording::date;

/// Whether the dates of a message may be added: the plan has its series, and nothing newer. If not, that is reported.
pub(super) fn may_be_added<R: Remembering>(
    event: &Event,
    memory: &Memory<'_, R>,
    home: &Zone,
    report: &mut LaterReport,
    imported: &mut Imported,
) -> bool {
    let title = event.quoted_title();
    if memory.events(&event.uid).is_empty() {
        let reason = "METHOD:ADD adds dates to a series that the plan does not have: ask for the whole series";
        imported.skip(event.line, &title, reason);
        return false;
    }
    let is_outdated = memory.is_outdated(&added_version(event, event.start.written_on(), event.start.instant(home)));
    if is_outdated {
        report.add_outdated(title);
    }
    !is_outdated
}

/// The version of an occurrence that was added, which later messages name by its start.
fn added_version(event: &Event, on: NaiveDate, start_at: crate::model::UtcMinute) -> ImportedEvent {
    let at = start_at.to_utc().naive_utc();
    ImportedEvent {
        uid: event.uid.clone(),
        on: Some(on),
        occurrence_at: Some(at),
        sequence: event.sequence,
        stamp: event.written,
    }
}

/// The occurrences that a message adds; those of a rule in the plan's months.
fn added<'a>(series: &Series<'a>, plan: &Plan) -> Result<Vec<Instance<'a>>, String> {
    let event = series.event;
    let horizon = plan.horizon();
    let dates = || event.added.iter().map(|added| series.local(&added.start).date()).chain([series.first()]);
    let last = Some(horizon.last()).filter(|_| !event.rules.is_empty());
    let from = dates().min().unwrap_or(horizon.from);
    let to = dates().chain(last).max().unwrap_or(horizon.last());
    series.instances(from, to)
}

impl LaterWindows<'_> {
    /// Adds the dates of a message to the window that has its series.
    pub fn add(&mut self, group: &EventGroup, imported: &mut Imported) {
        let event = &group.event;
        if !may_be_added(event, &self.memory, &self.home, &mut self.report, imported) {
            return;
        }
        if let Err(reason) = self.add_dates(group, imported) {
            imported.skip(event.line, &event.quoted_title(), &reason);
        }
    }

    /// # Errors
    /// Why a date cannot be added, in the middle of a sentence. Then none is added.
    fn add_dates(&mut self, group: &EventGroup, imported: &mut Imported) -> Result<(), String> {
        let known = self.memory.events(&group.event.uid);
        let as_given = || known.iter().find(|(_, event)| event.occurrence_at.is_none());
        let whole = known.iter().find(|(_, event)| event.on.is_none()).or_else(as_given).or(known.first());
        let Some((index, window)) = whole.and_then(|(index, _)| Some((*index, *self.memory.records.get(*index)?)))
        else {
            return Ok(());
        };
        let zone = Zone::in_plan(self.plan, self.plan.window_zone(window)).unwrap_or_else(Zone::utc);
        let series = Series::new(group, &self.home, Some(TimeDelta::minutes(window.duration.0.into())))?;
        let (mut changes, mut apart) = (Vec::new(), Vec::new());
        for instance in added(&series, self.plan)? {
            let zones = [WindowZone::new(&zone, &self.home)];
            let mut added = WindowDate::new(&instance, instance_name(&instance), &zones, &self.home)?;
            let on = zone.local(added.start_at).date();
            let own = added_version(instance.event, on, added.start_at);
            if self.memory.is_cancelled(&own) {
                self.report.add_cancelled_before(format!("{} on {}", group.event.quoted_title(), date(on)));
                continue;
            }
            let taken = self.occurrences.get(&index).into_iter().flatten().chain(&changes);
            let is_taken = taken.into_iter().any(|(event, _)| event.on == own.on && *event != own);
            let is_apart = self.is_apart(index, &own);
            let placement = self.added_change(window, &added, on, &zone, &own);
            if let Some(placement) = placement.filter(|_| !is_apart && !is_taken) {
                changes.push((own, placement.change()));
                continue;
            }
            if !is_apart {
                let why = if added.is_moved_to_utc { IN_REPEATED_HOUR } else { SECOND_ON_DAY };
                imported.warn(group.event.line, apart_message(&group.event, &added, why));
            }
            added.event = own;
            apart.push(added);
        }
        if !changes.is_empty() {
            self.occurrences.entry(index).or_default().extend(changes);
        }
        self.apart.extend(apart);
        Ok(())
    }

    /// How the window has an added date; none if it has another occurrence on that date, or cannot have this one.
    fn added_change(
        &self,
        window: &MaintenanceWindow,
        added: &WindowDate,
        on: NaiveDate,
        zone: &Arc<Zone>,
        own: &ImportedEvent,
    ) -> Option<Placement> {
        let is_by_rule = window_dates(window, zone, self.plan, on, on).contains(&on);
        let before = window.exception(on).map(|exception| &exception.change);
        let is_known = self.memory.events(&own.uid).iter().any(|(_, known)| known.occurrence_at == own.occurrence_at);
        let placement = added.placement_by(window, on, zone, is_by_rule)?;
        let is_free = match before {
            Some(OccurrenceChange::Skipped { .. }) => true,
            Some(OccurrenceChange::Added { .. } | OccurrenceChange::Moved { .. }) => is_known,
            Some(OccurrenceChange::Restored) | None => !is_by_rule || placement == Placement::AsUsual,
        };
        is_free.then_some(placement)
    }
}
