//! `record`: writes into the plan what happened: results, scans, sign-offs, test results, holds and watches.

mod changes;
mod group;
mod hold;
mod occurrence;
mod result;
mod routine;
mod scan;
mod signoff;
mod test;
mod watch;

use chrono::{DateTime, Utc};
use clap::Args;

use super::registry::{Run, commands};
use super::reply::{Failure, Reply};

commands! {
    // What can be recorded.
    Request:
    result::Result,
    scan::Scan,
    routine::Routine,
    signoff::Signoff,
    test::Test,
    hold::Hold,
    watch::Watch,
}

/// Record what happened: results of systems, scans, sign-offs, test results, holds and watches
///
/// Each is one change of the plan. What was recorded before about the same system, scan or group is replaced, except what
/// the command does not mention.
#[derive(Debug, Args)]
pub struct Record {
    #[command(subcommand)]
    request: Request,
}

impl Run for Record {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.request.run(clock)
    }
}
