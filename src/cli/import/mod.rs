//! `import`: adds the contents of other programs' files to a plan.

mod arguments;
mod listing;
mod reading;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;

use super::json;
use super::plan::{LockedPlan, OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{FOUND, Failure, Reply};
use super::working;
use crate::import::{ImportReport, Topic, Warning};
use crate::model::Plan;
use crate::store;
use crate::wording::within_sentence;
use arguments::{Request, options};
use listing::listing;
use reading::{Refusal, read};

/// Import windows, holidays, freezes, advisories or owners' replies from other programs' files
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    request: Request,
}

/// What an import says and changes while its files are read one after the other.
struct Work<'a> {
    request: &'a Request,
    clock: DateTime<Utc>,
    /// With the changes of the files so far.
    plan: Plan,
    text: String,
    notes: Vec<String>,
    /// Of the files so far, if they are asked for.
    reports: Vec<ImportReport>,
    is_changed: bool,
    /// A file that was named cannot be imported: then nothing is saved.
    is_refused: bool,
}

impl Run for Import {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let request = &self.request;
        // A dry run works with a plan that is open elsewhere.
        let locked = (!request.dry_run).then(|| LockedPlan::open(&request.into, request.drop_unknown)).transpose()?;
        let (plan, notes) = if let Some(locked) = &locked {
            (locked.plan.clone(), locked.notes.clone())
        } else {
            let OpenedSchedule { schedule, notes } = read_schedule(&request.into)?;
            (Plan::clone(&schedule.plan), notes)
        };
        let (text, reports) = (String::new(), Vec::new());
        let mut work = Work { request, clock, plan, text, notes, reports, is_changed: false, is_refused: false };
        if request.topic.words().reads_together {
            work.import(&request.paths, false, true)?;
        } else {
            work.import_each()?;
        }
        if work.is_refused && work.is_changed && !request.dry_run {
            work.notes.push("Nothing is saved, since a file cannot be imported".to_owned());
        }
        if let Some(locked) = locked.filter(|_| work.is_changed && !work.is_refused) {
            work.notes.extend(locked.save(&work.plan, clock)?);
        }
        if request.is_json {
            let code = if work.is_refused { FOUND } else { 0 };
            return Ok(Reply { code, ..Reply::new(reports_json(&work.reports)?).with_notes(work.notes) });
        }
        Ok(Reply::in_words(&work.text).with_notes(work.notes))
    }
}

impl Work<'_> {
    /// Imports the files one after the other; those in folders too, if they are of the topic.
    fn import_each(&mut self) -> Result<(), Failure> {
        let found = store::files_at(&self.request.paths)?;
        self.notes.extend(found.remarks);
        let are_many = found.files.len() > 1;
        if let ([], [folder, ..]) = (found.files.as_slice(), self.request.paths.as_slice()) {
            return Err(Failure::at(folder, "the folder has no files to import"));
        }
        for file in &found.files {
            let paths = std::slice::from_ref(&file.path);
            match self.import(paths, are_many, file.is_named) {
                Ok(()) => {}
                Err(failure) if file.is_named => return Err(failure),
                Err(failure) => self.notes.push(format!("{} (skipped)", failure.0)),
            }
        }
        Ok(())
    }

    /// Imports one source. If there are several, every line of text names its file.
    /// `is_named`: a person named it, so nothing is imported without it.
    fn import(&mut self, paths: &[PathBuf], is_one_of_many: bool, is_named: bool) -> Result<(), Failure> {
        let Request { widen, dry_run, .. } = *self.request;
        let source = store::open_source(paths, working::progress())?;
        let imported = match read(self.request, &source, &self.plan, self.request.now.or(self.clock)) {
            Ok(imported) => imported,
            Err(Refusal { kind, reason }) => {
                let reason = with_typed_options(self.request.topic, &reason);
                let failure = Failure::in_file(first(paths), &within_sentence(&reason));
                if !self.request.is_json || !is_named {
                    self.reports.extend(self.request.is_json.then(|| ImportReport::refused(kind, reason)));
                    return Err(failure);
                }
                // The reports of all files are printed, also of those after it.
                self.is_refused = true;
                self.reports.push(ImportReport::refused(kind, reason));
                return Ok(());
            }
        };
        let is_widened = widen && imported.horizon.is_some();
        let whole = if is_widened { imported.when_widened() } else { &imported };
        let warnings = whole.warnings.iter().filter(|warning| !(is_widened && warning.is_about_months()));
        let topic = self.request.topic;
        self.notes.extend(warnings.map(|warning| with_typed_options(topic, &located(paths, warning))));
        self.reports.extend(whole.report.clone().map(|report| ImportReport {
            warnings: whole.warnings.iter().map(|each| with_typed_options(topic, &each.to_string())).collect(),
            assumptions: report.assumptions.iter().map(|each| with_typed_options(topic, each)).collect(),
            ..report
        }));
        self.text.push_str(&listing(whole, dry_run));
        let summary = match (whole.edits.is_empty(), dry_run) {
            (true, _) => "Nothing to import".to_owned(),
            (false, true) => format!("Would import {}", whole.summary),
            (false, false) => format!("Imported {}", whole.summary),
        };
        if is_one_of_many {
            let _ = write!(self.text, "{}: {}", first(paths).display(), within_sentence(&summary));
        } else {
            self.text.push_str(&summary);
        }
        match imported.horizon {
            Some(horizon) if widen => {
                let spans = if dry_run { "would span" } else { "now spans" };
                let _ = write!(self.text, "; the plan {spans} {} to {}", horizon.from, horizon.last());
            }
            Some(horizon) => self.notes.push(format!(
                "Add --widen to extend the plan's months while importing (horizon: (from: \"{}\", months: {}))",
                horizon.from, horizon.months
            )),
            None if widen => self.notes.push(
                "The plan's months stay the same: all imported dates are within them, or too far away; of a series of \
                 freezes or holidays, only the days within them are imported"
                    .to_owned(),
            ),
            None => {}
        }
        self.text.push('\n');
        let edit = if widen { imported.widened_edit().or_else(|| imported.edit()) } else { imported.edit() };
        if let Some(edit) = edit {
            self.plan = self.plan.apply(&edit)?;
            self.is_changed = true;
        }
        Ok(())
    }
}

/// The report of the only file, or a list of several.
fn reports_json(reports: &[ImportReport]) -> Result<String, Failure> {
    match reports {
        [report] => json::object(report),
        reports => json::object(&reports),
    }
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

/// The message with options as they are typed: "--zone". Messages are for the screen too, and call it "the option zone".
fn with_typed_options(topic: Topic, message: &str) -> String {
    let typed = |text: String, id: &str| text.replace(&format!("the option {id}"), &format!("--{id}"));
    options(topic).into_iter().fold(message.to_owned(), |text, spec| typed(text, spec.id))
}
