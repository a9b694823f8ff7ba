//! Which hosts are patched when: the batches of a window, in minutes from its start.
//!
//! The times are those of the fit ([`work_plan`](super::work_plan)): each batch takes its likely time and follows the
//! one before it.

use crate::model::{Batch, MaintenanceWindow, Minutes};
use crate::schedule::fit::no_fit::NoFit;
use crate::schedule::fit::work_plan::{SectionTimes, WorkPlan};
use crate::schedule::scope::Scope;

/// If there are more batches than this, those of one system are combined into one entry.
const MOST_RUNS: u64 = 400;

/// Hosts of one system in one batch, or in several consecutive ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchRun {
    /// The index of the system in the scope.
    pub system: usize,
    pub hosts: u32,
    /// From 0.
    pub track: usize,
    /// The number of its first batch, from 1. A pool numbers all batches, tracks number those of each system.
    pub first: u32,
    /// The number of its last batch. Equal to `first` for a single batch.
    pub last: u32,
    /// Minutes after the occurrence's start.
    pub from: Minutes,
    pub to: Minutes,
}

/// The batches of all systems in the scope that have hosts, in order, track by track.
pub(in crate::schedule) fn batch_runs(window: &MaintenanceWindow, scope: &Scope) -> Result<Vec<BatchRun>, NoFit> {
    let (systems, batch) = (&scope.systems, window.strategy.batches(&window.batch));
    let section_times = WorkPlan::new(window, systems, batch)?.section_times();
    let mut shares = Vec::new();
    for times in &section_times {
        if let Some(at) = times.system {
            shares.push(Share::new(times, Batches::new(batch, systems[at].hosts), at, 0));
            continue;
        }
        let batches = Batches::new(batch, scope.hosts());
        let mut before = 0_u64;
        for (at, system) in systems.iter().enumerate().filter(|(_, system)| system.hosts > 0) {
            shares.push(Share { hosts: system.hosts, ..Share::new(times, batches.clone(), at, before) });
            before += u64::from(system.hosts);
        }
    }
    let is_listed_one_by_one = shares.iter().map(Share::batch_count).sum::<u64>() <= MOST_RUNS;
    Ok(shares.iter().flat_map(|share| share.runs(is_listed_one_by_one)).collect())
}

/// Runs of batches of the same size: the number of the first batch, its first host, and the size. Numbered from 0.
#[derive(Clone)]
struct Batches {
    runs: std::rc::Rc<[(u32, u64, u32)]>,
    hosts: u32,
}

impl Batches {
    fn new(batch: &Batch, hosts: u32) -> Self {
        let (mut number, mut host) = (0_u32, 0_u64);
        let run = |(count, size): (u32, u32)| {
            let run = (number, host, size.max(1));
            number = number.saturating_add(count);
            host += u64::from(count) * u64::from(size);
            run
        };
        Self { runs: batch.runs(hosts).into_iter().map(run).collect(), hosts }
    }

    /// The number of the batch that contains a host.
    fn number_of(&self, host: u64) -> u32 {
        let index = self.runs.partition_point(|(_, first, _)| *first <= host).saturating_sub(1);
        self.runs.get(index).map_or(0, |(number, first, size)| {
            number.saturating_add(((host - first) / u64::from(*size)).min(u32::MAX.into()) as u32)
        })
    }

    /// The first host of a batch.
    fn first_host(&self, number: u32) -> u64 {
        let index = self.runs.partition_point(|(first, ..)| *first <= number).saturating_sub(1);
        self.runs.get(index).map_or(0, |(first, host, size)| host + u64::from(number - first) * u64::from(*size))
    }
}

/// The hosts of one system among those that are patched batch by batch.
struct Share<'a> {
    times: &'a SectionTimes,
    batches: Batches,
    system: usize,
    /// The number of hosts before its own.
    before: u64,
    hosts: u32,
}

impl<'a> Share<'a> {
    /// A share with all hosts of the batches.
    fn new(times: &'a SectionTimes, batches: Batches, system: usize, before: u64) -> Self {
        Self { times, hosts: batches.hosts, batches, system, before }
    }

    fn first(&self) -> u32 {
        self.batches.number_of(self.before)
    }

    fn last(&self) -> u32 {
        self.batches.number_of(self.before + u64::from(self.hosts.saturating_sub(1)))
    }

    fn batch_count(&self) -> u64 {
        u64::from(self.last() - self.first()) + 1
    }

    fn runs(&self, one_by_one: bool) -> Vec<BatchRun> {
        let (first, last) = (self.first(), self.last());
        if !one_by_one {
            return vec![self.run(first, last)];
        }
        (first..=last).map(|number| self.run(number, number)).collect()
    }

    /// Its hosts in the batches from `first` to `last`, numbered from 0.
    fn run(&self, first: u32, last: u32) -> BatchRun {
        let end = self.before + u64::from(self.hosts);
        let after = if last == self.last() { end } else { self.batches.first_host(last + 1) };
        let hosts = after.min(end) - self.batches.first_host(first).max(self.before);
        BatchRun {
            system: self.system,
            hosts: hosts as u32,
            track: self.times.track,
            first: first.saturating_add(1),
            last: last.saturating_add(1),
            from: self.times.from + self.times.one_batch * first,
            to: self.times.from + self.times.one_batch * last.saturating_add(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{BatchSize, Estimate, Guess, Horizon, MaintenanceWindow, Plan, Rule, System, Work};
    use crate::schedule::plan_schedule::Schedule;
    use crate::schedule::window_schedule::WindowSchedule;

    fn estimate() -> Estimate {
        let minutes = |minutes| Guess::sure(Minutes(minutes));
        Estimate {
            prepare: minutes(10),
            patch: Some(minutes(20)),
            final_verification: minutes(5),
            rollback: Some(minutes(3)),
            ..Estimate::default()
        }
    }

    /// A window with one system for each of these numbers of hosts.
    fn window(hosts: &[u32], work: Work, batch: Batch) -> Arc<WindowSchedule> {
        let mut parts = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").to_parts();
        let named = |(at, hosts): (usize, &u32)| {
            let id = format!("{at:03}");
            System { id: id.as_str().into(), name: id, hosts: *hosts, estimate: estimate(), ..System::default() }
        };
        parts.systems = hosts.iter().enumerate().map(named).collect();
        let mut window = MaintenanceWindow::new("w".into(), "W", Rule::Dates(Vec::new()));
        window.systems = parts.systems.iter().map(|system| system.id.clone()).collect();
        (window.work, window.batch) = (work, batch);
        parts.windows = [window].into_iter().collect();
        let plan = Plan::from(parts);
        Arc::clone(&Schedule::derive(&Arc::new(plan), None).windows[0])
    }

    /// System, hosts, track, batch, from, to.
    fn turns(window: &WindowSchedule) -> Vec<(usize, u32, usize, u32, u32, u32)> {
        let turns = window.batch_runs().unwrap();
        turns.iter().map(|turn| (turn.system, turn.hosts, turn.track, turn.first, turn.from.0, turn.to.0)).collect()
    }

    #[test]
    fn the_systems_of_a_pool_share_its_batches() {
        let pool = window(&[15, 0, 10], Work::Pool(estimate()), Batch::Hosts(10));
        assert_eq!(
            turns(&pool),
            [(0, 10, 0, 1, 10, 30), (0, 5, 0, 2, 30, 50), (2, 5, 0, 2, 30, 50), (2, 5, 0, 3, 50, 70)]
        );
        let list = Batch::List(vec![BatchSize::Hosts(1), BatchSize::Hosts(20)]);
        let uneven = window(&[15, 10], Work::Pool(estimate()), list);
        assert_eq!(
            turns(&uneven),
            [(0, 1, 0, 1, 10, 30), (0, 14, 0, 2, 30, 50), (1, 6, 0, 2, 30, 50), (1, 4, 0, 3, 50, 70)]
        );
    }

    #[test]
    fn a_track_patches_its_systems_in_order_and_tracks_run_in_parallel() {
        let tracks = Work::Tracks(vec![vec!["001".into(), "000".into()]]);
        let found = turns(&window(&[4, 2, 3], tracks, Batch::Hosts(2)));
        let expected = [
            (1, 2, 0, 1, 10, 30),
            (0, 2, 0, 1, 35 + 10, 35 + 30),
            (0, 2, 0, 2, 35 + 30, 35 + 50),
            (2, 2, 1, 1, 10, 30),
            (2, 1, 1, 2, 30, 50),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn too_many_batches_are_combined_per_system() {
        let many = window(&[u32::MAX, 5, u32::MAX], Work::Pool(estimate()), Batch::Hosts(1));
        assert_eq!(many.batch_runs().unwrap().len(), 3);
        let turns = window(&[1_000, 500], Work::Pool(estimate()), Batch::Hosts(1)).batch_runs().unwrap();
        let combined = turns.iter().map(|turn| (turn.hosts, turn.first, turn.last, turn.to)).collect::<Vec<_>>();
        assert_eq!(combined, [(1_000, 1, 1_000, Minutes(20_010)), (500, 1_001, 1_500, Minutes(30_010))]);
    }

    #[test]
    fn the_last_batch_ends_when_final_verification_begins() {
        for size in 1..30 {
            let window = window(&[7, 13, 0, 5], Work::Pool(estimate()), Batch::Hosts(size));
            let (fit, turns) = (window.usual_fit().unwrap(), window.batch_runs().unwrap());
            let last = turns.iter().map(|turn| turn.to).max();
            assert_eq!(last.map(|last| last + fit.final_verification), Some(fit.work));
            assert_eq!(turns.iter().map(|turn| turn.hosts).sum::<u32>(), 25);
        }
    }
}
