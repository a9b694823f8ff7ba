//! The work of a window, regardless of the window's length: phases, batches and tracks.
//!
//! The fit uses the likely minutes of each phase, the simulation drawn ones. A [`WorkPlan`] is built once, and its
//! [`Load`] calculated for any value of each phase.

use std::ops::Add;
use std::sync::Arc;

use crate::model::{Batch, Estimate, Guess, MaintenanceWindow, Minutes, System, SystemId, Work, WorkStrategy};
use crate::schedule::fit::no_fit::NoFit;

/// A length of time: whole minutes, or drawn ones.
pub trait Length: Copy + Default + PartialOrd + Add<Output = Self> {
    fn times(self, count: u32) -> Self;
}

impl Length for Minutes {
    fn times(self, count: u32) -> Self {
        self * count
    }
}

impl Length for f64 {
    fn times(self, count: u32) -> Self {
        self * Self::from(count)
    }
}

fn longer<S: Length>(one: S, other: S) -> S {
    if other > one { other } else { one }
}

/// A value for each phase of a complete estimate.
#[derive(Clone, Copy, Debug)]
struct Phases<T> {
    prepare: T,
    drain: T,
    patch: T,
    reboot: T,
    verify: T,
    final_verification: T,
    rollback: T,
    rollback_verification: T,
    handover: T,
}

impl Phases<Guess> {
    fn new(estimate: &Estimate) -> Result<Self, NoFit> {
        let (Some(patch), Some(rollback)) = (estimate.patch, estimate.rollback) else {
            return Err(NoFit::NoEstimate);
        };
        let Estimate { prepare, drain, reboot, verify, final_verification, rollback_verification, handover, .. } =
            *estimate;
        Ok(Self {
            prepare,
            drain,
            patch,
            reboot,
            verify,
            final_verification,
            rollback,
            rollback_verification,
            handover,
        })
    }
}

impl<T> Phases<T> {
    fn map<U>(&self, mut convert: impl FnMut(&T) -> U) -> Phases<U> {
        Phases {
            prepare: convert(&self.prepare),
            drain: convert(&self.drain),
            patch: convert(&self.patch),
            reboot: convert(&self.reboot),
            verify: convert(&self.verify),
            final_verification: convert(&self.final_verification),
            rollback: convert(&self.rollback),
            rollback_verification: convert(&self.rollback_verification),
            handover: convert(&self.handover),
        }
    }
}

/// Hosts with the same estimate.
#[derive(Clone, Debug)]
struct Section<T> {
    track: usize,
    /// The index of its system in the scope. None for a pool of all systems.
    system: Option<usize>,
    batches: u32,
    phases: Phases<T>,
}

/// The work of a window: one section for a pool, or else one per system. The sections of a track follow each other;
/// tracks run in parallel.
#[derive(Clone, Debug)]
pub struct WorkPlan<T> {
    /// At least one, sorted by track.
    sections: Vec<Section<T>>,
}

impl WorkPlan<Guess> {
    /// The work plan of a window with these systems, in batches of this size.
    pub fn new(window: &MaintenanceWindow, systems: &[Arc<System>], batch: &Batch) -> Result<Self, NoFit> {
        let hosts: u32 = systems.iter().fold(0, |sum, system| sum.saturating_add(system.hosts));
        if hosts == 0 {
            return Err(NoFit::NoHosts);
        }
        let batch = window.strategy.batches(batch);
        let sections = match &window.work {
            Work::Pool(estimate) => {
                let phases = Phases::new(&estimate.under(window.strategy))?;
                vec![Section { track: 0, system: None, batches: batch.count(hosts), phases }]
            }
            Work::Tracks(tracks) => on_tracks(tracks, systems, batch, window.strategy)?,
        };
        Ok(Self { sections })
    }

    /// Whether every phase is a single number, so that nothing is left to chance.
    pub fn is_fixed(&self) -> bool {
        let is_fixed = |phases: &Phases<Guess>| {
            let mut all_sure = true;
            phases.map(|guess| all_sure &= guess.is_fixed());
            all_sure
        };
        self.sections.iter().all(|section| is_fixed(&section.phases))
    }

    /// When each section is worked on if every phase takes its likely time, track by track.
    pub fn section_times(&self) -> Vec<SectionTimes> {
        let mut section_times: Vec<SectionTimes> = Vec::with_capacity(self.sections.len());
        let mut before = Minutes(0);
        for section in &self.sections {
            if section_times.last().is_some_and(|last| last.track != section.track) {
                before = Minutes(0);
            }
            let load = Load::new(section.phases.map(|guess| guess.likely), section.batches);
            let from = before + load.prepare;
            section_times.push(SectionTimes {
                track: section.track,
                system: section.system,
                from,
                one_batch: load.one_batch,
            });
            before = before + load.work;
        }
        section_times
    }

    /// The load if every phase takes its likely time.
    pub fn likely(&self) -> Load<Minutes> {
        self.load(|guess| guess.likely)
    }
}

impl<T> WorkPlan<T> {
    /// The same work plan with another value for each phase.
    pub fn map<U>(&self, mut convert: impl FnMut(&T) -> U) -> WorkPlan<U> {
        let sections = self.sections.iter().map(|section| Section {
            track: section.track,
            system: section.system,
            batches: section.batches,
            phases: section.phases.map(&mut convert),
        });
        WorkPlan { sections: sections.collect() }
    }

    /// The load if each phase takes the time that `minutes_of` returns. It is called once per phase.
    pub fn load<S: Length>(&self, mut minutes_of: impl FnMut(&T) -> S) -> Load<S> {
        let tracks = self.sections.chunk_by(|one, next| one.track == next.track);
        let in_sequence = |track: &[Section<T>]| {
            track
                .iter()
                .map(|section| Load::new(section.phases.map(&mut minutes_of), section.batches))
                .reduce(Load::then)
        };
        tracks.filter_map(in_sequence).reduce(Load::beside).unwrap_or_default()
    }
}

/// Within a track, systems follow each other in the track's order. Systems that are in no track form one more.
fn on_tracks(
    tracks: &[Vec<SystemId>],
    systems: &[Arc<System>],
    batch: &Batch,
    strategy: WorkStrategy,
) -> Result<Vec<Section<Guess>>, NoFit> {
    let in_track = |track: &[SystemId], system: &System| track.iter().position(|id| *id == system.id);
    let location_of = |system: &System| {
        let named = tracks.iter().enumerate().find_map(|(at, track)| Some((at, in_track(track, system)?)));
        named.unwrap_or((tracks.len(), 0))
    };
    let section = |(at, system): (usize, &Arc<System>)| {
        let (phases, (track, position)) = (Phases::new(&system.estimate.under(strategy))?, location_of(system));
        Ok((position, Section { track, system: Some(at), batches: batch.count(system.hosts), phases }))
    };
    let with_hosts = systems.iter().enumerate().filter(|(_, system)| system.hosts > 0);
    let mut sections: Vec<_> = with_hosts.map(section).collect::<Result<_, _>>()?;
    sections.sort_by_key(|(position, section)| (section.track, *position));
    Ok(sections.into_iter().map(|(_, section)| section).collect())
}

/// When the batches of a section are worked on, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct SectionTimes {
    pub track: usize,
    /// The index of its system in the scope. None for a pool of all systems.
    pub system: Option<usize>,
    /// The start of its first batch.
    pub from: Minutes,
    pub one_batch: Minutes,
}

/// The time that the work of a window takes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Load<S> {
    pub batches: u32,
    pub prepare: S,
    pub final_verification: S,
    /// The longest single batch.
    pub one_batch: S,
    pub work: S,
    pub rollback: S,
    pub handover: S,
}

impl<S: Length> Load<S> {
    fn new(phases: Phases<S>, batches: u32) -> Self {
        let one_batch = phases.drain + phases.patch + phases.reboot + phases.verify;
        Self {
            batches,
            prepare: phases.prepare,
            final_verification: phases.final_verification,
            one_batch,
            work: phases.prepare + one_batch.times(batches) + phases.final_verification,
            rollback: phases.rollback.times(batches) + phases.rollback_verification,
            handover: phases.handover,
        }
    }

    pub fn need(&self) -> S {
        self.work + self.rollback + self.handover
    }

    /// Combines work that is done in sequence. The handover happens once, at the end.
    fn then(self, next: Self) -> Self {
        Self {
            batches: self.batches.saturating_add(next.batches),
            prepare: self.prepare,
            final_verification: next.final_verification,
            one_batch: longer(self.one_batch, next.one_batch),
            work: self.work + next.work,
            rollback: self.rollback + next.rollback,
            handover: longer(self.handover, next.handover),
        }
    }

    /// Combines work that is done in parallel: the longest time counts, both for the work and for the rollback.
    fn beside(self, other: Self) -> Self {
        let (rollback, handover) = (longer(self.rollback, other.rollback), longer(self.handover, other.handover));
        let one_batch = longer(self.one_batch, other.one_batch);
        let longest = if other.work > self.work { other } else { self };
        Self { one_batch, rollback, handover, ..longest }
    }
}
