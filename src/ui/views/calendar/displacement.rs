//! The occurrences that the selected or dragged freeze displaces. Calculated once per position of the freeze.

use std::collections::HashSet;

use crate::checks::{DisplacedOccurrence, Fix, displaced, moves_out_of_freeze};
use crate::model::ChangeFreeze;
use crate::session::Document;

/// At most this many are listed, each with a suggested move.
pub const LISTED: usize = 12;

/// The occurrences that a freeze displaces.
pub struct Displacement {
    pub freeze: ChangeFreeze,
    /// Whether the freeze is being dragged, so that the plan has it elsewhere.
    pub is_ghost: bool,
    /// Sorted by start.
    pub all: Vec<DisplacedOccurrence>,
    /// The number of windows they belong to.
    pub windows: usize,
    /// How the first [`LISTED`] could move; `None` if no date is free.
    pub moves: Vec<Option<Fix>>,
    known: HashSet<DisplacedOccurrence>,
}

impl Displacement {
    pub fn new(document: &Document, freeze: &ChangeFreeze, is_ghost: bool) -> Self {
        let (schedule, today) = (document.schedule(), document.today());
        let all = displaced(schedule, freeze);
        let windows = all.iter().map(|each| each.window).collect::<HashSet<_>>().len();
        Self {
            freeze: freeze.clone(),
            is_ghost,
            moves: moves_out_of_freeze(schedule, today, freeze, &all[..all.len().min(LISTED)]),
            known: all.iter().copied().collect(),
            windows,
            all,
        }
    }

    pub fn contains(&self, displaced: DisplacedOccurrence) -> bool {
        self.known.contains(&displaced)
    }
}
