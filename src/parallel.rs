//! Work on many things at once: what is pure and looks at one thing after the other is split over the machine's cores.
//!
//! The results come in the order of the things, so nothing about them tells how many cores there were. Work that goes on
//! beside the screen is something else: that is a [job](crate::session::state::jobs).

use std::cmp::Ordering;

use rayon::prelude::*;

/// Fewer things than this are not worth another core: waking it takes longer.
const PIECE: usize = 64;

/// What `each` makes of so many things, in their order; it gets their places.
pub fn map_places<R: Send>(count: usize, each: impl Fn(usize) -> R + Sync) -> Vec<R> {
    if count <= PIECE {
        return (0..count).map(each).collect();
    }
    (0..count).into_par_iter().with_min_len(PIECE).map(&each).collect()
}

/// What `each` makes of every one of few things, each of which takes long by itself; in their order.
pub fn map_long<'t, T: Sync, R: Send>(things: &'t [T], each: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    things.par_iter().map(&each).collect()
}

/// The same for work that is itself split over the cores. Each core has a thread of its own for it: a core that waits for
/// a part of its work would otherwise begin another thing in between, and inside that one the next, until its stack ends.
#[cfg(any(feature = "pdf", test))]
pub fn map_apart<'t, T: Sync, R: Send>(things: &'t [T], each: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let take = || {
        std::iter::from_fn(|| {
            let place = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            things.get(place).map(|thing| (place, each(thing)))
        })
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(things.len());
    let mut all: Vec<(usize, R)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(|| take().collect::<Vec<_>>())).collect();
        let mut all: Vec<_> = take().collect();
        for other in others {
            match other.join() {
                Ok(found) => all.extend(found),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, made)| made).collect()
}

/// Lets go of something large on another core: to free it takes as long as to make it.
pub fn put_away(things: impl Send + 'static) {
    rayon::spawn(move || drop(things));
}

/// Sorts; equal things keep their order.
pub fn sort_by<T: Send>(things: &mut [T], order: impl Fn(&T, &T) -> Ordering + Sync) {
    things.par_sort_by(order);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_things() {
        for count in [0, 1, PIECE, PIECE + 1, 10_000] {
            let things: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = things.iter().map(|thing| thing * 2).collect();
            assert_eq!(map_places(count, |place| place * 2), doubled);
            assert_eq!(map_long(&things, |thing| thing * 2), doubled);
            assert_eq!(map_apart(&things, |thing| thing * 2), doubled);
        }
    }
}
