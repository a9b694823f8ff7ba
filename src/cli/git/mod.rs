//! `git`: plans in Git repositories.

mod commit;
mod setup;
mod status;

use chrono::{DateTime, Utc};
use clap::Args;

use super::registry::{Run, commands};
use super::reply::{Failure, Reply};

commands! {
    // What can be typed after `windowsill git`.
    GitCommand:
    setup::Setup,
    status::Status,
    commit::Commit,
}

/// Use Git for plans that several people change
#[derive(Debug, Args)]
pub struct Git {
    #[command(subcommand)]
    kind: GitCommand,
}

impl Run for Git {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.kind.run(clock)
    }
}
