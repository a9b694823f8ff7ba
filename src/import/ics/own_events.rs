//! Events that this program wrote: those of the plan itself change nothing, those of other plans are their windows again.

use chrono::NaiveDate;

use super::events::Event;
use crate::import::imported::Imported;
use crate::model::Plan;
use crate::model::uid::{date_of_uid, is_uid_of_a_plan, is_uid_of_plan};
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

/// The events without those that were exported from `plan`.
pub(super) fn without_own(events: Vec<Event>, plan: &Plan, imported: &mut Imported) -> Vec<Event> {
    let (own, others): (Vec<Event>, Vec<Event>) =
        events.into_iter().partition(|event| is_uid_of_plan(plan.id(), &event.uid));
    if !own.is_empty() {
        let events = counted(own.len(), "event");
        imported.warn(None, format!("{events} skipped because exported from this plan"));
    }
    others
}
