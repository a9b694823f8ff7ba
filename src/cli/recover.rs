//! `recover`: the recovery files of earlier runs, without the window.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use super::arguments::{ReportForm, is_standard_output};
use super::json;
use super::plan::save_new;
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::schedule::Zone;
use crate::store::{self, PlanOnDisk, ProgramFolders, RecoveryOffer, RecoveryOwner};
use crate::wording::{iso, moment};

/// List changes that were not saved when the program ended, or write one of them to a file
///
/// The recovery file stays until it is deleted or restored and saved in the window.
#[derive(Debug, Args)]
pub struct Recover {
    /// Number in the list of the changes to write
    number: Option<usize>,
    /// File to write the plan with these changes to, or - for standard output; an existing file is not overwritten
    #[arg(short, long, value_name = "FILE", requires = "number", conflicts_with = "format")]
    output: Option<PathBuf>,
    /// Output format of the list
    #[arg(long, value_enum, default_value_t, conflicts_with = "number")]
    format: ReportForm,
}

/// The list for programs.
#[derive(Serialize)]
struct OfferList {
    version: u32,
    changes: Vec<OfferRow>,
}

#[derive(Serialize)]
struct OfferRow {
    number: usize,
    /// The plan file; null for a plan that was never saved.
    plan: Option<String>,
    changed_until: Option<String>,
    on_disk: &'static str,
    /// The recovery file.
    file: String,
}

impl Run for Recover {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let folders = ProgramFolders::find()
            .ok_or_else(|| Failure("no folder with recovery files was found (set HOME or WINDOWSILL_HOME)".into()))?;
        let offers = store::recovery_offers(&folders.state);
        match (self.number, &self.output) {
            (Some(number), output) => write(&offers, number, output.as_deref(), clock),
            _ if self.format == ReportForm::Json => Ok(Reply::new(json(&offers)?)),
            _ if offers.is_empty() => Ok(Reply::new("There are no recovery files\n".to_owned())),
            _ => Ok(Reply::in_words(&list(&offers))),
        }
    }
}

fn list(offers: &[RecoveryOffer]) -> String {
    let mut text = String::new();
    for (number, offer) in (1..).zip(offers) {
        let plan = match &offer.owner {
            RecoveryOwner::File(path) => path.display().to_string(),
            RecoveryOwner::Untitled(id) => format!("new plan {id}"),
        };
        let written = offer.written_at.map(|at| format!("changed until {} UTC, ", moment(Zone::utc().local(at))));
        // Writing into a string does not fail.
        let _ = writeln!(text, "{number}  {plan}: {}{}", written.unwrap_or_default(), since(offer.on_disk));
    }
    text
}

fn json(offers: &[RecoveryOffer]) -> Result<String, Failure> {
    let row = |(number, offer): (usize, &RecoveryOffer)| OfferRow {
        number,
        plan: match &offer.owner {
            RecoveryOwner::File(path) => Some(path.display().to_string()),
            RecoveryOwner::Untitled(_) => None,
        },
        changed_until: offer.written_at.map(iso::utc_second),
        on_disk: since(offer.on_disk),
        file: offer.path.display().to_string(),
    };
    let changes = (1..).zip(offers).map(row).collect();
    json::object(&OfferList { version: 1, changes })
}

fn since(on_disk: PlanOnDisk) -> &'static str {
    match on_disk {
        PlanOnDisk::Unchanged => "the file has not changed since",
        PlanOnDisk::Changed => "the file has been saved since",
        PlanOnDisk::Missing => "the file is gone",
        PlanOnDisk::Unreadable => "the file cannot be read",
        PlanOnDisk::NeverSaved => "never saved",
    }
}

fn write(
    offers: &[RecoveryOffer],
    number: usize,
    output: Option<&Path>,
    clock: DateTime<Utc>,
) -> Result<Reply, Failure> {
    let Some(offer) = number.checked_sub(1).and_then(|index| offers.get(index)) else {
        return Err(Failure(format!("there are no changes number {number} (list them with: windowsill recover)")));
    };
    let Some(output) = output else {
        return Err(Failure(format!("no file was named (use: windowsill recover {number} -o FILE)")));
    };
    if is_standard_output(output) {
        return Ok(Reply::new(store::to_text(&offer.load()?.plan)?));
    }
    let notes = save_new(output, &offer.load()?.plan, clock, "choose another name")?;
    let reply = Reply::new(format!("Wrote the plan with the unsaved changes to {}\n", output.display()));
    Ok(reply.with_notes(notes))
}
