//! `fmt`: writes plan files as the program saves them.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

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
}

impl Run for Fmt {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let mut changed = Vec::new();
        let mut notes = Vec::new();
        for path in &self.plans {
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
            let locked = LockedPlan::open(path, self.drop_unknown)?;
            notes.extend(locked.save(&locked.plan, clock)?);
        }
        let plans = counted(self.plans.len(), "plan");
        let names = list_in_sentence(&changed, 20);
        let (text, code) = match (changed.is_empty(), self.check) {
            (true, _) => (format!("Nothing to change in {plans}\n"), 0),
            (false, true) => (format!("Not formatted: {names}\n"), FOUND),
            (false, false) => (format!("Formatted {names}\n"), 0),
        };
        Ok(Reply { text, notes, code })
    }
}

/// The line of the first comment that formatting would remove. The formatted text begins with the program's own comments.
fn first_comment(text: &str, formatted: &str) -> Option<usize> {
    let is_own = |line: &str| line.trim().is_empty() || formatted.lines().any(|own| own == line);
    let above = text.lines().take_while(|line| !line.trim_start().starts_with('('));
    if let Some(at) = above.into_iter().position(|line| !is_own(line)) {
        return Some(at + 1);
    }
    let begin = text.lines().take_while(|line| !line.trim_start().starts_with('(')).map(|line| line.len() + 1).sum();
    let bytes = text.as_bytes();
    let (mut at, mut is_in_text) = (begin, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if is_in_text => at += 1,
            b'"' => is_in_text = !is_in_text,
            b'/' if !is_in_text && matches!(bytes.get(at + 1), Some(b'/' | b'*')) => {
                return Some(text[..at].matches('\n').count() + 1);
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_outside_texts() {
        let own = "// Windowsill\n()";
        for (text, expected) in [
            ("// Mine\n(a: 1)", Some(1)),
            ("// Windowsill\n(a: \"x // y\")", None),
            ("(\n  a: \"\\\"//\",\n  // why\n)", Some(3)),
            ("(a: 1 /* one */)", Some(1)),
            ("(a: \"https://x\")", None),
        ] {
            assert_eq!(first_comment(text, own), expected, "{text}");
        }
    }
}
