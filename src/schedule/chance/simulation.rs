//! How certain the fit is. If the minutes are three-point estimates, the work is simulated many times.
//!
//! In each run, every phase takes a time drawn from its beta-PERT distribution (lambda 4: the mean is (best + 4 ×
//! likely + worst) ÷ 6). If one thing goes wrong, others often do, too: a Gaussian copula with the policy's correlation
//! couples the draws,
//!
//! ```text
//! z = √correlation × common + √(1 − correlation) × own        both normal; one common draw per run
//! minutes = the phase's quantile at Φ(z)
//! ```
//!
//! A phase that is repeated for each batch is drawn once per run and multiplied: the same crew applies the same patch
//! to similar hosts, so after a slow first batch the others are slow as well. Independent draws would average out and
//! promise far too much.
//!
//! The plan's and the window's id seed the draws, and nothing depends on the mathematical library of the machine: the
//! same plan gives the same result everywhere.

mod pert;

use std::collections::HashMap;
use std::sync::Arc;

use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Dxsm;
use rand_pcg::rand_core::SeedableRng;

use crate::model::{Fnv1a, Guess, Minutes, Plan, PlanId, WindowId};
use crate::schedule::fit::work_plan::WorkPlan;
use crate::schedule::window_schedule::WindowSchedule;
use pert::{Pert, PertBuilder};

/// The possible outcomes of a window's work.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The number of simulated runs.
    pub runs: u32,
    /// The mean minutes of work.
    pub work_mean: f64,
    /// The minutes within which the work is done in 90 % of all runs.
    pub work_p90: f64,
    /// The mean minutes for work, rollback and handover.
    pub need_mean: f64,
    /// The minutes within which rollback and handover are done in 95 % of all runs.
    pub rollback_p95: f64,
    /// For each percentage from 0 to 100, the minutes that are enough for work, rollback and handover in that share of
    /// all runs.
    needs: Vec<f64>,
    /// For each real length of the window, the share of runs that need more time.
    overruns: Vec<(Minutes, f64)>,
}

impl Outlook {
    /// The time that is enough for work, rollback and handover in `percent` % of all runs, in whole minutes.
    pub fn need(&self, percent: u8) -> Minutes {
        let need = self.needs.get(usize::from(percent)).or(self.needs.last());
        Minutes(need.map_or(0.0, |need| need.ceil()) as u32)
    }

    /// The probability that an occurrence of this real length is too short. 0 for a length that the window never has.
    pub fn overrun(&self, length: Minutes) -> f64 {
        self.overruns.iter().find(|(each, _)| *each == length).map_or(0.0, |(_, share)| *share)
    }

    /// The last moment to begin rolling back and still end inside the window in 95 % of all runs. In minutes from the
    /// start; negative if even the start is too late.
    pub fn roll_back_by(&self, length: Minutes) -> i32 {
        (f64::from(length.0) - self.rollback_p95).floor() as i32
    }
}

/// Simulates the windows of one plan.
#[derive(Debug)]
pub struct Simulation {
    plan: PlanId,
    /// The weights of the draw that all phases of a run share, and of each phase's own draw.
    weights: (f64, f64),
    runs: u32,
    builder: PertBuilder,
    /// A cache of distributions, by the bits of their shape.
    perts: HashMap<u64, Arc<Pert>>,
}

/// The duration of a phase: constant or drawn.
enum Phase {
    Sure(f64),
    Drawn { best: f64, range: f64, pert: Arc<Pert> },
}

/// The minutes of each run.
#[derive(Default)]
struct Runs {
    work: Vec<f64>,
    rollback: Vec<f64>,
    need: Vec<f64>,
}

impl Simulation {
    /// The number of runs for each window.
    pub const RUNS: u32 = 10_000;
    /// At most this many distributions are cached. A plan has a few dozen shapes.
    const MOST_PERTS: usize = 1_000;

    pub fn new(plan: &Plan) -> Self {
        Self::with_runs(plan, Self::RUNS)
    }

    /// A simulation with this many runs, at least one.
    pub fn with_runs(plan: &Plan, runs: u32) -> Self {
        let correlation = f64::from(plan.policy().correlation_percent.min(100)) / 100.0;
        Self {
            plan: plan.id().clone(),
            weights: (correlation.sqrt(), (1.0 - correlation).sqrt()),
            runs: runs.max(1),
            builder: PertBuilder::new(),
            perts: HashMap::new(),
        }
    }

    /// The outlook of a window. None if nothing is left to chance, because the fit is then exact.
    pub fn outlook(&mut self, window: &WindowSchedule) -> Option<Outlook> {
        if !window.is_uncertain() {
            return None;
        }
        let work_plan = WorkPlan::new(&window.window, &window.scope.systems, &window.window.batch).ok()?;
        let runs = self.simulate(&work_plan, window.id());
        Some(runs.outlook(window.lengths()))
    }

    fn simulate(&mut self, work_plan: &WorkPlan<Guess>, window: &WindowId) -> Runs {
        let work_plan = work_plan.map(|guess| self.phase(*guess));
        let mut dice = Pcg64Dxsm::seed_from_u64(seed(self.plan.as_str(), window.as_str()));
        let mut normal = || -> f64 { StandardNormal.sample(&mut dice) };
        let (shared, own) = self.weights;
        let mut runs = Runs::default();
        for _ in 0..self.runs {
            let common = shared * normal();
            let load = work_plan.load(|phase| match phase {
                Phase::Sure(minutes) => *minutes,
                Phase::Drawn { best, range, pert } => best + range * pert.quantile(common + own * normal()),
            });
            runs.work.push(load.work);
            runs.rollback.push(load.rollback + load.handover);
            runs.need.push(load.need());
        }
        runs
    }

    fn phase(&mut self, guess: Guess) -> Phase {
        let best = f64::from(guess.best.0);
        let range = f64::from(guess.worst.0) - best;
        if range <= 0.0 {
            return Phase::Sure(f64::from(guess.likely.0));
        }
        let mode = ((f64::from(guess.likely.0) - best) / range).clamp(0.0, 1.0);
        if self.perts.len() >= Self::MOST_PERTS {
            self.perts.clear();
        }
        let pert = self.perts.entry(mode.to_bits()).or_insert_with(|| Arc::new(self.builder.pert(mode)));
        Phase::Drawn { best, range, pert: Arc::clone(pert) }
    }
}

impl Runs {
    fn outlook(mut self, lengths: impl Iterator<Item = Minutes>) -> Outlook {
        let (work_mean, need_mean) = (mean(&self.work), mean(&self.need));
        self.need.sort_unstable_by(f64::total_cmp);
        let needs = &self.need;
        let is_overrun = |length: Minutes| {
            let inside = needs.partition_point(|need| *need <= f64::from(length.0));
            (length, (needs.len() - inside) as f64 / needs.len() as f64)
        };
        Outlook {
            runs: needs.len() as u32,
            work_mean,
            work_p90: *nth(&mut self.work, 90),
            need_mean,
            rollback_p95: *nth(&mut self.rollback, 95),
            needs: (0..=100).map(|percent| needs[rank(needs.len(), percent)]).collect(),
            overruns: lengths.map(is_overrun).collect(),
        }
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The index, in a sorted list, of the value that `percent` % of the values do not exceed.
fn rank(count: usize, percent: usize) -> usize {
    (count * percent).div_ceil(100).max(1) - 1
}

/// The value that `percent` % of the values do not exceed.
fn nth(values: &mut [f64], percent: usize) -> &f64 {
    values.select_nth_unstable_by(rank(values.len(), percent), f64::total_cmp).1
}

/// A seed that is the same for the same ids on every machine.
fn seed(plan: &str, window: &str) -> u64 {
    Fnv1a::default().with(plan.as_bytes()).with(&[0]).with(window.as_bytes()).value()
}

#[cfg(test)]
mod tests;
