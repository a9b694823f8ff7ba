//! Single dates of windows, and the windows that list them.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::memory::version;
use super::placement::Placement;
use super::series::Instance;
use crate::model::{ImportedEvent, ListedDate, LocalMinute, MaintenanceWindow, Minutes, Rule, UtcMinute, WindowId};
use crate::schedule::Zone;

/// The longest notes of a window that several events share, in characters.
const LONGEST_NOTES: usize = 4_000;

/// What the dates of one window have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct WindowClock {
    pub name: String,
    /// IANA name; none for the plan's zone.
    pub zone: Option<String>,
    pub start: NaiveTime,
    pub duration: Minutes,
}

/// One date of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WindowDate {
    pub clock: WindowClock,
    pub on: NaiveDate,
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    /// The event that gives it.
    pub event: ImportedEvent,
    pub notes: String,
    pub line: Option<usize>,
    /// Its own zone cannot say its times, so it is in UTC.
    pub is_moved_to_utc: bool,
}

/// A zone in which a window may be: its name, unless it is the plan's.
#[derive(Clone, Debug)]
pub(super) struct WindowZone {
    pub name: Option<String>,
    pub zone: Arc<Zone>,
}

impl WindowZone {
    /// `zone`, which the plan can name.
    pub fn new(zone: &Arc<Zone>, home: &Arc<Zone>) -> Self {
        Self { name: Some(zone.name().to_owned()).filter(|name| *name != home.name()), zone: Arc::clone(zone) }
    }
}

/// The start and length on the clock of `zone`, if a window of that start and length has these times. The usual length is
/// preferred.
pub(super) fn on_clock(
    instance: &Instance<'_>,
    zone: &Zone,
    home: &Zone,
    usual: Option<Minutes>,
) -> Option<(LocalMinute, Minutes)> {
    let (start, end) = instance.instants(home);
    let local = LocalMinute::from_naive(if instance.start.is_date() {
        zone.local(start).to_naive()
    } else {
        instance.start.in_zone(zone)
    });
    // The length as written comes first: an end that the clock change skips counts as on any other night.
    let written = LocalMinute::from_naive(instance.end.in_zone(zone)).0.saturating_sub(local.0);
    let shown = zone.local(end).0.saturating_sub(local.0);
    let lengths = [written, shown, end.since(start)].into_iter().filter_map(|length| u32::try_from(length).ok());
    let fits = |length: &Minutes| !length.is_zero() && times(local, *length, zone) == (start, end);
    let length = usual.into_iter().chain(lengths.map(Minutes)).find(fits)?;
    (length <= Minutes::LONGEST).then_some((local, length))
}

/// The instants of an occurrence at this local time, as the schedule calculates them.
fn times(local: LocalMinute, length: Minutes, zone: &Zone) -> (UtcMinute, UtcMinute) {
    let start = zone.resolve(local).at;
    let end = zone.resolve(local.plus(length)).at;
    (start, if end <= start { start.plus(length.signed()) } else { end })
}

impl WindowDate {
    /// The date in the first of the zones that can say its times, else in UTC.
    ///
    /// # Errors
    /// No window can last as long.
    pub fn new(instance: &Instance<'_>, name: &str, zones: &[WindowZone], home: &Zone) -> Result<Self, String> {
        let (start, end) = instance.instants(home);
        if end <= start {
            return Err("it ends before it begins".to_owned());
        }
        if end.since(start) > Minutes::LONGEST.signed() {
            return Err(format!("it lasts longer than {}", Minutes::LONGEST));
        }
        let found =
            zones.iter().find_map(|zone| Some((zone.name.clone(), on_clock(instance, &zone.zone, home, None)?)));
        let is_moved_to_utc = found.is_none();
        let in_utc = || (Some("UTC".to_owned()), (LocalMinute(start.0), Minutes(end.since(start).unsigned_abs())));
        let (zone, (local, duration)) = found.unwrap_or_else(in_utc);
        Ok(Self {
            clock: WindowClock { name: name.to_owned(), zone, start: local.time(), duration },
            on: local.date(),
            start_at: start,
            end_at: end,
            event: version(instance.event, None, home),
            notes: instance.event.description.clone(),
            line: instance.event.line,
            is_moved_to_utc,
        })
    }
}

impl WindowDate {
    /// How the window has it as the occurrence of `on`; none if it cannot. `zone` is the window's.
    pub fn placement(&self, window: &MaintenanceWindow, on: NaiveDate, zone: &Zone) -> Option<Placement> {
        self.placement_by(window, on, zone, true)
    }

    /// The same, if the rule of the window may not give that date.
    pub fn placement_by(
        &self,
        window: &MaintenanceWindow,
        on: NaiveDate,
        zone: &Zone,
        is_by_rule: bool,
    ) -> Option<Placement> {
        let local = zone.local(self.start_at);
        let shown = zone.local(self.end_at).0.saturating_sub(local.0);
        let usual = window.usual_times(on);
        let lengths = [usual.duration.signed(), self.clock.duration.signed(), shown, self.end_at.since(self.start_at)];
        let fits_at = |local: LocalMinute, length: &Minutes| {
            !length.is_zero()
                && *length <= Minutes::LONGEST
                && times(local, *length, zone) == (self.start_at, self.end_at)
        };
        // A time that the clock change skips is the usual one, although no clock shows it.
        let usually = LocalMinute::new(usual.date(on), usual.start);
        let local = if fits_at(usually, &usual.duration) { usually } else { local };
        let fits = |length: &Minutes| fits_at(local, length);
        let lengths = lengths.into_iter().filter_map(|length| u32::try_from(length).ok());
        let length = lengths.map(Minutes).find(fits)?;
        Some(Placement::new(local, length, on, usual, is_by_rule))
    }
}

/// Puts dates of the same name, zone and time of day into one window, in the order of their first appearance. A second
/// one on the same date gets a window of its own.
pub(super) fn grouped(dates: Vec<WindowDate>) -> Vec<Vec<WindowDate>> {
    let mut groups: Vec<Vec<WindowDate>> = Vec::new();
    // The groups of one clock, and how many of them have each date.
    let mut by_clock: HashMap<WindowClock, (Vec<usize>, HashMap<NaiveDate, usize>)> = HashMap::new();
    for date in dates {
        let (own, counts) = by_clock.entry(date.clock.clone()).or_default();
        let count = counts.entry(date.on).or_insert(0);
        if own.len() <= *count {
            own.push(groups.len());
            groups.push(Vec::with_capacity(1));
        }
        groups[own[*count]].push(date);
        *count += 1;
    }
    for group in &mut groups {
        group.sort_by_key(|date| date.on);
    }
    groups
}

/// The window that lists these dates, without an id.
pub(super) fn listed_window(clock: &WindowClock, dates: &[WindowDate]) -> MaintenanceWindow {
    let list = dates.iter().map(|date| ListedDate { on: date.on, words: String::new() }).collect();
    let mut window = MaintenanceWindow::new(WindowId::new(""), &clock.name, Rule::Dates(list));
    window.start = clock.start;
    window.duration = clock.duration;
    window.zone.clone_from(&clock.zone);
    window.notes = common_notes(dates);
    window
}

/// The notes of all dates: once if they are the same, else each with its date.
fn common_notes(dates: &[WindowDate]) -> String {
    let first = dates.first().map(|date| date.notes.clone()).unwrap_or_default();
    if dates.iter().all(|date| date.notes == first) {
        return first;
    }
    let told = dates.iter().filter(|date| !date.notes.is_empty());
    let notes: Vec<String> = told.map(|date| format!("{}: {}", date.on, date.notes)).collect();
    let notes = notes.join("\n");
    if notes.chars().count() <= LONGEST_NOTES {
        return notes;
    }
    notes.chars().take(LONGEST_NOTES - 1).chain(['…']).collect()
}
