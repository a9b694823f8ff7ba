//! The commits that changed a file.

use std::ffi::OsString;
use std::sync::Arc;

use chrono::DateTime;

use super::error::GitError;
use super::file::{GitFile, from_top, words};
use super::process::read;
use super::rename::old_path;
use crate::model::UtcMinute;
use crate::progress::Progress;
use crate::schedule::revision::PlanCommit;

/// The fields of a commit: hashes of it and its parents; name and address of its author, and when; the first line.
const FIELDS: [&str; 6] = ["H", "P", "aN", "aE", "at", "s"];
/// A file that was renamed more often is a file of its own.
const MOST_RENAMES: usize = 50;

/// A commit that changed the file, and the commits before it that did.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// The last commits before it that changed the file. Several after a merge.
    pub parents: Vec<String>,
    /// The path of the file in it.
    pub path: Arc<[u8]>,
    pub commit: Arc<PlanCommit>,
}

/// The commits that changed the file with this committed path, the newest first; parents come after their children.
/// Renames are followed. A merge that took the file of one parent is not listed, and neither are the changes that it
/// dropped.
pub fn log(file: &GitFile, path: Vec<u8>, progress: &Progress) -> Result<Vec<LogEntry>, GitError> {
    let mut entries: Vec<LogEntry> = Vec::new();
    let mut open = vec![(words(["HEAD"]), path, None::<String>)];
    let mut renames = 0;
    while let Some((start, path, child)) = open.pop() {
        let found = log_of_path(file, start, &path, progress)?;
        if let (Some(child), Some(first)) = (child, found.first())
            && let Some(child) = entries.iter_mut().find(|entry| entry.commit.hash == child)
        {
            child.parents.push(first.commit.hash.clone());
        }
        for first in found.iter().filter(|entry| entry.parents.is_empty()) {
            let Some(before) = renamed_from(file, first, progress)? else { continue };
            renames += 1;
            if renames <= MOST_RENAMES {
                open.push((vec![format!("{}^@", first.commit.hash).into()], before, Some(first.commit.hash.clone())));
            }
        }
        let is_new = |entry: &LogEntry| !entries.iter().any(|known| known.commit.hash == entry.commit.hash);
        let found: Vec<LogEntry> = found.into_iter().filter(is_new).collect();
        entries.extend(found);
    }
    Ok(entries)
}

fn log_of_path(
    file: &GitFile,
    start: Vec<OsString>,
    path: &[u8],
    progress: &Progress,
) -> Result<Vec<LogEntry>, GitError> {
    let format = format();
    let mut arguments = words(["log", "-z", "--parents", "--date-order", "--encoding=UTF-8", format.as_str()]);
    arguments.extend(start);
    arguments.extend(words(["--"]));
    arguments.push(from_top(path));
    let output = read(&file.folder, arguments, progress)?;
    let path: Arc<[u8]> = path.into();
    let entry =
        |(commit, parents): ParsedCommit| LogEntry { parents, path: Arc::clone(&path), commit: Arc::new(commit) };
    Ok(parse(&output)?.into_iter().map(entry).collect())
}

/// The commits of the upstream that the branch lacks: at most `most`, the newest first.
pub fn incoming(file: &GitFile, most: usize, progress: &Progress) -> Result<Vec<PlanCommit>, GitError> {
    let format = format();
    let mut arguments = words(["log", "-z", "--encoding=UTF-8", format.as_str()]);
    arguments.push(format!("--max-count={most}").into());
    arguments.extend(words(["HEAD..@{upstream}", "--"]));
    let output = read(&file.folder, arguments, progress)?;
    Ok(parse(&output)?.into_iter().map(|(commit, _)| commit).collect())
}

/// The name that the file had before the commit that gave it the present one.
fn renamed_from(file: &GitFile, entry: &LogEntry, progress: &Progress) -> Result<Option<Vec<u8>>, GitError> {
    let mut arguments = words(["diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--no-commit-id"]);
    arguments.push(entry.commit.hash.clone().into());
    let output = read(&file.folder, arguments, progress)?;
    Ok(old_path(&output, &entry.path))
}

/// The fields, separated by NUL: `-z` ends each commit with one, too.
fn format() -> String {
    format!("--format=%{}", FIELDS.join("%x00%"))
}

/// A commit and the hashes of its parents.
type ParsedCommit = (PlanCommit, Vec<String>);

fn parse(output: &[u8]) -> Result<Vec<ParsedCommit>, GitError> {
    let output = output.strip_suffix(b"\0").unwrap_or(output);
    if output.is_empty() {
        return Ok(Vec::new());
    }
    let fields: Vec<String> =
        output.split(|byte| *byte == 0).map(|field| String::from_utf8_lossy(field).into_owned()).collect();
    let (commits, rest) = fields.as_chunks::<{ FIELDS.len() }>();
    if !rest.is_empty() {
        return Err(GitError::Unclear);
    }
    commits.iter().map(parsed_commit).collect::<Option<_>>().ok_or(GitError::Unclear)
}

fn parsed_commit([hash, parents, author, address, at, subject]: &[String; FIELDS.len()]) -> Option<ParsedCommit> {
    let at = DateTime::from_timestamp(at.parse().ok()?, 0)?;
    let commit = PlanCommit {
        hash: hash.clone(),
        author: author.clone(),
        address: address.clone(),
        at: UtcMinute::from_utc(at),
        subject: subject.clone(),
    };
    Some((commit, parents.split_whitespace().map(str::to_owned).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_parsed_with_empty_and_strange_fields() {
        let output = "a1|b2 c3|A. Osei|a@x|1805000000|Move|b2||||1804000000||".replace('|', "\0");
        let commits = parse(output.as_bytes()).unwrap();
        let [(first, parents), (second, none)] = commits.as_slice() else { panic!("{commits:?}") };
        assert_eq!((first.author.as_str(), first.subject.as_str(), parents.len()), ("A. Osei", "Move", 2));
        assert_eq!((second.author.as_str(), second.hash.as_str(), none.len()), ("", "b2", 0));
        assert_eq!(first.at.since(second.at), 16_667);
        assert!(parse(b"").unwrap().is_empty());
        for output in ["a1\0b2", "a1\0\0A\0a@x\0soon\0Move\0"] {
            assert!(matches!(parse(output.as_bytes()), Err(GitError::Unclear)), "{output:?}");
        }
        // A name that is not UTF-8 is shown as well as possible.
        assert_eq!(parse(b"a1\0\0\xff\0a@x\x001\0Move\0").unwrap()[0].0.author, "\u{fffd}");
    }
}
