//! Tells events that a plan explains from those that it does not: which restarts, changes and logins happened in a window,
//! on a system that it works on, with the owners' agreement.
//!
//! `events` reads what other programs logged, `times` their times, `open_windows` what is open at
//! an instant, `classes` compares them with the plan.

mod classes;
mod events;
mod open_windows;
mod report;
mod times;

pub use classes::{Class, Classifier, Verdict};
pub use events::{EventSource, read};
pub use report::{ActivityReport, EventRow};
pub use times::{DatesOrder, TimeReader};
