//! `import`: takes over what other programs wrote, as one edit of the plan file.

mod replies;

use std::path::Path;

use chrono::{DateTime, Utc};

use super::arguments::{Import, ImportFrom};
use super::new::unknown_zone;
use super::plan::unknown_fields;
use super::{Failure, Reply};
use crate::import::{self, CsvOptions, Imported, LONGEST_TEXT};
use crate::model::{Edit, Plan};
use crate::schedule::Zone;
use crate::store::{self, Access, Lock, Opened, Stamp};

pub fn run(what: &Import, now: DateTime<Utc>) -> Result<Reply, Failure> {
    match what {
        Import::Windows { from, start, duration, zone, group } => {
            if let Some(name) = zone.as_deref().filter(|name| Zone::named(name).is_none()) {
                return Err(Failure(unknown_zone(name)));
            }
            let options = CsvOptions { start: *start, duration: *duration, zone: zone.clone(), group: group.clone() };
            let has_options = options != CsvOptions::default();
            into_plan(from, |text, plan| match is_calendar(&from.file, text) {
                true if has_options => Err(Failure(format!(
                    "--start, --duration, --zone and --group are for spreadsheets; a calendar says these itself: {}",
                    from.file.display()
                ))),
                true => Ok(import::windows(text, plan)?),
                false => Ok(import::windows_csv(text, plan, &options)?),
            })
        }
        Import::Holidays { from } => {
            let name = from.file.file_stem().unwrap_or_default().to_string_lossy();
            into_plan(from, |text, plan| Ok(import::holidays(text, &name, plan)?))
        }
        Import::Freezes { from } => into_plan(from, |text, plan| Ok(import::freezes(text, plan)?)),
        Import::Advisories { from } => into_plan(from, |text, plan| Ok(import::advisories(text, plan)?)),
        Import::Replies { paths, into, dry_run, drop_unknown } => {
            replies::run(paths, Target { path: into, drops_unknown: *drop_unknown }, *dry_run, now)
        }
    }
}

fn is_calendar(path: &Path, text: &str) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("ics" | "ical" | "ifb" | "icalendar") => true,
        Some("csv" | "tsv" | "txt") => false,
        _ => text.trim_start_matches('\u{feff}').trim_start().to_ascii_uppercase().starts_with("BEGIN:VCALENDAR"),
    }
}

/// The plan that something is taken into.
#[derive(Clone, Copy)]
struct Target<'a> {
    path: &'a Path,
    /// Saves it even if that drops what this program does not know.
    drops_unknown: bool,
}

/// A plan that may be changed, until it is dropped.
struct Held {
    plan: Plan,
    stamp: Stamp,
    notes: Vec<String>,
    _lock: Lock,
}

impl Target<'_> {
    fn open(self) -> Result<Held, Failure> {
        let path = self.path;
        let Opened { plan, unknown_fields: unknown, stamp, access } = store::open(path)?;
        let lock = match access {
            Access::Writable(lock) => lock,
            Access::ReadOnly(reason) => {
                return Err(Failure(format!("The plan cannot be changed now. {reason}: {}", path.display())));
            }
        };
        let mut notes = unknown_fields(&unknown, path);
        if !unknown.is_empty() && !self.drops_unknown {
            notes.push(format!(
                "Nothing was imported, since saving would drop what was not read. Correct the plan, or add \
                 --drop-unknown: {}",
                path.display()
            ));
            return Err(Failure(notes.join("\n")));
        }
        Ok(Held { plan, stamp, notes, _lock: lock })
    }
}

/// Reads the file, edits the plan with what `read` makes of it, and saves the plan.
fn into_plan(from: &ImportFrom, read: impl Fn(&str, &Plan) -> Result<Imported, Failure>) -> Result<Reply, Failure> {
    let path = &*from.into;
    let Held { plan, stamp, mut notes, _lock } = Target { path, drops_unknown: from.drop_unknown }.open()?;
    let text = store::read_text(&from.file, LONGEST_TEXT as u64)?;
    notes.extend(text.warning.map(|warning| format!("{warning}: {}", from.file.display())));
    let imported =
        read(&text.text, &plan).map_err(|Failure(message)| Failure(format!("{message}: {}", from.file.display())))?;
    notes.extend(imported.warnings.iter().map(|warning| format!("{warning}: {}", from.file.display())));
    let mut edits: Vec<Edit> = imported.edit().into_iter().collect();
    if edits.is_empty() {
        return Ok(Reply::new("Nothing to import\n".to_owned()).with_notes(notes));
    }
    let mut text = format!("Imported {}", imported.summary);
    match imported.horizon {
        Some(horizon) if from.widen => {
            edits.push(Edit::SetHorizon(horizon));
            text = format!("{text}; the plan now spans {} to {}", horizon.from, horizon.last());
        }
        Some(horizon) => notes.push(format!(
            "Importing with --widen does that at once; in the plan file it is horizon: (from: \"{}\", months: {})",
            horizon.from, horizon.months
        )),
        None => {}
    }
    let plan = edits.iter().try_fold(plan, |plan, edit| plan.apply(edit))?;
    store::save(path, &plan, Some(&stamp))?;
    Ok(Reply::new(format!("{text}\n")).with_notes(notes))
}
