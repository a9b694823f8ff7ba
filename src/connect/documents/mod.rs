//! Documents as other programs write them.

pub mod json;
pub mod terraform;
