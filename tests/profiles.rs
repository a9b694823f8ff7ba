//! The profiles of the year calendar: what each reader gets, what it would refuse, and that nothing that people type can
//! break a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails fails its test")]

#[path = "common/harbour.rs"]
mod harbour;
#[path = "common/hostile.rs"]
mod hostile;
#[path = "common/strict.rs"]
mod strict;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use chrono::NaiveDate;
use windowsill::export::ics::{CalendarOptions, Calendars, Profile, ProfileKind, calendars, is_ours, owners};
use windowsill::export::{clean, one_line};
use windowsill::model::{
    Agreement, BusinessArea, DeploymentGroup, Edit, LedgerEntry, LedgerKey, MaintenanceWindow, Minutes, Plan, Rule,
};
use windowsill::schedule::{Origin, Schedule};

/// How many plans are judged; `.ci/run` has the same ones judged by other programs.
const HOSTILE_PLANS: u64 = 200;
/// CalDAV resources that are written of each plan for other judges: they are all alike.
const MOST_RESOURCES: usize = 4;

fn derived(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn written(plan: Plan, profile: &Profile) -> Calendars {
    calendars(&derived(plan), profile, CalendarOptions { with_freezes: true }, on("2026-11-21"))
}

/// All profiles that make sense of a plan.
fn profiles(plan: &Plan) -> Vec<Profile> {
    let mut all = vec![Profile::Everyone, Profile::Uyuni, Profile::AwsImport, Profile::AwsDocument, Profile::CalDav];
    all.extend(plan.areas.iter().map(|area| Profile::Area(area.id.clone())));
    all.extend(owners(plan).into_iter().map(|owner| Profile::Owner(owner.key)));
    all
}

/// What `judge-ics` calls the profile.
fn judged_as(kind: ProfileKind) -> &'static str {
    match kind {
        ProfileKind::Everyone | ProfileKind::Area | ProfileKind::Owner => "publish",
        kind => kind.id(),
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
fn is_sound(schedule: &Schedule, profile: &Profile, name: &str, text: &str) {
    let calendar = strict::read(text.as_bytes()).unwrap_or_else(|error| panic!("{profile:?} {name}: {error}\n{text}"));
    assert!(name.ends_with(".ics") && name.is_ascii() && !name.contains(['/', '\\', ' ']), "{name}");
    let events: Vec<_> = calendar.events().collect();
    let uids: BTreeSet<&str> = events.iter().map(|event| event.value("UID").unwrap()).collect();
    assert_eq!(uids.len(), events.len(), "{profile:?}: a UID twice");
    let read: Vec<String> = events.iter().map(|event| event.text("SUMMARY").unwrap()).collect();
    assert_eq!(summaries(text), read, "{profile:?}");
    let plan = &*schedule.plan;
    let mut names: BTreeSet<String> =
        plan.windows.iter().map(|window| title(&window.name, "Maintenance window")).collect();
    names.extend(plan.freezes.iter().map(|freeze| title(&format!("Change freeze {}", freeze.name), "")));
    if profile.kind() == ProfileKind::Uyuni {
        names.extend(plan.ladders.iter().flat_map(|ladder| &ladder.groups).map(|group| one_line(&group.name)));
    }
    for summary in &read {
        assert!(names.contains(summary), "{profile:?}: nothing is called {summary:?}");
    }
    for (event, summary) in events.iter().zip(&read) {
        says_what_the_plan_says(plan, profile.kind(), event, summary);
    }
    if profile.kind().is_folder() {
        assert!(is_ours(&plan.id, name, text.as_bytes()) && !is_ours(&"another".into(), name, text.as_bytes()));
    }
}

/// Impact and change ticket stand in the description as the plan has them, and nowhere else.
fn says_what_the_plan_says(plan: &Plan, kind: ProfileKind, event: &strict::Component, summary: &str) {
    let description = event.text("DESCRIPTION").unwrap_or_default();
    let is_window = event.value("CATEGORIES").is_some_and(|categories| categories != "Change freeze");
    if !is_window || kind == ProfileKind::Uyuni {
        return;
    }
    let holds = |window: &&Arc<MaintenanceWindow>| {
        title(&window.name, "Maintenance window") == summary
            && [("Impact", &window.impact), ("Change ticket", &window.change_ticket)].iter().all(|(label, text)| {
                let said = clean(&format!("{label}: {text}")).trim().chars().take(1_900).collect::<String>();
                text.trim().is_empty() || description.contains(&said)
            })
    };
    assert!(plan.windows.iter().any(|window| holds(&window)), "{summary:?} {description:?}");
}

/// The folder into which files are written for other judges, where one is wanted.
fn folder_for_judges() -> Option<PathBuf> {
    std::env::var_os("WINDOWSILL_CALENDARS").map(PathBuf::from)
}

fn write_for_judges(folder: &Path, profile: &Profile, seed: u64, at: usize, files: &[(&str, &str)]) {
    let folder = folder.join(judged_as(profile.kind()));
    std::fs::create_dir_all(&folder).unwrap();
    let most = if profile.kind() == ProfileKind::CalDav { MOST_RESOURCES } else { usize::MAX };
    let every = files.len().div_ceil(most).max(1);
    for (number, (_, text)) in files.iter().enumerate().step_by(every) {
        std::fs::write(folder.join(format!("{seed}-{at}-{number}.ics")), text).unwrap();
    }
}

#[test]
fn the_calendars_of_hostile_plans_are_sound_and_say_what_the_plan_says() {
    let folder = folder_for_judges();
    for seed in 0..HOSTILE_PLANS {
        let schedule = derived(hostile::plan(seed));
        for (at, profile) in profiles(&schedule.plan).iter().enumerate() {
            let with = CalendarOptions { with_freezes: at % 2 == 0 || seed % 2 == 0 };
            let Calendars { files, complaints } = calendars(&schedule, profile, with, on("2026-11-21"));
            for file in &files {
                is_sound(&schedule, profile, &file.name, &file.text);
                let most = if profile.kind().id().starts_with("aws") { 64_000 } else { usize::MAX };
                assert!(file.text.len() <= most, "{} octets", file.text.len());
            }
            for complaint in complaints {
                let text = complaint.to_string();
                assert!(!text.chars().any(char::is_control) && text.len() < 2_000, "{text:?}");
            }
            if let Some(folder) = &folder {
                let files: Vec<_> = files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
                write_for_judges(folder, profile, seed, at, &files);
            }
        }
    }
}
