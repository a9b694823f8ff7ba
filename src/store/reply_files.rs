//! Finding and reading the files with owners' replies: calendars (.ics) and mails (.eml), or whole folders of them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::{LoadError, LoadProblem};
use super::text::{LARGEST_FILE, decode, read_bytes};
use crate::model::{ReplyContent, ReplyFile};

/// The most files in one import.
const MOST_FILES: usize = 100_000;
/// How deeply folders may be nested.
const DEEPEST: usize = 32;
/// This many bytes of a file are read to see what it is. METHOD comes before the events.
const HEAD: u64 = 64 << 10;

/// Reads the files at `paths`, and those inside folders, and passes each to `take`, even if it cannot be read.
/// `may_continue` gets the number of files read so far and the number of all files, and stops the import with `false`.
///
/// # Errors
/// A path that does not exist, or folders without a reply or a mail.
pub fn read_reply_files(
    paths: &[PathBuf],
    mut take: impl FnMut(&ReplyFile),
    mut may_continue: impl FnMut(usize, usize) -> bool,
) -> Result<(), LoadError> {
    let files = reply_files(paths)?;
    for (done, path) in files.iter().enumerate() {
        if !may_continue(done, files.len()) {
            break;
        }
        let content = read_reply_file(path).unwrap_or_else(|error| ReplyContent::Unreadable(error.problem.to_string()));
        take(&ReplyFile { name: file_name(path), content });
    }
    match (files.is_empty(), paths.first()) {
        (true, Some(folder)) => Err(LoadProblem::NoReplies.at(folder)),
        _ => Ok(()),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The files at `paths`, and all files in folders with the extension of a reply or a mail, sorted.
///
/// # Errors
/// A path that does not exist.
fn reply_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, LoadError> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            gather(path, 0, &mut found);
        } else if path.exists() {
            found.push(path.clone());
        } else {
            return Err(LoadProblem::Unreadable(ErrorKind::NotFound.into()).at(path));
        }
    }
    found.sort();
    found.dedup();
    found.truncate(MOST_FILES);
    Ok(found)
}

/// Adds the files in `folder`. Folders that cannot be read are skipped, and links are not followed, because they may lead
/// in circles.
fn gather(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        let path = entry.path();
        if kind.is_dir() && depth < DEEPEST {
            gather(&path, depth + 1, found);
        } else if kind.is_file() && (is_mail(&path) || has_ending(&path, CALENDARS)) && found.len() < MOST_FILES {
            found.push(path);
        }
    }
}

const CALENDARS: &[&str] = &["ics", "ical", "icalendar"];

/// Whether a file has the extension of a mail.
fn is_mail(path: &Path) -> bool {
    has_ending(path, &["eml"])
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|ending| endings.iter().any(|each| ending.eq_ignore_ascii_case(each)))
}

/// Whether `path` may contain replies: a folder, a mail, or a calendar that is a reply or a counter-proposal.
pub fn may_hold_replies(path: &Path) -> bool {
    use std::io::Read as _;
    if path.is_dir() || is_mail(path) {
        return true;
    }
    let mut head = Vec::new();
    let file = std::fs::File::open(path).ok().filter(|_| has_ending(path, CALENDARS));
    // A file that cannot be read is reported when it is imported.
    let _ = file.map(|file| file.take(HEAD).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    let says = |line: &str, method: &str| line.trim().eq_ignore_ascii_case(method);
    text.lines().any(|line| says(line, "METHOD:REPLY") || says(line, "METHOD:COUNTER"))
}

/// Reads one file.
///
/// # Errors
/// A file that is too large or cannot be read.
fn read_reply_file(path: &Path) -> Result<ReplyContent, LoadError> {
    let bytes = read_bytes(path, LARGEST_FILE)?;
    let first = bytes.trim_ascii_start();
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    let is_calendar = first.get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"BEGIN:"));
    let is_read_as_mail = is_mail(path) && !is_calendar;
    Ok(if is_read_as_mail { ReplyContent::Mail(bytes) } else { ReplyContent::Calendar(decode(&bytes).text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_and_mails_are_found_at_any_depth_in_order() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        std::fs::create_dir_all(path("b/c")).unwrap();
        for name in ["b/c/1.EML", "b/2.ics", "a.eml", "note.txt", "b/plan.ron"] {
            std::fs::write(path(name), "BEGIN:VCALENDAR\nmethod:reply\n").unwrap();
        }
        let found = reply_files(&[home.path().to_owned(), path("a.eml"), path("note.txt")]).unwrap();
        assert_eq!(found, ["a.eml", "b/2.ics", "b/c/1.EML", "note.txt"].map(path));
        assert!(reply_files(&[path("nowhere")]).unwrap_err().to_string().starts_with("No such file"));
        assert!(may_hold_replies(&path("b")) && may_hold_replies(&path("b/2.ics")));
        assert!(!may_hold_replies(&path("note.txt")) && !may_hold_replies(&path("nowhere.ics")));
    }

    #[test]
    fn a_calendar_with_the_extension_of_a_mail_is_read_as_a_calendar() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("reply.eml");
        std::fs::write(&path, "\u{feff}BEGIN:VCALENDAR\n").unwrap();
        assert!(matches!(read_reply_file(&path).unwrap(), ReplyContent::Calendar(_)));
        std::fs::write(&path, "From: ann@bank.example\n").unwrap();
        assert!(matches!(read_reply_file(&path).unwrap(), ReplyContent::Mail(_)));
    }
}
