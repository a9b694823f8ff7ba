//! Plans in Git: their state, commits, and who changed what.

mod blame;
mod commit;
mod large;
mod messages;
pub mod status;
