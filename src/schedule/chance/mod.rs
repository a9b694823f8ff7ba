//! How likely the work is to fit: nights played through with drawn minutes.

pub mod outlooks;
pub mod play;
pub mod simulation;
