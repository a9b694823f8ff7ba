//! Git, as far as the program uses it. It is started as a program of its own, and only here.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::replace_file::write_bytes;
use super::text::read_bytes;

/// The file in which a repository says how its files are merged.
const ATTRIBUTES: &str = ".gitattributes";
/// The largest such file that is read, in bytes.
const LARGEST_ATTRIBUTES: u64 = 1 << 20;

/// Why Git could not do what it had to.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    #[error("Git is not installed: install it from https://git-scm.com, then try again")]
    NotInstalled,
    #[error("cannot start Git ({0})")]
    NotStarted(io::Error),
    #[error("not in a Git repository: use a folder that Git manages, or create a repository with git init")]
    NoRepository,
    #[error("Git failed: {0}")]
    Failed(String),
    #[error("{0}")]
    Attributes(String),
}

/// A repository with its work tree.
#[derive(Debug)]
pub struct GitRepository {
    /// The folder at the top of the work tree.
    pub top: PathBuf,
}

impl GitRepository {
    /// The repository that a folder is in.
    ///
    /// # Errors
    /// There is no Git on this machine, or the folder is not in a repository.
    pub fn find(folder: &Path) -> Result<Self, GitError> {
        let output = run(folder, &["rev-parse", "--show-toplevel"]).map_err(|error| match error {
            GitError::Failed(_) => GitError::NoRepository,
            error => error,
        })?;
        Ok(Self { top: PathBuf::from(output.trim_end_matches(['\r', '\n'])) })
    }

    /// Sets a value in the configuration of this repository on this machine.
    ///
    /// # Errors
    /// Git's message.
    pub fn configure(&self, key: &str, value: &str) -> Result<(), GitError> {
        run(&self.top, &["config", "--local", key, value]).map(|_| ())
    }

    /// Adds a line to the attributes of the repository unless it has it already. Returns whether it was added.
    ///
    /// # Errors
    /// A file that cannot be read or written.
    pub fn add_attribute(&self, line: &str) -> Result<bool, GitError> {
        let path = self.top.join(ATTRIBUTES);
        let failed = |error: String| GitError::Attributes(error);
        let old = if path.exists() {
            read_bytes(&path, LARGEST_ATTRIBUTES).map_err(|error| failed(format!("{error:#}")))?
        } else {
            Vec::new()
        };
        if String::from_utf8_lossy(&old).lines().any(|each| each.trim() == line) {
            return Ok(false);
        }
        let mut new = old;
        if !new.is_empty() && !new.ends_with(b"\n") {
            new.push(b'\n');
        }
        new.extend_from_slice(format!("{line}\n").as_bytes());
        write_bytes(&path, &new).map_err(|error| failed(format!("{error:#}")))?;
        Ok(true)
    }
}

/// Runs Git in a folder and returns what it writes.
fn run(folder: &Path, arguments: &[&str]) -> Result<String, GitError> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound { GitError::NotInstalled } else { GitError::NotStarted(error) }
    })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(GitError::Failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
    }
}
