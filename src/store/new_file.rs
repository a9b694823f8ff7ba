//! New hidden files beside another file, with names that nobody can guess.

use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::paths::parent_folder;

/// Longer names are cut before random letters and an ending are appended, since file systems allow 255 bytes.
const LONGEST_PREFIX: usize = 60;
const RANDOM_LETTERS: usize = 12;
/// The ending of a file that is removed if a crash leaves it behind.
pub(super) const TEMPORARY: &str = ".windowsill-tmp";

/// Who else may read a new file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    Nobody,
    /// The person's umask decides.
    AsAnyNewFile,
}

/// Creates a hidden file with a random name beside `target`.
pub(super) fn new_file_beside(target: &Path, suffix: &str, readers: Readers) -> io::Result<NamedTempFile> {
    let prefix = temporary_prefix(target);
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(suffix).rand_bytes(RANDOM_LETTERS);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = if readers == Readers::Nobody { 0o600 } else { 0o666 };
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder.tempfile_in(parent_folder(target))
}

/// ".plan.ron." for "plan.ron".
pub(super) fn temporary_prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let end = name.floor_char_boundary(LONGEST_PREFIX);
    format!(".{}.", &name[..end])
}
