//! Writes of several jobs to the same target, of which only the newest counts.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// A target that jobs write to, one at a time. Threads start in any order, so each write has a ticket, and a write whose
/// ticket is no longer the newest is skipped.
#[derive(Debug, Default)]
pub struct Newest<T> {
    ticket: AtomicU64,
    target: Mutex<T>,
}

impl<T> Newest<T> {
    pub fn new(target: T) -> Self {
        Self { ticket: AtomicU64::new(0), target: Mutex::new(target) }
    }

    /// The ticket for a write. Those given out before are no longer valid.
    pub fn ticket(&self) -> u64 {
        self.ticket.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Calls `write` and returns its result, unless a newer ticket has been given out.
    pub fn write<R>(&self, ticket: u64, write: impl FnOnce(&mut T) -> R) -> Option<R> {
        let mut target = self.target.lock().unwrap_or_else(PoisonError::into_inner);
        (self.ticket.load(Ordering::SeqCst) == ticket).then(|| write(&mut target))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_that_a_later_one_has_overtaken_is_skipped() {
        let newest = Newest::new(String::new());
        let (first, second) = (newest.ticket(), newest.ticket());
        assert_eq!(newest.write(second, |text| text.push_str("second")), Some(()));
        assert_eq!(newest.write(first, |text| text.push_str("first")), None);
        let third = newest.ticket();
        assert_eq!(newest.write(third, |text| text.clone()), Some("second".to_owned()));
    }
}
