//! How many findings the checks of one kind of unit may report, so that a plan in which everything is wrong many times
//! does not use up the memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::checks::{Finding, Sink};

/// What was found about one unit; nothing about most.
pub type Found = Option<Arc<[Arc<Finding>]>>;

/// The maximum number of findings of one kind of unit. Each takes about 300 bytes.
pub const MOST_FINDINGS: usize = 500_000;

/// What is left of the findings that one kind of unit may report.
pub struct Budget {
    pub most: usize,
    /// How many were reported. More than `most` if some were left out.
    reported: AtomicUsize,
    /// Whether the units must be checked one after the other, so that the first findings are kept on any machine.
    pub in_order: bool,
}

impl Budget {
    pub fn new(most: usize, in_order: bool) -> Self {
        Self { most, reported: AtomicUsize::new(0), in_order }
    }

    /// Whether findings were left out.
    pub fn is_exceeded(&self) -> bool {
        self.reported.load(Ordering::Relaxed) > self.most
    }

    /// What `check` finds, or the first of it. Checks nothing if findings were left out before.
    pub fn found_by(&self, check: impl FnOnce(&mut Sink)) -> Found {
        if self.is_exceeded() {
            return None;
        }
        let mut sink = Sink::with_room_for(self.most - self.reported.load(Ordering::Relaxed).min(self.most));
        check(&mut sink);
        self.count(sink.reported());
        sink.into_found()
    }

    /// Counts findings of the run before that still hold.
    pub fn count(&self, findings: usize) {
        self.reported.fetch_add(findings, Ordering::Relaxed);
    }
}
