//! What the printing commands share: paper sizes, and printing a plan to a file or folder.

use std::path::Path;

use chrono::{DateTime, Utc};
use clap::ValueEnum;

use crate::cli::arguments::today;
use crate::cli::delivery::check;
use crate::cli::plan::{OpenedSchedule, file_name, read_schedule};
use crate::cli::reply::{Failure, Reply};
use crate::export::paper::Paper;
use crate::export::print::{Form, PrintOrder, PrintSubject};
use crate::export::{Basis, Source};
use crate::output::{FormFrom, Order};
use crate::schedule::Schedule;

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
    Tabloid,
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
            WallPaper::Tabloid => Self::Tabloid,
        }
    }
}

/// A plan to print, and where to.
pub struct PrintJob<'a> {
    plan: &'a Path,
    output: &'a Path,
    paper: Paper,
    now: DateTime<Utc>,
    pub opened: OpenedSchedule,
    /// The version of the plan that the change advisory board saw last, and its file.
    pub earlier: Option<(&'a Path, Schedule)>,
}

impl<'a> PrintJob<'a> {
    /// # Errors
    /// A file that cannot be read or is not a plan.
    pub fn new(plan: &'a Path, output: &'a Path, paper: impl Into<Paper>, now: DateTime<Utc>) -> Result<Self, Failure> {
        Ok(Self { plan, output, paper: paper.into(), now, opened: read_schedule(plan)?, earlier: None })
    }

    pub fn schedule(&self) -> &Schedule {
        &self.opened.schedule
    }

    /// Prints to a file, in the format that its ending asks for. If a path has no ending, checklists go into a folder of
    /// that name, one file each.
    ///
    /// # Errors
    /// Anything that keeps a file from being printed or written.
    pub fn print(self, what: PrintSubject) -> Result<Reply, Failure> {
        let is_one_file_each = matches!(what, PrintSubject::Checklists(_)) && self.output.extension().is_none();
        let order = PrintOrder { what, form: Form::ALL[0], paper: self.paper, is_one_file_each };
        let earlier = self.earlier.as_ref();
        let plans: Vec<&Path> = [self.plan].into_iter().chain(earlier.map(|(path, _)| *path)).collect();
        let delivery = check(Order::Print(order), self.output, FormFrom::Ending, &plans)?;
        let basis = earlier.map(|(path, schedule)| Basis { name: file_name(path), earlier: Some(schedule) });
        let source = Source::new(self.schedule(), today(self.schedule(), self.now)).compared_with(basis);
        delivery.reply(&source, self.opened.notes.clone())
    }
}
