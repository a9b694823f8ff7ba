//! `merge`: merges the versions of a plan that two people changed, and resolves the conflicts.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{Now, ReportForm, is_standard_output};
use super::merge_copies::merge_copies;
use super::merge_markers::keep_both;
use super::merge_report::MergeReport;
use super::plan::{LockedPlan, read_plan, save_new};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::merge::{MergeError, Side, Version, merge_plans, resolution};
use crate::model::{Conflict, Plan};
use crate::store;
use crate::wording::counted;

/// What resolves conflicts or merges copies: then there is only one plan.
const ONE_PLAN: [&str; 5] = ["resolves", "copies", "take", "all_ours", "all_theirs"];

/// Merge two versions of a plan, or resolve conflicts; exits with 1 if conflicts are left
///
/// Both versions began as BASE. A record or field that one of them changed is taken from it. If both changed the same
/// field differently, FILE keeps the value of OURS and the conflict, until it is resolved with --continue. With --copies,
/// the conflicted copies that a sync tool left beside a plan are merged into it.
#[derive(Debug, Args)]
pub struct Merge {
    /// Version with which both began, which may be empty; with --continue or --copies, the plan itself
    #[arg(required_unless_present_any = ONE_PLAN)]
    base: Option<PathBuf>,
    /// Our version
    #[arg(required_unless_present_any = ONE_PLAN, conflicts_with_all = ONE_PLAN)]
    ours: Option<PathBuf>,
    /// Their version
    #[arg(required_unless_present_any = ONE_PLAN, conflicts_with_all = ONE_PLAN)]
    theirs: Option<PathBuf>,
    /// File to write, or - for standard output; may be OURS
    #[arg(short, long, value_name = "FILE", required_unless_present_any = ONE_PLAN, conflicts_with_all = ONE_PLAN)]
    output: Option<PathBuf>,
    /// Name of the plan in messages [default: FILE]
    #[arg(long, value_name = "NAME", conflicts_with_all = ONE_PLAN)]
    named: Option<String>,
    /// List the conflicts of a plan, or resolve them with --take, --ours or --theirs
    #[arg(long = "continue", conflicts_with = "copies")]
    resolves: bool,
    /// Merge the conflicted copies of a plan that a sync tool left beside it; they are not deleted
    #[arg(long)]
    copies: bool,
    /// Resolve a conflict, e.g. window/core-db.duration=theirs (or =ours)
    #[arg(long, value_name = "CONFLICT=SIDE", conflicts_with = "copies")]
    take: Vec<String>,
    /// Keep our values in all other conflicts
    #[arg(long = "ours", conflicts_with_all = ["all_theirs", "copies"])]
    all_ours: bool,
    /// Take their values in all other conflicts
    #[arg(long = "theirs", conflicts_with = "copies")]
    all_theirs: bool,
    /// Save even if unknown fields in a plan would be lost
    #[arg(long)]
    drop_unknown: bool,
    /// Form of the report
    #[arg(long, value_enum, default_value_t)]
    format: ReportForm,
    #[command(flatten)]
    now: Now,
}

impl Run for Merge {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let base = self.base.as_deref().ok_or_else(|| self.without_plan())?;
        match (&self.ours, &self.theirs, &self.output) {
            (Some(ours), Some(theirs), Some(output)) => {
                self.merge(base, [ours, theirs], output, clock).map_err(|why| match &self.named {
                    Some(named) if ours == output => keep_both(ours, theirs, named, &why),
                    _ => why,
                })
            }
            _ if self.copies => merge_copies(base, self.drop_unknown, self.format, self.now.or(clock), clock),
            _ => self.resolve(base, clock),
        }
    }
}

impl Merge {
    /// What to type, if an option needs a plan and there is none.
    fn without_plan(&self) -> Failure {
        let (option, what) = if self.copies {
            ("--copies", "the plan whose conflicted copies are merged")
        } else {
            ("--continue", "the plan whose conflicts are resolved")
        };
        Failure(format!("no plan was given. Name {what}, e.g. windowsill merge plan.windowsill {option}"))
    }

    fn merge(
        &self,
        base: &Path,
        [ours, theirs]: [&Path; 2],
        output: &Path,
        clock: DateTime<Utc>,
    ) -> Result<Reply, Failure> {
        let base_plan = self.read(base, true)?;
        let their_plan = self.read(theirs, false)?;
        // The file that is overwritten is locked before it is read, so that nobody saves in between.
        let locked = if ours == output { Some(LockedPlan::open(ours, self.drop_unknown)?) } else { None };
        let our_plan = match &locked {
            Some(locked) => Some(locked.plan.clone()),
            None => self.read(ours, false)?,
        };
        let (Some(our_plan), Some(their_plan)) = (our_plan, their_plan) else {
            return Err(Failure::at(theirs, "nothing was merged, because a plan is empty"));
        };
        let merged = merge_plans(base_plan.as_ref(), &our_plan, &their_plan).map_err(|error| {
            let path = match &error {
                MergeError::Unresolved(key) if our_plan.conflicts().contains(key) => ours,
                MergeError::OtherPlan { version: Version::Ours, .. } => ours,
                MergeError::OtherPlan { version: Version::Base, .. } => base,
                MergeError::Unresolved(_) | MergeError::OtherPlan { .. } => theirs,
            };
            Failure::at(path, error)
        })?;
        let name = self.named.clone().unwrap_or_else(|| output.display().to_string());
        let now = self.now.or(clock);
        if is_standard_output(output) {
            // The plan is the output, so the report goes beside it.
            let reply = MergeReport::new(&name, &merged, &[our_plan, their_plan], now).reply(self.format)?;
            let notes = reply.text.lines().map(str::to_owned).collect();
            return Ok(Reply { text: store::to_text(&merged.plan)?, notes, ..reply });
        }
        let notes = match &locked {
            Some(locked) => locked.save(&merged.plan, clock)?,
            None => save_new(output, &merged.plan, clock, "choose another name, or give OURS as FILE to replace it")?,
        };
        let report = MergeReport::new(&name, &merged, &[our_plan, their_plan], now);
        Ok(report.reply(self.format)?.with_notes(notes))
    }

    /// Reads a version. None if the file is empty and may be: git has an empty base for a file that both sides added.
    fn read(&self, path: &Path, may_be_empty: bool) -> Result<Option<Plan>, Failure> {
        read_plan(path, self.drop_unknown, may_be_empty)
    }

    fn resolve(&self, path: &Path, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let locked = LockedPlan::open(path, self.drop_unknown)?;
        let takes: Vec<(&str, Side)> = self.take.iter().map(|text| read_take(text)).collect::<Result<_, _>>()?;
        if let Some((key, _)) = takes.iter().find(|(key, _)| conflict(&locked.plan, key).is_none()) {
            let known: Vec<String> = locked.plan.conflicts().iter().map(|each| format!("  {}", each.key)).collect();
            let known = if known.is_empty() { "  none".to_owned() } else { known.join("\n") };
            return Err(Failure::at(path, format!("unknown conflict {key}. Conflicts of the plan:\n{known}")));
        }
        let mut plan = locked.plan.clone();
        for (key, side) in takes {
            // One that is named twice is gone the second time.
            if let Some(conflict) = conflict(&plan, key).cloned() {
                plan = resolved(path, &plan, &conflict, side)?;
            }
        }
        let rest = match (self.all_ours, self.all_theirs) {
            (true, _) => Some(Side::Ours),
            (false, true) => Some(Side::Theirs),
            (false, false) => None,
        };
        if let Some(side) = rest {
            for conflict in &plan.conflicts().clone() {
                plan = resolved(path, &plan, conflict, side)?;
            }
        }
        let resolved = locked.plan.conflicts().len() - plan.conflicts().len();
        let mut notes = locked.notes.clone();
        let name = path.display().to_string();
        let mut done = Vec::new();
        if resolved > 0 {
            notes.extend(locked.save(&plan, clock)?);
            done.push(format!("{name}: resolved {}", counted(resolved, "conflict")));
        }
        let report = MergeReport { name: &name, plan: &plan, done, news: Vec::new() };
        Ok(report.reply(self.format)?.with_notes(notes))
    }
}

fn resolved(path: &Path, plan: &Plan, conflict: &Conflict, side: Side) -> Result<Plan, Failure> {
    let failed = |problem: String| Failure::at(path, format!("{}: {problem}", conflict.key));
    let edit = resolution(plan, conflict, side).map_err(|error| failed(error.to_string()))?;
    plan.apply(&edit).map_err(|error| failed(error.to_string()))
}

fn conflict<'a>(plan: &'a Plan, key: &str) -> Option<&'a Conflict> {
    plan.conflicts().iter().find(|conflict| conflict.key.to_string() == key).map(|conflict| &**conflict)
}

/// Reads "window/core-db.duration=theirs".
fn read_take(text: &str) -> Result<(&str, Side), Failure> {
    let side = |word: &str| match word {
        "ours" => Some(Side::Ours),
        "theirs" => Some(Side::Theirs),
        _ => None,
    };
    let taken = text.rsplit_once('=').and_then(|(key, word)| Some((key, side(word)?)));
    taken.ok_or_else(|| {
        Failure(format!(
            "invalid --take \"{text}\": use CONFLICT=ours or CONFLICT=theirs, e.g. window/core-db.name=theirs"
        ))
    })
}
