//! Compares the plan with what happened: which advisories are installed on which systems, in time, late or not yet.
//!
//! `docs/compliance.md` has the definitions. `item` is one advisory on one system at an instant, `counted` what the figures
//! need of it, `totals` all figures, `report` the figures with their items, `memory` the figures of a plan that changes,
//! `forecast` what the planned windows will bring. Nothing here knows the clock: the instant is an argument.

mod counted;
mod figures;
mod forecast;
mod item;
mod memory;
mod metrics;
mod months;
mod options;
mod period;
mod process;
mod releases;
mod report;
mod stages;
mod targets;
mod totals;

pub use figures::{Figures, percent};
pub use forecast::{ExpectedItem, ForecastMonth};
pub use item::{Item, ItemState};
pub use memory::ComplianceMemory;
pub use metrics::Metrics;
pub use options::{ComplianceOptions, NONE};
pub use process::{AdvisoryProcess, processes};
pub use releases::{LadderRelease, ReleaseProcess, release_processes};
pub use report::ComplianceReport;
pub use stages::{Process, StageState, StageStatus};
pub use targets::Target;
pub use totals::{MonthFigures, Overdue, Totals};
