//! How sure is the fit? Where minutes are estimated with three values, many nights are played through.
//!
//! In each of them every phase takes a time drawn from its beta-PERT distribution (lambda 4: the mean is
//! (best + 4 × likely + worst) ÷ 6). What goes wrong in one night often goes wrong everywhere: the policy's correlation
//! ties the draws together with a Gaussian copula,
//!
//! ```text
//! z = √correlation × common + √(1 − correlation) × own        both normal; one common draw a night
//! minutes = the phase's quantile at Φ(z)
//! ```
//!
//! A phase that is repeated for each batch is drawn once a night and multiplied: it is the same crew with the same
//! patch on hosts of the same kind, so that a slow first batch foretells slow ones after it. Independent draws would
//! average out, and promise far too much.
//!
//! The draws are seeded by the plan's and the window's id, and no function of the machine's own mathematical library
//! takes part: the same plan gives the same answer everywhere.

mod pert;

use std::collections::HashMap;
use std::sync::Arc;

use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Dxsm;
use rand_pcg::rand_core::SeedableRng;

use crate::model::{Guess, Minutes, Plan, PlanId, WindowId};
use crate::schedule::fit::work_plan::WorkPlan;
use crate::schedule::window_schedule::WindowSchedule;
use pert::{Pert, Workbench};

/// How a window's work may turn out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// How many nights were played through.
    pub runs: u32,
    /// Minutes of work on average.
    pub work_mean: f64,
    /// Minutes in which the work is done in nine nights of ten.
    pub work_p90: f64,
    /// Minutes for work, rollback and handover on average.
    pub need_mean: f64,
    /// Minutes in which rollback and handover are done in 95 nights of a hundred.
    pub way_back_p95: f64,
    /// Minutes that suffice for the need in so many of a hundred nights, from 0 to 100.
    needs: Vec<f64>,
    /// For each real length of the window the share of nights in which the need is longer.
    overruns: Vec<(Minutes, f64)>,
}

impl Outlook {
    /// The time that suffices for work, rollback and handover in `percent` of a hundred nights; in whole minutes.
    pub fn need(&self, percent: u8) -> Minutes {
        let need = self.needs.get(usize::from(percent)).or(self.needs.last());
        Minutes(need.map_or(0.0, |need| need.ceil()) as u32)
    }

    /// The probability that the need is longer than that real length of the window; 0 for a length that it never has.
    pub fn overrun(&self, length: Minutes) -> f64 {
        self.overruns.iter().find(|(each, _)| *each == length).map_or(0.0, |(_, share)| *share)
    }

    /// Last moment to begin rolling back and, in 95 nights of a hundred, still end inside the window; minutes from the
    /// start, negative where even the start is too late.
    pub fn roll_back_by(&self, length: Minutes) -> i32 {
        (f64::from(length.0) - self.way_back_p95).floor() as i32
    }
}

/// Plays nights through, for one plan.
#[derive(Debug)]
pub struct Simulation {
    plan: PlanId,
    /// Weight of what a night's phases have in common, and of what each has for itself.
    weights: (f64, f64),
    runs: u32,
    workbench: Workbench,
    /// Distributions that were made, by the bits of their shape.
    perts: HashMap<u64, Arc<Pert>>,
}

/// How long a phase takes: always the same, or as it is drawn.
enum Phase {
    Sure(f64),
    Drawn { best: f64, range: f64, pert: Arc<Pert> },
}

/// What each night came to, in minutes.
#[derive(Default)]
struct Nights {
    work: Vec<f64>,
    way_back: Vec<f64>,
    need: Vec<f64>,
}

impl Simulation {
    /// Nights that are played through for each window.
    pub const RUNS: u32 = 10_000;
    /// Distributions kept at a time; a plan has a few dozen shapes.
    const MOST_PERTS: usize = 1_000;

    pub fn new(plan: &Plan) -> Self {
        Self::with_runs(plan, Self::RUNS)
    }

    /// A simulation of so many nights; at least one.
    pub fn with_runs(plan: &Plan, runs: u32) -> Self {
        let correlation = f64::from(plan.policy().correlation_percent.min(100)) / 100.0;
        Self {
            plan: plan.id().clone(),
            weights: (correlation.sqrt(), (1.0 - correlation).sqrt()),
            runs: runs.max(1),
            workbench: Workbench::new(),
            perts: HashMap::new(),
        }
    }

    /// The outlook of a window; none where nothing is left to chance: then the fit says all.
    pub fn outlook(&mut self, window: &WindowSchedule) -> Option<Outlook> {
        if !window.is_uncertain() {
            return None;
        }
        let course = WorkPlan::new(&window.window, &window.scope.systems, &window.window.batch).ok()?;
        let nights = self.nights(&course, window.id());
        Some(nights.outlook(window.lengths()))
    }

    fn nights(&mut self, course: &WorkPlan<Guess>, window: &WindowId) -> Nights {
        let course = course.map(|guess| self.phase(*guess));
        let mut dice = Pcg64Dxsm::seed_from_u64(seed(self.plan.as_str(), window.as_str()));
        let mut normal = || -> f64 { StandardNormal.sample(&mut dice) };
        let (shared, own) = self.weights;
        let mut nights = Nights::default();
        for _ in 0..self.runs {
            let common = shared * normal();
            let load = course.load(|phase| match phase {
                Phase::Sure(minutes) => *minutes,
                Phase::Drawn { best, range, pert } => best + range * pert.quantile(common + own * normal()),
            });
            nights.work.push(load.work);
            nights.way_back.push(load.rollback + load.handover);
            nights.need.push(load.need());
        }
        nights
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
        let pert = self.perts.entry(mode.to_bits()).or_insert_with(|| Arc::new(self.workbench.pert(mode)));
        Phase::Drawn { best, range, pert: Arc::clone(pert) }
    }
}

impl Nights {
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
            way_back_p95: *nth(&mut self.way_back, 95),
            needs: (0..=100).map(|percent| needs[rank(needs.len(), percent)]).collect(),
            overruns: lengths.map(is_overrun).collect(),
        }
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Where in a sorted list the value stands that `percent` of a hundred do not exceed.
fn rank(count: usize, percent: usize) -> usize {
    (count * percent).div_ceil(100).max(1) - 1
}

/// The value that `percent` of a hundred do not exceed.
fn nth(values: &mut [f64], percent: usize) -> &f64 {
    values.select_nth_unstable_by(rank(values.len(), percent), f64::total_cmp).1
}

/// The same number for the same ids on every machine (FNV-1a, 64 bits).
fn seed(plan: &str, window: &str) -> u64 {
    let bytes = plan.bytes().chain([0]).chain(window.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
