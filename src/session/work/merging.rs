//! Merges what others wrote into the open plan: the part that a job does.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::{Findings, UNRESOLVED_CONFLICT, added_findings};
use crate::merge::{MergedPlan, merge_plans, merge_without_base};
use crate::model::{Plan, UtcMinute};
use crate::schedule::{Revision, Schedule, Zone};
use crate::session::files::versions::VersionFolder;
use crate::session::state::outside::{MergeBase, MergeOutcome};
use crate::store::{Fingerprint, FoundPlan, kept_versions, version_plans};
use crate::wording::{moment, time};

/// The file that is merged into the plan.
#[derive(Clone, Debug)]
pub(in crate::session) enum MergeSource {
    /// The plan's own file.
    File(PathBuf),
    /// A conflicted copy of it.
    Copy(PathBuf),
}

impl MergeSource {
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Copy(path) => path,
        }
    }

    /// The name of the file without its folder.
    pub fn name(&self) -> String {
        self.path().file_name().unwrap_or(self.path().as_os_str()).to_string_lossy().into_owned()
    }
}

/// All that a merge needs.
pub(in crate::session) struct MergeRequest {
    pub source: MergeSource,
    /// The plan's own file.
    pub path: PathBuf,
    /// The content of that file that is known to the program.
    pub known: Option<Fingerprint>,
    /// The plan with that content, if the plan's file is merged and its content is known.
    pub saved: Option<Arc<Plan>>,
    pub versions: Option<VersionFolder>,
    pub schedule: Schedule,
    pub findings: Findings,
    pub today: NaiveDate,
}

/// A merged plan, which is not the session's plan yet.
pub(in crate::session) struct Merged {
    pub found: FoundPlan,
    pub theirs: Arc<Plan>,
    pub plan: Arc<Plan>,
    pub outcome: MergeOutcome,
}

impl MergeRequest {
    /// Reads the source, keeps it as a version, and merges it.
    ///
    /// # Errors
    /// Why it cannot be merged, as sentences.
    pub fn run(&self) -> Result<Merged, String> {
        let name = self.source.name();
        if let Some(versions) = &self.versions {
            versions.try_to_keep_found(&self.path, self.source.path());
        }
        let found = FoundPlan::read(self.source.path()).map_err(|error| error.to_string())?;
        if !found.is_complete() {
            return Err(format!(
                "{name} was not merged: a newer Windowsill or a text editor wrote fields that this version does not \
                 know, and merging would lose them."
            ));
        }
        let (ours, theirs) = (&self.schedule.plan, Arc::new(found.loaded.plan.clone()));
        let (base, base_in_words) = self.base(&theirs);
        let merged = match &base {
            Some(base) => merge_plans(Some(base), ours, &theirs),
            None => merge_without_base(ours, &theirs),
        };
        let MergedPlan { plan, renamed } = merged.map_err(|error| format!("{name} was not merged: {error}."))?;
        let plan = Arc::new(plan);
        let schedule = Schedule::derive(&plan, Some(&self.schedule));
        let outcome = MergeOutcome {
            name,
            changes: changes(&self.schedule, &schedule, self.today),
            conflicts: plan.conflicts().len(),
            renamed: renamed.iter().map(ToString::to_string).collect(),
            findings: self.new_findings(&schedule, &theirs),
            base: base_in_words,
            step: 0,
        };
        Ok(Merged { found, theirs, plan, outcome })
    }

    /// The version with which both began.
    fn base(&self, theirs: &Plan) -> (Option<Arc<Plan>>, MergeBase) {
        if let Some(saved) = &self.saved {
            return (Some(Arc::clone(saved)), MergeBase::Saved);
        }
        let MergeSource::File(_) = &self.source else {
            // Nothing tells which version a copy began with, and a wrong guess would undo changes.
            return (None, MergeBase::Unknown);
        };
        let data = self.versions.as_ref().map(|versions| &versions.data);
        // Without versions, everything that differs is a conflict.
        let kept = data.and_then(|data| kept_versions(data, &self.path, Some(theirs.id())).ok());
        let (versions, plans): (Vec<_>, Vec<_>) = version_plans(kept.unwrap_or_default()).into_iter().unzip();
        let known = versions.iter().position(|version| Some(version.fingerprint) == self.known);
        known.map_or((None, MergeBase::Unknown), |index| {
            let saved_at = Zone::for_plan(&plans[index]).local(versions[index].saved_at);
            (Some(Arc::new(plans[index].clone())), MergeBase::Version(moment(saved_at)))
        })
    }

    /// The findings that neither side had.
    fn new_findings(&self, merged: &Schedule, theirs: &Arc<Plan>) -> Vec<String> {
        let findings = Findings::check(merged, self.today, Some(&self.findings));
        let their_schedule = Schedule::derive(theirs, Some(&self.schedule));
        let their_findings = Findings::check(&their_schedule, self.today, Some(&self.findings));
        let added = added_findings(&findings, &[&self.findings, &their_findings]);
        let others = added.iter().filter(|finding| !finding.is_of(UNRESOLVED_CONFLICT));
        others.map(|finding| format!("{} {}", finding.rule.code, finding.message)).collect()
    }
}

/// What the merge changed, in one line; empty if that is nothing that a comparison shows.
fn changes(before: &Schedule, merged: &Schedule, today: NaiveDate) -> String {
    let revision = Revision::between(before, merged, today);
    if revision.windows.is_empty() && revision.records.is_empty() { String::new() } else { revision.in_one_line() }
}

/// "at 14:03", or on another day "on Sat 13 Mar 2027 14:03".
pub(in crate::session) fn when(at: UtcMinute, schedule: &Schedule, today: NaiveDate) -> String {
    let at = schedule.zone.local(at);
    if at.date() == today { format!("at {}", time(at.time())) } else { format!("on {}", moment(at)) }
}
