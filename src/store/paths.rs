//! Where a path leads, and flushing folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::stream::MOST_LINKS;

/// The file that `path` leads to. Symbolic links are followed, even to a file that does not exist yet.
pub(super) fn follow_link(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if let Ok(real) = fs::canonicalize(&path) {
            return real;
        }
        match fs::read_link(&path) {
            Ok(link) => path = parent_folder(&path).join(link),
            Err(_) => break,
        }
    }
    path
}

/// The absolute path of what `path` leads to.
pub(super) fn full_path(path: &Path) -> PathBuf {
    follow_link(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

pub(super) fn parent_folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Flushes a folder: only then is a rename in it on disk.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match fs::File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some network file systems cannot flush folders; the file itself is safe.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
