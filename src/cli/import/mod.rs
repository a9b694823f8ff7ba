//! `import`: adds the contents of other programs' files to a plan.

mod arguments;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::Args;

use super::plan::{LockedPlan, OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::import::{self, ImportKind, Imported, Options, Section, Source, Target, Warning};
use crate::model::{Plan, UtcMinute};
use crate::progress::Progress;
use crate::schedule::Zone;
use crate::store;
use crate::wording::within_sentence;
use arguments::Request;

/// Import windows, holidays, freezes, advisories or owners' replies from other programs' files
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    request: Request,
}

impl Run for Import {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let request = &self.request;
        // A dry run works with a plan that is open elsewhere.
        let locked = (!request.dry_run).then(|| LockedPlan::open(&request.into, request.drop_unknown)).transpose()?;
        let (plan, mut notes) = if let Some(locked) = &locked {
            (locked.plan.clone(), locked.notes.clone())
        } else {
            let OpenedSchedule { schedule, notes } = read_schedule(&request.into)?;
            (Plan::clone(&schedule.plan), notes)
        };
        let progress = Progress::default();
        let source = store::open_source(&request.paths, &progress)?;
        let imported = read(request, &source, &plan, clock)?;
        if let Some(question) = &imported.question {
            return Err(Failure::at(first(&request.paths), within_sentence(question)));
        }
        let is_widened = request.widen && imported.horizon.is_some();
        let warnings = imported.warnings.iter().filter(|warning| !(is_widened && warning.is_about_months()));
        notes.extend(warnings.map(|warning| located(&request.paths, warning)));
        let mut text = listing(&imported.sections);
        match (imported.edits.is_empty(), request.dry_run) {
            (true, _) => text.push_str("Nothing to import"),
            (false, true) => text.extend(["Would import ", &*imported.summary]),
            (false, false) => text.extend(["Imported ", &*imported.summary]),
        }
        match imported.horizon {
            Some(horizon) if request.widen => {
                let spans = if request.dry_run { "would span" } else { "now spans" };
                let _ = write!(text, "; the plan {spans} {} to {}", horizon.from, horizon.last());
            }
            Some(horizon) => notes.push(format!(
                "Add --widen to extend the plan's months while importing (horizon: (from: \"{}\", months: {}))",
                horizon.from, horizon.months
            )),
            None if request.widen => notes.push(
                "The plan's months stay the same: all imported dates are within them, or too far away".to_owned(),
            ),
            None => {}
        }
        text.push('\n');
        let edit = if request.widen { imported.widened_edit().or_else(|| imported.edit()) } else { imported.edit() };
        if let Some((edit, locked)) = edit.zip(locked) {
            notes.extend(locked.save(&plan.apply(&edit)?)?);
        }
        Ok(Reply::new(text).with_notes(notes))
    }
}

/// Recognises and reads the source with the options that were given.
fn read(request: &Request, source: &Source<'_>, plan: &Plan, clock: DateTime<Utc>) -> Result<Imported, Failure> {
    let failure = |message: String| Failure::at(first(&request.paths), within_sentence(&message));
    let kinds = import::recognise(source, Some(request.topic)).map_err(|error| failure(error.to_string()))?;
    let Some(&kind) = kinds.first() else { return Err(failure("unknown file content".to_owned())) };
    let options = options(request, kind, plan).map_err(failure)?;
    let zone = Zone::for_plan(plan);
    let target = Target::new(Arc::new(plan.clone()), zone.local(UtcMinute::from_utc(clock)).date());
    import::read(source, kind, &options, &target).map_err(|error| failure(error.to_string()))
}

/// The options for `kind`.
///
/// # Errors
/// An option does not belong to the kind, or its value is invalid.
fn options(request: &Request, kind: &ImportKind, plan: &Plan) -> Result<Options, String> {
    let mut options = Options::default();
    for (spec, text) in &request.options {
        if kind.options.iter().all(|own| own.id != spec.id) {
            let has_it = |kind: &&ImportKind| kind.options.iter().any(|own| own.id == spec.id);
            let others: Vec<&str> =
                import::kinds_of_topic(request.topic).filter(has_it).map(|kind| kind.name).collect();
            return Err(format!("--{} is for {}, but this is {}", spec.id, others.join(" and "), kind.name));
        }
        let value =
            spec.value.parse(text, plan).map_err(|problem| format!("--{}: {}", spec.id, within_sentence(&problem)))?;
        options.set(spec, Some(value));
    }
    Ok(options)
}

/// The path that messages begin with.
fn first(paths: &[PathBuf]) -> &Path {
    paths.first().map_or(Path::new(""), PathBuf::as_path)
}

/// "list.csv:3: unknown group "Web": ignored"
fn located(paths: &[PathBuf], warning: &Warning) -> String {
    let (path, message) = (first(paths).display(), within_sentence(&warning.message));
    match warning.line {
        Some(line) => format!("{path}:{line}: {message}"),
        None => format!("{path}: {message}"),
    }
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
