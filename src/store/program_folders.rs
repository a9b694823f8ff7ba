//! The program's own folders: for settings, for what it needs after a crash, and for saved versions.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::environment;

/// The program's own folders. They need not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramFolders {
    /// Settings.
    pub config: PathBuf,
    /// Recovery files. They belong to this machine and are not synchronised to others.
    pub state: PathBuf,
    /// The saved versions of plans. They belong to this machine, too.
    pub data: PathBuf,
}

impl ProgramFolders {
    /// The folders that the operating system provides, or those inside the folder named by the environment variable
    /// `WINDOWSILL_HOME`. None for a user without a home folder.
    pub fn find() -> Option<Self> {
        match environment::home() {
            Some(home) => Some(Self::inside(&home)),
            None => ProjectDirs::from("", "", "windowsill").map(|dirs| Self {
                config: dirs.config_dir().to_owned(),
                state: dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned(),
                data: dirs.data_local_dir().to_owned(),
            }),
        }
    }

    /// All folders inside `home`.
    pub fn inside(home: &Path) -> Self {
        Self { config: home.join("config"), state: home.join("state"), data: home.join("data") }
    }
}
