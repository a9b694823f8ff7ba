//! Everything that follows from a plan: occurrences, their times, and how the work fits. Pure, and quick to derive
//! again.
//!
//! A [`Schedule`] contains one [`WindowSchedule`] per window. Deriving it again after an edit reuses those whose inputs
//! are the same pointers, so an edit only costs what it changed.
//!
//! The modules, from the bottom up: `time`, `scope` and `fit`, `window_schedule`, `chance`, `reach_index` and `rota`,
//! `plan_schedule` with `derive`, then `downtime`, `freezes`, `recorded`, `ladders`, `agreement`, `night` and
//! `known_times`, and `revision` on top. A module imports only modules that come before it.

pub mod agreement;
pub mod bulletins;
pub mod chance;
mod derive;
pub mod downtime;
pub mod fit;
pub mod freezes;
mod known_times;
pub mod ladders;
pub mod night;
mod plan_schedule;
pub mod reach_index;
pub mod recorded;
mod reuse;
pub mod revision;
pub mod rota;
pub mod scope;
pub mod time;
mod window_schedule;

pub use agreement::outbox::{InviteMessage, InviteMessageKind};
pub use chance::outlooks::{CalculatedOutlook, Outlooks};
pub use chance::simulation::{Outlook, Simulation};
pub use downtime::services::{ServiceYear, impact, keeps_service_up, service_years};
pub use fit::batches::BatchRun;
pub use fit::evaluate::{Fit, FitVerdict, Remedies};
pub use fit::no_fit::NoFit;
pub use freezes::FreezeTimes;
pub use known_times::{KnownTime, KnownTimes, KnownWindow, MovedTimes};
pub use ladders::climb_ends::{Climbs, TroubledCycle};
pub use ladders::climber::Climber;
pub use ladders::cycle::{Cycle, CycleStep, MissReason, MissedGroup, OccurrenceKey};
pub use ladders::cycles::{Cycles, LadderCycles};
pub use ladders::emergency::EmergencyReachability;
pub use ladders::reachability::{DayVerdict, LadderReachability, Reachability, SeverityReachability};
pub use ladders::rollout::{
    AdvisoryState, Rollout, SystemRollout, advisory_due_at, advisory_severity, installed_on, next_installing,
};
pub use ladders::span::Span;
pub use ladders::standby::{Standby, StandbyWindow, StandbyWindows};
pub use plan_schedule::Schedule;
pub use reach_index::{Covering, Reach};
pub use recorded::{Done, Event, EventKind, History, ResultTimes, ended_at as result_ended_at, scanned};
pub use revision::Revision;
pub use rota::Rota;
pub use scope::{Groups, Scope};
pub use time::capacity::MOST_OCCURRENCES;
pub use time::dates::{rule_dates, window_dates};
pub use time::noons::{night_date, noon};
pub use time::occurrence::{Expansion, Occurrence, Origin};
pub use time::problem::ExpansionProblem;
pub use time::release::Release;
pub use time::zone::{LocalTimeKind, Zone};
pub use window_schedule::{TakenDate, WindowOccurrence, WindowSchedule};
