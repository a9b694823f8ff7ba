//! How likely the work is to fit: simulations with random durations.

pub mod outlooks;
pub mod play;
pub mod simulation;
