//! Events that Outlook marks as whole days, but writes as midnights of some zone.

use chrono::{NaiveDateTime, NaiveTime};

use super::event_time::EventTime;
use super::events::Event;
use crate::schedule::Zone;

/// Turns the times of a marked event into dates: the dates as written, wherever one is, if they are midnights there; else
/// those of `home`, the plan's zone. Returns a warning if they are midnights in neither.
pub(super) fn mark(event: &mut Event, home: Option<&Zone>) -> Option<String> {
    if event.start.is_date() {
        return None;
    }
    let is_midnight = |at: NaiveDateTime| at.time() == NaiveTime::MIN;
    let fits = |date_of: &dyn Fn(&EventTime) -> NaiveDateTime| {
        is_midnight(date_of(&event.start)) && is_midnight(date_of(&event.end))
    };
    let as_written = |at: &EventTime| at.written_at();
    let at_home = |at: &EventTime| home.map_or_else(|| at.written_at(), |home| at.in_zone(home));
    if fits(&as_written) {
        become_dates(event, as_written);
    } else if fits(&at_home) {
        become_dates(event, at_home);
    } else {
        return Some("it is marked as all day, but its times are not midnights, so the times are used".to_owned());
    }
    None
}

fn become_dates(event: &mut Event, local: impl Fn(&EventTime) -> NaiveDateTime) {
    let date = |at: &EventTime| EventTime::Date(local(at).date());
    let (start, end) = (date(&event.start), date(&event.end));
    let day_after = local(&event.start).date().succ_opt().map(EventTime::Date);
    event.end = if end == start { day_after.unwrap_or(end) } else { end };
    event.start = start;
    event.exact_length = None;
    event.replaces = event.replaces.as_ref().map(date);
    event.excluded = event.excluded.iter().map(date).collect();
    for added in &mut event.added {
        added.start = date(&added.start);
        added.end = added.end.as_ref().map(date);
    }
}
