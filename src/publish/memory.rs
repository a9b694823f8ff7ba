//! What was published to which target, remembered outside the plan, so that only changes are sent and only our own events
//! are deleted.
//!
//! One file per plan and target in the program's state folder. If it is lost, everything on the server is read and
//! compared before anything is replaced. Events that were removed from the plan since then stay on the server.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fingerprint::{content_fingerprint, fingerprint};
use super::report::Counts;
use super::target::Target;
use crate::export::ics::Resource;
use crate::model::{PlanId, slug};
use crate::store::{Fingerprint, Lock, LockOutcome, SaveError, create_settings_folder, load_settings, save_settings};

/// A resource as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentResource {
    pub uid: String,
    /// The server's ETag for this version. None if it returned none.
    pub etag: Option<String>,
    /// The checksum of the bytes that were sent.
    pub bytes: Fingerprint,
    /// The fingerprint of the text that was sent.
    #[serde(rename = "meaning")]
    pub fingerprint: u64,
    /// The same with times as instants. None in what an earlier version of the program remembered.
    #[serde(default)]
    pub content: Option<u64>,
}

impl SentResource {
    /// A resource that the server already has, as `found`.
    pub fn adopted(resource: &Resource, etag: Option<String>, found: &str) -> Self {
        let found = Resource { text: found.to_owned(), ..resource.clone() };
        Self::new(&found, etag)
    }

    /// Whether `resource` has the content of what was sent. How times are written does not count, unless `is_strict`.
    pub fn has_same_content(&self, resource: &Resource, is_strict: bool) -> bool {
        self.bytes == Fingerprint::from_bytes(resource.text.as_bytes())
            || (self.content == Some(content_fingerprint(&resource.text))
                && (!is_strict || self.fingerprint == fingerprint(&resource.text)))
    }

    /// Whether a server's text is what was sent.
    pub fn is_version(&self, found: &str) -> bool {
        self.fingerprint == fingerprint(found) || self.content == Some(content_fingerprint(found))
    }

    pub fn new(resource: &Resource, etag: Option<String>) -> Self {
        Self {
            uid: resource.uid.clone(),
            etag,
            bytes: Fingerprint::from_bytes(resource.text.as_bytes()),
            fingerprint: fingerprint(&resource.text),
            content: Some(content_fingerprint(&resource.text)),
        }
    }
}

/// Everything that was sent to one target, by resource name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PublishMemory {
    pub plan: String,
    pub target: String,
    pub last: Option<LastRun>,
    pub resources: BTreeMap<String, SentResource>,
}

/// The outcome of the last time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRun {
    /// Minutes since 1970, UTC.
    pub at: i32,
    pub counts: Counts,
    /// Why it ended early, if it did.
    pub stopped: Option<String>,
}

/// A memory and the file that stores it. While this value exists, nobody else on this machine can publish the same plan
/// to the same target.
#[derive(Debug)]
pub struct LockedMemory {
    /// None if there is no state folder.
    path: Option<PathBuf>,
    _lock: Option<Lock>,
    pub memory: PublishMemory,
}

impl LockedMemory {
    /// Opens the memory in `folder`, the program's state folder. Without a folder, nothing is remembered.
    ///
    /// # Errors
    /// Another program is publishing to the same target; its name.
    pub fn open(folder: Option<&Path>, plan: &PlanId, target: &Target) -> Result<Self, String> {
        let fresh = PublishMemory { plan: plan.to_string(), target: target.to_string(), ..PublishMemory::default() };
        let Some(path) = folder.map(|folder| memory_path(folder, plan, target)) else {
            return Ok(Self { path: None, _lock: None, memory: fresh });
        };
        // The lock is a file next to this one, so the folder must exist before it can be acquired. The memory is read
        // only with the lock, since another program may be about to write it.
        if let Err(error) = create_settings_folder(&path) {
            log::warn!("cannot remember what is published: {error}");
        }
        let lock = match Lock::acquire(&path) {
            LockOutcome::Held(lock) => Some(lock),
            LockOutcome::HeldBy(who) => return Err(who),
            LockOutcome::Unavailable(_) => None,
        };
        let memory = read(&path, &fresh).unwrap_or(fresh);
        Ok(Self { path: Some(path), _lock: lock, memory })
    }

    /// Writes the memory to its file.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn save(&self) -> Result<(), SaveError> {
        self.path.as_deref().map_or(Ok(()), |path| save_settings(path, &self.memory))
    }
}

/// The outcome of the last time, if it is remembered.
pub fn last_run(folder: &Path, plan: &PlanId, target: &Target) -> Option<LastRun> {
    let fresh = PublishMemory { plan: plan.to_string(), target: target.to_string(), ..PublishMemory::default() };
    read(&memory_path(folder, plan, target), &fresh)?.last
}

/// The memory at `path`, if it belongs to the same plan and target as `fresh`.
fn read(path: &Path, fresh: &PublishMemory) -> Option<PublishMemory> {
    let (memory, warning) = load_settings::<PublishMemory>(path, "The record of what was published");
    if let Some(warning) = warning {
        log::warn!("{warning}");
    }
    (memory.plan == fresh.plan && memory.target == fresh.target).then_some(memory)
}

fn memory_path(folder: &Path, plan: &PlanId, target: &Target) -> PathBuf {
    let key = Fingerprint::from_bytes(format!("{plan}\n{target}").as_bytes());
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
    fn the_memory_belongs_to_one_plan_and_target() {
        let state = tempfile::tempdir().unwrap();
        let (plan, there) = (PlanId::new("harbour"), target("https://example.org/year/"));
        let mut file = LockedMemory::open(Some(state.path()), &plan, &there).unwrap();
        file.memory.resources.insert("1.ics".into(), SentResource::new(&resource("x"), Some("\"7\"".into())));
        file.save().unwrap();
        let memory = file.memory.clone();
        drop(file);
        assert_eq!(LockedMemory::open(Some(state.path()), &plan, &there).unwrap().memory, memory);
        for (plan, there) in [(PlanId::new("other"), there), (plan, target("https://example.org/year.ics"))] {
            assert!(LockedMemory::open(Some(state.path()), &plan, &there).unwrap().memory.resources.is_empty());
        }
    }

    #[test]
    fn only_one_program_publishes_to_a_target_at_a_time() {
        let state = tempfile::tempdir().unwrap();
        let (plan, there) = (PlanId::new("harbour"), target("https://example.org/year/"));
        let held = LockedMemory::open(Some(state.path()), &plan, &there).unwrap();
        let who = LockedMemory::open(Some(state.path()), &plan, &there).unwrap_err();
        assert!(who.contains(&std::process::id().to_string()), "{who}");
        assert!(!memory_path(state.path(), &plan, &there).exists(), "a program without the lock writes nothing");
        drop(held);
        assert!(LockedMemory::open(Some(state.path()), &plan, &there).is_ok());
    }

    #[test]
    fn a_broken_memory_counts_as_empty() {
        let state = tempfile::tempdir().unwrap();
        let (plan, there) = (PlanId::new("harbour"), target("https://example.org/year/"));
        crate::store::write_bytes(&memory_path_in(&state, &plan, &there), b"(resources: {").unwrap();
        let file = LockedMemory::open(Some(state.path()), &plan, &there).unwrap();
        assert_eq!((file.memory.plan.as_str(), file.memory.resources.len()), ("harbour", 0));
    }

    fn memory_path_in(state: &tempfile::TempDir, plan: &PlanId, there: &Target) -> PathBuf {
        drop(LockedMemory::open(Some(state.path()), plan, there).unwrap());
        memory_path(state.path(), plan, there)
    }
}
