//! Cancellations that the plan remembers, so that older versions of their events do not bring back what they gave.

use std::collections::BTreeMap;

use crate::import::reconcile::newest;
use crate::model::{CancelledEvents, Edit, ImportedEvent, Plan};

/// The cancellations of a file, by the calendar of their events.
#[derive(Debug, Default)]
pub(super) struct NotedCancellations {
    by_source: BTreeMap<String, Vec<ImportedEvent>>,
}

impl NotedCancellations {
    pub fn is_empty(&self) -> bool {
        self.by_source.is_empty()
    }

    /// Notes a cancellation; without a UID nothing can be recognised again.
    pub fn add(&mut self, source: &str, event: ImportedEvent) {
        if !event.uid.is_empty() {
            self.by_source.entry(source.to_owned()).or_default().push(event);
        }
    }

    /// What the plan does not remember yet.
    pub fn edits(self, plan: &Plan) -> impl Iterator<Item = Edit> {
        self.by_source.into_iter().filter_map(|(source, events)| {
            let known = plan.cancelled_events().get(&source).map(|known| known.events.clone()).unwrap_or_default();
            let events = newest(known.iter().cloned().chain(events));
            (events != known).then_some(Edit::PutCancelled(CancelledEvents { source, events }))
        })
    }
}
