//! The calendar for everyone who subscribes to it or opens it.

use super::check::Check;
use super::profile::{Audience, CalendarRequest, Container, Freezes, ICS, Profile};
use crate::export::file::{ExportFile, Output};
use crate::export::ics::{CalendarOptions, calendar, freeze_times, writable};

pub static EVERYONE: Profile = Profile {
    output: Output { id: "everyone", name: "Everyone", help: "All occurrences, to subscribe to or to open" },
    audience: Audience::Everybody,
    freezes: Freezes::Optional,
    container: Container::File(ICS),
    is_in_utc: false,
    takes_from: false,
    write,
};

fn write(request: &CalendarRequest<'_>, check: &mut Check<'_>) -> Vec<ExportFile> {
    let CalendarRequest { schedule, with_freezes, times, .. } = *request;
    check.readable(&writable(schedule), times, true);
    if with_freezes {
        check.freezes(&freeze_times(schedule));
    }
    let text = calendar(schedule, CalendarOptions { with_freezes, times });
    check.size(&text);
    request.file(text)
}
