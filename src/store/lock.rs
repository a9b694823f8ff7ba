//! A lock file beside an open plan. The operating system holds the lock, so a crash does not leave the plan locked.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::attributes::FileAttributes;
use super::environment;
use super::own_file::open_own;
use super::paths::{follow_link, full_path, parent_folder};

/// Before the number of a process in a lock file.
const PROCESS: &str = ", process ";
/// In bytes.
const LONGEST_NAME: u64 = 500;

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
    /// Another program holds it: "anna@desk-7, process 4711", or "you, in another window (process 4711)". "another
    /// program" if that could not be read.
    HeldBy(String),
    /// No lock is possible: the folder cannot be written to, or something else has the name of the lock file. The
    /// reason, for a person.
    Unavailable(String),
}

impl Lock {
    /// Locks the plan at `path` with `.plan.ron.lock` beside `plan.ron`. On disks without locks everyone gets the lock,
    /// and only the [`Fingerprint`](super::Fingerprint) prevents people from overwriting each other's work.
    pub fn acquire(path: &Path) -> LockOutcome {
        let (plan, path) = (path, lock_file(path));
        // Its last holder may remove the file between our opening and locking it. Then we need to try a new file.
        for _ in 0..10 {
            match Self::attempt(&path) {
                Ok(Some(LockOutcome::Held(lock))) => {
                    lock.share_with_readers(plan);
                    return LockOutcome::Held(lock);
                }
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

    /// Lets those who may write to the plan write to the lock file, too, since a crash may leave it behind.
    fn share_with_readers(&self, plan: &Path) {
        if let Ok(Some(attributes)) = FileAttributes::read(plan) {
            // If the file belongs to another user, it already has its rights.
            let _ = attributes.give_part_to(&self.file);
        }
    }

    /// Removes the lock file before the program ends without dropping anything. The lock itself ends with the process.
    pub fn remove_file(&self) {
        let _ = fs::remove_file(&self.path);
    }

    fn attempt(path: &Path) -> io::Result<Option<LockOutcome>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let Some(mut file) = open_own(path, &mut options)? else {
            return Ok(Some(LockOutcome::Unavailable(in_the_way(path))));
        };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let mut who = String::new();
                // If a locked file cannot be read, its holder stays unknown.
                let _ = file.take(LONGEST_NAME).read_to_string(&mut who);
                let who = who.lines().next().map(str::trim).filter(|who| !who.is_empty());
                return Ok(Some(LockOutcome::HeldBy(
                    who.map_or_else(|| "another program".to_owned(), holder_in_words),
                )));
            }
            // The file could be opened for writing, so the disk has no locks: some say so, NFS answers ENOLCK.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        if !is_still_there(&file, path) {
            return Ok(None);
        }
        if !is_ours(&mut file)? {
            return Ok(Some(LockOutcome::Unavailable(in_the_way(path))));
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
        self.remove_file();
        let _ = self.file.unlock();
    }
}

/// Whether the file holds what a lock file may hold: nothing, or one line that ends like [`own_name`].
fn is_ours(file: &mut File) -> io::Result<bool> {
    let mut text = Vec::new();
    (&mut *file).take(LONGEST_NAME + 1).read_to_end(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    let line = text.strip_suffix('\n').unwrap_or(&text);
    let ends_with_number = line.rsplit_once(PROCESS).is_some_and(|(_, id)| id.parse::<u32>().is_ok());
    Ok(line.is_empty() || (ends_with_number && !line.contains('\n') && has_one_name(file)?))
}

/// Whether no other file name leads to the same content.
#[cfg(unix)]
fn has_one_name(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(file.metadata()?.nlink() <= 1)
}

/// Other systems do not tell.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "like the function for unix")]
fn has_one_name(_: &File) -> io::Result<bool> {
    Ok(true)
}

fn in_the_way(path: &Path) -> String {
    format!("{} is not a lock file: move it away", path.display())
}

/// The file itself, not one that a link leads to.
#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Other systems do not allow an open file to be replaced.
#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> bool {
    path.exists()
}

/// The holder whom a lock file names, for a message.
fn holder_in_words(who: &str) -> String {
    match who.rsplit_once(PROCESS) {
        Some((name, process)) if name == own_person() => format!("you, in another window (process {process})"),
        _ => who.to_owned(),
    }
}

/// "anna@desk-7, process 4711"
pub(super) fn own_name() -> String {
    format!("{}{PROCESS}{}", own_person(), std::process::id())
}

/// "anna@desk-7"
fn own_person() -> String {
    let user = variable(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(own_number);
    let host = host_name();
    let host = if host.is_empty() { "this machine" } else { &host };
    format!("{user}@{host}")
}

/// "user 1000", for services and containers without a variable for the name.
#[cfg(unix)]
fn own_number() -> String {
    format!("user {}", rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn own_number() -> String {
    "unknown user".to_owned()
}

fn variable(names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| environment::variable(name)).map(|value| value.to_string_lossy().into_owned())
}

/// The name of this machine; empty if the system does not tell.
pub(super) fn host_name() -> String {
    let host = variable(&["COMPUTERNAME"])
        .or_else(|| fs::read_to_string("/proc/sys/kernel/hostname").ok())
        .or_else(|| fs::read_to_string("/etc/hostname").ok())
        .or_else(|| variable(&["HOSTNAME"]))
        .unwrap_or_default();
    host.trim().to_owned()
}

/// The person at another machine or process who has the plan open, "anna@desk-7", as its lock file says. Without working
/// locks, the file names the person who opened the plan last.
pub fn other_lock_holder(plan: &Path) -> Option<String> {
    let file = open_own(&lock_file(plan), OpenOptions::new().read(true)).ok()??;
    let mut text = String::new();
    file.take(LONGEST_NAME).read_to_string(&mut text).ok()?;
    let line = text.lines().next().filter(|line| *line != own_name())?;
    let (who, _) = line.rsplit_once(PROCESS)?;
    Some(if who == own_person() { holder_in_words(line) } else { who.to_owned() })
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
        assert_eq!(who, format!("you, in another window (process {})", std::process::id()));
        let text = fs::read_to_string(folder.path().join(".plan.ron.lock")).unwrap();
        assert!(text.contains('@') && text.ends_with(&format!("process {}\n", std::process::id())), "{text}");
        assert!(!text.contains("another user"), "{text}");
        assert_eq!(holder_in_words("anna@desk-7, process 4711"), "anna@desk-7, process 4711");
        assert_eq!(holder_in_words("odd"), "odd");
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

    #[cfg(unix)]
    type Put = fn(&Path, &Path) -> io::Result<()>;

    #[cfg(unix)]
    #[test]
    fn what_is_not_a_lock_file_keeps_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let (plan, lock) = (folder.path().join("plan.ron"), folder.path().join(".plan.ron.lock"));
        let (letter, missing) = (folder.path().join("letter.txt"), folder.path().join("missing.txt"));
        let held = "anna@desk-7, process 4711\n";
        let cases: [(&str, &Path, Put); 5] = [
            ("Dear Anna", &letter, |from, to| std::os::unix::fs::symlink(from, to)),
            (held, &letter, |from, to| fs::hard_link(from, to)),
            ("Dear Anna", &letter, |from, to| fs::copy(from, to).map(|_| ())),
            ("Dear Anna", &missing, |from, to| std::os::unix::fs::symlink(from, to)),
            ("Dear Anna", &letter, |_, to| fs::create_dir(to)),
        ];
        for (number, (text, from, put)) in cases.into_iter().enumerate() {
            fs::write(&letter, text).unwrap();
            put(from, &lock).unwrap();
            let outcome = Lock::acquire(&plan);
            assert!(matches!(&outcome, LockOutcome::Unavailable(why) if why.contains("lock")), "{number}: {outcome:?}");
            assert_eq!((fs::read_to_string(&letter).unwrap().as_str(), missing.exists()), (text, false), "{number}");
            fs::remove_file(&lock).or_else(|_| fs::remove_dir(&lock)).unwrap();
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_has_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let outcome = Lock::acquire(&folder.path().join("missing").join("plan.ron"));
        assert!(matches!(outcome, LockOutcome::Unavailable(_)));
    }
}
