//! Reading plans for all commands.

use std::path::Path;
use std::sync::Arc;

use super::Failure;
use crate::model::Plan;
use crate::schedule::Schedule;
use crate::store::{self, LARGEST_FILE, UnknownField};

/// A plan to look at: read without locking it, since nothing will be written to it.
pub struct Viewed {
    pub schedule: Schedule,
    /// What saving it would drop.
    pub notes: Vec<String>,
}

/// # Errors
/// A file that cannot be read or holds no plan, with line and column.
pub fn view(path: &Path) -> Result<Viewed, Failure> {
    let read = store::read_text(path, LARGEST_FILE)?;
    if read.warning.is_some() {
        return Err(Failure(format!(
            "The plan is not UTF-8 text. Save it as UTF-8 in a text editor: {}",
            path.display()
        )));
    }
    let loaded = store::parse(&read.text).map_err(|error| format!("{}: {}", error.problem, path.display()))?;
    let notes = unknown_fields(&loaded.unknown_fields, path);
    Ok(Viewed { schedule: derive(loaded.plan), notes })
}

pub fn derive(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

/// A sentence for each field that no record has.
pub fn unknown_fields(fields: &[UnknownField], path: &Path) -> Vec<String> {
    fields.iter().map(|field| format!("Unknown field {field}, which was not read: {}", path.display())).collect()
}
