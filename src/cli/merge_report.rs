//! What the command line says about a merge.

use chrono::{DateTime, Utc};

use super::arguments::today;
use super::plan::derive;
use super::reply::{FOUND, Reply};
use crate::checks::{CommonCause, Context, Findings, UNRESOLVED_CONFLICT, added_findings, fold};
use crate::merge::{MergedPlan, conflict_in_words};
use crate::model::Plan;
use crate::schedule::Schedule;
use crate::wording::{counted, visible_line};

/// The exit code for a merged plan.
pub fn code(plan: &Plan) -> u8 {
    if plan.conflicts().is_empty() { 0 } else { FOUND }
}

/// The result of merging two versions.
pub fn report(name: &str, merged: &MergedPlan, sides: &[Plan; 2], now: DateTime<Utc>) -> Reply {
    let mut lines = vec![format!("Merged into {name}")];
    lines.extend(merged.renamed.iter().map(ToString::to_string));
    lines.extend(conflicts_in_words(&merged.plan, name));
    lines.extend(news(&merged.plan, sides, now));
    Reply { code: code(&merged.plan), ..Reply::new(text(&lines)) }
}

pub fn text(lines: &[String]) -> String {
    lines.iter().flat_map(|line| [visible_line(line), "\n".into()]).collect()
}

/// The conflicts, and how to resolve them. Lines.
pub fn conflicts_in_words(plan: &Plan, name: &str) -> Vec<String> {
    let conflicts = plan.conflicts();
    if conflicts.is_empty() {
        return vec!["No conflicts".to_owned()];
    }
    let mut lines = vec![format!("{}:", counted(conflicts.len(), "conflict"))];
    for conflict in conflicts {
        lines.push(format!("  {}", conflict.key));
        lines.push(format!("    {}", conflict_in_words(plan, conflict)));
    }
    lines.push(format!("To resolve them: windowsill merge {name} --continue --take CONFLICT=ours|theirs"));
    lines
}

/// The findings that neither side had: two changes that are fine alone, but not together. Lines.
pub fn news(merged: &Plan, sides: &[Plan; 2], now: DateTime<Utc>) -> Vec<String> {
    let merged = derive(merged.clone());
    let today = today(&merged, now);
    let check = |schedule: &Schedule| Findings::check(schedule, today, None);
    let findings = check(&merged);
    let sides = sides.each_ref().map(|plan| check(&derive(plan.clone())));
    let added = added_findings(&findings, &sides.each_ref());
    let others = added.iter().filter(|finding| !finding.is_of(UNRESOLVED_CONFLICT));
    let cx = Context::new(&merged, today);
    let line = |cause: &CommonCause| format!("  {} {}: {}", cause.severity.name(), cause.rule.code, cause.message(&cx));
    let lines: Vec<String> = fold(others.copied()).iter().map(line).collect();
    let title = (!lines.is_empty()).then(|| "New findings, which neither side had:".to_owned());
    title.into_iter().chain(lines).collect()
}
