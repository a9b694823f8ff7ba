//! What several rules need to know about a plan, found once for all of them.

pub mod allowed_hours;
pub mod answers;
pub mod cycle_order;
pub mod cycles;
pub mod free_dates;
pub mod holidays;
pub mod ladder_releases;
pub mod nights;
pub mod related_systems;
