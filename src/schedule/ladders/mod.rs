//! Ladders in time: when each group is reached after a release, and which windows would help.

pub mod climb_ends;
pub mod climber;
pub mod climbs_by_group;
pub mod cycle;
pub mod cycle_walk;
pub mod cycles;
pub mod emergency;
pub mod reachability;
pub mod rollout;
pub mod span;
pub mod standby;
pub mod unfrozen_starts;
