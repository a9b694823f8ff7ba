//! A series as a window: its rule, with exceptions for every date on which it differs.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveDateTime};

use super::dated_changes::add_dated_changes;
use super::memory::version;
use super::placement::{APART, CANCELLED, EXCLUDED, Placement};
use super::series::{Instance, Series};
use super::window_dates::{WindowDate, WindowZone, grouped, on_clock};
use super::window_drafts::Draft;
use crate::import::imported::Imported;
use crate::model::{Exception, LocalMinute, MaintenanceWindow, Minutes, OccurrenceChange, Plan, Rule, WindowId};
use crate::schedule::Zone;

/// How many occurrences of one series are named that become windows of their own.
const MOST_NAMED: usize = 20;
/// Why an occurrence becomes a separate window.
pub(super) const SECOND_ON_DAY: &str = "is a second occurrence on one day";
pub(super) const IN_REPEATED_HOUR: &str = "is in an hour that the clocks show twice";
/// Clocks of zones differ by up to a day.
const MARGIN: Days = Days::new(2);

/// The windows of a recurring event, without ids: the series, and windows for what it cannot say.
///
/// # Errors
/// Why the event is skipped, in the middle of a sentence.
pub(super) fn windows(series: &Series<'_>, plan: &Plan, imported: &mut Imported) -> Result<Vec<Draft>, String> {
    let mut window = base(series)?;
    add_dated_changes(series, &mut window);
    let (from, to) = range(series, plan);
    let mut builder =
        Builder { series, window: &window, zone: &series.zone, changes: BTreeMap::new(), apart: Vec::new() };
    let compared = series.instances(from, to).and_then(|instances| {
        let has_dates = instances.iter().any(|instance| plan.horizon().contains(instance.original.date()));
        builder.compare(instances, from, to).map(|()| has_dates)
    });
    match compared {
        Ok(has_dates) => {
            if !has_dates {
                let message = format!("{} has no date in the plan's months", series.event.quoted_title());
                imported.warn(series.event.line, message);
            }
            let (changes, apart) = (builder.changes, builder.apart);
            window.exceptions = changes
                .into_iter()
                .map(|(on, change)| Exception { on, change, sequence: 1, was_added: false })
                .collect();
            let mut windows = vec![main_draft(series, window)];
            windows.extend(apart_windows(series, apart, imported));
            warn_about_rules(series, imported);
            Ok(windows)
        }
        Err(reason) => {
            let title = series.event.quoted_title();
            imported.warn(series.event.line, format!("{title} has dates that could not be checked: {reason}"));
            Ok(vec![main_draft(series, window)])
        }
    }
}

/// The window of a series with its event and those that replace its occurrences.
fn main_draft(series: &Series<'_>, window: MaintenanceWindow) -> Draft {
    let replaced = |other: &&super::events::Event| {
        let at = other.replaces.as_ref().map(|at| series.local(at).date());
        version(other, at, &series.home)
    };
    let others = series.replacements.iter().map(replaced);
    Draft::new(window, std::iter::once(version(series.event, None, &series.home)).chain(others).collect())
}

/// The window of the first rule.
fn base(series: &Series<'_>) -> Result<MaintenanceWindow, String> {
    let event = series.event;
    let first = series.first();
    let name = if event.summary.is_empty() { "Imported window" } else { &event.summary };
    let rule = series.rules.first();
    let mut window = MaintenanceWindow::new(
        WindowId::new(""),
        name,
        rule.map_or_else(|| Rule::once(first), |rule| Rule::Foreign(rule.text.clone())),
    );
    window.start = rule.map_or_else(|| event.start_clock(), |rule| rule.start);
    if let Some(rule) = rule {
        window.first = Some(first);
        window.last = rule.last;
    }
    let minutes = (event.end.in_zone(&series.zone) - event.start.written_at()).num_minutes();
    if event.has_end() {
        let length = match event.exact_length {
            Some(length) => length.num_minutes(),
            None if minutes > 0 => minutes,
            None => event.end.instant(&series.home).since(event.start.instant(&series.home)).into(),
        };
        window.duration = match u32::try_from(length) {
            Ok(0) | Err(_) => return Err("it ends before it begins".to_owned()),
            Ok(minutes) if minutes > Minutes::LONGEST.0 => {
                return Err(format!("it lasts longer than {}", Minutes::LONGEST));
            }
            Ok(minutes) => Minutes(minutes),
        };
    }
    let zone = Some(series.zone.name()).filter(|name| *name != series.home.name());
    window.zone = zone.map(str::to_owned);
    window.notes.clone_from(&event.description);
    Ok(window)
}

/// The days that are compared: the plan's months, and all dates that the event excludes, adds or replaces.
fn range(series: &Series<'_>, plan: &Plan) -> (NaiveDate, NaiveDate) {
    let event = series.event;
    let named = event.excluded.iter().chain(event.added.iter().map(|added| &added.start));
    let replaced = series.replacements.iter().filter_map(|other| other.replaces.as_ref());
    let dates = || named.clone().chain(replaced.clone()).map(|at| at.in_zone(&series.zone).date());
    let horizon = plan.horizon();
    // An RDATE may be before DTSTART.
    let from = dates().chain([horizon.from.max(series.first())]).min().unwrap_or(horizon.from);
    let to = dates().chain([horizon.last(), series.first()]).max().unwrap_or(horizon.last());
    (from.checked_sub_days(MARGIN).unwrap_or(from), to.checked_add_days(MARGIN).unwrap_or(to))
}

struct Builder<'a, 'b> {
    series: &'b Series<'a>,
    window: &'b MaintenanceWindow,
    zone: &'b Arc<Zone>,
    changes: BTreeMap<NaiveDate, OccurrenceChange>,
    /// What the window cannot say, and why, in the middle of a sentence.
    apart: Vec<(Instance<'a>, &'static str)>,
}

impl<'a> Builder<'a, '_> {
    /// Compares what the series gives with what the rule of the window gives, and adds an exception where they differ.
    fn compare(&mut self, instances: Vec<Instance<'a>>, from: NaiveDate, to: NaiveDate) -> Result<(), String> {
        let mut by_rule: HashSet<NaiveDate> = match self.series.rules.first() {
            Some(rule) => self.series.dates_of(rule, from, to)?.into_iter().collect(),
            None => HashSet::from([self.series.first()]),
        };
        by_rule.retain(|on| self.window.last.is_none_or(|last| *on <= last));
        let mut by_date: BTreeMap<NaiveDate, Vec<Instance<'a>>> = BTreeMap::new();
        for instance in instances.into_iter().filter(|instance| (from..=to).contains(&instance.original.date())) {
            by_date.entry(instance.original.date()).or_default().push(instance);
        }
        let replaced: Vec<NaiveDateTime> = self.cancelled_originals();
        for on in &by_rule {
            if !by_date.contains_key(on) {
                let is_cancelled = replaced.contains(&on.and_time(self.window.start));
                let reason = if is_cancelled { CANCELLED } else { EXCLUDED };
                self.changes.insert(*on, OccurrenceChange::Skipped { reason: reason.to_owned() });
            }
        }
        for (on, instances) in by_date {
            self.day(on, instances, by_rule.contains(&on));
        }
        Ok(())
    }

    fn cancelled_originals(&self) -> Vec<NaiveDateTime> {
        let cancelled = self.series.replacements.iter().filter(|other| other.is_cancelled);
        cancelled.filter_map(|other| Some(self.series.local(other.replaces.as_ref()?))).collect()
    }

    /// Finds the one occurrence of a date that the window has; the others go apart.
    fn day(&mut self, on: NaiveDate, mut instances: Vec<Instance<'a>>, is_by_rule: bool) {
        let changes: Vec<Option<Placement>> =
            instances.iter().map(|instance| self.placement(instance, on, is_by_rule)).collect();
        let best = (0..changes.len()).filter(|index| changes[*index].is_some()).min_by_key(|index| &changes[*index]);
        if let Some((index, placement)) = best.and_then(|index| Some((index, changes[index].clone()?))) {
            instances.remove(index);
            if let Some(change) = placement.change() {
                self.changes.insert(on, change);
            }
            self.apart.extend(instances.into_iter().map(|other| (other, SECOND_ON_DAY)));
            return;
        }
        if is_by_rule {
            self.changes.insert(on, OccurrenceChange::Skipped { reason: APART.to_owned() });
        }
        self.apart.extend(instances.into_iter().map(|instance| (instance, IN_REPEATED_HOUR)));
    }

    /// How the window would have the occurrence; `None` if it cannot.
    fn placement(&self, instance: &Instance<'a>, on: NaiveDate, is_by_rule: bool) -> Option<Placement> {
        let usual = self.window.usual_times(on);
        let (local, length) = on_clock(instance, self.zone, &self.series.home, Some(usual.duration))?;
        Some(Placement::new(local, length, on, usual, is_by_rule))
    }
}

/// Windows for what the window of the series cannot say.
fn apart_windows(series: &Series<'_>, apart: Vec<(Instance<'_>, &'static str)>, imported: &mut Imported) -> Vec<Draft> {
    let zones = [WindowZone::new(&series.zone, &series.home)];
    let title = series.event.quoted_title();
    let all = apart.len();
    let mut dates = Vec::new();
    for (index, (instance, why)) in apart.into_iter().enumerate() {
        let name = instance_name(&instance);
        let line = instance.event.line;
        match WindowDate::new(&instance, name, &zones, &series.home) {
            Ok(mut date) => {
                // Its series also has an occurrence on that day, so the time says which one it is.
                let given_at = || series.zone.resolve(LocalMinute::from_naive(instance.original)).at;
                date.event.occurrence_at.get_or_insert_with(|| given_at().to_utc().naive_utc());
                if index < MOST_NAMED {
                    imported.warn(line, apart_message(series.event, &date, why));
                }
                dates.push(date);
            }
            Err(reason) => {
                imported.warn(line, format!("{title} on {} skipped: {reason}", instance.original.date()));
            }
        }
    }
    if all > MOST_NAMED {
        let message = format!("{title}: {} more occurrences become separate windows", all - MOST_NAMED);
        imported.warn(series.event.line, message);
    }
    windows_of(dates)
}

/// Says that an occurrence becomes a separate window.
pub(super) fn apart_message(event: &super::events::Event, date: &WindowDate, why: &str) -> String {
    let (title, on, start) = (event.quoted_title(), date.on, crate::wording::time(date.clock.start));
    let zone = if date.is_moved_to_utc { " UTC" } else { "" };
    format!("{title} on {on} at {start}{zone} {why}, so it becomes a separate window")
}

fn windows_of(dates: Vec<WindowDate>) -> Vec<Draft> {
    let window = |dates: Vec<WindowDate>| dates.first().map(|first| Draft::listed(&first.clock, &dates));
    grouped(dates).into_iter().filter_map(window).collect()
}

pub(super) fn instance_name<'a>(instance: &Instance<'a>) -> &'a str {
    if instance.event.summary.is_empty() { "Imported window" } else { &instance.event.summary }
}

/// Warns about parts of a series that hold only within the plan's months.
fn warn_about_rules(series: &Series<'_>, imported: &mut Imported) {
    let event = series.event;
    let title = event.quoted_title();
    imported.has_more_in_other_months |= series.rules.len() > 1 || !event.exclusion_rules.is_empty();
    if series.rules.len() > 1 {
        let message = format!("{title}: its other recurrence rules are imported as dates, for the plan's months only");
        imported.warn(event.line, message);
    }
    if !event.exclusion_rules.is_empty() {
        imported.warn(event.line, format!("{title}: its EXRULE is applied to the plan's months only"));
    }
}
