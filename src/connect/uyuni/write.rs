//! The calendar that the profile of the year calendar writes: an event for each date and group, in UTC.

use crate::connect::writing::{Abilities, WriteRequest, Writer, WrittenFile};
use crate::export::profiles::{CalendarOrder, UYUNI};
use crate::export::{FileType, Output, Source};

static ABILITIES: Abilities = Abilities {
    shortest: 0,
    leaves_out_past: false,
    ..Abilities::dates_because("Uyuni", "a calendar for Uyuni has an event for each date")
};

pub static WRITER: Writer = Writer {
    format: "ics",
    output: Output {
        id: "uyuni-ics",
        name: "Uyuni, maintenance calendar",
        help: "An event for each date and group, called like the group",
    },
    file_type: FileType { name: "Calendars", endings: &["ics"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let order = CalendarOrder { profile: &UYUNI, with_freezes: false, ..CalendarOrder::default() };
    let calendars = order.calendars(&Source::new(request.schedule, request.today));
    let bytes = calendars.files.into_iter().next().map(|file| file.bytes).unwrap_or_default();
    WrittenFile {
        text: String::from_utf8(bytes).unwrap_or_default(),
        remarks: calendars.complaints.iter().map(ToString::to_string).collect(),
    }
}
