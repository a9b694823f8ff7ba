//! Adds the hosts of each system up, and compares the results with those of the plan.

use std::collections::{BTreeMap, BTreeSet};

use super::occurrences::{Missing, Occurrences};
use super::options::{ON, WINDOW};
use super::result_row::{HostOutcome, ResultRow};
use crate::connect::findings::{HOSTS, HostIndex};
use crate::import::{ImportError, ImportReport, Imported, Input, MOST_RECORDS, OptionValue};
use crate::model::{Edit, Policy, ResultKey, System, SystemId, SystemResult};
use crate::wording::{counted, list_in_sentence};

/// How many unknown hosts a warning names; the report has all of them.
const MOST_NAMED: usize = 5;

/// The results of a file so far.
pub struct Results<'a> {
    input: &'a Input<'a>,
    occurrences: Occurrences<'a>,
    hosts: HostIndex<'a>,
    report: ImportReport,
    imported: Imported,
    by_key: BTreeMap<ResultKey, SystemResult>,
    host_names: BTreeMap<String, Option<SystemId>>,
    is_undecided: bool,
}

impl<'a> Results<'a> {
    /// `kind`: the id of the kind of file.
    pub fn new(kind: &str, input: &'a Input<'a>) -> Self {
        let plan = input.plan();
        let window = match input.options.get(&WINDOW) {
            Some(OptionValue::Window(window)) => Some(window.clone()),
            _ => None,
        };
        let on = match input.options.get(&ON) {
            Some(OptionValue::Date(on)) => Some(*on),
            _ => None,
        };
        Self {
            input,
            occurrences: Occurrences { schedule: input.target.schedule(), window, on },
            hosts: HostIndex::new(plan, input.options.hosts(&HOSTS)),
            report: ImportReport::new(kind),
            imported: Imported::default(),
            by_key: BTreeMap::new(),
            host_names: BTreeMap::new(),
            is_undecided: false,
        }
    }

    pub fn warn(&mut self, line: Option<usize>, message: impl Into<String>) {
        self.imported.warn(line, message);
    }

    /// Adds a row.
    ///
    /// # Errors
    /// There are more results than a plan can have.
    pub fn add(&mut self, row: &ResultRow) -> Result<(), ImportError> {
        self.report.rows += 1;
        let system = self.hosts.find(&row.names);
        if let Some(name) = row.names.first() {
            self.host_names.insert(name.clone(), system.clone());
        }
        if let Some(reason) = row.left_out {
            self.report.leave_out(reason, 1);
            return Ok(());
        }
        if system.is_none() && !row.names.is_empty() {
            self.report.leave_out("host of no known system", 1);
            return Ok(());
        }
        match self.assign(row, system.as_ref()) {
            Ok(()) => self.report.rows_imported += 1,
            Err(Missing::Unknown) => {
                self.is_undecided = true;
                self.report.leave_out("occurrence unknown", 1);
            }
            Err(Missing::NotThere(reason)) => {
                let names = row.names.first().map_or("", String::as_str);
                self.imported.warn(row.line, format!("Row skipped: {reason} {names}").trim_end());
                self.report.leave_out("no such occurrence", 1);
            }
        }
        if self.by_key.len() > MOST_RECORDS { Err(ImportError::TooMany("results")) } else { Ok(()) }
    }

    fn assign(&mut self, row: &ResultRow, system: Option<&SystemId>) -> Result<(), Missing> {
        let schedule = self.occurrences.schedule;
        let window = self.occurrences.window(&row.window).map_err(Missing::NotThere)?;
        let zone = window.map_or(&schedule.zone, |window| &window.expansion.zone);
        let times = [row.started_at, row.ended_at, row.seen_at].into_iter().flatten();
        let at = times.map(|at| at.resolve(zone)).next();
        let (window, occurrence) = self.occurrences.find(window, row.on, at, system)?;
        let systems = schedule.plan.systems();
        let affected: Vec<&System> = match system {
            Some(id) => systems.get(id).map(|system| &**system).into_iter().collect(),
            None => window.scope.systems.iter().map(|system| &**system).collect(),
        };
        for system in affected {
            let (window, on) = (window.id().clone(), occurrence.original_on());
            let key = ResultKey { window, on, system: system.id.clone() };
            let new = || SystemResult::new(key.clone(), system, schedule.plan.groups_with(&system.id));
            let result = self.by_key.entry(key.clone()).or_insert_with(new);
            row.add_to(result, is_named(system, row));
            let started_at = row.started_at.map(|at| at.resolve(zone));
            let ended_at = row.ended_at.map(|at| at.resolve(zone));
            result.started_at = result.started_at.into_iter().chain(started_at).min();
            result.ended_at = result.ended_at.into_iter().chain(ended_at).max();
        }
        Ok(())
    }

    /// The edits and the report.
    pub fn finish(mut self) -> Imported {
        let plan = self.input.plan();
        let (mut new, mut changed, mut same) = (0, 0, 0);
        for (key, result) in std::mem::take(&mut self.by_key) {
            if let Some(contradiction) = result.contradiction() {
                self.imported.warn(None, format!("Result of {} skipped: {contradiction}", key.system));
                continue;
            }
            let old = plan.results().get(&key);
            // What people wrote stays.
            let notes = old.map_or_else(String::new, |old| old.notes.clone());
            let result = SystemResult { notes, ..result };
            match old {
                Some(old) if **old == result => same += 1,
                old => {
                    *if old.is_some() { &mut changed } else { &mut new } += 1;
                    self.imported.edits.push(Edit::PutResult(result));
                }
            }
        }
        self.report.items = new + changed + same;
        self.imported.summary = summary(new, changed, same);
        let first = self.imported.edits.iter().filter_map(|edit| match edit {
            Edit::PutResult(result) => Some(result.key.on),
            _ => None,
        });
        if let Some(on) = first.min().filter(|_| plan.policy().recording_from.is_none()) {
            let policy = Policy { recording_from: Some(on), ..Policy::clone(plan.policy()) };
            self.imported.remembered.push(Edit::SetPolicy(policy));
        }
        self.imported.remembered.extend(self.hosts.remember());
        self.fill_report();
        if self.is_undecided && self.report.rows_imported == 0 {
            let question = "Which occurrence are the results of? Choose a window and a date (--window, --on)";
            self.imported.ask(question.to_owned());
        }
        if self.report.rows == 0 {
            self.imported.warn(None, "No results in this file; those of the plan stay as they are");
        }
        self.imported.report = Some(self.report);
        self.imported.in_order()
    }

    fn fill_report(&mut self) {
        self.report.hosts = self.host_names.len();
        self.report.matched_hosts = self.host_names.values().flatten().count();
        let unmatched: BTreeSet<&String> =
            self.host_names.iter().filter(|(_, system)| system.is_none()).map(|(name, _)| name).collect();
        self.report.unmatched_hosts = unmatched.iter().map(|name| (*name).clone()).collect();
        if !unmatched.is_empty() {
            let named = list_in_sentence(unmatched.iter().map(|name| format!("\"{name}\"")), MOST_NAMED);
            let hosts = counted(unmatched.len(), "host");
            let message = format!("{hosts} of no known system left out ({named}): assign them with --host HOST=SYSTEM");
            self.imported.warn(None, message);
        }
    }
}

/// Whether a row is about a system as a whole: it has the name or id of the system, not that of a host.
fn is_named(system: &System, row: &ResultRow) -> bool {
    let is_it = |name: &String| {
        name.eq_ignore_ascii_case(system.id.as_str()) || name.to_lowercase() == system.name.to_lowercase()
    };
    row.names.first().is_some_and(is_it)
}

/// "3 results (2 new, 1 unchanged)"
fn summary(new: usize, changed: usize, same: usize) -> String {
    let parts = [(new, "new"), (changed, "changed"), (same, "unchanged")];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let all = counted(new + changed + same, "result");
    if parts.is_empty() { all } else { format!("{all} ({})", parts.join(", ")) }
}

impl ResultRow {
    /// `is_whole`: the row is about all hosts of the system.
    fn add_to(&self, result: &mut SystemResult, is_whole: bool) {
        let hosts = if is_whole { result.hosts.max(1) } else { 1 };
        let (attempted, patched, failed, skipped) = match self.outcome {
            HostOutcome::Patched => (hosts, hosts, 0, 0),
            HostOutcome::Failed => (hosts, 0, hosts, 0),
            HostOutcome::Skipped => (0, 0, 0, hosts),
            HostOutcome::Counted { attempted, patched, failed, skipped } => (attempted, patched, failed, skipped),
            HostOutcome::All { is_patched: true } => (result.hosts, result.hosts, 0, 0),
            HostOutcome::All { is_patched: false } => (result.hosts, 0, result.hosts, 0),
        };
        result.attempted = result.attempted.saturating_add(attempted);
        result.patched = result.patched.saturating_add(patched);
        result.failed = result.failed.saturating_add(failed);
        result.skipped = result.skipped.saturating_add(skipped);
        result.reboots_attempted = result.reboots_attempted.saturating_add(self.reboots_attempted);
        result.reboots_successful = result.reboots_successful.saturating_add(self.reboots_successful);
        result.is_rolled_back |= self.is_rolled_back;
        if result.skip_reason.is_empty() {
            result.skip_reason.clone_from(&self.reason);
        }
    }
}
