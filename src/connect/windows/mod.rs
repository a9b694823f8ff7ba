//! Maintenance windows of other systems, and how they become windows of the plan.

mod collected;
mod draft;

pub use collected::{Leaving, Windows, minutes_of_seconds};
pub use draft::WindowDraft;
