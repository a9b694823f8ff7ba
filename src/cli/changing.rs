//! What the commands that change a plan share: opening it, saving it, and saying what was done and what that changed in the
//! findings.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use serde::Serialize;

use super::arguments::{Now, ReportForm, today};
use super::find;
use super::json;
use super::known_times;
use super::plan::{LockedPlan, derive, read_whole_schedule};
use super::reply::{Failure, Reply};
use crate::checks::{Finding, FindingCounts, Findings, added_findings};
use crate::export::unknown_dates;
use crate::model::{Edit, Horizon, Plan, Subject, WindowId};
use crate::schedule::{Occurrence, Schedule, Simulation, WindowSchedule};
use crate::wording::{and_more, date, dates, list_of_choices, within_sentence};

/// At most this many new findings are listed as text.
const MOST_FINDINGS: usize = 12;
/// The number of the form of the JSON.
const VERSION: u32 = 1;

// No doc comment: clap would take it as the help of the command.
// How a plan is changed, and how the command says so.
#[derive(Debug, Args)]
pub struct Changing {
    /// Show what would be done, and save nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Save even if unknown fields in the plan would be lost
    #[arg(long)]
    pub drop_unknown: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportForm,
    #[command(flatten)]
    pub now: Now,
}

/// What a command decided to do.
pub struct Change {
    pub edit: Edit,
    /// New findings that concern this window are listed; without one, all new findings.
    pub window: Option<WindowId>,
    /// More about what was done, for standard output, one line each.
    pub details: Vec<String>,
    /// For standard error.
    pub notes: Vec<String>,
}

impl Change {
    /// An edit of one window.
    pub fn of_window(window: &WindowId, edit: Edit) -> Self {
        Self { window: Some(window.clone()), ..Self::of_plan(edit) }
    }

    /// An edit that may concern several windows.
    pub fn of_plan(edit: Edit) -> Self {
        Self { edit, window: None, details: Vec::new(), notes: Vec::new() }
    }
}

/// The JSON of a command that changes a plan.
#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    done: &'a str,
    /// Whether the plan is different now, or would be after a dry run.
    changed: bool,
    dry_run: bool,
    /// The window that was changed or added.
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<&'a WindowId>,
    findings: Difference,
    new_findings: Vec<NewFinding<'a>>,
}

/// How many more findings there are; negative for fewer.
#[derive(Default, Serialize)]
struct Difference {
    errors: i64,
    warnings: i64,
}

#[derive(Serialize)]
struct NewFinding<'a> {
    code: &'static str,
    severity: &'static str,
    /// The original date of the occurrence that it is about.
    on: Option<NaiveDate>,
    message: &'a str,
}

impl Changing {
    /// Changes the plan in `path` as `decide` says, given its schedule and the current date, and saves it.
    ///
    /// # Errors
    /// A plan that cannot be read, locked or saved, and all that `decide` refuses. The path comes first.
    pub fn change(
        &self,
        path: &Path,
        clock: DateTime<Utc>,
        decide: impl FnOnce(&Schedule, NaiveDate) -> Result<Change, Failure>,
    ) -> Result<Reply, Failure> {
        let locked = (!self.dry_run).then(|| LockedPlan::open(path, self.drop_unknown)).transpose()?;
        let (schedule, mut notes) = if let Some(locked) = &locked {
            (derive(locked.plan.clone()), locked.notes.clone())
        } else {
            let opened = read_whole_schedule(path, self.drop_unknown, "changing it")?;
            (opened.schedule, opened.notes)
        };
        let today = today(&schedule, self.now.or(clock));
        let at_plan = |Failure(message): Failure| Failure::at(path, within_sentence(&message));
        let change = decide(&schedule, today).map_err(at_plan)?;
        let plan = schedule.plan.apply(&change.edit).map_err(|error| at_plan(error.into()))?;
        notes.extend(change.notes.iter().map(|note| format!("{}: {}", path.display(), within_sentence(note))));
        if plan == *schedule.plan {
            return self.unchanged(&change, notes);
        }
        if let Some(locked) = &locked {
            notes.extend(locked.save(&plan, clock)?);
        }
        let outcome = Outcome::new(schedule, plan, &change, today);
        notes.extend(unknown_dates(&outcome.after.0).map(|unknown| format!("{}: {unknown}", path.display())));
        if !self.dry_run {
            notes.extend(known_times::moved_times(path, &outcome.after.0, today));
        }
        let reply = match self.format {
            ReportForm::Text => Reply::in_words(&outcome.text(&change, self.dry_run)).with_severities(),
            ReportForm::Json => Reply::new(outcome.json(&change, self.dry_run)?),
        };
        Ok(reply.with_notes(notes))
    }

    /// The answer to a change that the plan has already.
    fn unchanged(&self, change: &Change, notes: Vec<String>) -> Result<Reply, Failure> {
        let done = "Nothing to change";
        let text = match self.format {
            ReportForm::Text => format!("{done}\n"),
            ReportForm::Json => json::object(&Report {
                version: VERSION,
                done,
                changed: false,
                dry_run: self.dry_run,
                window: change.window.as_ref(),
                findings: Difference::default(),
                new_findings: Vec::new(),
            })?,
        };
        Ok(Reply::new(text).with_notes(notes))
    }
}

/// A plan before and after a change, with what is wrong with it.
struct Outcome {
    done: String,
    before: Findings,
    after: (Schedule, Findings),
}

impl Outcome {
    fn new(schedule: Schedule, plan: Plan, change: &Change, today: NaiveDate) -> Self {
        let done = change.edit.done(&schedule.plan);
        let schedule = schedule.with_outlooks(Simulation::RUNS);
        let before = Findings::check(&schedule, today, None);
        let then = Schedule::derive(&Arc::new(plan), Some(&schedule)).with_outlooks(Simulation::RUNS);
        let after = Findings::check(&then, today, Some(&before));
        Self { done, before, after: (then, after) }
    }

    /// The new findings that concern what was changed.
    fn new_findings(&self, change: &Change) -> Vec<&Finding> {
        let is_here = |subject: &Subject| match (&change.window, subject) {
            (None, _) => true,
            (Some(window), Subject::Window(id)) => id == window,
            (Some(_), _) => false,
        };
        let added = added_findings(&self.after.1, &[&self.before]).into_iter().map(|finding| &**finding);
        added.filter(|finding| finding.is_about(&is_here)).collect()
    }

    fn text(&self, change: &Change, is_dry: bool) -> String {
        let counts = FindingCounts::new(&self.before).change_to(FindingCounts::new(&self.after.1));
        let counts = if counts.is_empty() { "no error or warning more or fewer".to_owned() } else { counts };
        let dry = if is_dry { " (dry run: nothing was saved)" } else { "" };
        let mut text = format!("{}: {counts}{dry}\n", self.done);
        let new = self.new_findings(change);
        let more = new.len().saturating_sub(MOST_FINDINGS);
        for detail in &change.details {
            // Writing into a string does not fail.
            let _ = writeln!(text, "{detail}");
        }
        if !new.is_empty() {
            text.push_str("New findings:\n");
        }
        for finding in new.into_iter().take(MOST_FINDINGS) {
            let (severity, code) = (finding.severity.name(), finding.rule.code);
            let _ = writeln!(text, "  {severity:<8}  {code}  {}", finding.message);
        }
        if more > 0 {
            let _ = writeln!(text, "  {}", and_more(more));
        }
        text
    }

    fn json(&self, change: &Change, is_dry: bool) -> Result<String, Failure> {
        let [errors, warnings] = FindingCounts::new(&self.before).added_to(FindingCounts::new(&self.after.1));
        let new = self.new_findings(change).into_iter().map(|finding| NewFinding {
            code: finding.rule.code,
            severity: finding.severity.name(),
            on: finding.on,
            message: &finding.message,
        });
        json::object(&Report {
            version: VERSION,
            done: &self.done,
            changed: true,
            dry_run: is_dry,
            window: change.window.as_ref(),
            findings: Difference { errors, warnings },
            new_findings: new.collect(),
        })
    }
}

/// An occurrence that a command changes.
pub struct Found<'a> {
    pub window: &'a WindowSchedule,
    pub occurrence: &'a Occurrence,
    /// Says so if the date could mean another occurrence, too.
    pub note: Option<String>,
}

impl<'a> Found<'a> {
    /// Finds the occurrence with this original date, or else the only one that takes place on this date.
    ///
    /// # Errors
    /// An unknown window, a date without an occurrence, or one on which several take place.
    pub fn find(schedule: &'a Schedule, window: &str, on: NaiveDate) -> Result<Self, Failure> {
        let (window, occurrence) = find::occurrence(schedule, window, on)?;
        let (name, original) = (&window.window.name, Occurrence::original_on);
        let there: Vec<&Occurrence> =
            window.expansion.occurrences.iter().filter(|each| each.on() == on && original(each) != on).collect();
        if original(occurrence) != on && there.len() > 1 {
            let originals: Vec<String> = there.iter().map(|each| original(each).to_string()).collect();
            let originals = list_of_choices(&originals);
            return Err(Failure(format!(
                "Several occurrences of {name} take place on {on} (use the original date: {originals})"
            )));
        }
        let other = there.first().filter(|_| original(occurrence) == on);
        let note = other.map(|other| {
            format!(
                "Several occurrences of {name} have the date {on}: changed the one with this original date; the one that \
                 takes place on it has the original date {}",
                original(other)
            )
        });
        Ok(Self { window, occurrence, note })
    }

    /// No change, because it is as it should be. Editing it anyway would make its invites due again.
    pub fn unchanged(self) -> Change {
        self.change(Edit::Together { label: String::new(), edits: Vec::new() })
    }

    /// The change that an edit of it makes.
    pub fn change(self, edit: Edit) -> Change {
        Change { notes: self.note.into_iter().collect(), ..Change::of_window(self.window.id(), edit) }
    }

    /// "Refused for Core DB, Sat 13 Mar 2027: it is skipped (…)"
    pub fn refused(&self, reason: &str) -> Failure {
        Failure(format!("Refused for {}, {}: {reason}", self.window.window.name, date(self.occurrence.on())))
    }
}

/// Refuses a date that no view of the plan would show.
///
/// # Errors
/// A date outside the plan's months.
pub fn within_months(horizon: Horizon, window: &str, on: NaiveDate) -> Result<(), Failure> {
    if horizon.contains(on) {
        return Ok(());
    }
    let (on, months) = (date(on), dates(horizon.from, horizon.last()));
    Err(Failure(format!("The date {on} of {window} is outside the plan's months (choose one of {months})")))
}
