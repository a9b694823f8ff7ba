//! `import holidays`: public holidays from a calendar.

use chrono::{DateTime, Utc};
use clap::Args;

use super::into_plan::{FileIntoPlan, import_file};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::import;

/// Import public holidays from a calendar (.ics)
#[derive(Debug, Args)]
pub struct Holidays {
    #[command(flatten)]
    input: FileIntoPlan,
}

impl Run for Holidays {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let name = self.input.file.file_stem().unwrap_or_default().to_string_lossy();
        import_file(&self.input, |text, plan| Ok(import::holidays(text, &name, plan)?))
    }
}
