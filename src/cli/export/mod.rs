//! `export`: writes files for others.

mod cab;
mod calendar;
mod checklist;
mod invites;
mod ledger;
mod notices;
mod planner;
mod print;
mod year;

use chrono::{DateTime, Utc};
use clap::Args;

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

/// Write files for others: calendars, invites, checklists, planners and lists
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    kind: ExportCommand,
}

impl Run for Export {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.kind.run(clock)
    }
}
