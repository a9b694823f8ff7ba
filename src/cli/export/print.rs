//! What the printing commands share: paper sizes, and printing a plan to a file or folder.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use clap::ValueEnum;

use crate::checks::Findings;
use crate::cli::arguments::today;
use crate::cli::plan::{Viewed, view};
use crate::cli::reply::{Failure, Reply};
use crate::export::paper::Paper;
use crate::export::print::{Form, Order, Printed, Source};
use crate::schedule::{Revision, Schedule};
use crate::store::{self, FileBatch};
use crate::wording::counted;

/// Paper for the desk.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PagePaper {
    A4,
    Letter,
}

/// Paper for the wall.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum WallPaper {
    A4,
    A3,
    A2,
}

impl From<PagePaper> for Paper {
    fn from(paper: PagePaper) -> Self {
        match paper {
            PagePaper::A4 => Self::A4,
            PagePaper::Letter => Self::Letter,
        }
    }
}

impl From<WallPaper> for Paper {
    fn from(paper: WallPaper) -> Self {
        match paper {
            WallPaper::A4 => Self::A4,
            WallPaper::A3 => Self::A3,
            WallPaper::A2 => Self::A2,
        }
    }
}

/// A plan to print, and where to.
pub struct Job<'a> {
    plan: &'a Path,
    output: &'a Path,
    paper: Paper,
    now: DateTime<Utc>,
    pub viewed: Viewed,
    /// The version of the plan that the change advisory board saw last.
    pub earlier: Option<Schedule>,
}

impl<'a> Job<'a> {
    /// # Errors
    /// A file that cannot be read or is not a plan.
    pub fn new(plan: &'a Path, output: &'a Path, paper: impl Into<Paper>, now: DateTime<Utc>) -> Result<Self, Failure> {
        Ok(Self { plan, output, paper: paper.into(), now, viewed: view(plan)?, earlier: None })
    }

    pub fn schedule(&self) -> &Schedule {
        &self.viewed.schedule
    }

    fn today(&self) -> NaiveDate {
        today(self.schedule(), self.now)
    }

    /// Prints to a file, in the format that its ending asks for. If a path has no ending, checklists go into a folder of
    /// that name, one file each.
    ///
    /// # Errors
    /// Anything that keeps a file from being printed or written.
    pub fn print(self, what: Printed) -> Result<Reply, Failure> {
        let is_one_file_each = matches!(what, Printed::Packs(_)) && self.output.extension().is_none();
        let form = if is_one_file_each { Form::ALL[0] } else { form_of(self.output)? };
        let order = Order { what, form, paper: self.paper, is_one_file_each };
        let today = self.today();
        let findings = Findings::check(self.schedule(), today, None);
        let since = self.earlier.as_ref().map(|earlier| Revision::between(earlier, self.schedule(), today));
        let source = Source { schedule: self.schedule(), findings: &findings, since: since.as_ref(), today };
        let prints = order.print(&source, &|_, _| true)?;
        let mut said = String::new();
        if order.is_folder() {
            FileBatch::write(self.output, prints.files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())))?;
            said = format!("{} in {}\n", counted(prints.files.len(), "checklist"), self.output.display());
        } else if let Some(file) = prints.files.first() {
            store::guard_plan(self.output, Some(self.plan))?;
            store::write_bytes(self.output, &file.bytes)?;
        }
        let missing = prints.missing.iter().map(ToString::to_string);
        Ok(Reply::new(said).with_notes(self.viewed.notes.into_iter().chain(missing).collect()))
    }
}

/// The format that the ending of a file name asks for.
fn form_of(path: &Path) -> Result<Form, Failure> {
    let ending = path.extension().and_then(|ending| Form::of_ending(&ending.to_string_lossy()));
    ending.ok_or_else(|| Failure::at(path, "unknown output format (use .pdf, .html, .md or .txt)"))
}
