//! What several rules need to know about a plan, found once for all of them.

pub mod allowed_hours;
pub mod answers;
pub mod carrier_work;
pub mod clock;
pub mod duties;
pub mod free_dates;
pub mod holidays;
pub mod ladder_order;
pub mod ladder_releases;
pub mod ladder_timeline;
pub mod margins;
pub mod nights;
pub mod notice_horizon;
pub mod overlaps;
pub mod related_systems;

use std::sync::Arc;

use crate::schedule::Climbs;

/// What a kind of unit remembers from one run for the next, beside its findings.
#[derive(Clone, Debug, Default)]
pub enum Facts {
    #[default]
    None,
    /// For each ladder all of its climbs; none if it has no systems.
    Climbs(Vec<Option<Arc<Climbs>>>),
    /// What is done in each night.
    Nights(nights::Nights),
    /// The positions of the systems that name others, ascending.
    SystemsNamingOthers(Vec<u32>),
}
