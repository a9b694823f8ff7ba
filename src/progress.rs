//! The progress of a long piece of work, and whether it was cancelled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Shared between the thread that does the work and the one that shows its progress and may cancel it.
#[derive(Debug, Default)]
pub struct Progress {
    /// In thousandths.
    done: AtomicU32,
    is_cancelled: Arc<AtomicBool>,
}

impl Progress {
    /// Notes that `done` of `total` steps or bytes are done.
    pub fn set(&self, done: usize, total: usize) {
        let share = done.saturating_mul(1_000).checked_div(total).unwrap_or(0).min(1_000);
        self.done.store(share as u32, Ordering::Relaxed);
    }

    /// Notes that `done` of `total` steps are done. Returns whether to go on.
    pub fn continues(&self, done: usize, total: usize) -> bool {
        self.set(done, total);
        !self.is_cancelled()
    }

    /// The progress of one step, which does not count as progress of the whole but is cancelled with it.
    pub fn for_step(&self) -> Self {
        Self { done: AtomicU32::new(0), is_cancelled: Arc::clone(&self.is_cancelled) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_cancelled_with_the_whole_and_does_not_count() {
        let whole = Progress::default();
        let step = whole.for_step();
        assert!(whole.continues(1, 4) && step.continues(9, 10));
        assert_eq!((whole.share(), step.share()), (Some(0.25), Some(0.9)));
        whole.cancel();
        assert!(!whole.continues(2, 4) && !step.continues(10, 10));
    }
}
