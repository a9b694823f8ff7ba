//! `export`: writes files for others.

mod cab;
mod calendar;
mod checklist;
mod invites;
mod ledger;
mod notices;
mod planner;
mod print;
mod system;
mod year;

pub use print::PagePaper;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};

use super::registry::{Run, commands};
use super::reply::{Failure, Reply};

commands! {
    // What can be typed after `windowsill export`.
    ExportCommand:
    calendar::Calendar,
    ledger::Ledger,
    notices::Notices,
    checklist::Checklist,
    planner::Planner,
    year::Year,
    cab::Cab,
    invites::Invites,
}

/// A document for people, or windows for a connected system.
#[derive(Debug, Subcommand)]
enum Choice {
    #[command(flatten)]
    Document(ExportCommand),
    #[command(flatten)]
    System(system::SystemExport),
}

/// Write files for others: calendars, invites, checklists, planners, lists, and windows for other systems
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    kind: Choice,
}

impl Run for Export {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        match &self.kind {
            Choice::Document(command) => command.run(clock),
            Choice::System(export) => export.run(clock),
        }
    }
}
