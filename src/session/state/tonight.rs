//! The nights that run now and those that come next.

use std::sync::Arc;

use crate::model::{NightKey, Plan, UtcMinute};

/// The nights that run now and the next ones; valid for the minute in which they were looked up.
#[derive(Default)]
pub struct Tonight {
    pub(in crate::session) looked_up_for: Option<(Arc<Plan>, UtcMinute)>,
    pub(in crate::session) running: Vec<NightKey>,
    pub(in crate::session) coming: Vec<NightKey>,
}

impl Tonight {
    /// The nights that run now, sorted by start.
    pub fn running(&self) -> &[NightKey] {
        &self.running
    }

    /// The next nights, sorted by start.
    pub fn coming(&self) -> &[NightKey] {
        &self.coming
    }
}
