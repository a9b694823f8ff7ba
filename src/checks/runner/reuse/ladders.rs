//! Which findings about ladders still hold, and when something changed for those that do not.

use std::sync::Arc;

use super::{Changed, Frozen, Same};
use crate::model::{Plan, System};
use crate::schedule::{Covering, Occurrence, Reach, Span, WindowSchedule};

impl Same<'_> {
    pub fn ladder(&self, reach: &Reach) -> Option<usize> {
        let is_unchanged = |window: &u32| self.changed[*window as usize] != Changed::Itself;
        self.reached_by_the_same(reach).filter(|_| reach.windows.iter().all(is_unchanged))
    }

    /// A ladder beside the freezes: their findings name records, so none of those that they name may differ.
    pub fn reached(&self, reach: &Reach) -> Option<usize> {
        let index = self.ladder(reach)?;
        let windows = || reach.windows.iter().map(|window| *window as usize);
        let is_same = windows().all(|window| self.changed[window] == Changed::Nothing);
        let is_about = |freeze: &Frozen<'_>| windows().any(|window| freeze.is_about(&self.new.windows[window]));
        let (new, old) = (uncovered(&self.new.plan, reach, &self.new.covering), || {
            uncovered(&self.old.plan, &self.old.reaches[index], &self.old.covering)
        });
        let is_kept =
            is_same && !self.changed_freezes.iter().any(is_about) && new.map(Arc::as_ptr).eq(old().map(Arc::as_ptr));
        is_kept.then_some(index)
    }

    /// The place of a ladder whose climbs hold but for occurrences that start, or started, in the given spans: those of
    /// its windows that changed, and those that freezes may have taken or given back. Ascending, apart from each other.
    pub fn climbs(&self, reach: &Reach) -> Option<(usize, Vec<Span>)> {
        let index = self.reached_by_the_same(reach).filter(|_| self.system_places)?;
        let mut spans = Vec::new();
        for window in reach.windows.iter().map(|window| *window as usize) {
            let new = &self.new.windows[window];
            if self.changed[window] != Changed::Nothing {
                let old = &self.old.windows[self.old_index(window)];
                if !is_frozen_alike(new, old) {
                    return None;
                }
                if !Arc::ptr_eq(&new.expansion, &old.expansion) {
                    put_differences(&new.expansion.occurrences, &old.expansion.occurrences, &mut spans);
                    put_differences(&new.expansion.skipped, &old.expansion.skipped, &mut spans);
                }
            }
        }
        for freeze in &self.changed_freezes {
            let windows = reach.windows.iter().map(|window| &self.new.windows[*window as usize]);
            let concerned = windows.filter(|window| freeze.is_about(window));
            let longest = concerned.flat_map(|window| window.lengths()).max();
            let starts = longest.into_iter().flat_map(|longest| {
                freeze
                    .times
                    .iter()
                    .map(move |time| Span { start_at: time.from.plus(-longest.signed()), end_at: time.to })
            });
            spans.extend(starts);
        }
        Some((index, apart(spans)))
    }

    /// The place of a ladder whose groups are reached by the windows that reached them, whatever those do now.
    fn reached_by_the_same(&self, reach: &Reach) -> Option<usize> {
        let index = self.old.reaches.iter().position(|old| Arc::ptr_eq(&old.ladder, &reach.ladder))?;
        let stood = &self.old.reaches[index].groups;
        let are_the_same = |(set, old): (&Vec<u32>, &Vec<u32>)| self.are_the_same(set, old);
        let is_reached_alike =
            reach.groups.len() == stood.len()
                && reach.groups.iter().zip(stood.iter()).all(|(sets, old_sets)| {
                    sets.len() == old_sets.len() && sets.iter().zip(old_sets).all(are_the_same)
                });
        (self.climbs && is_reached_alike).then_some(index)
    }
}

/// Whether a freeze that did not change covers the window as it did.
fn is_frozen_alike(new: &WindowSchedule, old: &WindowSchedule) -> bool {
    let areas =
        |window: &'_ WindowSchedule| window.scope.systems.iter().map(|system| system.area.clone()).collect::<Vec<_>>();
    new.scope.positions == old.scope.positions && areas(new) == areas(old)
}

/// The starts of what is in one list only. Both are sorted by start.
fn put_differences(new: &[Occurrence], old: &[Occurrence], spans: &mut Vec<Span>) {
    let (mut new, mut old) = (new.iter().peekable(), old.iter().peekable());
    loop {
        let only_one = match (new.peek(), old.peek()) {
            (None, None) => return,
            (Some(is), Some(was)) if is == was => {
                new.next();
                old.next();
                None
            }
            (Some(is), Some(was)) if is.start_at > was.start_at => old.next(),
            (Some(_), _) => new.next(),
            (None, Some(_)) => old.next(),
        };
        spans.extend(only_one.map(|each| Span { start_at: each.start_at, end_at: each.start_at }));
    }
}

/// The same time, sorted, without overlaps.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup_by(|next, before| {
        let meets = next.start_at <= before.end_at;
        if meets {
            before.end_at = before.end_at.max(next.end_at);
        }
        meets
    });
    spans
}

/// The systems on a ladder that no window covers.
fn uncovered<'p>(plan: &'p Plan, reach: &'p Reach, covering: &'p Covering) -> impl Iterator<Item = &'p Arc<System>> {
    let uncovered_places = |(places, sets): (&'p Vec<u32>, &'p Vec<Vec<u32>>)| {
        let places = if sets.iter().any(Vec::is_empty) { &places[..] } else { &[] };
        places.iter().filter(|place| covering.windows(**place as usize).is_empty())
    };
    let places = reach.systems.iter().zip(reach.groups.iter()).flat_map(uncovered_places);
    places.filter_map(|place| plan.systems.as_slice().get(*place as usize))
}
