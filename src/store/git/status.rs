//! The state of one file in its work tree, and of the branch that it is on.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::error::GitError;
use super::file::{GitFile, path_from_line, words};
use super::process::read;
use crate::model::UtcMinute;
use crate::progress::Progress;

/// Hexadecimal digits of a short hash, for a commit that has no other name.
const SHORT_HASH: usize = 7;

/// The state of one file in its work tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitStatus {
    pub branch: GitBranch,
    /// Whether the branch has a commit.
    pub has_commits: bool,
    pub upstream: Option<Upstream>,
    /// None if nothing was fetched since the repository was cloned or created.
    pub fetched_at: Option<UtcMinute>,
    pub file: GitFileState,
    /// The committed path of a file that was renamed since, with Git or without, from the top of the work tree.
    pub renamed_from: Option<Vec<u8>>,
    pub operation: Option<GitOperation>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitBranch {
    Named(String),
    /// No branch; the short hash of the commit.
    Detached(String),
}

/// The branch that others push to, as of the last fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// "origin/main"
    pub name: String,
    /// None if it no longer exists, or was not fetched yet.
    pub distance: Option<Distance>,
}

/// How many commits one of two branches has that the other lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    pub to_push: u32,
    pub to_pull: u32,
}

/// How the file differs from the last commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GitFileState {
    Committed,
    Changed,
    /// It is not in the last commit: Git does not know it, or it is only staged.
    New,
    /// A pattern of .gitignore excludes it.
    Ignored,
    /// A merge has left it with conflicts, or nobody has told Git that they are resolved.
    Unmerged,
}

/// Something that Git has begun and that a person must complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GitOperation {
    Merge,
    Rebase,
    CherryPick,
    Revert,
    Bisect,
}

impl GitOperation {
    /// "merge"
    pub fn name(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Rebase => "rebase",
            Self::CherryPick => "cherry-pick",
            Self::Revert => "revert",
            Self::Bisect => "bisect",
        }
    }

    /// The command that completes it.
    fn last_command(self) -> &'static str {
        match self {
            Self::Merge => "git commit",
            Self::Rebase => "git rebase --continue",
            Self::CherryPick => "git cherry-pick --continue",
            Self::Revert => "git revert --continue",
            Self::Bisect => "git bisect reset",
        }
    }
}

impl GitBranch {
    /// "main", "no branch (a1b2c3d)"
    pub fn in_words(&self) -> String {
        match self {
            Self::Named(name) => name.clone(),
            Self::Detached(hash) => format!("no branch ({hash})"),
        }
    }
}

impl GitStatus {
    /// The number of commits of the upstream that this branch lacks, as of the last fetch.
    pub fn to_pull(&self) -> u32 {
        self.upstream.as_ref().and_then(|upstream| upstream.distance).map_or(0, |distance| distance.to_pull)
    }

    /// Whether the file was never committed.
    pub fn is_new(&self) -> bool {
        match self.file {
            GitFileState::New | GitFileState::Ignored => true,
            GitFileState::Committed | GitFileState::Changed | GitFileState::Unmerged => false,
        }
    }

    /// "main · uncommitted changes · 2 to pull"
    pub fn in_words(&self) -> String {
        let mut parts = vec![self.branch.in_words()];
        parts.extend(self.operation.map(|operation| format!("{} in progress", operation.name())));
        parts.extend(self.file.in_words().map(str::to_owned));
        if let Some(Distance { to_push, to_pull }) = self.upstream.as_ref().and_then(|upstream| upstream.distance) {
            parts.extend((to_pull > 0).then(|| format!("{to_pull} to pull")));
            parts.extend((to_push > 0).then(|| format!("{to_push} to push")));
        }
        parts.join(" · ")
    }

    /// The same in at most `most` characters if possible: the name of the branch is cut.
    pub fn in_words_within(&self, most: usize) -> String {
        const SHORTEST: usize = 8;
        let words = self.in_words();
        let surplus = words.chars().count().saturating_sub(most);
        let branch = self.branch.in_words();
        let length = branch.chars().count();
        if surplus == 0 || length <= SHORTEST {
            return words;
        }
        let kept = length.saturating_sub(surplus + 1).max(SHORTEST - 1);
        let cut: String = branch.chars().take(kept).collect();
        format!("{cut}…{}", &words[branch.len()..])
    }

    /// Why the file cannot be committed by the program, and what to do.
    pub fn obstacle(&self) -> Option<String> {
        let operation = self.operation.filter(|operation| *operation != GitOperation::Bisect);
        match (operation, self.file) {
            (operation, GitFileState::Unmerged) => {
                let operation = operation.unwrap_or(GitOperation::Merge);
                let (name, last) = (operation.name(), operation.last_command());
                Some(format!(
                    "A {name} has left this plan unmerged. Resolve its conflicts, save it, then complete the {name} in \
                     Git: git add the plan, then {last}"
                ))
            }
            (Some(operation), _) => Some(format!(
                "A {} is in progress, and Git cannot commit a single file before it is complete. Complete it in Git \
                 first: {}",
                operation.name(),
                operation.last_command()
            )),
            (None, GitFileState::Ignored) => {
                Some("Git ignores this file because of .gitignore. Remove the pattern that excludes it".to_owned())
            }
            (None, GitFileState::Committed | GitFileState::Changed | GitFileState::New) => None,
        }
    }
}

impl GitFileState {
    /// None if it is committed.
    pub fn in_words(self) -> Option<&'static str> {
        match self {
            Self::Committed => None,
            Self::Changed => Some("uncommitted changes"),
            Self::New => Some("not committed yet"),
            Self::Ignored => Some("ignored by Git"),
            Self::Unmerged => Some("merge conflict"),
        }
    }
}

impl GitFile {
    /// Reads the state of the file.
    ///
    /// # Errors
    /// Git is not installed, or it refuses.
    pub fn status(&self, progress: &Progress) -> Result<GitStatus, GitError> {
        let mut arguments = words([
            "status",
            "--porcelain=v2",
            "--branch",
            "--ahead-behind",
            "-z",
            "--no-renames",
            "--untracked-files=all",
            "--ignored=traditional",
            "--",
        ]);
        arguments.push(self.pathspec());
        let output = read(&self.folder, arguments, progress)?;
        let mut status = parse(&output)?;
        if status.has_commits && status.file == GitFileState::New {
            status.renamed_from = match self.staged_rename(progress)? {
                None => self.unstaged_move(progress)?,
                staged => staged,
            };
            status.file = if status.renamed_from.is_some() { GitFileState::Changed } else { status.file };
        }
        // Older versions of Git cannot tell. Then only the time of the last fetch and the operation are missing.
        let Ok([private, common]) = self.git_folders(progress) else { return Ok(status) };
        Ok(GitStatus { operation: operation(&private), fetched_at: fetched_at(&[&private, &common]), ..status })
    }

    /// Git's own folder of this work tree, and the one that all work trees share.
    fn git_folders(&self, progress: &Progress) -> Result<[PathBuf; 2], GitError> {
        let folder = |which| {
            let line = read(&self.folder, ["rev-parse", "--path-format=absolute", which], progress)?;
            Ok(path_from_line(&line))
        };
        Ok([folder("--git-dir")?, folder("--git-common-dir")?])
    }
}

/// What Git has begun, by the files that it keeps meanwhile.
fn operation(folder: &Path) -> Option<GitOperation> {
    let files = [
        ("rebase-merge", GitOperation::Rebase),
        ("rebase-apply", GitOperation::Rebase),
        ("MERGE_HEAD", GitOperation::Merge),
        ("CHERRY_PICK_HEAD", GitOperation::CherryPick),
        ("REVERT_HEAD", GitOperation::Revert),
        ("BISECT_LOG", GitOperation::Bisect),
    ];
    files.into_iter().find(|(name, _)| folder.join(name).exists()).map(|(_, operation)| operation)
}

/// Git writes this file at every fetch, in the folder of the work tree that fetches.
fn fetched_at(folders: &[&Path]) -> Option<UtcMinute> {
    let times = folders.iter().filter_map(|folder| fs::metadata(folder.join("FETCH_HEAD")).ok()?.modified().ok());
    times.max().map(|time| UtcMinute::from_utc(DateTime::<Utc>::from(time)))
}

/// Parses the output of `git status --porcelain=v2 --branch -z` for one file.
fn parse(output: &[u8]) -> Result<GitStatus, GitError> {
    let mut status = GitStatus {
        branch: GitBranch::Detached(String::new()),
        has_commits: true,
        upstream: None,
        fetched_at: None,
        file: GitFileState::Committed,
        renamed_from: None,
        operation: None,
    };
    let (mut hash, mut head) = (None, None);
    for entry in output.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        let text = String::from_utf8_lossy(entry);
        if let Some(name) = text.strip_prefix("# branch.oid ") {
            hash = Some(name.to_owned());
        } else if let Some(name) = text.strip_prefix("# branch.head ") {
            head = Some(name.to_owned());
        } else if let Some(name) = text.strip_prefix("# branch.upstream ") {
            status.upstream = Some(Upstream { name: name.to_owned(), distance: None });
        } else if let Some(counts) = text.strip_prefix("# branch.ab ") {
            let distance = distance(counts).ok_or(GitError::Unclear)?;
            status.upstream = status.upstream.map(|upstream| Upstream { distance: Some(distance), ..upstream });
        } else if !text.starts_with('#') {
            status.file = file_state(&text).ok_or(GitError::Unclear)?;
        }
    }
    let (hash, head) = hash.zip(head).ok_or(GitError::Unclear)?;
    status.has_commits = hash != "(initial)";
    status.branch = match &*head {
        "(detached)" => GitBranch::Detached(hash.chars().take(SHORT_HASH).collect()),
        _ => GitBranch::Named(head),
    };
    Ok(status)
}

/// Reads "+1 -2".
fn distance(counts: &str) -> Option<Distance> {
    let (ahead, behind) = counts.split_once(' ')?;
    Some(Distance { to_push: ahead.strip_prefix('+')?.parse().ok()?, to_pull: behind.strip_prefix('-')?.parse().ok()? })
}

/// Reads the first letters of an entry: "1 .M", "u UU", "?".
fn file_state(entry: &str) -> Option<GitFileState> {
    let (kind, rest) = entry.split_once(' ')?;
    match kind {
        "1" | "2" if rest.starts_with('A') => Some(GitFileState::New),
        "1" | "2" => Some(GitFileState::Changed),
        "u" => Some(GitFileState::Unmerged),
        "?" => Some(GitFileState::New),
        "!" => Some(GitFileState::Ignored),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "330a1323f8faf3dedf77d737a247c3dfb7465ec7";

    fn parsed(lines: &[&str]) -> Result<String, GitError> {
        parse(format!("{}\0", lines.join("\0")).as_bytes()).map(|status| status.in_words())
    }

    #[test]
    fn states_are_read_and_worded() {
        let oid = format!("# branch.oid {HASH}");
        let modes = "N... 100644 100644 100644 3410062 3410062";
        let changed = format!("1 .M {modes} sub dir/a\nb.ron");
        let staged = format!("1 M. {modes} plan.ron");
        let added = format!("1 A. {modes} plan.ron");
        let deleted = format!("1 D. {modes} plan.ron");
        let main = "# branch.head main";
        let upstream = "# branch.upstream origin/main";
        let cases: &[(&[&str], &str)] = &[
            (&[&oid, main], "main"),
            (&[&oid, "# branch.head feature/ü #1"], "feature/ü #1"),
            (&["# branch.oid (initial)", main, "? plan.ron"], "main · not committed yet"),
            (&[&oid, "# branch.head (detached)", &changed], "no branch (330a132) · uncommitted changes"),
            (&[&oid, main, &staged], "main · uncommitted changes"),
            (&[&oid, main, &added], "main · not committed yet"),
            (&[&oid, main, &deleted, "? plan.ron"], "main · not committed yet"),
            (&[&oid, main, "! plan.ron"], "main · ignored by Git"),
            (&[&oid, main, "u UU N... 1 2 3 4 a b c plan.ron"], "main · merge conflict"),
            (&[&oid, main, upstream], "main"),
            (&[&oid, main, upstream, "# branch.ab +0 -0"], "main"),
            (
                &[&oid, main, upstream, "# branch.ab +1 -2", &changed],
                "main · uncommitted changes · 2 to pull · 1 to push",
            ),
            (&[&oid, main, "# stash 3", "# branch.new thing"], "main"),
        ];
        for (lines, expected) in cases {
            assert_eq!(parsed(lines).unwrap(), *expected, "{lines:?}");
        }
    }

    #[test]
    fn a_long_name_of_a_branch_is_cut() {
        let changed = "1 .M N... 1 2 3 a b plan.ron";
        let output = format!("# branch.oid {HASH}\0# branch.head feature/ärger-with-ü\0{changed}\0");
        let status = parse(output.as_bytes()).unwrap();
        for (most, expected) in [
            (99, "feature/ärger-with-ü · uncommitted changes"),
            (42, "feature/ärger-with-ü · uncommitted changes"),
            (41, "feature/ärger-with… · uncommitted changes"),
            (36, "feature/ärger… · uncommitted changes"),
            (5, "feature… · uncommitted changes"),
        ] {
            assert_eq!(status.in_words_within(most), expected);
        }
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        let oid = format!("# branch.oid {HASH}");
        let cases: &[&[&str]] = &[
            &[],
            &["# branch.head main"],
            &[&oid],
            &[&oid, "# branch.head main", "x strange"],
            &[&oid, "# branch.head main", "# branch.upstream o/m", "# branch.ab many few"],
        ];
        for lines in cases {
            assert!(matches!(parsed(lines), Err(GitError::Unclear)), "{lines:?}");
        }
    }

    #[test]
    fn a_plan_that_cannot_be_committed_says_why() {
        let clean = parse(format!("# branch.oid {HASH}\0# branch.head main\0").as_bytes()).unwrap();
        assert_eq!(clean.obstacle(), None);
        let blocked = [
            (GitFileState::Unmerged, Some(GitOperation::Merge), "A merge has left this plan unmerged"),
            (GitFileState::Unmerged, Some(GitOperation::Rebase), "then git rebase --continue"),
            (GitFileState::Unmerged, None, "then git commit"),
            (GitFileState::Changed, Some(GitOperation::Merge), "first: git commit"),
            (GitFileState::Changed, Some(GitOperation::Rebase), "git rebase --continue"),
            (GitFileState::Ignored, None, ".gitignore"),
        ];
        for (file, operation, part) in blocked {
            let said = GitStatus { file, operation, ..clean.clone() }.obstacle().unwrap();
            assert!(said.contains(part), "{said}");
        }
        assert_eq!(GitStatus { operation: Some(GitOperation::Bisect), ..clean }.obstacle(), None);
    }
}
