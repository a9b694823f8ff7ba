//! A plan file in a work tree.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use super::error::GitError;
use super::process::{literal, read};
use crate::progress::Progress;
use crate::store::fingerprint::Fingerprint;
use crate::store::text::{LARGEST_FILE, read_bytes};

/// A file in a folder that Git may manage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitFile {
    pub(super) folder: PathBuf,
    pub(super) name: OsString,
}

impl GitFile {
    /// The file at `path` if a folder above it has a repository. Does not start Git.
    pub fn find(path: &Path) -> Option<Self> {
        let path = real_path(path);
        let (folder, name) = (path.parent()?.to_owned(), path.file_name()?.to_owned());
        // In a submodule and in a linked work tree, .git is a file.
        let has_repository = folder.ancestors().any(|above| fs::symlink_metadata(above.join(".git")).is_ok());
        has_repository.then_some(Self { folder, name })
    }

    /// Like [`GitFile::find`], for commands.
    ///
    /// # Errors
    /// No folder above the file has a repository.
    pub fn require(path: &Path) -> Result<Self, GitError> {
        Self::find(path).ok_or(GitError::NoRepository)
    }

    /// "plan.ron"
    pub fn name(&self) -> String {
        self.name.to_string_lossy().into_owned()
    }

    /// Whether the file no longer has the content that it had when it was opened. False if that is unknown.
    pub(super) fn is_outdated(&self, opened: Option<&Fingerprint>) -> bool {
        let is_same = |opened: &Fingerprint| {
            let bytes = read_bytes(&self.folder.join(&self.name), LARGEST_FILE);
            bytes.is_ok_and(|bytes| Fingerprint::from_bytes(&bytes) == *opened)
        };
        opened.is_some_and(|opened| !is_same(opened))
    }

    pub(super) fn pathspec(&self) -> OsString {
        literal(&self.name)
    }

    /// The path from the top of the work tree, with forward slashes, as Git stores it.
    pub(super) fn path_in_tree(&self, progress: &Progress) -> Result<Vec<u8>, GitError> {
        let mut path = read(&self.folder, ["rev-parse", "--show-prefix"], progress)?;
        trim_line_end(&mut path);
        path.extend_from_slice(self.name.as_encoded_bytes());
        Ok(path)
    }
}

/// The path without symbolic links: Git manages the file that a link leads to, and not the link.
#[cfg(not(windows))]
fn real_path(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    fs::canonicalize(path).unwrap_or_else(|_| absolute())
}

/// The real path would be in a form that Git does not read.
#[cfg(windows)]
fn real_path(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The path in a line that Git wrote. Only the last line end is not part of the path.
pub(super) fn path_from_line(line: &[u8]) -> PathBuf {
    let mut line = line.to_vec();
    trim_line_end(&mut line);
    PathBuf::from(os_text(line))
}

fn trim_line_end(line: &mut Vec<u8>) {
    if line.ends_with(b"\n") {
        line.pop();
    }
    if cfg!(windows) && line.ends_with(b"\r") {
        line.pop();
    }
}

/// A name that Git wrote, for the system.
#[cfg(unix)]
pub(super) fn os_text(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

/// Git writes names in UTF-8 on other systems.
#[cfg(not(unix))]
pub(super) fn os_text(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// A path from the top of the work tree as a pathspec of Git.
pub(super) fn from_top(path: &[u8]) -> OsString {
    let mut pathspec = OsString::from(":(top,literal)");
    pathspec.push(os_text(path.to_vec()));
    pathspec
}

/// Words of a command.
pub(super) fn words<const N: usize>(words: [&str; N]) -> Vec<OsString> {
    words.into_iter().map(|word| OsStr::new(word).to_owned()).collect()
}
