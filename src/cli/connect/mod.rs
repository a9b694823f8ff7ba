//! `connect`: the connected systems, and what they can express of a plan.

mod check;
mod list;

use chrono::{DateTime, Utc};
use clap::Args;

use super::registry::{Run, commands};
use super::reply::{Failure, Reply};

commands! {
    // What can be typed after `windowsill connect`.
    ConnectCommand:
    list::List,
    check::Check,
}

/// Show the connected systems, and what each can express of a plan's windows
#[derive(Debug, Args)]
pub struct Connect {
    #[command(subcommand)]
    kind: ConnectCommand,
}

impl Run for Connect {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.kind.run(clock)
    }
}
