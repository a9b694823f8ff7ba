//! `export year`: one business area's year.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::print::{PagePaper, PrintForm, PrintJob};
use crate::cli::arguments::Now;
use crate::cli::find;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::print::PrintSubject;

/// Print one business area's year for its owner to sign, as .pdf, .html, .md or .txt
#[derive(Debug, Args)]
pub struct Year {
    /// Plan to read
    plan: PathBuf,
    /// Business area (id or name)
    #[arg(long, value_name = "AREA")]
    area: String,
    /// File to write: .pdf, .html, .md or .txt; or - for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Output format, for - and for folders [default: that of the ending]
    #[arg(long, value_enum)]
    format: Option<PrintForm>,
    /// Paper size, for .pdf and .html
    #[arg(long, value_enum, default_value = "a4")]
    paper: PagePaper,
    #[command(flatten)]
    now: Now,
}

impl Run for Year {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let job = PrintJob::new(&self.plan, &self.output, self.paper, self.now.or(clock))?.in_form(self.format);
        let area = find::record(job.schedule().plan.areas(), &self.area)?.id.clone();
        job.print(PrintSubject::Year(area))
    }
}
