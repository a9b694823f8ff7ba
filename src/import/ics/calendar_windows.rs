//! Maintenance windows from a calendar: one for each series, and one for the single events of one name and time of day.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::calendar_source::read_calendar;
use super::cancellations;
use super::date_pattern::with_pattern;
use super::event_time::EventTime;
use super::events::Event;
use super::revisions::{EventGroup, resolve};
use super::series::Series;
use super::window_dates::{WindowDate, WindowZone, grouped, listed_window};
use super::window_series::{instance_name, windows};
use crate::import::error::ImportError;
use crate::import::fresh_ids::FreshIds;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::option::{OptionSpec, ValueKind};
use crate::model::{Edit, MaintenanceWindow, Minutes, Plan, WindowId};
use crate::schedule::Zone;
use crate::wording::counted;

pub(super) const SEPARATE: OptionSpec = OptionSpec {
    id: "separate",
    name: "Separate",
    help: "Make each single event a window, even if several have the same name and time of day",
    value: ValueKind::Switch,
    default_text: "one window for the events of one name and time of day",
};

/// Windows in the order of the file, and dates that are not in a window yet.
#[derive(Default)]
struct Found {
    /// With the position of the event in the file.
    windows: Vec<(usize, MaintenanceWindow)>,
    dates: Vec<(usize, WindowDate)>,
}

/// Reads each recurring event as a window whose rule is kept as written; occurrences that were excluded, added or moved
/// become exceptions. Single events of one name and time of day become one window that lists their dates. A single event
/// in UTC moves to the calendar's or the plan's zone.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let home = Zone::named(plan.zone()).unwrap_or_else(Zone::utc);
    let (calendar, mut imported) = read_calendar(input, &home)?;
    let resolved = resolve(calendar.events, &mut imported);
    cancellations::tell_windows(&resolved, plan, &mut imported);
    let mut found = Found::default();
    for (position, group) in resolved.groups.iter().enumerate() {
        input.source.check_cancelled()?;
        found.add(position, group, plan, &home, &mut imported);
    }
    let dates: Vec<NaiveDate> = found.dates.iter().map(|(_, date)| date.on).collect();
    let mut ids = FreshIds::default();
    for mut window in found.into_windows(input.options.is_on(&SEPARATE), plan) {
        window.id = WindowId::new(&ids.fresh(&window.name, |id| plan.windows().contains(&id.into())));
        imported.edits.push(Edit::PutWindow(window));
    }
    imported.skip_known_windows(plan);
    imported.summary = counted(imported.edits.len(), "window");
    imported.warn_outside_horizon(&dates, plan);
    Ok(imported.in_order())
}

impl Found {
    fn add(&mut self, position: usize, group: &EventGroup, plan: &Plan, home: &Arc<Zone>, imported: &mut Imported) {
        let event = &group.event;
        let usual = MaintenanceWindow::new(WindowId::new(""), "", crate::model::Rule::Dates(Vec::new())).duration;
        let series = match Series::new(group, home, TimeDelta::minutes(usual.0.into())) {
            Ok(series) => series,
            Err(reason) => return skip(event, &reason, imported),
        };
        series.warn(imported);
        let done = if event.recurs() || !group.replacements.is_empty() {
            windows(&series, plan, imported)
                .map(|windows| self.windows.extend(windows.into_iter().map(|window| (position, window))))
        } else {
            self.add_single(position, &series, imported)
        };
        match done {
            Err(reason) => skip(event, &reason, imported),
            Ok(()) if !event.has_end() => warn_about_length(event, usual, imported),
            Ok(()) => {}
        }
    }

    fn add_single(&mut self, position: usize, series: &Series<'_>, imported: &mut Imported) -> Result<(), String> {
        let event = series.event;
        let on = series.first();
        let Some(instance) = series.instances(on, on)?.into_iter().next() else {
            imported.warn(event.line, format!("{} skipped: its only date is excluded", event.quoted_title()));
            return Ok(());
        };
        let zone = match &event.start {
            EventTime::Utc(_) => event.calendar_zone.as_deref(),
            EventTime::Local { zone: Some(zone), .. } if zone.is_known() => Some(zone.name()),
            EventTime::Local { .. } | EventTime::Date(_) => None,
        };
        let zones = [WindowZone::new(zone, &series.home)];
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
    fn into_windows(mut self, are_separate: bool, plan: &Plan) -> Vec<MaintenanceWindow> {
        let positions: std::collections::HashMap<_, _> =
            self.dates.iter().rev().map(|(position, date)| (date.clock.clone(), *position)).collect();
        if are_separate {
            let window = |(position, date): (usize, WindowDate)| {
                (position, listed_window(&date.clock, std::slice::from_ref(&date)))
            };
            self.windows.extend(self.dates.into_iter().map(window));
        } else {
            let dates = self.dates.into_iter().map(|(_, date)| date).collect();
            for group in grouped(dates) {
                let Some(clock) = group.first().map(|date| date.clock.clone()) else { continue };
                let window = with_pattern(listed_window(&clock, &group), plan);
                self.windows.push((positions.get(&clock).copied().unwrap_or_default(), window));
            }
        }
        self.windows.sort_by_key(|(position, _)| *position);
        self.windows.into_iter().map(|(_, window)| window).collect()
    }
}

fn skip(event: &Event, reason: &str, imported: &mut Imported) {
    imported.warn(event.line, format!("{} skipped: {reason}", event.quoted_title()));
}

fn warn_about_length(event: &Event, usual: Minutes, imported: &mut Imported) {
    let name = if event.summary.is_empty() { "Imported window" } else { &event.summary };
    imported.warn(event.line, format!("\"{name}\" has no end, so {usual} is used"));
}
