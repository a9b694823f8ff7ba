//! Where the program keeps what is its own: settings, and what is needed after a crash.

use std::path::PathBuf;

use directories::ProjectDirs;

/// The program's own folders. They need not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Settings.
    pub config: PathBuf,
    /// Recovery files; of this machine, not carried to others.
    pub state: PathBuf,
}

impl Folders {
    /// The folders that the operating system has for this, or those inside the one that the environment variable
    /// `WINDOWSILL_HOME` names. None for a user without a home.
    pub fn find() -> Option<Self> {
        match std::env::var_os("WINDOWSILL_HOME").filter(|home| !home.is_empty()) {
            Some(home) => Some(Self::inside(&PathBuf::from(home))),
            None => ProjectDirs::from("", "", "windowsill").map(|dirs| Self {
                config: dirs.config_dir().to_owned(),
                state: dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned(),
            }),
        }
    }

    /// Both folders inside one, as tests want it.
    pub fn inside(home: &std::path::Path) -> Self {
        Self { config: home.join("config"), state: home.join("state") }
    }
}
