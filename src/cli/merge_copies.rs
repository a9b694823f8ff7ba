//! `merge --copies`: merges the conflicted copies that a sync tool left beside a plan.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::merge_report::{code, conflicts_in_words, news, text};
use super::plan::{LockedPlan, file_name, keep_found_version, read_plan};
use super::reply::{FOUND, Failure, Reply};
use crate::merge::{MergeError, MergedPlan, find_base, merge_plans, merge_without_base};
use crate::model::Plan;
use crate::schedule::Zone;
use crate::store::{self, ProgramFolders, Version};
use crate::wording::moment;

/// Merges all conflicted copies of the plan at `path` into it, one after the other.
///
/// # Errors
/// A plan that cannot be read or saved, and copies that cannot be read.
pub fn merge_copies(
    path: &Path,
    drops_unknown: bool,
    now: DateTime<Utc>,
    clock: DateTime<Utc>,
) -> Result<Reply, Failure> {
    let locked = LockedPlan::open(path, drops_unknown)?;
    let copies = store::conflicted_copies(path, locked.plan.id());
    if copies.is_empty() {
        let none = format!("No conflicted copies of {} were found beside it\n", path.display());
        return Ok(Reply { code: code(&locked.plan), ..Reply::new(none).with_notes(locked.notes.clone()) });
    }
    let name = path.display().to_string();
    let versions = kept_versions(path, &locked.plan);
    let mut plan = locked.plan.clone();
    let mut lines = Vec::new();
    let mut is_complete = true;
    for copy in &copies {
        let shown = copy.path.display();
        let Some(theirs) = read_plan(&copy.path, drops_unknown, false)? else { continue };
        let ours = plan.clone();
        let (merged, base) = match merge_one(&versions, &ours, &theirs) {
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
        lines.push(format!("{shown}: merged into {name} ({base}); delete it once you have checked the result"));
        lines.extend(merged.renamed.iter().map(ToString::to_string));
        lines.extend(news(&merged.plan, &[ours, theirs], now));
        plan = merged.plan;
    }
    let mut notes = locked.notes.clone();
    if plan != locked.plan {
        notes.extend(locked.save(&plan, clock)?);
    }
    lines.extend(conflicts_in_words(&plan, &name));
    let code = if is_complete { code(&plan) } else { FOUND };
    Ok(Reply { code, ..Reply::new(text(&lines)).with_notes(notes) })
}

/// The merged plan, and the base in words.
fn merge_one(
    versions: &(Vec<Version>, Vec<Plan>),
    ours: &Plan,
    theirs: &Plan,
) -> Result<(MergedPlan, String), MergeError> {
    let (versions, plans) = versions;
    let Some(index) = find_base(ours, theirs, plans) else {
        let base = "no version with which both began is kept here, so every field that differs is a conflict";
        return Ok((merge_without_base(ours, theirs)?, base.to_owned()));
    };
    let saved_at = moment(Zone::for_plan(&plans[index]).local(versions[index].saved_at));
    Ok((merge_plans(Some(&plans[index]), ours, theirs)?, format!("both began with the version of {saved_at}")))
}

/// The kept versions of the plan with their plans. None without a data folder.
fn kept_versions(path: &Path, plan: &Plan) -> (Vec<Version>, Vec<Plan>) {
    let folders = ProgramFolders::find();
    let kept = folders.and_then(|folders| store::kept_versions(&folders.data, path, Some(plan.id())).ok());
    store::version_plans(kept.unwrap_or_default()).into_iter().unzip()
}
