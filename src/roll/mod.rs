//! Rolls a plan forward: the plan of a later year, made from the plan of this one. A plan in, a plan and lists of what must be
//! decided out.
//!
//! `words` says all of it to people. `dates` proposes new dates for what has dates of its own, `roll_forward` makes the plan, and `meetings` lists what
//! meets a holiday, a freeze or a clock change in it.

mod date_options;
mod dates;
mod feasts;
mod fixed_days;
mod holiday_dates;
mod left_behind;
mod meetings;
mod name_words;
mod report;
mod roll_forward;
mod title;
mod windows;
mod words;

pub use date_options::{DateOption, Outcome};
pub use dates::{DateKey, DateProposal, date_proposals};
pub use meetings::{Decision, Meeting, meetings};
pub use report::{AcrossBoundary, CalendarDays, Crossing, calendars_with_few_days};
pub use roll_forward::{Choices, RollError, RollTarget, RolledPlan, roll_forward, target_horizon};
