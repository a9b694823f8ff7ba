//! What was published where: remembered outside the plan, so that only changes are sent and only what is ours is removed.
//!
//! One file for each plan and target in the program's own folder. Losing it costs nothing but time: what is on the
//! server is then read and compared before anything is replaced.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::meaning::meaning;
use super::report::Counts;
use super::target::Target;
use crate::export::ics::Resource;
use crate::model::{PlanId, slug};
use crate::store::{Lock, LockOutcome, SaveError, Stamp, load_settings, save_settings};

/// One resource as we put it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub uid: String,
    /// What the server called that state of it. None where it did not say.
    pub etag: Option<String>,
    /// Of the bytes that we sent.
    pub bytes: Stamp,
    /// Of what they say, see [`meaning`].
    pub meaning: u64,
}

impl Kept {
    pub fn of(resource: &Resource, etag: Option<String>) -> Self {
        Self {
            uid: resource.uid.clone(),
            etag,
            bytes: Stamp::of_bytes(resource.text.as_bytes()),
            meaning: meaning(&resource.text),
        }
    }
}

/// Everything that was put to one target, by resource name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    pub plan: String,
    pub target: String,
    pub last: Option<Last>,
    pub resources: BTreeMap<String, Kept>,
}

/// How publishing went the last time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// Minutes since 1970, UTC.
    pub at: i32,
    pub counts: Counts,
    /// Why it ended early, if it did.
    pub stopped: Option<String>,
}

/// A memory with the file that it is kept in. While it is held, nobody else publishes there from this machine.
#[derive(Debug)]
pub struct Notebook {
    /// None where nothing can be kept.
    path: Option<PathBuf>,
    _lock: Option<Lock>,
    pub memory: Memory,
}

impl Notebook {
    /// Opens what is remembered in `folder`, the program's state folder; without one nothing is.
    ///
    /// # Errors
    /// Who publishes there right now.
    pub fn open(folder: Option<&Path>, plan: &PlanId, target: &Target) -> Result<Self, String> {
        let fresh = Memory { plan: plan.to_string(), target: target.to_string(), ..Memory::default() };
        let Some(path) = folder.map(|folder| file(folder, plan, target)) else {
            return Ok(Self { path: None, _lock: None, memory: fresh });
        };
        // The lock lies beside the file, so that the folder has to be there.
        if read(&path, &fresh).is_none()
            && let Err(error) = save_settings(&path, &fresh)
        {
            log::warn!("what is published cannot be remembered: {error}");
        }
        let lock = match Lock::acquire(&path) {
            LockOutcome::Held(lock) => Some(lock),
            LockOutcome::HeldBy(who) => return Err(who),
            LockOutcome::Unavailable(_) => None,
        };
        let memory = read(&path, &fresh).unwrap_or(fresh);
        Ok(Self { path: Some(path), _lock: lock, memory })
    }

    /// # Errors
    /// What the disk said.
    pub fn save(&self) -> Result<(), SaveError> {
        self.path.as_deref().map_or(Ok(()), |path| save_settings(path, &self.memory))
    }
}

/// How publishing went the last time, as far as it is remembered.
pub fn last(folder: &Path, plan: &PlanId, target: &Target) -> Option<Last> {
    let fresh = Memory { plan: plan.to_string(), target: target.to_string(), ..Memory::default() };
    read(&file(folder, plan, target), &fresh)?.last
}

/// The memory at `path`, if it is of the same plan and target as `fresh`.
fn read(path: &Path, fresh: &Memory) -> Option<Memory> {
    let (memory, warning) = load_settings::<Memory>(path);
    if let Some(warning) = warning {
        log::warn!("{warning}");
    }
    (memory.plan == fresh.plan && memory.target == fresh.target).then_some(memory)
}

fn file(folder: &Path, plan: &PlanId, target: &Target) -> PathBuf {
    let key = Stamp::of_bytes(format!("{plan}\n{target}").as_bytes());
    let mut name = slug(plan.as_str());
    name.truncate(name.floor_char_boundary(60));
    folder.join("published").join(format!("{name}-{key}.ron"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(text: &str) -> Target {
        Target::parse(text).unwrap().target
    }

    fn resource(text: &str) -> Resource {
        Resource { name: "1.ics".into(), uid: "1@harbour.windowsill".into(), text: text.into() }
    }

    #[test]
    fn what_was_published_is_remembered_by_plan_and_target() {
        let state = tempfile::tempdir().unwrap();
        let (plan, there) = (PlanId::new("harbour"), target("https://example.org/year/"));
        let mut notebook = Notebook::open(Some(state.path()), &plan, &there).unwrap();
        notebook.memory.resources.insert("1.ics".into(), Kept::of(&resource("x"), Some("\"7\"".into())));
        notebook.save().unwrap();
        let memory = notebook.memory.clone();
        drop(notebook);
        assert_eq!(Notebook::open(Some(state.path()), &plan, &there).unwrap().memory, memory);
        for (plan, there) in [(PlanId::new("other"), there), (plan, target("https://example.org/year.ics"))] {
            assert!(Notebook::open(Some(state.path()), &plan, &there).unwrap().memory.resources.is_empty());
        }
    }

    #[test]
    fn two_do_not_publish_to_one_target_at_once() {
        let state = tempfile::tempdir().unwrap();
        let (plan, there) = (PlanId::new("harbour"), target("https://example.org/year/"));
        let held = Notebook::open(Some(state.path()), &plan, &there).unwrap();
        let who = Notebook::open(Some(state.path()), &plan, &there).unwrap_err();
        assert!(who.contains(&std::process::id().to_string()), "{who}");
        drop(held);
        assert!(Notebook::open(Some(state.path()), &plan, &there).is_ok());
    }

    #[test]
    fn a_broken_memory_is_an_empty_one() {
        let state = tempfile::tempdir().unwrap();
        let (plan, there) = (PlanId::new("harbour"), target("https://example.org/year/"));
        crate::store::write_bytes(&file_of(&state, &plan, &there), b"(resources: {").unwrap();
        let notebook = Notebook::open(Some(state.path()), &plan, &there).unwrap();
        assert_eq!((notebook.memory.plan.as_str(), notebook.memory.resources.len()), ("harbour", 0));
    }

    fn file_of(state: &tempfile::TempDir, plan: &PlanId, there: &Target) -> PathBuf {
        drop(Notebook::open(Some(state.path()), plan, there).unwrap());
        file(state.path(), plan, there)
    }
}
