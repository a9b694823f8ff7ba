//! Compares the plan with what happened: which advisories are installed on which systems, in time, late or not yet.
//!
//! `docs/compliance.md` has the definitions. `item` is one advisory on one system at an instant, `figures` what is counted, `report` all of it together, `forecast` what the planned windows will bring.
//! Nothing here knows the clock: the instant is an argument.

mod figures;
mod forecast;
mod item;
mod metrics;
mod months;
mod process;
mod releases;
mod report;
mod stages;
mod targets;

pub use figures::{Figures, percent};
pub use forecast::{ExpectedItem, ForecastMonth};
pub use item::{Item, ItemState};
pub use metrics::Metrics;
pub use process::{AdvisoryProcess, processes};
pub use releases::{LadderRelease, ReleaseProcess, release_processes};
pub use report::{ComplianceOptions, ComplianceReport, MonthFigures, NONE, Overdue};
pub use stages::{Process, StageState, StageStatus};
pub use targets::Target;
