//! The guide, followed by a reader who does just what its pages say, and all links between pages.
//!
//! `WINDOWSILL_BLESS=1` writes what the commands print into the pages, except where lines are left out.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::chapter::follow;
use crate::support::pages::{has_anchor, in_folder, links};

const GUIDE: &str = "docs/guide";

/// A folder with the files that come with the guide.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(GUIDE).join("files"), desk.path());
    desk
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.as_ref().unwrap().file_name()));
        if from.is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

#[track_caller]
fn is_true(chapter: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(GUIDE).join(chapter);
    let page = fs::read_to_string(&path).unwrap();
    let desk = desk();
    let followed = follow(&page, desk.path());
    if std::env::var_os("WINDOWSILL_BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, &followed.corrected).unwrap();
    }
    let problems = followed.problems.join("\n");
    assert!(
        problems.is_empty(),
        "{GUIDE}/{chapter}:\n{problems}\nRun, and read the difference: WINDOWSILL_BLESS=1 cargo test --test it guide"
    );
}

#[cfg(feature = "pdf")]
#[test]
fn from_a_spreadsheet_to_an_agreed_year() {
    is_true("agreed-year.md");
}

#[test]
fn the_first_ladder() {
    is_true("first-ladder.md");
}

#[test]
fn making_it_fit() {
    is_true("making-it-fit.md");
}

#[test]
fn asking_the_owners() {
    is_true("owners.md");
}

#[cfg(feature = "pdf")]
#[test]
fn the_night() {
    is_true("night.md");
}

#[test]
fn next_year() {
    is_true("next-year.md");
}

#[test]
fn working_together() {
    is_true("together.md");
}

#[test]
fn connected() {
    is_true("connected.md");
}

#[test]
fn the_summary_has_every_page_and_every_chapter_is_followed() {
    let pages = in_folder(GUIDE);
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let (_, summary) = pages.iter().find(|(path, _)| name(path) == "SUMMARY.md").unwrap();
    let mut listed = links(summary);
    listed.sort();
    let names: Vec<String> = pages.iter().map(|(path, _)| name(path)).filter(|name| name != "SUMMARY.md").collect();
    assert_eq!(listed, names);
    let tests = include_str!("guide.rs");
    let untested: Vec<&String> = names
        .iter()
        .filter(|name| *name != "introduction.md" && !tests.contains(&format!("is_true(\"{name}\")")))
        .collect();
    assert!(untested.is_empty(), "No test follows {untested:?}");
}

#[test]
fn links_between_pages_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = (root.join("README.md"), include_str!("../../README.md").to_owned());
    let mut broken = Vec::new();
    for (path, page) in [in_folder("docs"), in_folder(GUIDE), vec![readme]].concat() {
        for link in links(&page) {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let is_there =
                target.exists() && (anchor.is_empty() || has_anchor(&fs::read_to_string(&target).unwrap(), anchor));
            if !is_there {
                broken.push(format!("{}: {link}", path.strip_prefix(root).unwrap().display()));
            }
        }
    }
    assert!(broken.is_empty(), "Links to nowhere:\n{}", broken.join("\n"));
}

#[test]
fn a_page_that_is_not_true_is_found() {
    let problems = |page: &str| follow(page, desk().path()).problems.join("\n");
    let new = "```sh\nwindowsill new a.ron --title \"A year\" --from 2027-01-01\n```\n";
    let printed = "A year: 2027-01-01 to 2027-12-31 in UTC, saved as a.ron\n";
    assert_eq!(problems(new), "");
    assert_eq!(problems(&format!("{new}\n```text\n{printed}```\n")), "");
    assert_eq!(problems(&format!("{new}\n```text\n…\n```\n")), "");
    for (page, problem) in [
        ("# Only words\n".to_owned(), "no commands"),
        (format!("{new}\n```text\nA year: 2028\n```\n"), "line 5: the page shows"),
        (format!("{new}\n```text\n…\nMore\n```\n"), "line 5: the page shows"),
        (format!("{new}\nThen:\n\n```text\n{printed}```\n"), "line 7: a block that no test reads"),
        (format!("{new}{new}"), "line 4: `windowsill new a.ron --title \"A year\" --from 2027-01-01` exits with 2"),
        ("```sh\nwindowsill check northfold.windowsill\n```\n".to_owned(), "exits with 1"),
        ("```sh exit-1\nwindowsill explain B001\n```\n".to_owned(), "exits with 0"),
        ("```sh\nrm northfold.windowsill\n```\n".to_owned(), "unknown program"),
        ("```sh\ncp missing.ron other.ron\n```\n".to_owned(), "line 1"),
        ("```bash\nwindowsill explain B001\n```\n".to_owned(), "a block that no test reads"),
    ] {
        assert!(problems(&page).contains(problem), "{page}\n{}", problems(&page));
    }
}
