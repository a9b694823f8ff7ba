//! The export check: reports what the reader of a calendar would refuse, lose or misread, before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::export::ics::{FreezeRecurrence, LONGEST_PART, LONGEST_SUMMARY, TimeForm, Zones, proper_name};
use crate::export::text::{clean, clip_line, is_dropped, one_line};
use crate::model::WindowId;
use crate::schedule::time::zone::release_of_changes;
use crate::schedule::{Schedule, WindowOccurrence, WindowSchedule, Zone};
use crate::wording::counted;

/// Google Calendar imports files of at most this many octets; subscribing has no such limit.
const MOST_OCTETS: usize = 1_000_000;
/// Google locks a calendar to which more events than this are added at once.
const MOST_EVENTS: usize = 10_000;
/// Characters of a record's name in a complaint.
const LONGEST_NAME: usize = 60;

/// Something about a record that the reader would refuse, lose or misread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// "Window Core DB patching"
    pub about: String,
    /// What, why, and what to do; no full stop at the end.
    pub what: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.about, self.what)
    }
}

/// Collects complaints: about the plan first, then zones, windows and freezes, each in the plan's order.
pub struct Check<'a> {
    schedule: &'a Schedule,
    pub complaints: Vec<Complaint>,
}

impl<'a> Check<'a> {
    /// A check that has looked at the name of the calendar itself.
    pub fn new(schedule: &'a Schedule) -> Self {
        let mut check = Self { schedule, complaints: Vec::new() };
        let title = schedule.plan.title();
        if one_line(title).is_empty() {
            check.say(
                "Plan",
                "",
                "No title: the calendar is called \"Maintenance windows\", since AWS requires a name",
            );
        }
        check.name("Plan", title);
        if schedule.zone.name() == "UTC" && !schedule.plan.zone().eq_ignore_ascii_case("UTC") {
            let zone = short(schedule.plan.zone());
            check.say("Plan", title, &format!("Unknown zone \"{zone}\": UTC is used instead"));
        }
        check
    }

    pub fn say(&mut self, noun: &str, name: &str, what: &str) {
        let name = short(name);
        let about = if name.is_empty() { noun.to_owned() } else { format!("{noun} {name}") };
        self.complaints.push(Complaint { about, what: what.to_owned() });
    }

    /// Checks the occurrences for any reader. `times`: how they are written; `outlook`: whether the reader may be Outlook.
    pub fn readable(&mut self, occurrences: &[WindowOccurrence<'_>], times: TimeForm, outlook: bool) {
        self.changed_zones(occurrences, times);
        self.custom_zones(occurrences);
        if outlook {
            self.zones(occurrences, times);
        }
        let mut windows: BTreeMap<&WindowId, &Arc<WindowSchedule>> = BTreeMap::new();
        for (window, _) in occurrences {
            windows.entry(window.id()).or_insert(window);
        }
        for window in windows.values() {
            self.window(window);
        }
    }

    /// Checks for zones about which readers may disagree.
    fn changed_zones(&mut self, occurrences: &[WindowOccurrence<'_>], times: TimeForm) {
        let zones = occurrences.iter().map(|(window, _)| &window.expansion.zone);
        let changed: BTreeMap<&str, _> =
            zones.filter(|zone| zone.has_changed_recently()).map(|zone| (zone.name(), zone)).collect();
        for zone in changed.into_values() {
            let what = if times.is_utc_for(zone) {
                "Its times are written in UTC, so that programs with older data place them correctly"
            } else {
                "Programs with older data, or that ignore the definition in the calendar, show its times an hour off. \
                 Write them in UTC"
            };
            let version = release_of_changes();
            let what = format!("Its rules changed in the 18 months before the zone data {version}. {what}");
            self.say("Zone", &proper_name(zone), &what);
        }
    }

    /// Names the zones that no reader knows.
    fn custom_zones(&mut self, occurrences: &[WindowOccurrence<'_>]) {
        let zones = occurrences.iter().map(|(window, _)| window.expansion.zone.as_ref());
        let names: BTreeSet<&str> = zones.filter(|zone| zone.is_custom()).map(Zone::name).collect();
        for name in names {
            self.say(
                "Zone",
                name,
                "A calendar file brought it, and other programs do not know it: its times are written in UTC",
            );
        }
    }

    fn zones(&mut self, occurrences: &[WindowOccurrence<'_>], times: TimeForm) {
        let zones = Zones::new(occurrences.iter().copied(), times);
        for zone in zones.unread_by_outlook() {
            let what =
                "Its clock changes follow no yearly rule, and Outlook reads no others: there, times may be an hour off";
            self.say("Zone", zone, what);
        }
    }

    fn window(&mut self, window: &WindowSchedule) {
        let record = &*window.window;
        if one_line(&record.name).is_empty() {
            let what = "It has no name: calendars show it as \"Maintenance window\"";
            self.say("Window", record.id.as_str(), what);
        }
        self.name("Window", &record.name);
        for (label, text) in [("impact", &record.impact), ("change ticket", &record.change_ticket)] {
            self.text(&record.name, label, text);
        }
        if !window.expansion.zone_is_known {
            let zone = short(self.schedule.plan.window_zone(record));
            self.say(
                "Window",
                &record.name,
                &format!("Its zone \"{zone}\" is not known: its times are written as UTC"),
            );
        }
        let all = window.expansion.occurrences.iter().chain(&window.expansion.skipped);
        if { all }.any(|each| each.duration.is_zero()) {
            self.say(
                "Window",
                &record.name,
                "An occurrence has no length, and calendars refuse that: it is written with one minute",
            );
        }
    }

    /// Checks the freezes for any reader.
    pub fn freezes(&mut self, times: &[FreezeRecurrence<'_>]) {
        let mut last = None;
        for (freeze, _) in times.iter().filter(|(freeze, _)| last.replace(&freeze.id) != Some(&freeze.id)) {
            if one_line(&freeze.name).is_empty() {
                self.say("Freeze", freeze.id.as_str(), "It has no name: calendars show it as \"Change freeze\"");
            }
            self.name("Freeze", &freeze.name);
        }
    }

    /// Checks a title, which must be one line of a limited length.
    fn name(&mut self, noun: &str, name: &str) {
        if name.contains('\t') || clean(name).contains('\n') {
            self.say(noun, name, "Its name contains line ends or tabs, which break calendars: they become spaces");
        }
        if name.chars().any(is_dropped) {
            self.say(noun, name, "Its name contains control characters, which break calendars: they are left out");
        }
        if one_line(name).chars().count() > LONGEST_SUMMARY {
            self.say(noun, name, &format!("Its name is cut after {LONGEST_SUMMARY} characters"));
        }
    }

    /// Checks a text of several lines.
    fn text(&mut self, name: &str, label: &str, text: &str) {
        if text.chars().any(is_dropped) {
            let what = format!("Its {label} contains control characters, which break calendars: they are left out");
            self.say("Window", name, &what);
        }
        if text.trim().chars().count() > LONGEST_PART {
            self.say("Window", name, &format!("Its {label} is cut after {LONGEST_PART} characters"));
        }
    }

    /// Checks the limits of Google.
    pub fn size(&mut self, text: &str) {
        if text.len() > MOST_OCTETS {
            let size = text.len() / 1_000;
            self.say_of_plan(&format!(
                "The file has {size} KB, and Google Calendar imports at most 1 MB: have people subscribe to it instead"
            ));
        }
        let events = text.matches("BEGIN:VEVENT\r\n").count();
        if events > MOST_EVENTS {
            self.say_of_plan(&format!(
                "The file has {}, and Google locks a calendar to which more than {MOST_EVENTS} are added at once: have \
                 people subscribe to it instead",
                counted(events, "event")
            ));
        }
    }

    /// Something about the plan as a whole.
    pub fn say_of_plan(&mut self, what: &str) {
        self.say("Plan", self.schedule.plan.title(), what);
    }
}

/// A record's name as shown in complaints.
pub fn short(name: &str) -> String {
    clip_line(name, LONGEST_NAME)
}
