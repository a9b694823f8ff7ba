//! Maintenance windows from a calendar: one for each series, and one for the single events of one name and time of day.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::calendar_source::{read_calendar, source_name};
use super::cancellations;
use super::date_pattern::with_pattern;
use super::event_time::EventTime;
use super::events::Event;
use super::file_events::FileEvents;
use super::known_dates::KnownDates;
use super::later_report::LaterReport;
use super::later_windows::LaterWindows;
use super::memory::{Memory, version};
use super::noted_cancellations::NotedCancellations;
use super::own_events::{OwnEvent, without_own};
use super::own_zones::custom_zones;
use super::revisions::{EventGroup, resolve, warn_about_cancelled};
use super::series::Series;
use super::window_dates::{WindowDate, WindowZone, grouped};
use super::window_drafts::Draft;
use super::window_series::{instance_name, windows};
use crate::import::error::ImportError;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::option::{OptionSpec, ValueKind};
use crate::import::reconcile::REMOVE_GONE;
use crate::import::topic::Topic;
use crate::model::{MaintenanceWindow, Minutes, Plan, Rule, WindowId};
use crate::schedule::Zone;

pub(super) const SEPARATE: OptionSpec = OptionSpec {
    id: "separate",
    name: "Separate",
    help: "Make each single event a window, even if several have the same name and time of day",
    value: ValueKind::Switch,
    default_text: "one window for the events of one name and time of day",
    is_fallback: false,
};

/// Windows in the order of the file, and dates that are not in a window yet; each with the position of its event.
#[derive(Default)]
struct Found {
    windows: Vec<(usize, Draft)>,
    dates: Vec<(usize, WindowDate)>,
    /// UIDs of the events that gave them.
    alive: HashSet<String>,
}

/// Reads each recurring event as a window whose rule is kept as written; occurrences that were excluded, added or moved
/// become exceptions. Single events of one name and time of day become one window that lists their dates. A single event
/// in UTC moves to the calendar's or the plan's zone. Events that the plan has imported before change their windows.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let home = Zone::for_plan(plan);
    let (mut calendar, mut imported) = read_calendar(input, &home)?;
    let file = FileEvents::new(&calendar, source_name(&calendar, input)?);
    input.source.check_cancelled()?;
    calendar.events = without_own(calendar.events, plan, Topic::Windows, &mut imported);
    input.source.check_cancelled()?;
    let resolved = resolve(calendar.events, &home, input.source, &mut imported)?;
    let memory = Memory::new(plan.windows().iter().map(|window| &**window), plan, &file);
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, window) in memory.records.iter().enumerate() {
        by_name.entry(&window.name).or_default().push(index);
    }
    let mut later = LaterWindows {
        source: input.source,
        plan,
        home: Arc::clone(&home),
        today: input.target.today(),
        removes_gone: input.options.is_on(&REMOVE_GONE),
        file,
        memory,
        by_name,
        report: LaterReport::new("as usual"),
        removed: BTreeMap::new(),
        twins: HashSet::new(),
        cancelled: BTreeMap::new(),
        zones: BTreeMap::new(),
        ends: BTreeMap::new(),
        shifts: BTreeMap::new(),
        noted: NotedCancellations::default(),
        series: HashMap::new(),
        occurrences: BTreeMap::new(),
        apart: Vec::new(),
    };
    let resolved = later.take(resolved, &mut imported);
    let events = resolved.groups.iter().flat_map(|group| std::iter::once(&group.event).chain(&group.replacements));
    later.zones = custom_zones(events);
    warn_about_cancelled(&resolved, &mut imported);
    cancellations::tell_windows(&resolved, plan, &mut imported);
    let mut found = Found::default();
    // Each event is dropped once it is read, because a calendar may have 100,000 of them.
    for (position, group) in resolved.groups.into_iter().enumerate() {
        input.source.check_cancelled()?;
        found.add(position, &group, plan, &home, &mut imported);
    }
    let dates: Vec<NaiveDate> =
        found.dates.iter().map(|(_, date)| date.on).chain(later.apart.iter().map(|date| date.on)).collect();
    let alive = std::mem::take(&mut found.alive);
    let drafts = found.into_drafts(input.options.is_on(&SEPARATE), &mut later, &resolved.cancelled)?;
    input.source.check_cancelled()?;
    later.apply(drafts, &alive, &mut imported);
    input.source.check_cancelled()?;
    imported.warn_outside_horizon(&dates, plan);
    Ok(imported.in_order())
}

impl Found {
    fn add(&mut self, position: usize, group: &EventGroup, plan: &Plan, home: &Arc<Zone>, imported: &mut Imported) {
        let event = &group.event;
        let usual = MaintenanceWindow::new(WindowId::new(""), "", Rule::Dates(Vec::new())).duration;
        let series = match Series::new(group, home, Some(TimeDelta::minutes(usual.0.into()))) {
            Ok(series) => series,
            Err(reason) => return imported.skip(event.line, &event.quoted_title(), &reason),
        };
        series.warn(imported);
        let done = if event.recurs() || !group.replacements.is_empty() {
            windows(&series, plan, imported)
                .map(|drafts| self.windows.extend(drafts.into_iter().map(|draft| (position, draft))))
        } else {
            self.add_single(position, &series, imported)
        };
        match done {
            Err(reason) => return imported.skip(event.line, &event.quoted_title(), &reason),
            Ok(()) if !event.has_end() => warn_about_length(event, usual, imported),
            Ok(()) => {}
        }
        // A replacement of one occurrence says nothing about the others.
        if event.replaces.is_none() {
            self.alive.insert(event.uid.clone());
        }
    }

    fn add_single(&mut self, position: usize, series: &Series<'_>, imported: &mut Imported) -> Result<(), String> {
        let event = series.event;
        let on = series.first();
        let Some(instance) = series.instances(on, on)?.into_iter().next() else {
            imported.skip(event.line, &event.quoted_title(), "its only date is excluded");
            return Ok(());
        };
        let zone = match &event.start {
            EventTime::Utc(_) => event.calendar_zone.as_deref().and_then(Zone::named),
            EventTime::Local { zone: Some(zone), .. } => Some(Arc::clone(zone.zone())),
            EventTime::Local { zone: None, .. } | EventTime::Date(_) => None,
        };
        let zones = [WindowZone::new(zone.as_ref().unwrap_or(&series.home), &series.home)];
        let date = WindowDate::new(&instance, instance_name(&instance), &zones, &series.home)?;
        if date.is_moved_to_utc {
            let message = format!(
                "{} on {} begins or ends in an hour that the clocks show twice, so its window is in UTC",
                event.quoted_title(),
                date.on
            );
            imported.warn(event.line, message);
        }
        self.dates.push((position, date));
        Ok(())
    }

    /// All windows, in the order of the file.
    fn into_drafts(
        mut self,
        are_separate: bool,
        later: &mut LaterWindows<'_>,
        cancelled: &[Event],
    ) -> Result<Vec<Draft>, ImportError> {
        let source = later.source;
        let mut positions: HashMap<_, usize> = HashMap::new();
        let mut known: BTreeMap<usize, BTreeMap<NaiveDate, WindowDate>> = BTreeMap::new();
        let mut own: BTreeMap<String, (usize, KnownDates<'_>)> = BTreeMap::new();
        let mut rest = Vec::new();
        self.dates.extend(std::mem::take(&mut later.apart).into_iter().map(|date| (usize::MAX, date)));
        for (position, date) in std::mem::take(&mut self.dates) {
            source.check_cancelled()?;
            let before = later.occurrence(&date);
            let joined = || later.window_for(&date).filter(|_| !are_separate).map(|index| (index, date.on));
            let is_free =
                |(index, on): &(usize, NaiveDate)| known.get(index).is_none_or(|dates| !dates.contains_key(on));
            if let Some((index, on)) = before.or_else(joined).filter(is_free) {
                known.entry(index).or_default().insert(on, date);
            } else if let Some(event) = OwnEvent::find(&date.event.uid).filter(|_| !are_separate) {
                let (_, dates) = own.entry(event.window).or_insert((position, KnownDates::default()));
                dates.members.insert(event.on, date);
            } else {
                positions.entry(date.clock.clone()).or_insert(position);
                rest.push(date);
            }
        }
        for event in cancelled {
            if let Some((on, (_, dates))) =
                OwnEvent::find(&event.uid).and_then(|each| Some((each.on, own.get_mut(&each.window)?)))
            {
                dates.cancelled.push(version(event, Some(on), &later.home));
            }
        }
        for (position, dates) in own.into_values() {
            if let Some((draft, apart)) = dates.draft(later.plan, &later.home, &later.zones) {
                self.windows.push((position, draft));
                rest.extend(apart);
            }
        }
        let (drafts, apart) = later.known_dates(known);
        rest.extend(apart);
        let groups = if are_separate { rest.into_iter().map(|date| vec![date]).collect() } else { grouped(rest) };
        for group in groups {
            source.check_cancelled()?;
            let Some(clock) = group.first().map(|date| date.clock.clone()) else { continue };
            let mut draft = Draft::listed(&clock, &group);
            if !are_separate {
                draft.window = with_pattern(draft.window, later.plan);
            }
            self.windows.push((positions.get(&clock).copied().unwrap_or_default(), draft));
        }
        self.windows.sort_by_key(|(position, _)| *position);
        self.windows.extend(drafts.into_iter().map(|draft| (usize::MAX, draft)));
        // Collected in the same memory, because a calendar may have 100,000 events.
        Ok(self.windows.into_iter().map(|(_, draft)| draft).collect())
    }
}

fn warn_about_length(event: &Event, usual: Minutes, imported: &mut Imported) {
    let name = if event.summary.is_empty() { "Imported window" } else { &event.summary };
    imported.warn(event.line, format!("\"{name}\" has no end, so {usual} is used"));
}
