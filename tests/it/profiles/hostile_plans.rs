//! The calendars of random plans whose every text is one that breaks careless calendars.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use windowsill::export::profiles::{
    AREA, AWS_DOCUMENT, AWS_IMPORT, CALDAV, CalendarOrder, CalendarScope, Calendars, Container, EVERYONE, OWNER,
    PERSON, Profile, TEAM, UYUNI, owners,
};
use windowsill::export::{ExportFile, Source, clean, one_line};
use windowsill::model::{MaintenanceWindow, Plan};
use windowsill::schedule::Schedule;

use super::{derived, ordered, text};
use crate::common::dates::date;
use crate::support::hostile;
use crate::support::strict;

/// How many plans are judged; `.ci/run` has the same ones judged by other programs.
const HOSTILE_PLANS: u64 = 200;

/// Each profile once: that of an area for one of its areas, and likewise for an owner, a person and a team.
fn orders(plan: &Plan, seed: u64) -> Vec<CalendarOrder> {
    let mut all: Vec<_> = [&EVERYONE, &UYUNI, &AWS_IMPORT, &AWS_DOCUMENT, &CALDAV].map(ordered).into();
    let area = plan.areas().iter().cycle().nth(seed as usize % 3).map(|area| CalendarScope::Area(area.id.clone()));
    all.extend(area.map(|whose| CalendarOrder { whose, ..ordered(&AREA) }));
    let owner = owners(plan).into_iter().last().map(|owner| CalendarScope::Owner(owner.key));
    all.extend(owner.map(|whose| CalendarOrder { whose, ..ordered(&OWNER) }));
    let person = plan.people().iter().cycle().nth(seed as usize % 5);
    all.extend(person.map(|each| CalendarOrder { whose: CalendarScope::Person(each.id.clone()), ..ordered(&PERSON) }));
    let team = plan.teams().iter().cycle().nth(seed as usize % 3);
    all.extend(team.map(|each| CalendarOrder { whose: CalendarScope::Team(each.id.clone()), ..ordered(&TEAM) }));
    all
}

/// What `judge-ics` calls the profile.
fn judged_as(profile: &Profile) -> &'static str {
    match profile.output.id {
        "everyone" | "area" | "owner" | "person" | "team" => "publish",
        id => id,
    }
}

/// The SUMMARY of everything that calcard finds, in order.
fn summaries(text: &str) -> Vec<String> {
    let parsed = ICalendar::parse(text).expect("a calendar");
    let events = parsed.components.iter().filter(|each| each.component_type == ICalendarComponentType::VEvent);
    let text = |entries: &[calcard::icalendar::ICalendarEntry], name: &ICalendarProperty| match entries
        .iter()
        .find(|entry| entry.name == *name)
        .and_then(|entry| entry.values.first())
    {
        Some(ICalendarValue::Text(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    events.map(|event| text(&event.entries, &ICalendarProperty::Summary)).collect()
}

/// A title as a calendar may show it: one line, at most 250 characters, never empty.
fn title(name: &str, otherwise: &str) -> String {
    let line = one_line(name);
    match line.chars().count() {
        0 => otherwise.to_owned(),
        1..=250 => line,
        _ => line.chars().take(249).chain(['…']).collect(),
    }
}

/// Judges one file by its bytes and by what the plan says.
#[track_caller]
fn is_sound(schedule: &Schedule, profile: &'static Profile, name: &str, text: &str) {
    let calendar = strict::read(text.as_bytes()).unwrap_or_else(|error| panic!("{profile:?} {name}: {error}\n{text}"));
    let is_calendar = Path::new(name).extension().is_some_and(|ending| ending == "ics");
    assert!(is_calendar && name.is_ascii() && !name.contains(['/', '\\', ' ']), "{name}");
    let events: Vec<_> = calendar.events().collect();
    let uids: BTreeSet<&str> = events.iter().map(|event| event.value("UID").unwrap()).collect();
    assert_eq!(uids.len(), events.len(), "{profile:?}: a UID twice");
    let read: Vec<String> = events.iter().map(|event| event.text("SUMMARY").unwrap()).collect();
    assert_eq!(summaries(text), read, "{profile:?}");
    let plan = &*schedule.plan;
    let mut names: BTreeSet<String> =
        plan.windows().iter().map(|window| title(&window.name, "Maintenance window")).collect();
    names.extend(names.clone().iter().map(|name| cancelled(name)));
    names.extend(plan.freezes().iter().map(|freeze| title(&format!("Change freeze {}", freeze.name), "")));
    if *profile == UYUNI {
        names.extend(plan.ladders().iter().flat_map(|ladder| &ladder.groups).map(|group| one_line(&group.name)));
    }
    if [&PERSON, &TEAM].contains(&profile) {
        names = shift_titles(plan);
    }
    for summary in &read {
        assert!(names.contains(summary), "{profile:?}: nothing is called {summary:?}");
    }
    for (event, summary) in events.iter().zip(&read) {
        says_what_the_plan_says(plan, profile, event, summary);
    }
    if let Container::Folder { is_ours } = profile.container {
        assert!(is_ours(plan.id(), name, text.as_bytes()) && !is_ours(&"another".into(), name, text.as_bytes()));
    }
}

/// "Core DB patching, testing", and the same after the name of each person.
fn shift_titles(plan: &Plan) -> BTreeSet<String> {
    let windows = plan.windows().iter().map(|window| title(&window.name, "Maintenance window"));
    let duties: Vec<String> = windows.flat_map(|name| [format!("{name}, testing"), name]).collect();
    let of_people = plan.people().iter().map(|person| one_line(&person.name)).filter(|name| !name.is_empty());
    let of_people = of_people.flat_map(|name| duties.iter().map(move |duty| format!("{name}: {duty}")));
    of_people.chain(duties.iter().cloned()).map(|text| title(&text, "")).collect()
}

/// The title of an occurrence that does not take place.
fn cancelled(name: &str) -> String {
    title(&format!("Cancelled: {name}"), "")
}

/// Impact and change ticket stand in the description as the plan has them, and nowhere else.
fn says_what_the_plan_says(plan: &Plan, profile: &'static Profile, event: &strict::Component, summary: &str) {
    let description = event.text("DESCRIPTION").unwrap_or_default();
    let is_window = event.value("CATEGORIES").is_some_and(|categories| categories != "Change freeze");
    if !is_window || [&UYUNI, &PERSON, &TEAM].contains(&profile) {
        return;
    }
    let holds = |window: &&Arc<MaintenanceWindow>| {
        let name = title(&window.name, "Maintenance window");
        (summary == name || summary == cancelled(&name))
            && [("Impact", &window.impact), ("Change ticket", &window.change_ticket)].iter().all(|(label, text)| {
                let said = clean(&format!("{label}: {text}")).trim().chars().take(1_900).collect::<String>();
                text.trim().is_empty() || description.contains(&said)
            })
    };
    assert!(plan.windows().iter().any(|window| holds(&window)), "{summary:?} {description:?}");
}

/// The folder into which files are written for other judges, where one is wanted.
fn folder_for_judges() -> Option<PathBuf> {
    std::env::var_os("WINDOWSILL_CALENDARS").map(PathBuf::from)
}

/// Of CalDAV resources, which are all alike, one.
fn write_for_judges(folder: &Path, profile: &Profile, seed: u64, at: usize, files: &[ExportFile]) {
    let folder = folder.join(judged_as(profile));
    std::fs::create_dir_all(&folder).unwrap();
    let most = if *profile == CALDAV { 1 } else { usize::MAX };
    for (number, file) in files.iter().take(most).enumerate() {
        std::fs::write(folder.join(format!("{seed}-{at}-{number}.ics")), &file.bytes).unwrap();
    }
}

#[test]
fn the_calendars_of_hostile_plans_are_sound_and_say_what_the_plan_says() {
    let folder = folder_for_judges();
    for seed in 0..HOSTILE_PLANS {
        let schedule = derived(hostile::plan(seed));
        for (at, order) in orders(&schedule.plan, seed).into_iter().enumerate() {
            let with_freezes = at % 2 == 0 || seed.is_multiple_of(2);
            let order = CalendarOrder { with_freezes, ..order };
            let profile = order.profile;
            let Calendars { files, complaints } = order.calendars(&Source::new(&schedule, date("2026-11-21")));
            for file in &files {
                is_sound(&schedule, profile, &file.name, text(file));
                let most = if profile.output.id.starts_with("aws") { 64_000 } else { usize::MAX };
                assert!(file.bytes.len() <= most, "{} octets", file.bytes.len());
            }
            for complaint in complaints {
                let text = complaint.to_string();
                assert!(!text.chars().any(char::is_control) && text.len() < 2_000, "{text:?}");
            }
            if let Some(folder) = &folder {
                write_for_judges(folder, profile, seed, at, &files);
            }
        }
    }
}
