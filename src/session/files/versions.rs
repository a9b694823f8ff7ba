//! The saved versions of the plan: keeps them, lists them, compares with one, and restores one.

use std::path::{Path, PathBuf};

use crate::model::{Plan, UtcMinute};
use crate::session::session::Session;
use crate::store::{SaveError, keep_version};

/// Keeps versions from a job.
pub(super) struct VersionFolder {
    /// The program's data folder.
    data: PathBuf,
    now: UtcMinute,
}

impl VersionFolder {
    /// Keeps a plan that was just saved to `path`.
    pub(super) fn keep(&self, path: &Path, plan: &Plan) -> Result<(), SaveError> {
        keep_version(&self.data, path, plan, self.now)
    }
}

impl Session {
    /// Where versions are kept now. None without folders.
    pub(super) fn version_folder(&self) -> Option<VersionFolder> {
        let data = self.surroundings.folders.as_ref()?.data.clone();
        Some(VersionFolder { data, now: self.now() })
    }

    /// Reports a saved plan that could not be kept as a version.
    pub(super) fn report_version(&mut self, kept: Option<Result<(), SaveError>>) {
        if let Some(Err(error)) = kept {
            self.show_error(format!("The plan is saved, but this version is not kept for Versions. {error}"));
        }
    }
}
