//! A repository and its settings for merges.

use std::path::{Path, PathBuf};

use super::error::GitError;
use super::process;
use crate::progress::Progress;
use crate::store::replace_file::write_bytes;
use crate::store::text::read_bytes;

/// The file in which a repository says how its files are merged.
const ATTRIBUTES: &str = ".gitattributes";
/// The largest such file that is read, in bytes.
const LARGEST_ATTRIBUTES: u64 = 1 << 20;

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
    /// Git is not installed, or the folder is not in a repository.
    pub fn find(folder: &Path) -> Result<Self, GitError> {
        let output = process::read(folder, ["rev-parse", "--show-toplevel"], &Progress::default());
        let output = output.map_err(|error| match error {
            GitError::Failed(_) => GitError::NoRepository,
            error => error,
        })?;
        Ok(Self { top: super::file::path_from_line(&output) })
    }

    /// Sets a value in the configuration of this repository on this machine.
    ///
    /// # Errors
    /// Git's message.
    pub fn configure(&self, key: &str, value: &str) -> Result<(), GitError> {
        process::write(&self.top, ["config", "--local", key, value], b"", &Progress::default())
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
