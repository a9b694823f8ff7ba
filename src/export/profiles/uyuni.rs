//! A maintenance calendar for Uyuni (SUSE Multi-Linux Manager).
//!
//! A schedule of type *multi* counts the events whose SUMMARY is exactly the schedule's name, so there is one event for each
//! group of a window. It ignores STATUS, so skipped occurrences are left out, and so are those in freezes: in them, it would
//! patch. Freezes would count as windows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use icalendar::Event;

use super::check::{Check, short};
use super::profile::{Audience, CalendarRequest, Container, Freezes, ICS, Profile};
use crate::export::file::{ExportFile, Output};
use crate::export::ics::{
    EventText, PRODID, Stamp, TimeForm, Zones, assembled, calendar_name, escaped, lines, occurrence_event, proper_name,
    summary, writable,
};
use crate::export::text::{clean, one_line};
use crate::model::uid::group_uid;
use crate::model::{DeploymentGroup, GroupId, WindowId};
use crate::schedule::{FreezeTimes, Origin, Schedule, WindowOccurrence};
use crate::wording::{counted, date, list};

/// How many days ahead `IcalUtils.calculateUpcomingPeriods` looks: 365 + 31.
const DAYS_AHEAD: u64 = 396;
/// Characters in a schedule's name (suseMaintenanceSchedule.sql).
const LONGEST_NAME: usize = 128;

pub static UYUNI: Profile = Profile {
    output: Output {
        id: "uyuni",
        name: "Uyuni",
        help: "An event for each group, called like the group: a maintenance calendar for schedules of type multi",
    },
    audience: Audience::Everybody,
    freezes: Freezes::Never {
        on_screen: "Left out: this reader would take them for windows",
        in_check: "Freezes are left out: this reader would take them for windows",
    },
    container: Container::File(ICS),
    is_in_utc: true,
    takes_from: false,
    write,
};

fn write(request: &CalendarRequest<'_>, check: &mut Check<'_>) -> Vec<ExportFile> {
    calendar(request.schedule, request.today, check).map_or_else(Vec::new, |text| request.file(text))
}

/// The calendar; none if no event could be written.
fn calendar(schedule: &Schedule, today: NaiveDate, check: &mut Check<'_>) -> Option<String> {
    let mut occurrences = writable(schedule);
    occurrences.retain(|(_, occurrence)| occurrence.origin != Origin::Skipped);
    leave_out_frozen(&mut occurrences, schedule, check);
    check.readable(&occurrences, TimeForm::Utc, false);
    let groups = groups(schedule, &occurrences, check);
    let stamp = Stamp::for_plan(&schedule.plan);
    let mut events = Vec::new();
    for (window, occurrence) in &occurrences {
        let event = |text: EventText| -> Event { occurrence_event(window, occurrence, text, None, stamp) };
        let all = EventText::for_everyone(schedule, window, occurrence);
        let description = lines([summary(&window.window.name), all.description.clone()]);
        let mut group_ids: Vec<&GroupId> = window.window.groups.iter().collect();
        group_ids.sort();
        group_ids.dedup();
        group_ids.retain(|id| schedule.plan.group(id).is_some());
        if group_ids.is_empty() {
            events.push(event(EventText { description, ..all }));
            continue;
        }
        for (id, name) in group_ids.into_iter().filter_map(|id| Some((id, groups.get(id)?))) {
            let uid = group_uid(schedule.plan.id(), window.id(), id, occurrence.original_on());
            events.push(event(EventText { uid, summary: name.clone(), description: description.clone() }));
        }
    }
    report_far_occurrences(&occurrences, today, check);
    let name = escaped(&calendar_name(&schedule.plan));
    let zone = proper_name(&schedule.zone);
    let properties = [
        ("PRODID", PRODID),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", &name),
        ("X-WR-TIMEZONE", &zone),
    ];
    (!events.is_empty()).then(|| assembled(&properties, &Zones::none(), &events))
}

/// Leaves out what takes place in a change freeze that affects it.
fn leave_out_frozen(occurrences: &mut Vec<WindowOccurrence<'_>>, schedule: &Schedule, check: &mut Check<'_>) {
    const MOST: usize = 3;
    let mut frozen: BTreeSet<(&WindowId, NaiveDate)> = BTreeSet::new();
    for freeze in FreezeTimes::all(schedule) {
        for window in schedule.windows.iter().filter(|window| freeze.covers(window)) {
            let all = &window.expansion.occurrences;
            let indices = freeze.occurrence_indices(window);
            frozen.extend(indices.map(|(index, _)| (window.id(), all[index].original_on())));
        }
    }
    let is_frozen =
        |(window, occurrence): &WindowOccurrence<'_>| frozen.contains(&(window.id(), occurrence.original_on()));
    let left_out: Vec<WindowOccurrence<'_>> = occurrences.extract_if(.., |each| is_frozen(each)).collect();
    if left_out.is_empty() {
        return;
    }
    let named = left_out
        .iter()
        .map(|(window, occurrence)| format!("{} on {}", short(&window.window.name), date(occurrence.on())));
    let what = format!(
        "{} in change freezes left out ({}): Uyuni would patch in them",
        counted(left_out.len(), "occurrence"),
        list(named, MOST)
    );
    check.say_of_plan(&what);
}

/// The names of the groups that can name a schedule, by id.
fn groups(
    schedule: &Schedule,
    occurrences: &[WindowOccurrence<'_>],
    check: &mut Check<'_>,
) -> BTreeMap<GroupId, String> {
    let plan = &*schedule.plan;
    let mut used: BTreeMap<&GroupId, usize> = BTreeMap::new();
    let mut without = BTreeMap::new();
    for (window, _) in occurrences {
        let known: Vec<_> = window.window.groups.iter().filter(|id| plan.group(id).is_some()).collect();
        if known.is_empty() {
            without.insert(window.id(), summary(&window.window.name));
        }
        for id in known {
            *used.entry(id).or_default() += 1;
        }
    }
    report_windows_without_group(&without.into_values().collect::<Vec<_>>(), check);
    let mut names = BTreeMap::new();
    let mut called: BTreeMap<String, &DeploymentGroup> = BTreeMap::new();
    for (id, count) in used {
        let Some((_, group)) = plan.group(id) else { continue };
        let name = one_line(&group.name);
        if name.is_empty() {
            let what = format!(
                "It has no name, and Uyuni finds windows by the group's name: {} left out. Give it a name",
                counted(count, "occurrence")
            );
            check.say("Group", id.as_str(), &what);
            continue;
        }
        report_name(group, &name, check);
        if let Some(other) = called.insert(name.clone(), group) {
            let what = format!(
                "It has the same name as group {}: Uyuni treats both as one schedule",
                short(other.id.as_str())
            );
            check.say("Group", &group.name, &what);
        }
        names.insert(id.clone(), name);
    }
    names
}

/// A window that names systems belongs to no group's schedule.
fn report_windows_without_group(windows: &[String], check: &mut Check<'_>) {
    const MOST: usize = 3;
    if windows.is_empty() {
        return;
    }
    let names = list(windows.iter().map(|name| short(name)), MOST);
    let what = format!(
        "{} in no group ({names}): their events have the window's name, and count for a schedule of that name",
        counted(windows.len(), "window")
    );
    check.say_of_plan(&what);
}

fn report_name(group: &DeploymentGroup, name: &str, check: &mut Check<'_>) {
    if name.chars().count() > LONGEST_NAME {
        let what =
            format!("Its name has more than {LONGEST_NAME} characters: no schedule in Uyuni can have it. Shorten it");
        check.say("Group", name, &what);
    }
    if *name != group.name {
        let is_cleaned = clean(&group.name) != group.name;
        let why =
            if is_cleaned { "contains line ends or control characters" } else { "has spaces around or side by side" };
        check.say("Group", name, &format!("Its name {why}: name the schedule in Uyuni exactly \"{}\"", short(name)));
    }
}

/// Reports the occurrences that Uyuni does not see yet.
fn report_far_occurrences(occurrences: &[WindowOccurrence<'_>], today: NaiveDate, check: &mut Check<'_>) {
    let Some(last) = today.checked_add_days(Days::new(DAYS_AHEAD)) else { return };
    let mut far = occurrences.iter().filter(|(_, occurrence)| occurrence.on() > last);
    let Some((window, first)) = far.next() else { return };
    let what = format!(
        "Uyuni looks {DAYS_AHEAD} days ahead: {} of {} occurrences come after {}, beginning with {} on {}. Uyuni offers \
         each once its day is near enough; you do not have to import the file again",
        far.count() + 1,
        occurrences.len(),
        date(last),
        short(&window.window.name),
        date(first.on()),
    );
    check.say_of_plan(&what);
}
