//! A lock file beside an open plan. The operating system holds the lock, so a crash does not leave the plan locked.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::environment;
use super::plan_guard::full_path;
use super::save::{follow_link, parent_folder};

/// The right to save a plan. Dropping it releases the lock and removes the lock file.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// The answer to a request for a lock.
#[derive(Debug)]
pub enum LockOutcome {
    Held(Lock),
    /// Another program holds it: "anna@desk-7, process 4711", if that could be read.
    HeldBy(String),
    /// No lock is possible, because the folder cannot be written to. The reason, for a person.
    Unavailable(String),
}

impl Lock {
    /// Locks the plan at `path` with `.plan.ron.lock` beside `plan.ron`. On disks without locks everyone gets the lock,
    /// and only the [`Fingerprint`](super::Fingerprint) prevents people from overwriting each other's work.
    pub fn acquire(path: &Path) -> LockOutcome {
        let path = lock_file(path);
        // Its last holder may remove the file between our opening and locking it. Then we need to try a new file.
        for _ in 0..10 {
            match Self::attempt(&path) {
                Ok(Some(outcome)) => return outcome,
                Ok(None) => {}
                Err(error) => return LockOutcome::Unavailable(reason(&error)),
            }
        }
        LockOutcome::HeldBy("another program".to_owned())
    }

    /// Whether this is the lock of the plan at `path`, however the path is written.
    pub fn covers(&self, path: &Path) -> bool {
        full_path(&lock_file(path)) == full_path(&self.path)
    }

    fn attempt(path: &Path) -> io::Result<Option<LockOutcome>> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let mut who = String::new();
                // If a locked file cannot be read, its holder stays unknown.
                let _ = file.take(500).read_to_string(&mut who);
                let who = who.lines().next().map(str::trim).filter(|who| !who.is_empty());
                return Ok(Some(LockOutcome::HeldBy(who.unwrap_or("another program").to_owned())));
            }
            // The file could be opened for writing, so the disk has no locks: some say so, NFS answers ENOLCK.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        if !is_still_there(&file, path) {
            return Ok(None);
        }
        file.set_len(0)?;
        file.rewind()?;
        writeln!(file, "{}", own_name())?;
        Ok(Some(LockOutcome::Held(Self { file, path: path.to_owned() })))
    }
}

/// The lock file of the plan at `path`.
fn lock_file(path: &Path) -> PathBuf {
    let target = follow_link(path);
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    parent_folder(&target).join(format!(".{name}.lock"))
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while we hold it, so that it cannot be another program's (except on disks without locks). Failing to
        // remove it is harmless: it is no longer locked.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Other systems do not allow an open file to be replaced.
#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> bool {
    path.exists()
}

/// "anna@desk-7, process 4711"
fn own_name() -> String {
    let variable = |names: &[&str]| {
        names.iter().find_map(|name| environment::variable(name)).map(|value| value.to_string_lossy().into_owned())
    };
    let user = variable(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(|| "another user".to_owned());
    let host = variable(&["COMPUTERNAME"])
        .or_else(|| fs::read_to_string("/proc/sys/kernel/hostname").ok())
        .or_else(|| fs::read_to_string("/etc/hostname").ok())
        .or_else(|| variable(&["HOSTNAME"]))
        .unwrap_or_else(|| "this machine".to_owned());
    format!("{user}@{}, process {}", host.trim(), std::process::id())
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "You have no permission to write to its folder".to_owned()
        }
        _ => format!("Its folder cannot be written to ({error})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_names_its_holder_and_is_free_after_release() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        let LockOutcome::Held(lock) = Lock::acquire(&path) else { panic!("nobody else has it") };
        let LockOutcome::HeldBy(who) = Lock::acquire(&path) else { panic!("it is held") };
        assert!(who.contains('@') && who.ends_with(&format!("process {}", std::process::id())), "{who}");
        drop(lock);
        assert!(!folder.path().join(".plan.ron.lock").exists());
        assert!(matches!(Lock::acquire(&path), LockOutcome::Held(_)));
    }

    #[test]
    fn a_lock_covers_its_plan_however_the_path_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        fs::write(&path, "").unwrap();
        let LockOutcome::Held(lock) = Lock::acquire(&path) else { panic!("nobody else has it") };
        assert!(lock.covers(&path) && lock.covers(&folder.path().join(".").join("plan.ron")));
        assert!(!lock.covers(&folder.path().join("other.ron")));
    }

    #[test]
    fn a_lock_file_left_by_a_crash_does_not_lock() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".plan.ron.lock"), "anna@desk-7, process 4711\n").unwrap();
        assert!(matches!(Lock::acquire(&folder.path().join("plan.ron")), LockOutcome::Held(_)));
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_has_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let outcome = Lock::acquire(&folder.path().join("missing").join("plan.ron"));
        assert!(matches!(outcome, LockOutcome::Unavailable(_)));
    }
}
