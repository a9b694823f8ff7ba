//! A folder of resources, as CalDAV stores keep calendars: Radicale, Nextcloud, vdirsyncer.

use super::check::Check;
use super::profile::{Audience, CalendarRequest, Container, Freezes, Profile, is_calendar_of_plan};
use crate::export::file::{ExportFile, Output};
use crate::export::ics::{CalendarOptions, freeze_times, resources, writable};

pub static CALDAV: Profile = Profile {
    output: Output { id: "caldav", name: "CalDAV store", help: "A folder with one resource for each occurrence" },
    audience: Audience::Everybody,
    freezes: Freezes::Optional,
    container: Container::Folder { is_ours: is_calendar_of_plan },
    is_in_utc: false,
    takes_from: false,
    write,
};

fn write(request: &CalendarRequest<'_>, check: &mut Check<'_>) -> Vec<ExportFile> {
    let CalendarRequest { schedule, with_freezes, times, .. } = *request;
    check.readable(&writable(schedule), times, false);
    if with_freezes {
        check.freezes(&freeze_times(schedule));
    }
    let resources = resources(schedule, CalendarOptions { with_freezes, times }).into_iter();
    resources.map(|resource| ExportFile::new(resource.name, resource.text)).collect()
}
