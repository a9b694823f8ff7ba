//! What can go wrong with files, worded for the person who must put it right: message first, path last.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why something could not be read, and where it lies.
#[derive(Debug)]
pub struct LoadError {
    pub problem: LoadProblem,
    /// None for text that came from no file.
    pub path: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub enum LoadProblem {
    /// `line` and `column` count from 1; `column` in characters.
    #[error("{message} (line {line}, column {column}). Correct it in a text editor, then open the plan again")]
    Syntax { message: String, line: usize, column: usize },
    #[error(
        "This is not a plan of Windowsill, since it has no format number. \
         If it is one, write \"format: 1,\" as the first line after the opening bracket"
    )]
    NoFormat,
    #[error(
        "The plan was written by a newer Windowsill in format {format}, which this one cannot read: \
         {message} (line {line}, column {column}). Open it with the newer program"
    )]
    Newer { format: u32, message: String, line: usize, column: usize },
    #[error("The file is larger than {} MB, which is more than Windowsill reads. Open a smaller one", limit >> 20)]
    TooLarge { limit: u64 },
    #[error("The file is not UTF-8 text (line {line}). Save it as UTF-8 in a text editor, then open it again")]
    NotUtf8 { line: usize },
    #[error("{}", read_failure(.0))]
    Unreadable(io::Error),
}

impl LoadProblem {
    pub(super) fn at(self, path: &Path) -> LoadError {
        LoadError { problem: self, path: Some(path.to_owned()) }
    }
}

impl From<LoadProblem> for LoadError {
    fn from(problem: LoadProblem) -> Self {
        Self { problem, path: None }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}: {}", self.problem, path.display()),
            None => self.problem.fmt(f),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            LoadProblem::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}

/// Why something was not saved. What was on disk before is still there, unharmed.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error(
        "The file was changed on disk since it was opened, and was not overwritten. \
         Save under another name, open it again, or overwrite it: {}", .0.display()
    )]
    ChangedOnDisk(PathBuf),
    #[error("There is a file of that name already, and it was not overwritten. Choose another name: {}", .0.display())]
    AlreadyThere(PathBuf),
    #[error(
        "The folder holds other things than an earlier export of this plan ({name}), and was not replaced. \
         Choose an empty folder, or one that is not there yet: {}", .folder.display()
    )]
    NotOurs { folder: PathBuf, name: String },
    #[error("{}: {}", write_failure(.error), .path.display())]
    Failed {
        #[source]
        error: io::Error,
        path: PathBuf,
    },
}

impl SaveError {
    pub(super) fn failed(path: &Path) -> impl Fn(io::Error) -> Self {
        |error| Self::Failed { error, path: path.to_owned() }
    }
}

fn read_failure(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "There is no such file. It may have been moved or renamed".to_owned(),
        ErrorKind::PermissionDenied => "You may not read this file. Ask its owner for the right to read it".to_owned(),
        ErrorKind::IsADirectory => "This is a folder. Open a plan file inside it".to_owned(),
        _ => format!("The file could not be read ({error}). Check the disk or the network, then open it again"),
    }
}

fn write_failure(error: &io::Error) -> String {
    let advice = match error.kind() {
        ErrorKind::NotFound => "The folder is not there. Save to another folder",
        ErrorKind::PermissionDenied => "You may not write into this folder. Save to another folder",
        ErrorKind::ReadOnlyFilesystem => "This disk is read-only. Save to another one",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "The disk is full. Make room, then save again",
        ErrorKind::IsADirectory => "There is a folder of that name. Choose another name",
        ErrorKind::NotADirectory => "There is a file of that name. Choose another name",
        ErrorKind::InvalidFilename => "The disk does not allow this name. Choose another, shorter one",
        _ => return format!("The file could not be written ({error}). Save again or to another folder"),
    };
    advice.to_owned()
}
