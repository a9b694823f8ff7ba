//! How far a long piece of work has come, and whether it should stop.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// The progress of a job, shared by the thread that works and the one that shows it and may cancel it.
#[derive(Debug, Default)]
pub struct Progress {
    /// In thousandths.
    done: AtomicU32,
    is_cancelled: AtomicBool,
}

impl Progress {
    /// Notes that `done` of `total` steps or bytes are done.
    pub fn set(&self, done: usize, total: usize) {
        let share = done.saturating_mul(1_000).checked_div(total).unwrap_or(0).min(1_000);
        self.done.store(share as u32, Ordering::Relaxed);
    }

    /// From 0 to 1; `None` before the first thousandth.
    pub fn share(&self) -> Option<f32> {
        let done = self.done.load(Ordering::Relaxed);
        (done > 0).then(|| done as f32 / 1_000.0)
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }
}
