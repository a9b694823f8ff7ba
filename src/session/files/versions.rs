//! The saved versions of the plan: keeps them, lists them, and restores one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{Plan, UtcMinute};
use crate::session::session::Session;
use crate::session::verbs::action::Dialog;
use crate::store::{
    Fingerprint, LoadError, LoadedPlan, SaveError, VersionEntry, keep_found_version, keep_version, kept_versions,
    version_log,
};

/// Keeps versions from a job.
#[derive(Clone)]
pub(in crate::session) struct VersionFolder {
    /// The program's data folder.
    pub data: PathBuf,
    now: UtcMinute,
}

impl VersionFolder {
    /// Keeps a plan that was just saved to `path`.
    pub(super) fn keep(&self, path: &Path, plan: &Plan) -> Result<(), SaveError> {
        keep_version(&self.data, path, plan, self.now)
    }

    /// Keeps what others wrote to the plan's file, or to a copy of it, `source`. Returns what is there.
    pub(in crate::session) fn keep_found(&self, path: &Path, source: &Path) -> Result<Option<Fingerprint>, SaveError> {
        keep_found_version(&self.data, path, source, self.now)
    }

    /// The same, if nothing depends on it.
    pub(in crate::session) fn try_to_keep_found(&self, path: &Path, source: &Path) {
        if let Err(error) = self.keep_found(path, source) {
            log::warn!("{} is not kept as a version: {error}", source.display());
        }
    }
}

impl Session {
    /// Where versions are kept now. None without folders.
    pub(in crate::session) fn version_folder(&self) -> Option<VersionFolder> {
        let data = self.surroundings.folders.as_ref()?.data.clone();
        Some(VersionFolder { data, now: self.now() })
    }

    /// Reports a saved plan that could not be kept as a version.
    pub(super) fn report_version(&mut self, kept: Option<Result<(), SaveError>>) {
        if let Some(Err(error)) = kept {
            self.show_error(format!("The plan is saved, but this version is not kept for Versions. {error}"));
        }
    }

    /// Shows the versions of the plan. A job reads them. A plan without a file has none.
    pub(in crate::session) fn open_versions(&mut self) {
        let (Some(folder), Some(path)) = (self.version_folder(), self.file.path.clone()) else {
            self.dialogs.open = Some(Dialog::Versions(Some(Arc::default())));
            return;
        };
        self.dialogs.open = Some(Dialog::Versions(None));
        let id = self.plan().id().clone();
        self.jobs.start("Read the versions", move |progress| {
            let entries = kept_versions(&folder.data, &path, Some(&id)).map(|kept| version_log(&kept, progress));
            Box::new(move |session| session.apply_versions(&path, entries))
        });
    }

    fn apply_versions(&mut self, path: &Path, entries: Result<Vec<VersionEntry>, LoadError>) {
        let Some(Dialog::Versions(shown)) = &mut self.dialogs.open else { return };
        match entries {
            Ok(entries) if self.file.path.as_deref() == Some(path) => *shown = Some(entries.into()),
            Ok(_) => {}
            Err(error) => {
                self.dialogs.open = None;
                self.show_error(error.to_string());
            }
        }
    }

    /// Restores a version as one undo step, which is not saved yet. A job reads it.
    pub(in crate::session) fn restore_version(&mut self, entry: VersionEntry) {
        self.dialogs.open = None;
        if self.refuse_read_only() {
            return;
        }
        let path = self.file.path.clone();
        self.jobs.start(format!("Restore the version of {}", entry.saved), move |_| {
            let loaded = entry.version.load();
            Box::new(move |session: &mut Self| {
                if session.file.path == path {
                    session.apply_restored(&entry.saved, loaded);
                }
            })
        });
    }

    fn apply_restored(&mut self, saved: &str, loaded: Result<LoadedPlan, LoadError>) {
        let loaded = match loaded {
            Ok(loaded) => loaded,
            Err(error) => return self.show_error(error.to_string()),
        };
        if loaded.newer_format || !loaded.unknown_fields.is_empty() {
            return self.show_error(format!(
                "The version of {saved} was saved by a newer Windowsill, and restoring it with this one would lose \
                 data. Restore it with the newer one.",
            ));
        }
        if loaded.plan.id() != self.plan().id() || self.refuse_read_only() {
            return;
        }
        let restored = self.plan().restored_to(&loaded.plan);
        if restored == **self.plan() {
            return self.show_message(format!("The plan is the same as the version of {saved}"));
        }
        self.document.history.push(format!("Restore version of {saved}"), Arc::new(restored));
        self.derive();
        self.drop_dead_selection();
        self.show_undoable(format!("Restored the version of {saved}. Save the plan to keep it, or undo."));
    }
}
