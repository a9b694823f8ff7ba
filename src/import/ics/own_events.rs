//! Events that this program wrote: those of the plan itself change nothing, those of other plans are their windows again.

use chrono::NaiveDate;

use super::events::Event;
use crate::import::imported::Imported;
use crate::import::topic::Topic;
use crate::model::Plan;
use crate::model::uid::{date_of_uid, is_freeze_of_a_plan, is_uid_of_a_plan, is_uid_of_plan};
use crate::wording::counted;

/// An occurrence of a window in an exported calendar.
pub(super) struct OwnEvent {
    /// The window with its plan.
    pub window: String,
    /// Its original date.
    pub on: NaiveDate,
}

impl OwnEvent {
    pub fn find(uid: &str) -> Option<Self> {
        let on = date_of_uid(uid).filter(|_| is_uid_of_a_plan(uid))?;
        let (_, window) = uid.split_once('.')?;
        Some(Self { window: window.to_owned(), on })
    }
}

/// The events without those that were exported from `plan`, and without those of other plans that are not records of `topic`.
pub(super) fn without_own(events: Vec<Event>, plan: &Plan, topic: Topic, imported: &mut Imported) -> Vec<Event> {
    // Nearly all files have none, and moving 100,000 events takes time.
    if !events.iter().any(|event| is_uid_of_a_plan(&event.uid)) {
        return events;
    }
    let (own, others): (Vec<Event>, Vec<Event>) =
        events.into_iter().partition(|event| is_uid_of_plan(plan.id(), &event.uid));
    if !own.is_empty() {
        let events = counted(own.len(), "event");
        imported.warn(None, format!("{events} skipped because exported from this plan"));
        imported.leave_out("exported from this plan", own.len());
    }
    let is_freeze = |event: &Event| is_freeze_of_a_plan(&event.uid);
    let is_window = |event: &Event| date_of_uid(&event.uid).is_some() && is_uid_of_a_plan(&event.uid);
    let (freezes, others): (Vec<Event>, Vec<Event>) =
        others.into_iter().partition(|event| topic != Topic::Freezes && is_freeze(event));
    let (windows, others): (Vec<Event>, Vec<Event>) =
        others.into_iter().partition(|event| topic != Topic::Windows && is_window(event));
    for (events, what) in [(freezes, "freezes"), (windows, "windows")] {
        if let Some(first) = events.first() {
            let count = counted(events.len(), "event");
            let message =
                format!("{count} skipped: exported {what} of another plan (import the file as {what} to get them)");
            imported.warn(first.line, message);
            imported.leave_out("exported from another plan", events.len());
        }
    }
    others
}
