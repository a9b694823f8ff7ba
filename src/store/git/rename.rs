//! A rename of a plan that is not committed: staged, as `git mv` leaves it, or not, as after `mv`.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use super::error::GitError;
use super::file::{GitFile, os_text, path_from_line};
use super::process::read;
use super::status::GitStatus;
use crate::progress::Progress;
use crate::store::found_plan::FoundPlan;

/// At most this many missing files are compared.
const MOST_MISSING: usize = 50;

impl GitFile {
    /// The path at which the last commit has the file: another one if its rename is staged.
    pub(super) fn committed_path(&self, status: &GitStatus, progress: &Progress) -> Result<Vec<u8>, GitError> {
        status.renamed_from.clone().map_or_else(|| self.path_in_tree(progress), Ok)
    }

    /// The committed path of a file that was moved without Git: the only missing file that has the same plan in the last
    /// commit. None if there is none, or if several could be it.
    pub(super) fn unstaged_move(&self, progress: &Progress) -> Result<Option<Vec<u8>>, GitError> {
        let own = self.folder.join(&self.name);
        let Ok(plan) = FoundPlan::read(&own) else { return Ok(None) };
        let missing = read(&self.folder, ["ls-files", "--deleted", "--full-name", "-z", "--", ":(top)"], progress)?;
        let extension = own.extension().unwrap_or_default().as_encoded_bytes();
        let has_extension = |path: &&[u8]| path.ends_with(extension);
        let mut found = Vec::new();
        for path in
            missing.split(|byte| *byte == 0).filter(|path| !path.is_empty()).filter(has_extension).take(MOST_MISSING)
        {
            let object = os_text([b"HEAD:", path].concat());
            let content = read(&self.folder, [OsStr::new("cat-file"), OsStr::new("blob"), &object], progress);
            let is_same = |content: &[u8]| {
                FoundPlan::from_bytes(content, &own).is_ok_and(|old| old.loaded.plan.id() == plan.loaded.plan.id())
            };
            match content {
                Ok(content) if is_same(&content) => found.push(path.to_vec()),
                // It is not in the last commit.
                Ok(_) | Err(GitError::Failed(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// The committed path of the file if its rename is staged. None if there is still a file at that path: then it is a
    /// copy.
    pub(super) fn staged_rename(&self, progress: &Progress) -> Result<Option<Vec<u8>>, GitError> {
        let arguments = [
            "diff-index",
            "--cached",
            "-r",
            "-z",
            "-M",
            "--diff-filter=R",
            "--name-status",
            "--no-relative",
            "HEAD",
            "--",
        ];
        let output = read(&self.folder, arguments, progress)?;
        if output.is_empty() {
            return Ok(None);
        }
        let path = self.path_in_tree(progress)?;
        let Some(before) = old_path(&output, &path) else { return Ok(None) };
        let top = path_from_line(&read(&self.folder, ["rev-parse", "--show-toplevel"], progress)?);
        Ok((!has_file(&top.join(os_text(before.clone())))).then_some(before))
    }
}

/// The path from which `path` was renamed, in the output of `git diff-index --name-status -z`.
pub(super) fn old_path(output: &[u8], path: &[u8]) -> Option<Vec<u8>> {
    let fields: Vec<&[u8]> = output.split(|byte| *byte == 0).collect();
    let (renames, _) = fields.as_chunks::<3>();
    renames.iter().find(|[_, _, after]| *after == path).map(|[_, before, _]| before.to_vec())
}

/// Whether a folder lists a file with exactly this name. Some systems find a file under a name in other letters, too.
fn has_file(path: &Path) -> bool {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
    fs::read_dir(folder).is_ok_and(|files| files.flatten().any(|file| file.file_name() == name))
}
