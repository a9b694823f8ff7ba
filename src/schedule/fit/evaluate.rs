//! Whether the work fits, and leaves time to roll back. All in minutes from the occurrence's start.
//!
//! For a pool of hosts in batches (`docs/glossary.md` explains the terms):
//!
//! ```text
//! work              = prepare + batches × (drain + patch + reboot + verify) + final verification
//! rollback          = batches × rollback + verification after rollback       worst case: it fails at the very end
//! need              = work + rollback + handover
//! rollback deadline = length − handover − rollback                           "Roll back by"
//! margin            = rollback deadline − work = length − need
//! ```
//!
//! The [strategy](WorkStrategy) of the window decides which phases take place: where it switches to what was prepared
//! before, it switches instead of patching, and switches back instead of rolling back.

use std::sync::Arc;

use crate::model::{Batch, Estimate, Guess, MaintenanceWindow, Minutes, System, Work, WorkStrategy};
use crate::schedule::fit::no_fit::NoFit;
use crate::schedule::fit::work_plan::{Load, WorkPlan};

/// How the work of an occurrence fits into its real length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The real length of the occurrence.
    pub length: Minutes,
    /// The number of batches on the longest track.
    pub batches: u32,
    /// The time before the first batch, on the longest track.
    pub prepare: Minutes,
    /// The longest single batch.
    pub one_batch: Minutes,
    /// The time after the last batch, on the longest track.
    pub final_verification: Minutes,
    /// From the start to the end of final verification.
    pub work: Minutes,
    /// The longest rollback of all tracks.
    pub rollback: Minutes,
    pub handover: Minutes,
    /// The last moment to start a batch, in minutes after the start. May be negative.
    pub cutoff: i32,
}

/// What a fit means for a change manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FitVerdict {
    Fits,
    /// It fits, but with less spare time than the policy's buffer.
    Thin,
    DoesNotFit,
}

/// Changes that would each make the work fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remedies {
    pub shortest_length: Minutes,
    /// The smallest batch size that fits. `None` if no size does.
    pub smallest_batch: Option<u32>,
    /// The largest number of hosts that fits with the current batch size. `None` if the batch size is not a fixed
    /// number, if the systems have their own estimates, or if not even one batch fits.
    pub most_hosts: Option<u32>,
}

impl Fit {
    /// Calculates the fit of a window with these systems into an occurrence of this real length.
    pub fn new(window: &MaintenanceWindow, systems: &[Arc<System>], length: Minutes) -> Result<Self, NoFit> {
        Self::with_batch(window, systems, length, &window.batch)
    }

    fn with_batch(
        window: &MaintenanceWindow,
        systems: &[Arc<System>],
        length: Minutes,
        batch: &Batch,
    ) -> Result<Self, NoFit> {
        let course = WorkPlan::new(window, systems, batch)?;
        Ok(Self::from_load(&course.likely(), window, length))
    }

    /// Calculates how a load fits into an occurrence of this real length.
    pub(in crate::schedule) fn from_load(load: &Load<Minutes>, window: &MaintenanceWindow, length: Minutes) -> Self {
        let after_last_start = load.one_batch + load.final_verification + load.rollback + load.handover;
        let calculated = length.signed().saturating_sub(after_last_start.signed());
        Self {
            length,
            batches: load.batches,
            prepare: load.prepare,
            one_batch: load.one_batch,
            final_verification: load.final_verification,
            work: load.work,
            rollback: load.rollback,
            handover: load.handover,
            cutoff: window.cutoff.map_or(calculated, Minutes::signed),
        }
    }

    pub fn need(&self) -> Minutes {
        self.work + self.rollback + self.handover
    }

    /// The spare time. Negative if the work does not fit.
    pub fn margin(&self) -> i32 {
        self.length.signed().saturating_sub(self.need().signed())
    }

    /// The last moment to begin rolling back and still end inside the window. Negative if even the start is too late.
    pub fn rollback_deadline(&self) -> i32 {
        self.length.signed().saturating_sub((self.handover + self.rollback).signed())
    }

    /// The minutes that `buffer_percent` of the length requires to spare, rounded up: a smaller margin is thin.
    pub fn buffer(&self, buffer_percent: u8) -> Minutes {
        let buffer = (u64::from(self.length.0) * u64::from(buffer_percent)).div_ceil(100);
        Minutes(u32::try_from(buffer).unwrap_or(u32::MAX))
    }

    /// A margin is thin if it is less than `buffer_percent` of the length.
    pub fn verdict(&self, buffer_percent: u8) -> FitVerdict {
        let margin = i64::from(self.margin());
        if margin < 0 {
            FitVerdict::DoesNotFit
        } else if margin * 100 < i64::from(self.length.0) * i64::from(buffer_percent) {
            FitVerdict::Thin
        } else {
            FitVerdict::Fits
        }
    }

    /// Finds changes that would each make the work fit.
    pub fn remedies(window: &MaintenanceWindow, systems: &[Arc<System>], length: Minutes) -> Result<Remedies, NoFit> {
        let fit = Self::new(window, systems, length)?;
        let fits_in_batches_of =
            |size| Self::with_batch(window, systems, length, &Batch::Hosts(size)).is_ok_and(|fit| fit.margin() >= 0);
        let largest = match &window.work {
            Work::Pool(_) => systems.iter().fold(0, |sum: u32, system| sum.saturating_add(system.hosts)),
            Work::Tracks(_) => systems.iter().map(|system| system.hosts).max().unwrap_or(0),
        };
        let most_hosts = match &window.work {
            Work::Pool(estimate) => {
                most_hosts(&estimate.under(window.strategy), window.strategy.batches(&window.batch), length)
            }
            Work::Tracks(_) => None,
        };
        Ok(Remedies {
            shortest_length: fit.need(),
            smallest_batch: smallest(1, largest, fits_in_batches_of)
                .filter(|_| window.strategy != WorkStrategy::BlueGreen),
            most_hosts,
        })
    }
}

/// The largest number of hosts of a pool that fits into this length, in batches of a fixed size. `None` if not even one
/// batch fits. If the batch size is a share of the hosts, their number makes no difference.
fn most_hosts(estimate: &Estimate, batch: &Batch, length: Minutes) -> Option<u32> {
    let Batch::Hosts(size) = *batch else { return None };
    let Estimate { prepare, final_verification, rollback_verification, handover, drain, reboot, verify, .. } = estimate;
    let sum = |guesses: [&Guess; 4]| guesses.into_iter().map(|guess| guess.likely).sum::<Minutes>();
    let once = sum([prepare, final_verification, rollback_verification, handover]);
    let each = sum([drain, &estimate.patch?, reboot, verify]) + estimate.rollback?.likely;
    let batches = length.0.checked_sub(once.0)?.checked_div(each.0)?;
    batches.checked_mul(size.max(1)).filter(|hosts| *hosts > 0)
}

/// The smallest number from `from` to `to` that satisfies `is_so`. If a number does, all larger ones must as well.
fn smallest(from: u32, to: u32, is_so: impl Fn(u32) -> bool) -> Option<u32> {
    if from > to || !is_so(to) {
        return None;
    }
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_so(middle) { high = middle } else { low = middle + 1 }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rule;

    /// The example of the handbook: 40 hosts, prepare 10, 1 + 12 + 10 + 5 per batch, final verification 15, rollback 18
    /// per batch + 10, handover 5.
    fn core_db() -> (MaintenanceWindow, Vec<Arc<System>>) {
        let minutes = |minutes| Guess::sure(Minutes(minutes));
        let estimate = Estimate {
            prepare: minutes(10),
            drain: minutes(1),
            patch: Some(minutes(12)),
            reboot: minutes(10),
            verify: minutes(5),
            switch: Some(minutes(3)),
            final_verification: minutes(15),
            rollback: Some(minutes(18)),
            rollback_verification: minutes(10),
            handover: minutes(5),
        };
        let mut window = MaintenanceWindow::new("core-db".into(), "Core DB", Rule::Dates(Vec::new()));
        window.work = Work::Pool(estimate);
        window.batch = Batch::Hosts(10);
        let system = System { id: "core".into(), name: "Core".into(), hosts: 40, estimate, ..System::default() };
        (window, vec![Arc::new(system)])
    }

    const FOUR_HOURS: Minutes = Minutes(240);

    #[test]
    fn the_example_of_the_handbook_is_exact() {
        let (mut window, systems) = core_db();
        let fit = Fit::new(&window, &systems, FOUR_HOURS).unwrap();
        assert_eq!((fit.batches, fit.work, fit.rollback, fit.need()), (4, Minutes(137), Minutes(82), Minutes(224)));
        assert_eq!((fit.margin(), fit.rollback_deadline(), fit.verdict(10)), (16, 153, FitVerdict::Thin));
        window.batch = Batch::Hosts(20);
        let fit = Fit::new(&window, &systems, FOUR_HOURS).unwrap();
        assert_eq!((fit.work, fit.rollback, fit.need(), fit.margin()), (Minutes(81), Minutes(46), Minutes(132), 108));
    }

    #[test]
    fn a_margin_below_the_buffer_is_thin_and_one_of_the_buffer_is_not() {
        let (window, systems) = core_db();
        for length in 224..300 {
            let fit = Fit::new(&window, &systems, Minutes(length)).unwrap();
            let is_thin = fit.margin() < fit.buffer(10).signed();
            assert_eq!(fit.verdict(10) == FitVerdict::Thin, is_thin, "{length}");
        }
    }

    #[test]
    fn the_same_work_does_not_fit_when_the_clocks_go_forward() {
        let (window, systems) = core_db();
        let fit = Fit::new(&window, &systems, Minutes(180)).unwrap();
        assert_eq!((fit.margin(), fit.verdict(10)), (-44, FitVerdict::DoesNotFit));
    }

    #[test]
    fn the_remedies_are_the_smallest_changes_that_make_it_fit() {
        let (mut window, systems) = core_db();
        window.batch = Batch::Hosts(5);
        let remedies = Fit::remedies(&window, &systems, FOUR_HOURS).unwrap();
        assert_eq!(
            remedies,
            Remedies { shortest_length: Minutes(408), smallest_batch: Some(10), most_hosts: Some(20) }
        );
        window.batch = Batch::Hosts(remedies.smallest_batch.unwrap());
        assert!(Fit::new(&window, &systems, FOUR_HOURS).unwrap().margin() >= 0);
        assert_eq!(Fit::remedies(&window, &systems, Minutes(60)).unwrap().smallest_batch, None);
    }

    #[test]
    fn tracks_run_in_parallel_and_their_systems_in_sequence() {
        let (mut window, systems) = core_db();
        let named = |id: &str, hosts| Arc::new(System { id: id.into(), hosts, ..System::clone(&systems[0]) });
        let systems = [named("a", 10), named("b", 10), named("c", 20)];
        window.work = Work::Tracks(vec![vec!["a".into(), "b".into()]]);
        let fit = Fit::new(&window, &systems, FOUR_HOURS).unwrap();
        // a, then b: 2 × (10 + 28 + 15); in parallel c: 10 + 2 × 28 + 15.
        assert_eq!((fit.work, fit.batches), (Minutes(106), 2));
        // Rolling back a, then b: 2 × (18 + 10); c: 2 × 18 + 10.
        assert_eq!((fit.rollback, fit.handover), (Minutes(56), Minutes(5)));
        window.work = Work::Tracks(Vec::new());
        assert_eq!(Fit::new(&window, &systems, FOUR_HOURS).unwrap().work, Minutes(106 + 81));
    }

    #[test]
    fn without_hosts_or_estimates_there_is_no_fit() {
        let (mut window, systems) = core_db();
        assert_eq!(Fit::new(&window, &[], FOUR_HOURS), Err(NoFit::NoHosts));
        window.work = Work::Pool(Estimate::default());
        assert_eq!(Fit::new(&window, &systems, FOUR_HOURS), Err(NoFit::NoEstimate));
    }

    #[test]
    fn a_strategy_changes_the_phases_of_the_work_and_of_the_rollback() {
        let fit = |strategy| {
            let (window, systems) = core_db();
            let window = MaintenanceWindow { strategy, ..window };
            let fit = Fit::new(&window, &systems, Minutes::hours(4)).unwrap();
            (fit.batches, fit.work.0, fit.rollback.0, fit.need().0)
        };
        assert_eq!(fit(WorkStrategy::Scheduled), (4, 137, 82, 224));
        assert_eq!(fit(WorkStrategy::Rolling), (4, 137, 82, 224));
        // Four times drain 1, switch 3 and verify 5, and the final verification; four times switching back.
        assert_eq!(fit(WorkStrategy::Immutable), (4, 51, 22, 78));
        // One switch and the final verification.
        assert_eq!(fit(WorkStrategy::BlueGreen), (1, 18, 13, 36));
        let (window, systems) = core_db();
        let work = Work::Pool(Estimate { switch: None, ..systems[0].estimate });
        let window = MaintenanceWindow { strategy: WorkStrategy::BlueGreen, work, ..window };
        assert_eq!(Fit::new(&window, &systems, Minutes::hours(4)), Err(NoFit::NoEstimate));
    }
}
