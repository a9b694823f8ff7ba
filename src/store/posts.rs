//! Finding and reading the files in which owners answer: replies (.ics) and mails (.eml), also whole folders of them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::{LoadError, LoadProblem};
use super::text::{LARGEST_FILE, decode, read_bytes};
use crate::model::{Post, PostBody};

/// The most files of one import.
const MOST_FILES: usize = 100_000;
/// Folders in folders.
const DEEPEST: usize = 32;
/// So much of a file is looked at to see what it is; METHOD stands before the events.
const HEAD: u64 = 64 << 10;

/// Reads what `paths` name, and what lies below those that are folders, and gives `take` one file after the other, also
/// those that cannot be read. `goes_on` is told how many of how many files are read and may stop it.
///
/// # Errors
/// A path that leads nowhere, or folders without a reply or a mail.
pub fn read_posts(
    paths: &[PathBuf],
    mut take: impl FnMut(&Post),
    mut goes_on: impl FnMut(usize, usize) -> bool,
) -> Result<(), LoadError> {
    let files = posts(paths)?;
    for (done, path) in files.iter().enumerate() {
        if !goes_on(done, files.len()) {
            break;
        }
        let body = read_post(path).unwrap_or_else(|error| PostBody::Unreadable(error.problem.to_string()));
        take(&Post { name: file_name(path), body });
    }
    match (files.is_empty(), paths.first()) {
        (true, Some(folder)) => Err(LoadProblem::NoPosts.at(folder)),
        _ => Ok(()),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The files that `paths` name and, below those that are folders, all with the ending of a reply or a mail; sorted.
///
/// # Errors
/// A path that leads nowhere.
fn posts(paths: &[PathBuf]) -> Result<Vec<PathBuf>, LoadError> {
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

/// What cannot be read is passed over, and links are not followed: they may lead in circles.
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

/// Whether its name is that of a mail.
fn is_mail(path: &Path) -> bool {
    has_ending(path, &["eml"])
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|ending| endings.iter().any(|each| ending.eq_ignore_ascii_case(each)))
}

/// Whether an owner may have answered there: a folder, a mail, or a calendar that is a reply or a counter-proposal.
pub fn may_hold_replies(path: &Path) -> bool {
    use std::io::Read as _;
    if path.is_dir() || is_mail(path) {
        return true;
    }
    let mut head = Vec::new();
    let file = std::fs::File::open(path).ok().filter(|_| has_ending(path, CALENDARS));
    // What cannot be read says so when it is imported.
    let _ = file.map(|file| file.take(HEAD).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    let says = |line: &str, method: &str| line.trim().eq_ignore_ascii_case(method);
    text.lines().any(|line| says(line, "METHOD:REPLY") || says(line, "METHOD:COUNTER"))
}

/// Reads one of them.
///
/// # Errors
/// A file that is too large or cannot be read.
fn read_post(path: &Path) -> Result<PostBody, LoadError> {
    let bytes = read_bytes(path, LARGEST_FILE)?;
    let first = bytes.trim_ascii_start();
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    let is_calendar = first.get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"BEGIN:"));
    let is_read_as_mail = is_mail(path) && !is_calendar;
    Ok(if is_read_as_mail { PostBody::Mail(bytes) } else { PostBody::Calendar(decode(&bytes).text) })
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
        let found = posts(&[home.path().to_owned(), path("a.eml"), path("note.txt")]).unwrap();
        assert_eq!(found, ["a.eml", "b/2.ics", "b/c/1.EML", "note.txt"].map(path));
        assert!(posts(&[path("nowhere")]).unwrap_err().to_string().starts_with("There is no such file"));
        assert!(may_hold_replies(&path("b")) && may_hold_replies(&path("b/2.ics")));
        assert!(!may_hold_replies(&path("note.txt")) && !may_hold_replies(&path("nowhere.ics")));
    }

    #[test]
    fn a_calendar_that_is_called_a_mail_is_read_as_a_calendar() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("reply.eml");
        std::fs::write(&path, "\u{feff}BEGIN:VCALENDAR\n").unwrap();
        assert!(matches!(read_post(&path).unwrap(), PostBody::Calendar(_)));
        std::fs::write(&path, "From: ann@bank.example\n").unwrap();
        assert!(matches!(read_post(&path).unwrap(), PostBody::Mail(_)));
    }
}
