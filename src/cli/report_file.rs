//! The file of a report that a command makes itself: its form, its ending, and what it must never replace.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{ReportForm, is_standard_output, other_ending};
use super::reply::{Failure, Reply};
use crate::store;
use crate::wording::visible;

// No doc comment: clap would take it as the help of the command.
// How a report is written.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// Output format [default: that of the file's ending, text on standard output]
    #[arg(long, value_enum)]
    pub format: Option<ReportForm>,
    /// File to write: .txt or .json; - is standard output [default: -]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl ReportArguments {
    /// Checks the file before anything is calculated. `plans` are those that the report is about.
    ///
    /// # Errors
    /// An ending that is not that of the form, or a file that is a plan.
    pub fn checked(&self, plans: &[&Path]) -> Result<CheckedReport<'_>, Failure> {
        let Some(path) = self.output.as_deref().filter(|path| !is_standard_output(path)) else {
            return Ok(CheckedReport { form: self.format.unwrap_or_default(), file: None });
        };
        let of_ending = ReportForm::ALL.into_iter().find(|form| has_ending(path, &[form.ending()]));
        let form = match (self.format, of_ending) {
            (Some(form), _) => form,
            (None, Some(form)) => form,
            (None, None) if store::is_stream(path) => ReportForm::Text,
            (None, None) => return Err(Failure::at(path, "unknown file ending (use .txt or .json)")),
        };
        Ok(CheckedReport { form, file: Some(ReportFile::checked(path, &[form.ending()], plans)?) })
    }
}

/// A report whose file may be written.
pub struct CheckedReport<'a> {
    pub form: ReportForm,
    file: Option<ReportFile<'a>>,
}

impl CheckedReport<'_> {
    /// Answers with the report, or writes it and answers what was written where. `what` begins that sentence: "Versions of
    /// plan.windowsill".
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn reply(&self, text: String, what: &str) -> Result<Reply, Failure> {
        let text = if self.form == ReportForm::Text { visible(&text).into_owned() } else { text };
        let Some(file) = &self.file else { return Ok(Reply::new(text)) };
        Ok(Reply::new(file.write(text.as_bytes(), what)?))
    }
}

/// A file that a report may be written to.
pub struct ReportFile<'a>(&'a Path);

impl<'a> ReportFile<'a> {
    /// Checks the file of a report in a form with these endings, the usual one first. Pipes and devices have none.
    ///
    /// # Errors
    /// Another ending, or a file that is a plan.
    pub fn checked(path: &'a Path, endings: &[&str], plans: &[&Path]) -> Result<Self, Failure> {
        plans.iter().try_for_each(|plan| store::guard_plan(path, Some(plan)))?;
        if !has_ending(path, endings) && !store::is_stream(path) {
            return Err(other_ending(path, endings.first().copied().unwrap_or_default()));
        }
        Ok(Self(path))
    }

    /// Writes the report, and says so in a line that `what` begins. What is written to a pipe or a device is not mentioned:
    /// it may be standard output.
    ///
    /// # Errors
    /// A file that cannot be written, or that has become a plan.
    pub fn write(&self, bytes: &[u8], what: &str) -> Result<String, Failure> {
        store::write_bytes(self.0, bytes)?;
        let written = || format!("{what} saved as {}\n", self.0.display());
        Ok(if store::is_stream(self.0) { String::new() } else { visible(&written()).into_owned() })
    }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().unwrap_or_default();
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
}
