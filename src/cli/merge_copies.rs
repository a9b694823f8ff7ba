//! `merge --copies`: merges the conflicted copies that a sync tool left beside a plan.
//!
//! Nothing tells which version a copy began with, and a wrong guess would undo changes. So all that differs is a conflict.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::arguments::ReportForm;
use super::merge_report::{MergeReport, news};
use super::plan::{LockedPlan, file_name, keep_found_version, read_plan};
use super::reply::{FOUND, Failure, Reply};
use crate::merge::merge_without_base;
use crate::store;

/// Merges all conflicted copies of the plan at `path` into it, one after the other.
///
/// # Errors
/// A plan that cannot be read or saved, and copies that cannot be read.
pub fn merge_copies(
    path: &Path,
    drops_unknown: bool,
    form: ReportForm,
    now: DateTime<Utc>,
    clock: DateTime<Utc>,
) -> Result<Reply, Failure> {
    let locked = LockedPlan::open(path, drops_unknown)?;
    let copies = store::conflicted_copies(path, locked.plan.id());
    let name = path.display().to_string();
    if copies.is_empty() {
        let none = format!("No conflicted copies of {name} were found beside it");
        if form == ReportForm::Text {
            let code = if locked.plan.conflicts().is_empty() { 0 } else { FOUND };
            return Ok(Reply { code, ..Reply::new(none + "\n").with_notes(locked.notes.clone()) });
        }
        let report = MergeReport { name: &name, plan: &locked.plan, done: vec![none], news: Vec::new() };
        return Ok(report.reply(form)?.with_notes(locked.notes.clone()));
    }
    let mut plan = locked.plan.clone();
    let (mut lines, mut found) = (Vec::new(), Vec::new());
    let mut is_complete = true;
    for copy in &copies {
        let shown = copy.path.display();
        if let Some(why) = &copy.unreadable {
            is_complete = false;
            lines.push(format!("{shown}: not merged, because it cannot be read: {why}"));
            continue;
        }
        let Some(theirs) = read_plan(&copy.path, drops_unknown, false)? else { continue };
        let ours = plan.clone();
        let merged = match merge_without_base(&ours, &theirs) {
            Ok(merged) => merged,
            Err(error) => {
                is_complete = false;
                lines.push(format!("{shown}: not merged, because {error}"));
                continue;
            }
        };
        if merged.plan == ours {
            lines.push(format!("{shown}: nothing that {} does not have; it can be deleted", file_name(path)));
            continue;
        }
        // What is merged can be looked up later.
        keep_found_version(path, &copy.path, clock);
        lines.push(format!("{shown}: merged into {name}; delete it once you have checked the result"));
        lines.extend(merged.renamed.iter().map(ToString::to_string));
        found.extend(news(&merged.plan, &[ours, theirs], now));
        plan = merged.plan;
    }
    let mut notes = locked.notes.clone();
    if plan != locked.plan {
        notes.extend(locked.save(&plan, clock)?);
    }
    let report = MergeReport { name: &name, plan: &plan, done: lines, news: found };
    let reply = report.reply(form)?.with_notes(notes);
    Ok(if is_complete { reply } else { Reply { code: FOUND, ..reply } })
}
