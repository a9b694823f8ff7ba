//! Planned downtime: when the windows of a plan stop each service, and how much of a year that is.
//!
//! A system is down from the start of an occurrence for the minutes of the window's impact, and not while its twin is up. A
//! service is down while one of its systems is. `docs/downtime.md` has the rules.

pub mod periods;
pub mod services;
