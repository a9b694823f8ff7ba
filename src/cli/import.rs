//! `import`: takes what other programs wrote into a plan file.

mod arguments;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::plan::unknown_fields;
use super::{Failure, Reply};
use crate::import::{self, Imported, Kind, Options, Section, Source, Target, Warning, within_sentence};
use crate::model::{Edit, Plan, UtcMinute};
use crate::progress::Progress;
use crate::schedule::Zone;
use crate::store::{self, Access, Lock, Opened, Stamp};
pub use arguments::Import;

pub fn run(order: &Import, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let LockedPlan { plan, stamp, mut notes, _lock } = open_plan(order)?;
    let plan = Arc::new(plan);
    let progress = Progress::default();
    let source = store::open_source(&order.paths, &progress)?;
    let imported = read(order, &source, Arc::clone(&plan), now)?;
    notes.extend(imported.warnings.iter().map(|warning| located(&order.paths, warning)));
    let mut text = listing(&imported.sections);
    let Some(edit) = imported.edit() else {
        text.push_str("Nothing to import\n");
        return Ok(Reply::new(text).with_notes(notes));
    };
    let mut edits = vec![edit];
    let verb = if order.dry_run { "Would import" } else { "Imported" };
    let _ = write!(text, "{verb} {}", imported.summary);
    match imported.horizon {
        Some(horizon) if order.widen => {
            edits.insert(0, Edit::SetHorizon(horizon));
            let _ = write!(text, "; the plan now spans {} to {}", horizon.from, horizon.last());
        }
        Some(horizon) => notes.push(format!(
            "To widen the plan's months while importing, add --widen; in the plan file, this is horizon: (from: \
             \"{}\", months: {})",
            horizon.from, horizon.months
        )),
        None => {}
    }
    text.push('\n');
    if !order.dry_run {
        let mut edited = Plan::clone(&plan);
        for edit in &edits {
            edited = edited.apply(edit)?;
        }
        store::save(&order.into, &edited, Some(&stamp))?;
    }
    Ok(Reply::new(text).with_notes(notes))
}

/// A plan that this process may change until it is dropped.
struct LockedPlan {
    plan: Plan,
    stamp: Stamp,
    notes: Vec<String>,
    _lock: Lock,
}

fn open_plan(order: &Import) -> Result<LockedPlan, Failure> {
    let path = &*order.into;
    let Opened { plan, unknown_fields: unknown, stamp, access } = store::open(path)?;
    let lock = match access {
        Access::Writable(lock) => lock,
        Access::ReadOnly(reason) => {
            return Err(Failure(format!("{}: the plan cannot be changed now. {reason}", path.display())));
        }
    };
    let mut notes = unknown_fields(&unknown, path);
    if !unknown.is_empty() && !order.drop_unknown {
        notes.push(format!(
            "{}: nothing imported, since saving would drop the unknown fields. Correct the plan, or add --drop-unknown",
            path.display()
        ));
        return Err(Failure(notes.join("\n")));
    }
    Ok(LockedPlan { plan, stamp, notes, _lock: lock })
}

/// Recognises and reads the source with the options that were given.
fn read(order: &Import, source: &Source<'_>, plan: Arc<Plan>, now: DateTime<Utc>) -> Result<Imported, Failure> {
    let failure = |message: String| Failure(format!("{}: {}", shown(&order.paths), within_sentence(&message)));
    let kinds = import::recognise(source, Some(order.topic)).map_err(|error| failure(error.to_string()))?;
    let Some(&kind) = kinds.first() else { return Err(failure("unknown file content".to_owned())) };
    let options = options(order, kind, &plan).map_err(failure)?;
    let zone = Zone::named(&plan.zone).unwrap_or_else(Zone::utc);
    let target = Target::new(plan, zone.local(UtcMinute::from_utc(now)).date());
    import::read(source, kind, &options, &target).map_err(|error| failure(error.to_string()))
}

/// The options for `kind`.
///
/// # Errors
/// An option does not belong to the kind, or its value is invalid.
fn options(order: &Import, kind: &Kind, plan: &Plan) -> Result<Options, String> {
    let mut options = Options::default();
    for (spec, text) in &order.options {
        if kind.options.iter().all(|own| own.id != spec.id) {
            let has_it = |kind: &&Kind| kind.options.iter().any(|own| own.id == spec.id);
            let others: Vec<&str> = import::kinds_of_topic(order.topic).filter(has_it).map(|kind| kind.name).collect();
            return Err(format!("--{} is for {}, but this is {}", spec.id, others.join(" and "), kind.name));
        }
        let value = spec.value.parse(text, plan).map_err(|problem| format!("--{}: {problem}", spec.id))?;
        options.set(spec, Some(value));
    }
    Ok(options)
}

/// "list.csv:3: unknown group "Web": ignored"
fn located(paths: &[PathBuf], warning: &Warning) -> String {
    let (path, message) = (shown(paths), within_sentence(&warning.message));
    match warning.line {
        Some(line) => format!("{path}:{line}: {message}"),
        None => format!("{path}: {message}"),
    }
}

/// The first path, which messages begin with.
fn shown(paths: &[PathBuf]) -> String {
    paths.first().map(PathBuf::as_path).unwrap_or(Path::new("")).display().to_string()
}

/// A line for each item under the headings, with its remark below it.
fn listing(sections: &[Section]) -> String {
    let mut text = String::new();
    for Section { heading, items, .. } in sections {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{heading} ({})", items.len());
        for item in items {
            let parts = [&item.text, &item.author, &item.file].into_iter().filter(|part| !part.is_empty());
            let _ = writeln!(text, "  {}", parts.map(String::as_str).collect::<Vec<_>>().join(" · "));
            if !item.remark.is_empty() {
                let _ = writeln!(text, "    {}", item.remark);
            }
        }
        text.push('\n');
    }
    text
}
