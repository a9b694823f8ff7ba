//! Opens files whose names we chose and that others could have created, such as lock files.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens the regular file at `path`. None if a link, a pipe, a folder or a device has this name: nothing that it leads to
/// is opened, and opening never waits.
pub(super) fn open_own(path: &Path, options: &mut OpenOptions) -> io::Result<Option<File>> {
    let is_foreign = || fs::symlink_metadata(path).is_ok_and(|found| !found.is_file());
    if is_foreign() {
        return Ok(None);
    }
    // Somebody may replace the file now.
    follow_nothing(options);
    match options.open(path) {
        Ok(file) if file.metadata()?.is_file() => Ok(Some(file)),
        Ok(_) => Ok(None),
        Err(_) if is_foreign() => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn follow_nothing(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;
    options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
}

/// Elsewhere, links need special rights.
#[cfg(not(unix))]
fn follow_nothing(_: &mut OpenOptions) {}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_a_regular_file_is_opened() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        fs::write(path("file"), "text").unwrap();
        symlink("file", path("link")).unwrap();
        symlink("later", path("dangling")).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, path("pipe"), rustix::fs::Mode::RWXU).unwrap();
        let open = |name: &str| open_own(&path(name), File::options().write(true).create(true));
        assert!(open("file").unwrap().is_some() && open("new").unwrap().is_some());
        for name in ["link", "dangling", "pipe", "."] {
            assert!(open(name).unwrap().is_none(), "{name}");
        }
        assert!(!path("later").exists());
        assert_eq!(fs::read_to_string(path("file")).unwrap(), "text");
    }
}
