//! Nights from noon to noon as rows with bars: what the pages Week and Day share.

pub mod axis;
pub mod bands;
pub mod bar;
pub mod drag;
pub mod ground;
pub mod lanes;
pub mod words;
