//! Commits one file, and nothing else that is staged.

use super::error::GitError;
use super::file::{GitFile, from_top, words};
use super::process::{read, write};
use super::status::{GitBranch, GitFileState};
use crate::progress::Progress;
use crate::store::fingerprint::Fingerprint;

/// A commit that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeCommit {
    /// The short hash.
    pub hash: String,
    pub branch: GitBranch,
}

/// Why a plan that was changed on disk is not committed.
pub const OUTDATED: &str =
    "Another program has changed the file since you opened it. Open it again before you commit it";

impl MadeCommit {
    /// "Committed 330a132 on main"
    pub fn in_words(&self) -> String {
        match &self.branch {
            GitBranch::Named(branch) => format!("Committed {} on {branch}", self.hash),
            GitBranch::Detached(_) => format!("Committed {} on no branch", self.hash),
        }
    }

    /// How to keep a commit that no branch has. None if a branch has it.
    pub fn advice(&self) -> Option<&'static str> {
        match self.branch {
            GitBranch::Named(_) => None,
            GitBranch::Detached(_) => Some(
                "Git forgets a commit on no branch after you switch to a branch. To keep it, first run: \
                 git switch -c NAME",
            ),
        }
    }
}

impl GitFile {
    /// Commits this file. Hooks run as they do in Git. `opened` is the content that is meant; none for any content.
    ///
    /// # Errors
    /// There is nothing to commit, Git or a hook refuses, or it was stopped. Then nothing was committed.
    pub fn commit(
        &self,
        message: &str,
        opened: Option<&Fingerprint>,
        progress: &Progress,
    ) -> Result<MadeCommit, GitError> {
        let status = self.status(progress)?;
        if let Some(obstacle) = status.obstacle() {
            return Err(GitError::Blocked(obstacle));
        }
        if self.is_outdated(opened) {
            return Err(GitError::Blocked(OUTDATED.to_owned()));
        }
        if status.file == GitFileState::Committed {
            return Err(GitError::Blocked("There is nothing to commit: the plan is as in the last commit".to_owned()));
        }
        if message.trim().is_empty() {
            return Err(GitError::Blocked("The commit needs a message: write what changed".to_owned()));
        }
        // Git commits a single file only if it knows it.
        let may_be_unknown = status.file == GitFileState::New || status.renamed_from.is_some();
        let is_added = may_be_unknown && !self.is_known(progress)?;
        if is_added {
            self.change(&["add", "--intent-to-add", "--"], None, b"", progress)?;
        }
        let commit = ["commit", "--only", "--quiet", "--cleanup=whitespace", "--file=-", "--"];
        if let Err(error) = self.change(&commit, status.renamed_from.as_deref(), message.as_bytes(), progress) {
            if is_added {
                // Failing to forget it leaves an entry in the index that the next commit uses.
                let _ = self.change(&["rm", "--cached", "--quiet", "--force", "--"], None, b"", &Progress::default());
            }
            return Err(error);
        }
        // The commit is made, so asking for its hash cannot be stopped.
        let hash = read(&self.folder, ["rev-parse", "--short", "HEAD"], &Progress::default())?;
        let hash = String::from_utf8_lossy(&hash).trim().to_owned();
        Ok(MadeCommit { hash, branch: status.branch })
    }

    /// Whether the index has the file.
    fn is_known(&self, progress: &Progress) -> Result<bool, GitError> {
        let mut arguments = words(["ls-files", "-z", "--cached", "--"]);
        arguments.push(self.pathspec());
        Ok(!read(&self.folder, arguments, progress)?.is_empty())
    }

    /// Runs a command on this file, and on the path from which it was renamed.
    fn change(
        &self,
        command: &[&str],
        renamed_from: Option<&[u8]>,
        input: &[u8],
        progress: &Progress,
    ) -> Result<(), GitError> {
        let mut arguments: Vec<_> = command.iter().map(Into::into).collect();
        arguments.push(self.pathspec());
        arguments.extend(renamed_from.map(from_top));
        write(&self.folder, arguments, input, progress)
    }
}
