//! What the selected freeze displaces, or would where it is being dragged: reckoned once for each place of it.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::{Displaced, Fix, displaced, ways_out};
use crate::model::{ChangeFreeze, Plan};
use crate::session::Document;

/// As many are listed, each with its way out.
pub const LISTED: usize = 12;

/// The occurrences that a freeze displaces.
pub struct Displacement {
    plan: Arc<Plan>,
    today: NaiveDate,
    pub freeze: ChangeFreeze,
    /// Whether the freeze is being dragged: the plan has it elsewhere.
    pub is_ghost: bool,
    /// Sorted by start.
    pub all: Vec<Displaced>,
    /// How many windows they are of.
    pub windows: usize,
    /// How the first [`LISTED`] could move; none where no date is free.
    pub ways_out: Vec<Option<Fix>>,
    known: HashSet<Displaced>,
}

impl Displacement {
    pub fn of(document: &Document, freeze: &ChangeFreeze, is_ghost: bool) -> Self {
        let (schedule, today) = (document.schedule(), document.today());
        let all = displaced(schedule, freeze);
        let windows = all.iter().map(|each| each.window).collect::<HashSet<_>>().len();
        Self {
            plan: Arc::clone(document.plan()),
            today,
            freeze: freeze.clone(),
            is_ghost,
            ways_out: ways_out(schedule, today, freeze, &all[..all.len().min(LISTED)]),
            known: all.iter().copied().collect(),
            windows,
            all,
        }
    }

    /// Whether it still says what is to be said of that freeze.
    pub fn is_of(&self, document: &Document, freeze: &ChangeFreeze, is_ghost: bool) -> bool {
        let is_same_plan = Arc::ptr_eq(&self.plan, document.plan()) && self.today == document.today();
        is_same_plan && self.is_ghost == is_ghost && self.freeze == *freeze
    }

    pub fn contains(&self, displaced: Displaced) -> bool {
        self.known.contains(&displaced)
    }
}
