//! Why Git could not do what it had to.

use std::io;
use std::process::ExitStatus;

use crate::wording::visible;

/// Longer output of Git and of hooks is cut at the beginning: what failed is at its end. In characters.
const LONGEST: usize = 4_000;

#[derive(Debug, thiserror::Error)]
pub enum GitError {
    #[error("Git is not installed: install it from https://git-scm.com, then try again")]
    NotInstalled,
    #[error("cannot start Git ({0})")]
    NotStarted(io::Error),
    #[error("not in a Git repository: use a folder that Git manages, or create a repository with git init")]
    NoRepository,
    #[error("this is not a work tree of Git: move the plan into one")]
    NoWorkTree,
    /// With the command that Git recommends.
    #[error("Git does not read this repository, because it belongs to another user. If you trust it, run: {0}")]
    OtherOwner(String),
    #[error("stopped")]
    Stopped,
    #[error("Git did not answer within {0} seconds: see whether it works in a terminal")]
    TooSlow(u64),
    #[error("Git wrote more than {0} MB, which is not read")]
    TooLarge(u64),
    #[error("Git's answer was not understood: update Git to version 2.31 or later")]
    Unclear,
    #[error("the plan was never committed, so Git has no history of it")]
    NoHistory,
    #[error("{0}")]
    Blocked(String),
    #[error("Git failed: {0}")]
    Failed(String),
    #[error("{0}")]
    Attributes(String),
}

impl GitError {
    /// Reads Git's message. Without one, the exit status is all that is known.
    pub(super) fn from_output(output: &[u8], status: ExitStatus) -> Self {
        let text = String::from_utf8_lossy(output);
        let text = text.trim();
        if text.contains("dubious ownership") {
            let remedy = text.lines().map(str::trim).find(|line| line.starts_with("git config"));
            let remedy = remedy.unwrap_or("git config --global --add safe.directory FOLDER");
            return Self::OtherOwner(visible(remedy).into_owned());
        }
        if text.contains("not a git repository") {
            return Self::NoRepository;
        }
        if text.contains("must be run in a work tree") {
            return Self::NoWorkTree;
        }
        if text.is_empty() {
            return Self::Failed(format!("it ended with {status} and said nothing"));
        }
        Self::Failed(visible(&shortened(text)).into_owned())
    }
}

fn shortened(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST {
        return text.to_owned();
    }
    let end: String = text.chars().skip(count - LONGEST).collect();
    format!("…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_git_are_understood() {
        let owner = "fatal: detected dubious ownership in repository at '/srv/plans'\nTo add an exception for this \
                     directory, call:\n\n\tgit config --global --add safe.directory /srv/plans\n";
        let cases = [
            (owner, "If you trust it, run: git config --global --add safe.directory /srv/plans"),
            ("fatal: not a git repository (or any of the parent directories): .git\n", "not in a Git repository"),
            ("fatal: this operation must be run in a work tree", "not a work tree"),
            ("fatal: bad \u{1b}[31mthing\n", "Git failed: fatal: bad ␛[31mthing"),
        ];
        for (output, expected) in cases {
            let said = GitError::from_output(output.as_bytes(), ExitStatus::default()).to_string();
            assert!(said.contains(expected), "{said}");
        }
        let long = GitError::from_output("ü".repeat(2 * LONGEST).as_bytes(), ExitStatus::default()).to_string();
        assert_eq!(long.chars().count(), "Git failed: …".chars().count() + LONGEST);
    }
}
