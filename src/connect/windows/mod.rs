//! Maintenance windows of other systems, and how they become windows of the plan.

mod bounds;
mod collected;
mod draft;

pub use bounds::{first_day, last_day};
pub use collected::{Leaving, Windows, minutes_of_seconds};
pub use draft::WindowDraft;
