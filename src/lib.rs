//! Windowsill plans the maintenance windows of a year.

pub mod checks;
pub mod cli;
pub mod export;
pub mod import;
pub mod model;
pub mod schedule;
pub mod store;
