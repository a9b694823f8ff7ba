//! Times of day in an occurrence. In a night in which the clocks change, one is not enough: the zone is named, too.

use crate::model::UtcMinute;
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::{time, time_with_zone};

/// "00:33"; "02:33 CET" if the clocks change during the occurrence.
pub fn clock(window: &WindowSchedule, occurrence: &Occurrence, at: UtcMinute) -> String {
    match zones(window, occurrence) {
        None => time(window.local(at).time()),
        Some(_) => time_with_zone(window.zoned(at)),
    }
}

/// The zone's short names before and after the clock change during the occurrence, if there is one.
pub fn zones<'a>(window: &'a WindowSchedule, occurrence: &Occurrence) -> Option<[&'a str; 2]> {
    let zone = &*window.expansion.zone;
    let (start_at, end_at) = (occurrence.start_at, occurrence.end_at);
    let names = || [start_at, end_at].map(|at| zone.abbreviation(at));
    (zone.offset(start_at) != zone.offset(end_at)).then(names)
}
