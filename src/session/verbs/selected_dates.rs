//! Several selected occurrences, in the order in which they were selected.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::WindowId;

/// At least two occurrences by window and original date. Every bar that is drawn asks whether it is one of them, so that is
/// looked up.
#[derive(Clone, Debug)]
pub struct SelectedDates(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    keys: Vec<(WindowId, NaiveDate)>,
    by_window: HashMap<WindowId, HashSet<NaiveDate>>,
}

impl SelectedDates {
    pub fn contains_date(&self, window: &WindowId, on: NaiveDate) -> bool {
        self.0.by_window.get(window).is_some_and(|dates| dates.contains(&on))
    }

    /// The number of windows to which they belong.
    pub fn windows(&self) -> usize {
        self.0.by_window.len()
    }
}

impl FromIterator<(WindowId, NaiveDate)> for SelectedDates {
    fn from_iter<I: IntoIterator<Item = (WindowId, NaiveDate)>>(keys: I) -> Self {
        let keys: Vec<_> = keys.into_iter().collect();
        let mut by_window: HashMap<WindowId, HashSet<NaiveDate>> = HashMap::new();
        for (window, on) in &keys {
            by_window.entry(window.clone()).or_default().insert(*on);
        }
        Self(Arc::new(Inner { keys, by_window }))
    }
}

impl Deref for SelectedDates {
    type Target = [(WindowId, NaiveDate)];

    fn deref(&self) -> &Self::Target {
        &self.0.keys
    }
}

/// Frames compare the selection with that of the last frame, which is usually the same one.
impl PartialEq for SelectedDates {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.keys == other.0.keys
    }
}

impl Eq for SelectedDates {}
