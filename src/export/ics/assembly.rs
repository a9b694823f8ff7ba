//! A calendar file from its parts.

use icalendar::{Component as _, Event};

use super::lines::refolded;
use super::zones::Zones;
use crate::schedule::time::zone_data::ZoneData;

/// Names the program without its version: a new version must not change the bytes of an unchanged plan.
pub const PRODID: &str = "-//Windowsill//Maintenance windows//EN";
/// Names the release of the zone data. It is a property of the calendar, since those do not count when publishing compares
/// what it would send with what is there.
pub const ZONE_DATA: &str = "X-WINDOWSILL-ZONE-DATA";
pub const END: &str = "END:VCALENDAR\r\n";

/// A calendar of these parts: its own properties as names and values that are escaped already, the zones, the events.
pub fn assembled(properties: &[(&str, &str)], zones: &Zones, events: &[Event]) -> String {
    let mut text = calendar_head(properties);
    zones.definitions().for_each(|definition| text.push_str(definition));
    for event in events {
        push_event(&mut text, event);
    }
    text.push_str(END);
    refolded(&text)
}

/// The lines before the first component, with the release of the zone data.
pub fn calendar_head(properties: &[(&str, &str)]) -> String {
    let mut text = bare_head(properties);
    text.extend([ZONE_DATA, ":", ZoneData::in_use().release(), "\r\n"]);
    text
}

/// The same without the release, for a reader that may refuse unknown properties.
pub fn bare_head(properties: &[(&str, &str)]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n".to_owned();
    for (name, value) in properties {
        text.extend([*name, ":", *value, "\r\n"]);
    }
    text
}

/// Adds an event.
pub fn push_event(text: &mut String, event: &Event) {
    // Writing into a string does not fail.
    let _ = event.fmt_write(text);
}
