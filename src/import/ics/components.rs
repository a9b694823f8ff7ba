//! Looks things up in what the parser gives: the events of a calendar, and the text of properties.

use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue};

use crate::import::text::words_on_one_line;

/// The events of a calendar, in the order of the text.
pub(in crate::import) fn component_events(calendar: &ICalendar) -> impl Iterator<Item = &ICalendarComponent> {
    calendar.components.iter().filter(|each| each.component_type == ICalendarComponentType::VEvent)
}

/// A property of the calendar itself, on one line; `None` if it is missing or empty.
pub(in crate::import) fn head_text(calendar: &ICalendar, name: &str) -> Option<String> {
    let head = calendar.components.first();
    let entries = head.filter(|head| head.component_type == ICalendarComponentType::VCalendar)?.entries.iter();
    entries
        .filter(|entry| entry.name.as_str().eq_ignore_ascii_case(name))
        .find_map(|entry| entry.values.first()?.as_text().map(words_on_one_line))
        .filter(|text| !text.is_empty())
}

/// The text of a property, without surrounding space; empty if it is missing.
pub(in crate::import) fn text_of(component: &ICalendarComponent, name: &ICalendarProperty) -> String {
    let entry = component.property(name);
    entry.and_then(|entry| entry.values.first()?.as_text()).unwrap_or_default().trim().to_owned()
}

/// The text of a vendor's property (X-…), on one line; empty if it is missing.
pub(super) fn vendor_text(component: &ICalendarComponent, name: &str) -> String {
    let entry = component.entries.iter().find(|entry| entry.name.as_str().eq_ignore_ascii_case(name));
    match entry.and_then(|entry| entry.values.first()) {
        Some(ICalendarValue::Boolean(value)) => value.to_string(),
        Some(value) => value.as_text().map(words_on_one_line).unwrap_or_default(),
        None => String::new(),
    }
}
