//! `import advisories`: known vulnerabilities from CISA's catalogue or a spreadsheet.

use chrono::{DateTime, Utc};
use clap::Args;

use super::into_plan::{FileIntoPlan, import_file};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::import;

/// Import advisories from CISA's Known Exploited Vulnerabilities catalogue (.json) or a spreadsheet (.csv)
///
/// From the catalogue, imports the entries that match a system by vendor and product (or platform) and are due within the
/// plan's months or later. A spreadsheet has the columns id, title, cvss, published, exploited and systems; only id and
/// published are required. Advisories that are already in the plan are updated; decisions are kept.
#[derive(Debug, Args)]
pub struct Advisories {
    #[command(flatten)]
    input: FileIntoPlan,
}

impl Run for Advisories {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        import_file(&self.input, |text, plan| Ok(import::advisories(text, plan)?))
    }
}
