//! A calendar file from its parts.

use icalendar::{Component as _, Event, Property, ValueType};

use super::lines::{escaped, refolded};
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

/// Adds the lines of an event, which are not folded yet. The `icalendar` crate would fold them, but its loop does not end
/// for some texts.
pub fn push_event(text: &mut String, event: &Event) {
    text.push_str("BEGIN:VEVENT\r\n");
    event.properties().values().chain(event.multi_properties().values().flatten()).for_each(|each| line(text, each));
    text.push_str("END:VEVENT\r\n");
}

fn line(text: &mut String, property: &Property) {
    text.push_str(property.key());
    for parameter in property.params().values() {
        // These characters would end the value (RFC 5545, 3.1).
        let quotes = if parameter.value().contains([':', ';', ',']) { "\"" } else { "" };
        text.extend([";", parameter.key(), "=", quotes, parameter.value(), quotes]);
    }
    text.push(':');
    match property.value_type() {
        // A list has commas between its values, which are escaped already.
        Some(ValueType::Text) if property.key() != "CATEGORIES" => text.push_str(&escaped(property.value())),
        _ => text.push_str(property.value()),
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_any_text_are_written_and_special_characters_are_escaped_once() {
        // With wide spaces, the crate's own writer may go round in circles.
        let texts = ["　".repeat(300), format!("{}　", "漢 ".repeat(200)), "a,b;c\\d\ne".to_owned()];
        for text in texts {
            let mut event = Event::new();
            event.add_property("DESCRIPTION", &text).add_property("CATEGORIES", "A\\, B,C");
            event.append_multi_property(Property::new("ATTENDEE", "mailto:a@b").add_parameter("CN", "B, A").done());
            let mut written = String::new();
            push_event(&mut written, &event);
            let folded = refolded(&written);
            assert!(folded.split("\r\n").all(|line| line.len() <= 75), "{folded}");
            assert!(written.contains(&format!("DESCRIPTION:{}\r\n", escaped(&text))), "{written}");
            assert!(written.contains("\r\nCATEGORIES:A\\, B,C\r\n"), "{written}");
            assert!(written.contains("\r\nATTENDEE;CN=\"B, A\":mailto:a@b\r\n"), "{written}");
        }
    }
}
