//! Pipes, devices, sockets and the streams of a process, such as `/dev/stdout`: they are written to, never replaced.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// A chain of more links than this leads nowhere; the kernel gives up at the same number.
pub(super) const MOST_LINKS: usize = 40;

/// Whether something must be written to instead of replaced: everything that exists and is neither a regular file nor a
/// folder, and everything below `/dev` and `/proc`, where a name such as `/dev/stdout` may lead to a regular file that
/// somebody else has open. Symbolic links are followed.
pub fn is_stream(path: &Path) -> bool {
    let is_special = fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
    is_special || (cfg!(unix) && leads_to_kernel(path))
}

/// Whether `path`, or a link on its way, is in `/dev` or `/proc`. Shared memory is an ordinary folder.
fn leads_to_kernel(path: &Path) -> bool {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Ok(folder) = fs::canonicalize(folder) else { return false };
        let is_kernel = folder.starts_with("/proc") || folder.starts_with("/dev");
        if is_kernel && !folder.starts_with("/dev/shm") {
            return !path.is_dir();
        }
        match fs::read_link(&path) {
            Ok(link) => path = folder.join(link),
            Err(_) => return false,
        }
    }
    false
}

/// Opens a file to read it. Pipes, sockets and devices are refused, because reading them may never end; the streams that
/// the program was started with are not.
///
/// # Errors
/// [`io::ErrorKind::Unsupported`] if it is refused, or the error of the file system.
pub(super) fn open_to_read(path: &Path) -> io::Result<fs::File> {
    let is_inherited = path == Path::new("/dev/stdin")
        || path.starts_with("/dev/fd")
        || path.starts_with("/proc/self/fd")
        // Git names an empty file like this.
        || path == Path::new("/dev/null");
    let found = fs::metadata(path)?;
    if !is_inherited && !found.is_file() && !found.is_dir() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    fs::File::open(path)
}

/// Writes to a stream. Nothing is created: a name below `/dev` that does not exist is an error.
pub fn write_to_stream(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(mut own) = own_stream(path) {
        own.write_all(bytes)?;
        return own.flush();
    }
    if is_socket(path) {
        return write_to_socket(path, bytes);
    }
    // Appending keeps what is in the regular file to which a shell may have redirected a stream.
    let mut stream = fs::OpenOptions::new().append(true).open(path)?;
    stream.write_all(bytes)?;
    stream.flush()
}

/// Returns standard output or standard error if `path` names it. Opening the name again would overwrite a redirected
/// file and fail for a socket.
fn own_stream(path: &Path) -> Option<Box<dyn io::Write>> {
    match path.to_str()? {
        "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1" => Some(Box::new(io::stdout().lock())),
        "/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2" => Some(Box::new(io::stderr().lock())),
        _ => None,
    }
}

#[cfg(unix)]
fn is_socket(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    fs::metadata(path).is_ok_and(|found| found.file_type().is_socket())
}

#[cfg(unix)]
fn write_to_socket(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut socket = std::os::unix::net::UnixStream::connect(path)?;
    socket.write_all(bytes)?;
    socket.flush()
}

#[cfg(not(unix))]
fn is_socket(_: &Path) -> bool {
    false
}

#[cfg(not(unix))]
fn write_to_socket(_: &Path, _: &[u8]) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{FileTypeExt as _, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn pipes_devices_and_what_leads_to_them_are_streams_and_files_and_folders_are_not() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        fs::write(path("file"), "").unwrap();
        let links = [("to-file", "file"), ("dangling", "later"), ("to-null", "/dev/null"), ("a", "b"), ("b", "a")];
        for (link, target) in links {
            symlink(target, path(link)).unwrap();
        }
        for name in ["file", "to-file", "dangling", "new", "a", "no/such/folder"] {
            assert!(!is_stream(&path(name)), "{name}");
        }
        for path in [path("to-null"), "/dev/null".into(), "/dev/stdout".into()] {
            assert!(is_stream(&path), "{}", path.display());
        }
        assert!(!is_stream(home.path()) && !is_stream(Path::new("/dev")));
        assert!(is_stream(Path::new("/dev/no-such-device")), "nothing is created below /dev");
    }

    #[test]
    fn a_socket_is_written_to_and_stays_a_socket() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("socket");
        let listener = UnixListener::bind(&path).unwrap();
        assert!(is_stream(&path));
        write_to_stream(&path, b"calendar").unwrap();
        let (accepted, _) = listener.accept().unwrap();
        assert_eq!(io::read_to_string(accepted).unwrap(), "calendar");
        assert!(fs::symlink_metadata(&path).unwrap().file_type().is_socket());
    }

    #[test]
    fn a_device_is_written_to_and_a_missing_one_is_not_created() {
        write_to_stream(Path::new("/dev/null"), b"calendar").unwrap();
        assert!(write_to_stream(Path::new("/dev/no-such-device"), b"calendar").is_err());
        assert!(!Path::new("/dev/no-such-device").exists());
    }
}
