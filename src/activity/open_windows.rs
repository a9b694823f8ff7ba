//! Which occurrences are open at an instant. A log has millions of events, and a plan hundreds of thousands of occurrences,
//! some of them much longer than the others.

use crate::export::lists::Approvals;
use crate::schedule::{Schedule, night};

/// A block of occurrences is skipped at once if none of them is still open.
const BLOCK: usize = 512;

/// When an occurrence is open, in seconds since 1970, with the skew.
#[derive(Clone, Copy, Debug)]
pub struct OpenWindow {
    pub from: i64,
    pub until: i64,
    /// The position of its window in the schedule.
    pub window: u32,
    pub is_approved: bool,
}

/// All occurrences, by start.
pub struct OpenWindows {
    all: Vec<OpenWindow>,
    /// For each block, when the last of it closes.
    block_until: Vec<i64>,
    /// For each window, the indices of its occurrences, and how long the longest is open.
    by_window: Vec<(Vec<u32>, i64)>,
}

impl OpenWindows {
    pub fn new(schedule: &Schedule, skew_seconds: i64) -> Self {
        let plan = &*schedule.plan;
        let approvals = Approvals::new(schedule);
        let mut all = Vec::with_capacity(schedule.occurrence_count());
        for (position, window) in schedule.windows.iter().enumerate() {
            all.extend(window.expansion.occurrences.iter().map(|occurrence| OpenWindow {
                from: i64::from(occurrence.start_at.0) * 60 - skew_seconds,
                until: i64::from(night::ended_at(plan, window, occurrence).0) * 60 + skew_seconds,
                window: position as u32,
                is_approved: approvals.has((window, occurrence)),
            }));
        }
        Self::from_list(all, schedule.windows.len())
    }

    fn from_list(mut all: Vec<OpenWindow>, windows: usize) -> Self {
        all.sort_by_key(|each| each.from);
        let mut by_window = vec![(Vec::new(), 0); windows];
        for (index, each) in all.iter().enumerate() {
            let (indices, longest) = &mut by_window[each.window as usize];
            indices.push(index as u32);
            *longest = each.until.saturating_sub(each.from).max(*longest);
        }
        let last = |block: &[OpenWindow]| block.iter().map(|each| each.until).max().unwrap_or(i64::MIN);
        let block_until = all.chunks(BLOCK).map(last).collect();
        Self { all, block_until, by_window }
    }

    /// The occurrences of a window that are open at an instant, each with its index in the order of starts, the last first.
    pub fn of_window(&self, window: u32, at: i64) -> impl Iterator<Item = (usize, &OpenWindow)> {
        let (indices, longest) = &self.by_window[window as usize];
        let begun = indices.partition_point(|index| self.all[*index as usize].from <= at);
        let begun = indices[..begun].iter().rev().map(|index| (*index as usize, &self.all[*index as usize]));
        begun
            .take_while(move |(_, each)| each.from > at.saturating_sub(*longest))
            .filter(move |(_, each)| at < each.until)
    }

    /// The occurrence that began last of all that are open at an instant.
    pub fn last_open(&self, at: i64) -> Option<&OpenWindow> {
        let begun = self.all.partition_point(|each| each.from <= at);
        let mut end = begun;
        while end > 0 {
            let block = (end - 1) / BLOCK;
            let from = block * BLOCK;
            let is_open = |each: &&OpenWindow| at < each.until;
            if at < self.block_until[block]
                && let Some(found) = self.all[from..end].iter().rev().find(is_open)
            {
                return Some(found);
            }
            end = from;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Windows of some lengths, many short ones and a few that are open for a long time.
    fn many() -> Vec<OpenWindow> {
        let one = |number: i64| {
            let from = number * 7 % 6_000;
            let length = if number % 701 == 0 { 3_000 } else { number % 13 };
            OpenWindow { from, until: from + length, window: (number % 5) as u32, is_approved: number % 3 == 0 }
        };
        (0..2_000).map(one).collect()
    }

    #[test]
    fn what_is_open_is_found_as_by_looking_at_all() {
        let open = OpenWindows::from_list(many(), 5);
        for at in -5..9_100 {
            let is_open = |each: &&OpenWindow| each.from <= at && at < each.until;
            let last = open.all.iter().rev().find(is_open).map(|each| (each.from, each.window));
            assert_eq!(open.last_open(at).map(|each| (each.from, each.window)), last, "{at}");
            for window in 0..5 {
                let found: Vec<i64> = open.of_window(window, at).map(|(_, each)| each.from).collect();
                let of_window = open.all.iter().rev().filter(is_open).filter(|each| each.window == window);
                assert_eq!(found, of_window.map(|each| each.from).collect::<Vec<_>>(), "{at} {window}");
            }
        }
    }
}
