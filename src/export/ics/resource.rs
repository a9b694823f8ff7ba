//! The calendar as a CalDAV store keeps it: one resource for each UID, without METHOD (RFC 4791 §4.1).

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::Datelike;
use icalendar::{Component as _, Event};

use super::assembly::{PRODID, assembled};
use super::calendar::CalendarOptions;
use super::event::{Stamp, freeze_event, occurrence_event};
use super::event_text::EventText;
use super::selection::{freeze_times, writable};
use super::time_form::TimeForm;
use super::zones::Zones;
use crate::model::fnv1a;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// One event of a CalDAV store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The name of its file, with the ending: lower-case ASCII letters, digits and `-_.@` only, and unique for each UID.
    pub name: String,
    pub uid: String,
    /// The calendar that holds the event, and the zone that it needs.
    pub text: String,
}

/// A resource for each occurrence inside the plan's months, skipped ones as cancelled, and if ordered for each time that a
/// freeze comes; sorted by name. The bytes of a resource change only when its content or
/// the release of the zone data changes.
pub fn resources(schedule: &Schedule, options: CalendarOptions) -> Vec<Resource> {
    let stamp = Stamp::for_plan(&schedule.plan);
    let mut zones = ZonesByYear { times: options.times, zones: BTreeMap::new() };
    let mut all = Vec::new();
    for (window, occurrence) in writable(schedule) {
        let zones = zones.find(window, occurrence);
        let tzid = zones.tzid(&window.expansion.zone);
        let text = EventText::for_everyone(schedule, window, occurrence);
        all.extend(Resource::new(&occurrence_event(window, occurrence, text, tzid, stamp), &zones));
    }
    if options.with_freezes {
        let none = Zones::none();
        let events =
            freeze_times(schedule).into_iter().map(|(freeze, span)| freeze_event(&schedule.plan, freeze, span, stamp));
        all.extend(events.filter_map(|event| Resource::new(&event, &none)));
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

impl Resource {
    /// None for an event without a UID, which this program never makes.
    fn new(event: &Event, zones: &Zones) -> Option<Self> {
        let uid = event.get_uid()?.to_owned();
        let text = assembled(&[("PRODID", PRODID), ("CALSCALE", "GREGORIAN")], zones, std::slice::from_ref(event));
        Some(Self { name: file_name(&uid), uid, text })
    }
}

/// Zone definitions, shared by the events of the same years.
///
/// Each resource defines its zone for its own years only, so that adding an occurrence in another year changes no other
/// resource.
struct ZonesByYear {
    times: TimeForm,
    zones: BTreeMap<(String, i32, i32), Rc<Zones>>,
}

impl ZonesByYear {
    fn find(&mut self, window: &std::sync::Arc<WindowSchedule>, occurrence: &Occurrence) -> Rc<Zones> {
        let zone = &window.expansion.zone;
        let year = |at| zone.local(at).date().year();
        let key = (zone.name().to_owned(), year(occurrence.start_at), year(occurrence.end_at));
        let times = self.times;
        let zones = self.zones.entry(key).or_insert_with(|| Rc::new(Zones::new([(window, occurrence)], times)));
        Rc::clone(zones)
    }
}

/// A file name for that UID. A fingerprint keeps two UIDs apart on disks that do not tell "A" from "a" and on servers that
/// mishandle "%".
fn file_name(uid: &str) -> String {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | '@');
    if uid.chars().all(is_plain) {
        return format!("{uid}.ics");
    }
    let plain: String = uid.to_ascii_lowercase().chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
    format!("{plain}-{:016x}.ics", fnv1a(uid.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_plain_uid_names_its_file() {
        assert_eq!(file_name("20270313.core-db@harbour.windowsill"), "20270313.core-db@harbour.windowsill.ics");
    }

    #[test]
    fn what_disks_and_servers_would_confuse_stays_apart() {
        let (upper, lower) =
            (file_name("20270313.Core%20DB@h.windowsill"), file_name("20270313.core%20db@h.windowsill"));
        assert!(upper != lower && upper.starts_with("20270313.core-20db@h.windowsill-"), "{upper} {lower}");
        assert!(upper.bytes().all(|c| !c.is_ascii_uppercase() && c != b'%'));
    }
}
