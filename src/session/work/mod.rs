//! What a session does with the open plan: answers, nights, checklists, comparisons, findings.

pub mod agreement;
pub mod bulk;
pub mod calculation;
pub mod checklists;
pub mod comparison;
pub mod conflicts;
pub mod copied_dates;
pub mod entering;
pub mod feedback;
pub mod findings_cursor;
pub mod known_times;
pub mod ledger;
pub mod merging;
pub mod night;
pub mod outlooks;
mod planning;
pub mod preview;
pub mod proposal;
pub mod results;
mod rolling;
mod same_names;
