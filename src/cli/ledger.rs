//! `ledger`: who agreed to what.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListFormat, Now, today};
use super::find;
use super::plan::{Viewed, view};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export;
use crate::schedule::agreement::ledger;

/// List each business area's answer for each occurrence: asked, agreed, declined or silent
#[derive(Debug, Args)]
pub struct Ledger {
    /// Plan to read
    plan: PathBuf,
    /// Only the answers of this business area (id or name)
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
    #[command(flatten)]
    now: Now,
}

impl Run for Ledger {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let ViewedLedger { ledger, notes } = view_ledger(&self.plan, self.now.or(clock))?;
        let text = ledger_text(self.format, &ledger, self.area.as_deref())?;
        Ok(Reply::new(text).with_notes(notes))
    }
}

/// The ledger of a plan, and what saving the plan would drop.
pub struct ViewedLedger {
    pub ledger: ledger::Ledger,
    pub notes: Vec<String>,
}

/// # Errors
/// A file that cannot be read or holds no plan.
pub fn view_ledger(plan: &Path, now: DateTime<Utc>) -> Result<ViewedLedger, Failure> {
    let Viewed { schedule, notes } = view(plan)?;
    let today = today(&schedule, now);
    Ok(ViewedLedger { ledger: ledger::Ledger::derive(&schedule, today, None), notes })
}

/// The answers of all business areas, or of one.
///
/// # Errors
/// A business area that the plan does not have.
pub fn ledger_text(format: ListFormat, ledger: &ledger::Ledger, area: Option<&str>) -> Result<String, Failure> {
    let area = area.map(|wanted| find::record(ledger.plan.areas(), wanted)).transpose()?.map(|area| &area.id);
    Ok(match format {
        ListFormat::Text => export::ledger::text(ledger, area),
        ListFormat::Csv => export::ledger::csv(ledger, area),
        ListFormat::Json => export::ledger::json(ledger, area),
    })
}
