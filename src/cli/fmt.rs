//! `fmt`: writes plan files as the program saves them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use super::arguments::ReportForm;
use super::json;
use super::plan::LockedPlan;
use super::registry::Run;
use super::reply::{FOUND, Failure, Reply};
use crate::store;
use crate::wording::{counted, list_in_sentence};

/// Format plan files as the program saves them; with --check, exits with 1 if that would change one
///
/// Formatting changes no plan: fields get their order, records are sorted, and values are written in one form. Running it
/// twice changes nothing.
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
    check: bool,
}

impl Run for Fmt {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let mut changed = Vec::new();
        let mut unsaved = Vec::new();
        let plans: BTreeSet<&PathBuf> = self.plans.iter().collect();
        for path in &plans {
            let text = store::read_text(path, store::LARGEST_FILE)?.text;
            let plan = store::parse(&text).map_err(|error| Failure::at(path, error))?.plan;
            let formatted = store::to_text(&plan)?;
            if formatted == text {
                continue;
            }
            changed.push(path.display().to_string());
            if self.check {
                continue;
            }
            if let Some(line) = first_comment(&text, &formatted).filter(|_| !self.drop_comments) {
                return Err(Failure(format!(
                    "{}:{line}: formatting would lose this comment (move it to the notes of a record, or add \
                     --drop-comments)",
                    path.display()
                )));
            }
            unsaved.push(LockedPlan::open(path, self.drop_unknown)?);
        }
        // All plans can be formatted, so the first is only written now.
        let mut notes = Vec::new();
        for (locked, saved) in unsaved.iter().zip(0..) {
            notes.extend(locked.notes.iter().cloned());
            let failure = |error| match list_in_sentence(&changed[..saved], 20) {
                _ if saved == 0 => Failure::from(error),
                names => Failure(format!("{error:#} (formatted before that: {names})")),
            };
            notes.extend(locked.save(&locked.plan, clock).map_err(failure)?);
        }
        if self.format == ReportForm::Json {
            let outcome = Formatting { version: 1, plans: plans.len(), changed: &changed, check: self.check };
            let code = if self.check && !changed.is_empty() { FOUND } else { 0 };
            return Ok(Reply { code, ..Reply::new(json::object(&outcome)?).with_notes(notes) });
        }
        let plans = counted(plans.len(), "plan");
        let names = list_in_sentence(&changed, 20);
        let (text, code) = match (changed.is_empty(), self.check) {
            (true, _) => (format!("Nothing to change in {plans}\n"), 0),
            (false, true) => (format!("Not formatted: {names}\n"), FOUND),
            (false, false) => (format!("Formatted {names}\n"), 0),
        };
        Ok(Reply { code, ..Reply::new(text).with_notes(notes) })
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
