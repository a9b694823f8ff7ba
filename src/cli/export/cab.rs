//! `export cab`: what the change advisory board has to decide.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::print::{PagePaper, PrintForm, PrintJob};
use crate::cli::arguments::Now;
use crate::cli::plan::read_schedule;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::print::PrintSubject;

/// Print what the change advisory board has to decide, as .pdf, .html, .md or .txt
#[derive(Debug, Args)]
pub struct Cab {
    /// Plan to read
    plan: PathBuf,
    /// File to write: .pdf, .html, .md or .txt; or - for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Number of weeks to cover
    #[arg(long, value_name = "N", default_value_t = PrintSubject::USUAL_CAB_WEEKS, value_parser = clap::value_parser!(u16).range(1..=104))]
    weeks: u16,
    /// Version of the plan that the board saw last; changes since then are listed
    #[arg(long, value_name = "PLAN")]
    since: Option<PathBuf>,
    /// Output format, for - and for folders [default: that of the ending]
    #[arg(long, value_enum)]
    format: Option<PrintForm>,
    /// Paper size, for .pdf and .html
    #[arg(long, value_enum, default_value = "a4")]
    paper: PagePaper,
    #[command(flatten)]
    now: Now,
}

impl Run for Cab {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let mut job = PrintJob::new(&self.plan, &self.output, self.paper, self.now.or(clock))?.in_form(self.format);
        if let Some(since) = &self.since {
            let earlier = read_schedule(since)?;
            job.opened.notes.extend(earlier.notes);
            job.earlier = Some((since, earlier.schedule));
        }
        job.print(PrintSubject::Cab { weeks: self.weeks })
    }
}
