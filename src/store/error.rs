//! What can go wrong with files: what is wrong, where, and what to do about it.
//!
//! On screen the problem comes first: "No such file: check whether it was moved or renamed (plans/2027.ron)". With
//! `{:#}`, which the command line uses, the location does, as compilers write it: "plans/2027.ron: no such file (check
//! whether it was moved or renamed)".

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::plan_fault::SyntaxProblem;
use crate::wording::{Explanation, within_sentence};

/// Why something could not be read, and where it is.
#[derive(Debug)]
pub struct LoadError {
    pub problem: LoadProblem,
    /// None for text that did not come from a file.
    pub path: Option<PathBuf>,
}

#[derive(Debug)]
pub enum LoadProblem {
    Syntax(SyntaxProblem),
    /// The text has no format number.
    NoFormat,
    Blank,
    /// A calendar (.ics), which can be imported.
    Calendar,
    /// A newer program wrote the plan, and this one cannot read it.
    Newer {
        format: u32,
        syntax: SyntaxProblem,
    },
    /// The file is larger than this many bytes.
    TooLarge {
        limit: u64,
    },
    NotUtf8 {
        line: usize,
    },
    /// The plan is being rewritten, or that was interrupted; by whom.
    BeingSaved {
        who: String,
    },
    /// Writing the plan was interrupted, and the file with its text, which has this name, is missing.
    SaveInterrupted {
        who: String,
        file: String,
    },
    Unreadable(io::Error),
    /// A saved version whose content is not what was saved.
    DamagedVersion,
}

impl LoadProblem {
    pub(super) fn at(self, path: &Path) -> LoadError {
        LoadError { problem: self, path: Some(path.to_owned()) }
    }

    fn line_and_column(&self) -> (Option<usize>, Option<usize>) {
        match self {
            Self::Syntax(syntax) | Self::Newer { syntax, .. } => (Some(syntax.line), Some(syntax.column)),
            Self::NotUtf8 { line } => (Some(*line), None),
            Self::NoFormat
            | Self::Blank
            | Self::Calendar
            | Self::TooLarge { .. }
            | Self::BeingSaved { .. }
            | Self::SaveInterrupted { .. }
            | Self::DamagedVersion
            | Self::Unreadable(_) => (None, None),
        }
    }

    fn explanation(&self) -> Explanation<'_> {
        match self {
            Self::Syntax(SyntaxProblem { problem, advice, .. }) => {
                Explanation::new(&**problem, advice.as_deref().unwrap_or("correct it in a text editor"))
            }
            Self::NoFormat => Explanation::new(
                "this is not a Windowsill plan, since it has no format number",
                "if it is one, add \"format: 2,\" as the first line after the opening bracket",
            ),
            Self::Blank => {
                Explanation::new("the file is empty", "choose a plan, or start a new one under another name")
            }
            Self::Calendar => {
                Explanation::new("this is a calendar (.ics) and not a Windowsill plan", "import it into a plan")
            }
            Self::Newer { format, syntax } => Explanation::new(
                format!("this version cannot read format {format} of a newer Windowsill: {}", syntax.problem),
                "open it with the newer version",
            ),
            Self::TooLarge { limit } => {
                Explanation::new(format!("the file is larger than {} MB", limit >> 20), "open a smaller one")
            }
            Self::NotUtf8 { .. } => Explanation::new("the file is not UTF-8 text", "save it as UTF-8 in a text editor"),
            Self::BeingSaved { who } => Explanation::new(
                format!("the plan is incomplete, because it is being saved or saving it was interrupted ({who})"),
                "open it in Windowsill, which completes it; if it is open elsewhere, try again in a moment",
            ),
            Self::SaveInterrupted { who, file } => Explanation::new(
                format!(
                    "saving the plan was interrupted ({who}), and the file that completes it cannot be read: {file}"
                ),
                "ask its owner to open the plan, or restore the plan from a backup",
            ),
            Self::Unreadable(error) => read_failure(error),
            Self::DamagedVersion => Explanation::new("this version is damaged", "use another one"),
        }
    }
}

impl From<LoadProblem> for LoadError {
    fn from(problem: LoadProblem) -> Self {
        Self { problem, path: None }
    }
}

impl fmt::Display for LoadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let location = match self.line_and_column() {
            (Some(line), Some(column)) => format!("line {line}, column {column}"),
            (Some(line), None) => format!("line {line}"),
            _ => String::new(),
        };
        self.explanation().at(location).fmt(f)
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(path) = &self.path else { return self.problem.fmt(f) };
        let path = path.display();
        let location = match self.problem.line_and_column() {
            (Some(line), Some(column)) => format!("{path}:{line}:{column}"),
            (Some(line), None) => format!("{path}:{line}"),
            _ => path.to_string(),
        };
        self.problem.explanation().at(location).fmt(f)
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

/// Why something was not saved. What was on disk before is still there, unharmed, except after [`SaveError::Unsynced`].
#[derive(Debug)]
pub enum SaveError {
    /// Another program changed the file since it was opened.
    ChangedOnDisk(PathBuf),
    /// A new file would have replaced another one.
    AlreadyThere(PathBuf),
    /// The folder contains something that no earlier export of this plan wrote.
    NotOurs {
        folder: PathBuf,
        name: String,
    },
    /// An output would have replaced the plan file.
    IsThePlan(PathBuf),
    /// An output would have replaced another plan.
    IsOtherPlan(PathBuf),
    /// Another user owns the file, and does not let this one write to it.
    NotWritable(PathBuf),
    /// The file was written, but its folder could not be flushed.
    Unsynced {
        error: io::Error,
        path: PathBuf,
    },
    /// A pipe, a device or a socket, which cannot hold this file.
    NotFile(PathBuf),
    /// A plan has too many recovery files; the folder that contains them.
    TooManyRecoveryFiles(PathBuf),
    /// A recovery file that cannot be locked, and the reason.
    Unlockable {
        path: PathBuf,
        reason: String,
    },
    Failed {
        error: io::Error,
        path: PathBuf,
    },
}

impl SaveError {
    pub(super) fn failed(path: &Path) -> impl Fn(io::Error) -> Self {
        |error| Self::Failed { error, path: path.to_owned() }
    }

    /// The file or folder that was not written.
    pub fn path(&self) -> &Path {
        match self {
            Self::ChangedOnDisk(path)
            | Self::AlreadyThere(path)
            | Self::IsThePlan(path)
            | Self::IsOtherPlan(path)
            | Self::NotWritable(path)
            | Self::NotFile(path) => path,
            Self::NotOurs { folder, .. } | Self::TooManyRecoveryFiles(folder) => folder,
            Self::Unlockable { path, .. } | Self::Unsynced { path, .. } | Self::Failed { path, .. } => path,
        }
    }

    fn explanation(&self) -> Explanation<'_> {
        match self {
            Self::ChangedOnDisk(_) => Explanation::new(
                "the file has changed on disk since it was opened, and was not overwritten",
                "save under another name, open it again, or overwrite it",
            ),
            Self::AlreadyThere(_) => {
                Explanation::new("the file already exists, and was not overwritten", "choose another name")
            }
            Self::NotOurs { name, .. } => Explanation::new(
                format!("the folder was not replaced, because no earlier export of this plan wrote {name} in it"),
                "choose an empty folder or a new one",
            ),
            Self::IsThePlan(_) => {
                Explanation::new("this is the plan itself, and writing here would destroy it", "choose another file")
            }
            Self::IsOtherPlan(_) => {
                Explanation::new("this is another plan, and writing here would destroy it", "choose another file")
            }
            Self::NotWritable(_) => Explanation::new(
                "this file belongs to another user, and you have no permission to write to it",
                "save under another name, or ask its owner for it",
            ),
            Self::Unsynced { error, .. } => Explanation::new(
                format!(
                    "saved, but the folder could not be synced to the disk ({error}), so a power failure may undo it"
                ),
                "check the disk or the network, then save again",
            ),
            Self::NotFile(_) => Explanation::new(
                "this is a pipe, a device or a socket, and was not replaced",
                "choose the name of a regular file",
            ),
            Self::TooManyRecoveryFiles(_) => {
                Explanation::new("this plan has too many recovery files", "open it and restore or discard them")
            }
            Self::Unlockable { reason, .. } => Explanation::new(
                format!("cannot lock the recovery file ({})", within_sentence(reason)),
                "check the permissions of its folder",
            ),
            Self::Failed { error, .. } => write_failure(error),
        }
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explanation().at(self.path().display()).fmt(f)
    }
}

impl std::error::Error for SaveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed { error, .. } | Self::Unsynced { error, .. } => Some(error),
            _ => None,
        }
    }
}

fn read_failure(error: &io::Error) -> Explanation<'static> {
    match error.kind() {
        ErrorKind::NotFound => Explanation::new("no such file", "check whether it was moved or renamed"),
        ErrorKind::PermissionDenied => {
            Explanation::new("you have no permission to read this file", "ask its owner for it")
        }
        ErrorKind::IsADirectory => Explanation::new("this is a folder", "open a file in it"),
        ErrorKind::Unsupported => {
            Explanation::new("this is a pipe, a socket or a device", "name a file, or save the content in one first")
        }
        _ => Explanation::new(
            format!("could not read the file ({error})"),
            "check the disk or the network, then open it again",
        ),
    }
}

fn write_failure(error: &io::Error) -> Explanation<'static> {
    let (problem, advice) = match error.kind() {
        ErrorKind::NotFound => ("no such folder", "save to another folder"),
        ErrorKind::PermissionDenied => ("you have no permission to write to this folder", "save to another folder"),
        ErrorKind::ReadOnlyFilesystem => ("this disk is read-only", "save to another one"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ("the disk is full", "free some space, then save again"),
        ErrorKind::IsADirectory => ("a folder has this name", "choose another name"),
        ErrorKind::NotADirectory => ("a file has the name of this folder", "choose another name"),
        ErrorKind::FileTooLarge => ("the file would be larger than 64 MB", "remove what the plan does not need"),
        ErrorKind::InvalidFilename => ("the disk does not allow this name", "choose another or a shorter one"),
        _ => {
            return Explanation::new(format!("could not write the file ({error})"), "save again, or to another folder");
        }
    };
    Explanation::new(problem, advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_location_comes_last_on_screen_and_first_on_the_command_line() {
        let (problem, advice) = ("invalid duration \"4x\"".to_owned(), Some("use e.g. 4h or 90m".to_owned()));
        let syntax = SyntaxProblem { problem, advice, line: 5, column: 134 };
        let error = LoadProblem::Syntax(syntax).at(Path::new("plan.ron"));
        assert_eq!(error.to_string(), "Invalid duration \"4x\": use e.g. 4h or 90m (plan.ron:5:134)");
        assert_eq!(format!("{error:#}"), "plan.ron:5:134: invalid duration \"4x\" (use e.g. 4h or 90m)");
        let unsaved = LoadError::from(LoadProblem::NotUtf8 { line: 2 });
        assert_eq!(unsaved.to_string(), "The file is not UTF-8 text: save it as UTF-8 in a text editor (line 2)");
        let error = SaveError::IsThePlan("plan.ron".into());
        let problem = "this is the plan itself, and writing here would destroy it";
        assert_eq!(format!("{error:#}"), format!("plan.ron: {problem} (choose another file)"));
    }
}
