//! `fmt`: writes plan files as the program saves them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use super::arguments::ReportForm;
use super::json;
use super::plan::LockedPlan;
use super::registry::Run;
use super::reply::{FAILED, FOUND, Failure, Reply};
use crate::store;
use crate::wording::{counted, list_in_sentence};

/// Format plan files as the program saves them; with --check, exits with 1 if that would change one
///
/// Formatting changes no plan: fields get their order, records are sorted, and values are written in one form. Running it
/// twice changes nothing. A plan that cannot be formatted does not keep it from the others.
#[derive(Debug, Args)]
pub struct Fmt {
    /// Plans to format
    #[arg(required = true)]
    plans: Vec<PathBuf>,
    /// Change nothing, and list the plans that are not formatted
    #[arg(long)]
    check: bool,
    /// Format plans with comments, which are lost
    #[arg(long)]
    drop_comments: bool,
    /// Format plans with unknown fields, which are lost
    #[arg(long)]
    drop_unknown: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: ReportForm,
}

/// The outcome for programs.
#[derive(Serialize)]
struct Formatting<'a> {
    version: u32,
    /// The number of plans.
    plans: usize,
    /// The files that formatting changed, or would change with `--check`.
    changed: &'a [String],
    /// The files that could not be read or formatted.
    failed: &'a [String],
    check: bool,
}

impl Run for Fmt {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let (mut changed, mut failed, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        let plans: BTreeSet<&PathBuf> = self.plans.iter().collect();
        for path in &plans {
            match self.format_plan(path, clock) {
                Ok(None) => {}
                Ok(Some(more)) => {
                    changed.push(path.display().to_string());
                    notes.extend(more);
                }
                // The other plans are formatted all the same.
                Err(Failure(why)) => {
                    failed.push(path.display().to_string());
                    notes.push(why);
                }
            }
        }
        let code = match (failed.is_empty(), self.check && !changed.is_empty()) {
            (false, _) => FAILED,
            (true, true) => FOUND,
            (true, false) => 0,
        };
        let outcome =
            Formatting { version: 1, plans: plans.len(), changed: &changed, failed: &failed, check: self.check };
        let reply = match self.format {
            ReportForm::Json => Reply::new(json::object(&outcome)?),
            ReportForm::Text => Reply::in_words(&outcome.in_words()),
        };
        Ok(Reply { code, ..reply.with_notes(notes) })
    }
}

impl Fmt {
    /// Formats a plan, unless that is only to be checked. None if it is formatted already, otherwise notes.
    fn format_plan(&self, path: &Path, clock: DateTime<Utc>) -> Result<Option<Vec<String>>, Failure> {
        let store::ReadPlan { loaded, text, .. } = store::read_plan(path)?;
        let formatted = store::to_text(&loaded.plan)?;
        if formatted == text {
            return Ok(None);
        }
        if self.check {
            return Ok(Some(Vec::new()));
        }
        if let Some(line) = first_comment(&text, &formatted).filter(|_| !self.drop_comments) {
            return Err(Failure(format!(
                "{}:{line}: formatting would lose this comment (move it to the notes of a record, or add --drop-comments)",
                path.display()
            )));
        }
        let locked = LockedPlan::open(path, self.drop_unknown)?;
        let mut notes = locked.notes.clone();
        notes.extend(locked.save(&locked.plan, clock)?);
        Ok(Some(notes))
    }
}

impl Formatting<'_> {
    fn in_words(&self) -> String {
        let names = |names: &[String]| list_in_sentence(names, 20);
        let checked = counted(self.plans - self.failed.len(), "plan");
        match (self.changed.is_empty(), self.check) {
            (true, _) if self.failed.len() == self.plans => String::new(),
            (true, _) => format!("Nothing to change in {checked}\n"),
            (false, true) => format!("Not formatted: {}\n", names(self.changed)),
            (false, false) => format!("Formatted {}\n", names(self.changed)),
        }
    }
}

/// The line of the first comment that formatting would remove. The formatted text begins with the program's own comments.
fn first_comment(text: &str, formatted: &str) -> Option<usize> {
    let own = store::comments(formatted);
    let is_own = |comment: &str| own.iter().any(|(_, own)| *own == comment.trim_end());
    store::comments(text).into_iter().find(|(_, comment)| !is_own(comment)).map(|(line, _)| line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_of_the_program_may_be_lost() {
        let own = "// Windowsill\n()";
        for (text, expected) in [
            ("// Mine\n(a: 1)", Some(1)),
            ("// Windowsill\r\n(a: \"x // y\")", None),
            ("// Windowsill\n// Mine\n()", Some(2)),
            ("(\n  a: r#\"\"//\"#,\n  // why\n)", Some(3)),
        ] {
            assert_eq!(first_comment(text, own), expected, "{text}");
        }
    }
}
