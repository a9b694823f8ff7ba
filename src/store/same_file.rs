//! Whether two paths lead to the same file.

use std::path::Path;

use super::recovery::Owner;

/// Whether both paths lead to the same file, however they are written. The file need not exist.
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    Owner::file(a) == Owner::file(b)
}
