//! `export checklist`: pre-maintenance checklists.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::print::{PagePaper, PrintForm, PrintJob};
use crate::cli::arguments::Now;
use crate::cli::find;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::print::{ChecklistFilter, PrintSubject};
use crate::wording::typed::read_iso_date;

/// Print pre-maintenance checklists, as .pdf, .html, .md or .txt
///
/// Prints one occurrence with --window and --on, or many with --from, --to, --window and --area. Many checklists become one
/// file with a table of contents, or one file each if -o is a folder (a path without an ending).
#[derive(Debug, Args)]
pub struct Checklist {
    /// Plan to read
    plan: PathBuf,
    /// File to write (.pdf, .html, .md or .txt), - for standard output, or a folder for one file per occurrence
    #[arg(short, long, value_name = "FILE|DIR")]
    output: PathBuf,
    /// Only occurrences of this window (id or name)
    #[arg(long, value_name = "WINDOW")]
    window: Option<String>,
    /// Only this day; with --window, the original or the current date of the occurrence
    #[arg(long, value_name = "DATE", value_parser = read_iso_date, conflicts_with_all = ["from", "to"])]
    on: Option<NaiveDate>,
    /// First day to print
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    from: Option<NaiveDate>,
    /// Last day to print
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    to: Option<NaiveDate>,
    /// Only occurrences that affect systems of this business area (id or name)
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    /// Output format, for - and for folders [default: that of the ending]
    #[arg(long, value_enum)]
    format: Option<PrintForm>,
    /// Paper size, for .pdf and .html
    #[arg(long, value_enum, default_value = "a4")]
    paper: PagePaper,
    #[command(flatten)]
    now: Now,
}

impl Run for Checklist {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let job = PrintJob::new(&self.plan, &self.output, self.paper, self.now.or(clock))?.in_form(self.format);
        let plan = &job.schedule().plan;
        let area = find::optional_area(plan, self.area.as_deref())?;
        let what = match (&self.window, self.on) {
            (Some(window), Some(on)) => {
                let (window, occurrence) = find::occurrence(job.schedule(), window, on)?;
                if let Some(area) = area.filter(|area| !window.affects_area(area)) {
                    return Err(Failure(format!("{} affects no systems of {area}", window.window.name)));
                }
                PrintSubject::Checklist(window.id().clone(), occurrence.original_on())
            }
            (window, on) => {
                let window = window.as_deref().map(|id| find::record(plan.windows(), id)).transpose()?;
                PrintSubject::Checklists(ChecklistFilter {
                    window: window.map(|window| window.id.clone()),
                    area,
                    from: self.from.or(on),
                    to: self.to.or(on),
                    group: None,
                })
            }
        };
        job.print(what)
    }
}
