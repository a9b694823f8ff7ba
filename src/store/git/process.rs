//! Starts Git and waits for it. The only file that does.
//!
//! Git never asks and never uses the network. Its output goes to a temporary file, so that it can be waited for with a
//! limit, without a thread that reads a pipe.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use super::error::GitError;
use crate::progress::Progress;

/// For everything that only reads.
pub const READING: Duration = Duration::from_mins(1);
/// For commits, whose hooks may run tests.
pub const WRITING: Duration = Duration::from_mins(30);
/// The time that Git has to end after it was asked to.
const ENDING: Duration = Duration::from_secs(5);
const SHORTEST_PAUSE: Duration = Duration::from_micros(200);
const LONGEST_PAUSE: Duration = Duration::from_millis(20);
/// The most output that is read, in MB.
const LARGEST_OUTPUT: u64 = 256;

/// Settings that lead Git to another repository than the one that a file is in: hooks of other repositories have them.
const OTHER_REPOSITORY: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
];

/// Runs Git in a folder to read something. Returns what it writes.
pub fn read<A: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = A>,
    progress: &Progress,
) -> Result<Vec<u8>, GitError> {
    let mut command = reading(folder);
    command.args(arguments);
    let (status, output, errors) = run(command, b"", READING, progress)?;
    if status.success() { Ok(output) } else { Err(GitError::from_output(&errors, status)) }
}

/// Runs Git in a folder to change something. `input` is what it reads. If it fails, all that it and its hooks wrote is
/// part of the error.
pub fn write<A: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = A>,
    input: &[u8],
    progress: &Progress,
) -> Result<(), GitError> {
    let mut command = command(folder);
    command.args(arguments);
    let (status, output, errors) = run(command, input, WRITING, progress)?;
    if status.success() { Ok(()) } else { Err(GitError::from_output(&[output, errors].concat(), status)) }
}

/// A name of a file as a pathspec of Git: without wildcards and other special characters.
pub fn literal(name: &OsStr) -> OsString {
    let mut pathspec = OsString::from(":(literal)");
    pathspec.push(name);
    pathspec
}

/// Git in a folder, with settings for reading: no locks, no programs that the repository names, English messages.
pub fn reading(folder: &Path) -> Command {
    let mut command = command(folder);
    command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    command.args(["-c", "core.fsmonitor=false", "-c", "log.showSignature=false"]);
    command
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for name in OTHER_REPOSITORY {
        command.env_remove(name);
    }
    // For Git, an editor of ":" means that no editor is started.
    for (name, value) in
        [("GIT_TERMINAL_PROMPT", "0"), ("GIT_EDITOR", ":"), ("GIT_PAGER", "cat"), ("GIT_NO_LAZY_FETCH", "1")]
    {
        command.env(name, value);
    }
    command.arg("--no-pager").arg("-C").arg(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    #[cfg(windows)]
    {
        // Otherwise a console window appears for a moment.
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        std::os::windows::process::CommandExt::creation_flags(&mut command, CREATE_NO_WINDOW);
    }
    command
}

/// Starts Git.
pub fn spawn(command: &mut Command) -> Result<Child, GitError> {
    command.spawn().map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound { GitError::NotInstalled } else { GitError::NotStarted(error) }
    })
}

/// Runs Git to its end. Returns its output and its messages.
fn run(
    mut command: Command,
    input: &[u8],
    limit: Duration,
    progress: &Progress,
) -> Result<(ExitStatus, Vec<u8>, Vec<u8>), GitError> {
    if progress.is_cancelled() {
        return Err(GitError::Stopped);
    }
    let mut files = [file_with(input)?, file_with(b"")?, file_with(b"")?];
    let [input, output, errors] = &files;
    command.stdin(input.try_clone().map_err(GitError::NotStarted)?);
    command.stdout(output.try_clone().map_err(GitError::NotStarted)?);
    command.stderr(errors.try_clone().map_err(GitError::NotStarted)?);
    let mut child = spawn(&mut command)?;
    let mut pauses = Pauses::new(limit);
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => {}
            Err(error) => {
                end(&mut child);
                return Err(GitError::NotStarted(error));
            }
        }
        let written = output.metadata().map_or(0, |data| data.len());
        let problem = if written > LARGEST_OUTPUT << 20 {
            Err(GitError::TooLarge(LARGEST_OUTPUT))
        } else {
            pauses.pause(progress)
        };
        if let Err(error) = problem {
            end(&mut child);
            return Err(error);
        }
    };
    let [_, output, errors] = &mut files;
    Ok((status, contents(output)?, contents(errors)?))
}

/// A temporary file with that content, to be read from its beginning.
fn file_with(content: &[u8]) -> Result<File, GitError> {
    let file = tempfile::tempfile().and_then(|mut file| {
        file.write_all(content)?;
        file.rewind()?;
        Ok(file)
    });
    file.map_err(GitError::NotStarted)
}

fn contents(file: &mut File) -> Result<Vec<u8>, GitError> {
    let mut bytes = Vec::new();
    let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(GitError::NotStarted)
}

/// The pauses between two looks at something that takes time, each longer than the one before.
pub struct Pauses {
    waited: Duration,
    next: Duration,
    limit: Duration,
}

impl Pauses {
    pub fn new(limit: Duration) -> Self {
        Self { waited: Duration::ZERO, next: SHORTEST_PAUSE, limit }
    }

    /// Waits a little.
    ///
    /// # Errors
    /// It was cancelled, or has taken too long.
    pub fn pause(&mut self, progress: &Progress) -> Result<(), GitError> {
        if progress.is_cancelled() {
            return Err(GitError::Stopped);
        }
        if self.waited >= self.limit {
            return Err(GitError::TooSlow(self.limit.as_secs()));
        }
        std::thread::sleep(self.next);
        self.waited += self.next;
        self.next = (self.next * 2).min(LONGEST_PAUSE);
        Ok(())
    }
}

/// Ends Git: asks it first, so that it removes its locks and ends its hooks.
pub fn end(child: &mut Child) {
    ask_to_end(child);
    let mut pauses = Pauses::new(ENDING);
    let unstoppable = Progress::default();
    while matches!(child.try_wait(), Ok(None)) {
        if pauses.pause(&unstoppable).is_err() {
            // It does not answer. Failing to end it means that it has just ended.
            let _ = child.kill();
            let _ = child.wait();
            return;
        }
    }
}

#[cfg(unix)]
fn ask_to_end(child: &Child) {
    // Fails only if it has just ended.
    let _ = rustix::process::kill_process(rustix::process::Pid::from_child(child), rustix::process::Signal::TERM);
}

/// Other systems have no way to ask a program without a window.
#[cfg(not(unix))]
fn ask_to_end(child: &mut Child) {
    let _ = child.kill();
}

/// Gives Git its input through a pipe, and drops its messages.
pub fn with_requests(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::piped()).stderr(Stdio::null())
}
