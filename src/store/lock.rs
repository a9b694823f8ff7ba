//! Who has a plan open: a lock file beside it. The operating system holds the lock, so a crash leaves none behind.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::save::{folder_of, target_of};

/// The right to save a plan. Given back, and its file removed, on drop.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum LockOutcome {
    Held(Lock),
    /// Another program has it: "anna@desk-7, process 4711", as far as it could be read.
    HeldBy(String),
    /// Nobody can have it here, since the folder cannot be written to. The reason, for a person.
    Unavailable(String),
}

impl Lock {
    /// Locks the plan at `path`: `.plan.ron.lock` beside `plan.ron`. On disks that know no locks everybody gets it,
    /// and only the [`Stamp`](super::Stamp) keeps people from overwriting each other.
    pub fn acquire(path: &Path) -> LockOutcome {
        let target = target_of(path);
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let path = folder_of(&target).join(format!(".{name}.lock"));
        // Between our opening and our locking it, its last holder may have removed it: then another one is needed.
        for _ in 0..10 {
            match Self::attempt(&path) {
                Ok(Some(outcome)) => return outcome,
                Ok(None) => {}
                Err(error) => return LockOutcome::Unavailable(reason(&error)),
            }
        }
        LockOutcome::HeldBy("another program".to_owned())
    }

    fn attempt(path: &Path) -> io::Result<Option<LockOutcome>> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let mut who = String::new();
                // Where a locked file cannot be read, its holder stays unknown.
                let _ = file.take(500).read_to_string(&mut who);
                let who = who.lines().next().map(str::trim).filter(|who| !who.is_empty());
                return Ok(Some(LockOutcome::HeldBy(who.unwrap_or("another program").to_owned())));
            }
            Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => return Err(error),
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        if !is_still_at(&file, path) {
            return Ok(None);
        }
        file.set_len(0)?;
        file.rewind()?;
        writeln!(file, "{}", who_we_are())?;
        Ok(Some(LockOutcome::Held(Self { file, path: path.to_owned() })))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is held, so that nobody else's is. A file that stays does no harm: it is not locked.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Elsewhere a file that is open cannot be replaced by another of its name.
#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}

fn who_we_are() -> String {
    let variable = |names: &[&str]| names.iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let user = variable(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(|| "somebody".to_owned());
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
            "You may not write into its folder".to_owned()
        }
        _ => format!("Its folder cannot be written to ({error})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_one_is_told_who_has_it_and_gets_it_when_it_is_given_back() {
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
    fn a_lock_file_that_a_crash_has_left_locks_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".plan.ron.lock"), "anna@desk-7, process 4711\n").unwrap();
        assert!(matches!(Lock::acquire(&folder.path().join("plan.ron")), LockOutcome::Held(_)));
    }

    #[test]
    fn where_no_lock_file_can_be_made_nobody_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let outcome = Lock::acquire(&folder.path().join("missing").join("plan.ron"));
        assert!(matches!(outcome, LockOutcome::Unavailable(_)));
    }
}
