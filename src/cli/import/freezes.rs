//! `import freezes`: change freezes from a calendar.

use chrono::{DateTime, Utc};
use clap::Args;

use super::into_plan::{FileIntoPlan, import_file};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::import;

/// Import change freezes from a calendar (.ics)
#[derive(Debug, Args)]
pub struct Freezes {
    #[command(flatten)]
    input: FileIntoPlan,
}

impl Run for Freezes {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        import_file(&self.input, |text, plan| Ok(import::freezes(text, plan)?))
    }
}
