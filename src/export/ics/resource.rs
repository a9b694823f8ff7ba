//! The calendar as a CalDAV store keeps it: one resource a UID, without METHOD (RFC 4791 §4.1).

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::Datelike;
use icalendar::{Component as _, Event};

use super::event::{Stamp, of_freeze, of_occurrence};
use super::event_text::EventText;
use super::zones::Zones;
use super::{CalendarOptions, PRODID, assembled, freezes, writable};
use crate::model::fnv1a;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// One event of a CalDAV store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Of its file, with its ending: lower-case ASCII letters, digits and `-_.@` only, another for each UID.
    pub name: String,
    pub uid: String,
    /// The calendar that holds the event, and the zone that it needs.
    pub text: String,
}

/// A resource for each occurrence inside the plan's months, skipped ones as cancelled, and for each time that a freeze
/// comes where they are wanted; sorted by name. The bytes of one change only when what it says changes.
pub fn resources(schedule: &Schedule, options: CalendarOptions) -> Vec<Resource> {
    let stamp = Stamp::of(&schedule.plan);
    let mut zones = ZonesByYear::default();
    let mut all = Vec::new();
    for (window, occurrence) in writable(schedule) {
        let zones = zones.of(window, occurrence);
        let tzid = zones.tzid(&window.expansion.zone);
        let text = EventText::for_everyone(schedule, window, occurrence);
        all.extend(Resource::of(&of_occurrence(window, occurrence, text, tzid, stamp), &zones));
    }
    if options.with_freezes {
        let none = Zones::none();
        let freezes = freezes(schedule).into_iter();
        all.extend(
            freezes.filter_map(|(freeze, span)| Resource::of(&of_freeze(&schedule.plan, freeze, span, stamp), &none)),
        );
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

impl Resource {
    /// None for an event without a UID, which no event of ours is.
    fn of(event: &Event, zones: &Zones) -> Option<Self> {
        let uid = event.get_uid()?.to_owned();
        let text = assembled(&[("PRODID", PRODID), ("CALSCALE", "GREGORIAN")], zones, std::slice::from_ref(event));
        Some(Self { name: file_name(&uid), uid, text })
    }
}

/// The definitions that the events of one year need are the same for all of them.
///
/// Each resource defines its zone for its own years alone, so that an occurrence in another year changes no other.
#[derive(Default)]
struct ZonesByYear(BTreeMap<(String, i32, i32), Rc<Zones>>);

impl ZonesByYear {
    fn of(&mut self, window: &std::sync::Arc<WindowSchedule>, occurrence: &Occurrence) -> Rc<Zones> {
        let zone = &window.expansion.zone;
        let year = |at| zone.local(at).date().year();
        let key = (zone.name().to_owned(), year(occurrence.start_at), year(occurrence.end_at));
        let zones = self.0.entry(key).or_insert_with(|| Rc::new(Zones::of([(window, occurrence)])));
        Rc::clone(zones)
    }
}

/// A file's name for that UID. Disks that know no difference between "A" and "a", and servers that trip over "%", keep
/// two UIDs apart by a fingerprint.
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
