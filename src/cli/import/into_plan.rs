//! How the contents of a file are added to a plan.

use std::path::PathBuf;

use clap::Args;

use crate::cli::plan::LockedPlan;
use crate::cli::reply::{Failure, Reply};
use crate::import::{Imported, LONGEST_TEXT};
use crate::model::{Edit, Plan};
use crate::store;

// What is imported, and into which plan. A doc comment here would become the help of the commands.
#[derive(Debug, Args)]
pub struct FileIntoPlan {
    /// File to import
    pub file: PathBuf,
    /// Plan to add it to
    #[arg(long, value_name = "PLAN")]
    into: PathBuf,
    /// Extend the plan's months to cover all imported dates
    #[arg(long)]
    widen: bool,
    /// Save even if unknown fields in the plan would be lost
    #[arg(long)]
    drop_unknown: bool,
}

/// Reads the file, applies the edit that `read` makes of it, and saves the plan.
///
/// # Errors
/// A file or plan that cannot be read, contents that `read` refuses, or a plan that cannot be saved.
pub fn import_file(
    arguments: &FileIntoPlan,
    read: impl Fn(&str, &Plan) -> Result<Imported, Failure>,
) -> Result<Reply, Failure> {
    let file = &arguments.file;
    let locked = LockedPlan::open(&arguments.into, arguments.drop_unknown)?;
    let mut notes = locked.notes.clone();
    let text = store::read_text(file, LONGEST_TEXT as u64)?;
    notes.extend(text.warning.map(|warning| format!("{}: {warning}", file.display())));
    let imported =
        read(&text.text, &locked.plan).map_err(|Failure(message)| Failure(format!("{message}: {}", file.display())))?;
    notes.extend(imported.warnings.iter().map(|warning| format!("{}: {warning}", file.display())));
    let mut edits: Vec<Edit> = imported.edit().into_iter().collect();
    if edits.is_empty() {
        return Ok(Reply::new("Nothing to import\n".to_owned()).with_notes(notes));
    }
    let mut text = format!("Imported {}", imported.summary);
    match imported.horizon {
        Some(horizon) if arguments.widen => {
            edits.push(Edit::SetHorizon(horizon));
            text = format!("{text}; the plan now spans {} to {}", horizon.from, horizon.last());
        }
        Some(horizon) => notes.push(format!(
            "Importing with --widen does that at once; in the plan file it is horizon: (from: \"{}\", months: {})",
            horizon.from, horizon.months
        )),
        None => {}
    }
    let changed = edits.iter().try_fold(locked.plan.clone(), |plan, edit| plan.apply(edit))?;
    locked.save(&changed)?;
    Ok(Reply::new(format!("{text}\n")).with_notes(notes))
}
