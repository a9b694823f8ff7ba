//! Spreads pure work, item by item, over the cores of the machine.
//!
//! Unless a function says otherwise, results come in the order of the items, so they do not depend on the number of
//! cores. Threads started here end with the call. Work that runs beside the
//! screen is a [job](crate::session::state::jobs) instead.

use std::cmp::Ordering;
use std::sync::atomic::{self, AtomicUsize};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rayon::prelude::*;

use crate::progress::Progress;

/// Fewer items than this are not worth another core: waking it takes longer.
const SMALLEST_PIECE: usize = 64;

/// Calls `each` with the indices 0 to `count - 1` and returns the results in that order.
pub fn map_indices<R: Send>(count: usize, each: impl Fn(usize) -> R + Sync) -> Vec<R> {
    if count <= SMALLEST_PIECE {
        return (0..count).map(each).collect();
    }
    (0..count).into_par_iter().with_min_len(SMALLEST_PIECE).map(&each).collect()
}

/// Calls `each` with every item and returns the results in order. For few items that each take long.
pub fn map_slow<'t, T: Sync, R: Send>(items: &'t [T], each: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    items.par_iter().map(&each).collect()
}

/// Like [`map_slow`], for work that itself uses this module. Uses separate threads: a rayon thread that waits for
/// nested work starts the next item meanwhile, and that again, until the stack overflows.
#[cfg(any(feature = "pdf", test))]
pub fn map_nested<'t, T: Sync, R: Send>(items: &'t [T], each: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        std::iter::from_fn(|| {
            let index = next.fetch_add(1, atomic::Ordering::Relaxed);
            items.get(index).map(|item| (index, each(item)))
        })
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let mut all: Vec<(usize, R)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(|| take().collect::<Vec<_>>())).collect();
        let mut all: Vec<_> = take().collect();
        for other in others {
            match other.join() {
                Ok(results) => all.extend(results),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, result)| result).collect()
}

/// Runs `work` on this thread, and calls `tick` on another one until it is done: after each `every`, with about the time
/// since the beginning.
pub fn watched<T>(every: Duration, work: impl FnOnce() -> T, mut tick: impl FnMut(Duration) + Send) -> T {
    let (is_done, done) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut elapsed = Duration::ZERO;
            while done.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
                elapsed = elapsed.saturating_add(every);
                tick(elapsed);
            }
        });
        let result = work();
        // The other thread ends. If the work panics, it does so, too.
        drop(is_done);
        result
    })
}

/// Runs `work` on each of `items` on two cores and reports progress; results come in no particular order. Each core has
/// its own `state`. Ends early when cancelled.
pub fn on_two_cores<T: Sync, S, R: Send>(
    items: &[T],
    progress: &Progress,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> Option<R> + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let one_core = || {
        let mut state = state();
        let mut found = Vec::new();
        while !progress.is_cancelled() {
            let at = next.fetch_add(1, atomic::Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            found.extend(work(&mut state, item));
            progress.set(at + 1, items.len());
        }
        found
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(one_core);
        let mut found = one_core();
        // If the other thread panicked, its results are missing, as they are when the job is stopped.
        found.extend(other.join().unwrap_or_default());
        found
    })
}

/// Drops something large on another core: freeing it takes as long as building it.
pub fn drop_in_background(value: impl Send + 'static) {
    rayon::spawn(move || drop(value));
}

/// Sorts; equal items keep their order.
pub fn sort_by<T: Send>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering + Sync) {
    items.par_sort_by(order);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in [0, 1, SMALLEST_PIECE, SMALLEST_PIECE + 1, 10_000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(map_indices(count, |index| index * 2), doubled);
            assert_eq!(map_slow(&items, |item| item * 2), doubled);
            assert_eq!(map_nested(&items, |item| item * 2), doubled);
        }
    }

    #[test]
    fn work_is_watched_until_it_is_done() {
        let (every, ticks) = (Duration::from_millis(5), AtomicUsize::new(0));
        let done = watched(
            every,
            || {
                while ticks.load(atomic::Ordering::Relaxed) < 3 {
                    std::thread::sleep(every);
                }
                7
            },
            |elapsed| {
                let count = ticks.fetch_add(1, atomic::Ordering::Relaxed);
                assert_eq!(elapsed, every * (count as u32 + 1));
            },
        );
        assert_eq!((done, watched(every, || 8, |_| {})), (7, 8));
        let panics = std::panic::catch_unwind(|| watched(every, || panic!("expected"), |_| {}));
        assert!(panics.is_err(), "the other thread has ended, too");
    }
}
