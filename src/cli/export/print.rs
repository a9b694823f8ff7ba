//! What the printing commands share: paper sizes, and printing a plan to a file or folder.

use std::path::Path;

use chrono::{DateTime, Utc};
use clap::ValueEnum;

use crate::cli::arguments::{is_standard_output, today};
use crate::cli::delivery::check;
use crate::cli::plan::{OpenedSchedule, file_name, read_schedule};
use crate::cli::reply::{Failure, Reply};
use crate::export::paper::Paper;
use crate::export::print::{Form, PrintOrder, PrintSubject};
use crate::export::{Basis, Source};
use crate::output::{FormFrom, Order};
use crate::schedule::Schedule;
use crate::store;

/// Paper for the desk.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PagePaper {
    A4,
    Letter,
}

/// The form of what is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PrintForm {
    Pdf,
    Html,
    Md,
    Txt,
}

impl From<PrintForm> for Form {
    fn from(form: PrintForm) -> Self {
        match form {
            PrintForm::Pdf => Self::Pdf,
            PrintForm::Html => Self::Html,
            PrintForm::Md => Self::Markdown,
            PrintForm::Txt => Self::Text,
        }
    }
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
    form: Option<Form>,
    now: DateTime<Utc>,
    pub opened: OpenedSchedule,
    /// The version of the plan that the change advisory board saw last, and its file.
    pub earlier: Option<(&'a Path, Schedule)>,
}

impl<'a> PrintJob<'a> {
    /// # Errors
    /// A file that cannot be read or is not a plan.
    pub fn new(plan: &'a Path, output: &'a Path, paper: impl Into<Paper>, now: DateTime<Utc>) -> Result<Self, Failure> {
        Ok(Self { plan, output, paper: paper.into(), form: None, now, opened: read_schedule(plan)?, earlier: None })
    }

    /// Prints in this form. Without one, the ending of the path decides.
    pub fn in_form(self, form: Option<PrintForm>) -> Self {
        Self { form: form.map(Form::from), ..self }
    }

    pub fn schedule(&self) -> &Schedule {
        &self.opened.schedule
    }

    /// Prints to a file, in the format that its ending asks for. If a path has no ending, checklists go into a folder of
    /// that name, one file each. Standard output needs a form.
    ///
    /// # Errors
    /// A form that the build does not have or that does not fit the ending, and anything that keeps a file from being printed or written.
    pub fn print(self, what: PrintSubject) -> Result<Reply, Failure> {
        let is_stream = is_standard_output(self.output) || store::is_stream(self.output);
        let is_one_file_each =
            matches!(what, PrintSubject::Checklists(_)) && self.output.extension().is_none() && !is_stream;
        let form = self.checked_form()?;
        let order = PrintOrder { what, form: form.unwrap_or(Form::ALL[0]), paper: self.paper, is_one_file_each };
        let form_from = if form.is_some() && is_stream { FormFrom::Order } else { FormFrom::Ending };
        let earlier = self.earlier.as_ref();
        let plans: Vec<&Path> = [self.plan].into_iter().chain(earlier.map(|(path, _)| *path)).collect();
        let delivery = check(Order::Print(order), self.output, form_from, &plans)?;
        let basis = earlier.map(|(path, schedule)| Basis { name: file_name(path), earlier: Some(schedule) });
        let source = Source::new(self.schedule(), today(self.schedule(), self.now)).compared_with(basis);
        delivery.reply(&source, self.opened.notes.clone())
    }

    /// The form that was asked for.
    fn checked_form(&self) -> Result<Option<Form>, Failure> {
        let Some(form) = self.form else {
            if is_standard_output(self.output) {
                return Err(Failure("standard output needs a form (add --format html, md or txt)".to_owned()));
            }
            return Ok(None);
        };
        if !Form::ALL.contains(&form) {
            return Err(Failure("this build prints no PDF (use --format html, md or txt)".to_owned()));
        }
        if form == Form::Pdf && is_standard_output(self.output) {
            return Err(Failure("a PDF cannot go to - (use -o FILE.pdf, or --format html, md or txt)".to_owned()));
        }
        let ending = form.file_type().ending();
        let other = self.output.extension().filter(|given| !given.eq_ignore_ascii_case(ending));
        if let Some(other) = other.filter(|_| !store::is_stream(self.output)) {
            let other = other.to_string_lossy();
            return Err(Failure::at(
                self.output,
                format!("the ending .{other} is not that of --format (use .{ending})"),
            ));
        }
        Ok(Some(form))
    }
}
