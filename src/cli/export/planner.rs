//! `export planner`: the wall planner.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::print::{PrintForm, PrintJob, WallPaper};
use crate::cli::arguments::Now;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::print::PrintSubject;

/// Print the wall planner, as .pdf, .html, .md or .txt
#[derive(Debug, Args)]
pub struct Planner {
    /// Plan to read
    plan: PathBuf,
    /// File to write: .pdf, .html, .md or .txt; or - for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Output format, for - and for folders [default: that of the ending]
    #[arg(long, value_enum)]
    format: Option<PrintForm>,
    /// Paper size; tabloid is 11 by 17 inches, and a4 prints one large page as several sheets to join
    #[arg(long, value_enum, default_value = "a3")]
    paper: WallPaper,
    /// Mark occurrences that have findings
    #[arg(long)]
    with_findings: bool,
    #[command(flatten)]
    now: Now,
}

impl Run for Planner {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let job = PrintJob::new(&self.plan, &self.output, self.paper, self.now.or(clock))?.in_form(self.format);
        job.print(PrintSubject::Planner { has_marks: self.with_findings })
    }
}
