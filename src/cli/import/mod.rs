//! `import`: adds the contents of other programs' files to a plan.

mod advisories;
mod freezes;
mod holidays;
mod into_plan;
mod replies;
mod windows;

use chrono::{DateTime, Utc};
use clap::Args;

use super::registry::{Run, commands};
use super::reply::{Failure, Reply};

commands! {
    // What can be typed after `windowsill import`.
    Kind:
    windows::Windows,
    holidays::Holidays,
    freezes::Freezes,
    advisories::Advisories,
    replies::Replies,
}

/// Import windows, holidays, freezes, advisories or owners' replies from other programs' files
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    kind: Kind,
}

impl Run for Import {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.kind.run(clock)
    }
}
