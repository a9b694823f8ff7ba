//! What the command line says about a merge.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::arguments::{ReportForm, today};
use super::json;
use super::plan::derive;
use super::reply::{FOUND, Failure, Reply};
use super::shell_word::shell_word;
use crate::checks::{CommonCause, Context, Findings, UNRESOLVED_CONFLICT, added_findings, fold};
use crate::merge::{MergedPlan, conflict_in_words};
use crate::model::{Conflict, Plan};
use crate::schedule::Schedule;
use crate::wording::{counted, visible_line};

/// The exit code for a merged plan.
pub fn code(plan: &Plan) -> u8 {
    if plan.conflicts().is_empty() { 0 } else { FOUND }
}

/// What a merge says.
pub struct MergeReport<'a> {
    /// What the plan is called.
    pub name: &'a str,
    /// The merged plan.
    pub plan: &'a Plan,
    /// What was done, one line each.
    pub done: Vec<String>,
    /// The findings that neither side had, in words.
    pub news: Vec<String>,
}

/// The same for programs.
#[derive(Serialize)]
struct MergeObject<'a> {
    version: u32,
    plan: &'a str,
    done: &'a [String],
    conflicts: Vec<ConflictRow>,
    new_findings: &'a [String],
}

#[derive(Serialize)]
struct ConflictRow {
    conflict: String,
    about: String,
}

impl<'a> MergeReport<'a> {
    /// The result of merging two versions.
    pub fn new(name: &'a str, merged: &'a MergedPlan, sides: &[Plan; 2], now: DateTime<Utc>) -> Self {
        let mut done = vec![format!("Merged into {name}")];
        done.extend(merged.renamed.iter().map(ToString::to_string));
        Self { name, plan: &merged.plan, done, news: news(&merged.plan, sides, now) }
    }

    /// # Errors
    /// A report that cannot be written as JSON.
    pub fn reply(&self, form: ReportForm) -> Result<Reply, Failure> {
        let Self { name, plan, done, news } = self;
        let text = match form {
            ReportForm::Text => {
                let title = (!news.is_empty()).then(|| "New findings, which neither side had:".to_owned());
                let findings = news.iter().map(|finding| format!("  {finding}"));
                let lines = done.iter().cloned().chain(conflicts_in_words(plan, name)).chain(title).chain(findings);
                lines.flat_map(|line| [visible_line(&line).into_owned(), "\n".to_owned()]).collect()
            }
            ReportForm::Json => json::object(&MergeObject {
                version: 1,
                plan: name,
                done,
                conflicts: plan.conflicts().iter().map(|conflict| row(plan, conflict)).collect(),
                new_findings: news,
            })?,
        };
        Ok(Reply { code: code(plan), ..Reply::new(text) })
    }
}

fn row(plan: &Plan, conflict: &Conflict) -> ConflictRow {
    ConflictRow { conflict: conflict.key.to_string(), about: conflict_in_words(plan, conflict) }
}

/// The conflicts, and how to resolve them. Lines.
fn conflicts_in_words(plan: &Plan, name: &str) -> Vec<String> {
    let conflicts = plan.conflicts();
    if conflicts.is_empty() {
        return vec!["No conflicts".to_owned()];
    }
    let mut lines = vec![format!("{}:", counted(conflicts.len(), "conflict"))];
    for conflict in conflicts {
        lines.push(format!("  {}", conflict.key));
        lines.push(format!("    {}", conflict_in_words(plan, conflict)));
    }
    let plan = shell_word(name);
    lines.push(format!("To resolve them: windowsill merge {plan} --continue --take CONFLICT=ours|theirs"));
    lines
}

/// The findings that neither side had: two changes that are fine alone, but not together.
pub fn news(merged: &Plan, sides: &[Plan; 2], now: DateTime<Utc>) -> Vec<String> {
    let merged = derive(merged.clone());
    let today = today(&merged, now);
    let check = |schedule: &Schedule| Findings::check(schedule, today, None);
    let findings = check(&merged);
    let sides = sides.each_ref().map(|plan| check(&derive(plan.clone())));
    let added = added_findings(&findings, &sides.each_ref());
    let others = added.iter().filter(|finding| !finding.is_of(UNRESOLVED_CONFLICT));
    let cx = Context::new(&merged, today);
    let line = |cause: &CommonCause| format!("{} {}: {}", cause.severity.name(), cause.rule.code, cause.message(&cx));
    fold(others.copied()).iter().map(line).collect()
}
