//! Windowsill plans the maintenance windows of a year.

pub mod model;
