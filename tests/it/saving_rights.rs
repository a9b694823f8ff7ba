//! Owner, rights, attributes and other names of a plan after a save, and interrupted saves.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use windowsill::model::{Plan, PlanParts};
use windowsill::store::{SaveError, open, read_plan, save, save_anyway, write_bytes};
use xattr::FileExt as _;

use crate::support::desk::command;
use crate::support::full::{empty_plan, full_plan};

/// An access control list with a right for user 4321: `u::rw-,u:4321:r--,g::r--,m::r--,o::---`.
const LIST: [(u16, u16, u32); 5] =
    [(1, 6, u32::MAX), (2, 4, 4321), (4, 4, u32::MAX), (16, 4, u32::MAX), (32, 0, u32::MAX)];

fn list_bytes() -> Vec<u8> {
    let entries = LIST.iter().flat_map(|(tag, rights, id)| {
        [tag.to_le_bytes().to_vec(), rights.to_le_bytes().to_vec(), id.to_le_bytes().to_vec()].concat()
    });
    2u32.to_le_bytes().into_iter().chain(entries).collect()
}

fn titled(title: &str) -> Plan {
    Plan::from(PlanParts { title: title.to_owned(), ..full_plan().to_parts() })
}

fn saved_plan() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    save(&path, &titled("Old title"), None).unwrap();
    (home, path)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn is_root(path: &Path) -> bool {
    fs::metadata(path).unwrap().uid() == 0
}

#[test]
fn mode_list_and_attributes_survive_a_save() {
    let (_home, path) = saved_plan();
    for mode in [0o600, 0o640, 0o664, 0o604] {
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        save_anyway(&path, &titled("After")).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, mode);
    }
    fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    let file = File::open(&path).unwrap();
    let (has_list, has_comment) = (
        file.set_xattr("system.posix_acl_access", &list_bytes()).is_ok(),
        file.set_xattr("user.comment", b"keep me").is_ok(),
    );
    let before = file.metadata().unwrap().ino();
    save_anyway(&path, &titled("After the list")).unwrap();
    let file = File::open(&path).unwrap();
    let has = |name: &str, value: &[u8]| file.get_xattr(name).ok().flatten().is_some_and(|found| found == value);
    assert_eq!(
        (has("system.posix_acl_access", &list_bytes()), has("user.comment", b"keep me")),
        (has_list, has_comment)
    );
    assert_ne!(file.metadata().unwrap().ino(), before, "renamed");
}

#[test]
fn a_list_that_the_folder_gives_to_new_files_is_not_added() {
    let (home, path) = saved_plan();
    fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    let folder = File::open(home.path()).unwrap();
    if folder.set_xattr("system.posix_acl_default", &list_bytes()).is_err() {
        return;
    }
    save_anyway(&path, &titled("After")).unwrap();
    let file = File::open(&path).unwrap();
    assert_eq!(
        (file.get_xattr("system.posix_acl_access").unwrap(), file.metadata().unwrap().mode() & 0o777),
        (None, 0o640)
    );
}

#[test]
fn a_second_name_still_leads_to_the_plan_after_a_save() {
    let (home, path) = saved_plan();
    let other = home.path().join("other.ron");
    fs::hard_link(&path, &other).unwrap();
    for title in ["A longer title than before", "Short"] {
        let opened = open(&path).unwrap();
        let saved = save(&path, &titled(title), Some(&opened.fingerprint)).unwrap();
        drop(opened);
        assert_eq!(fs::read(&path).unwrap(), fs::read(&other).unwrap());
        let opened = open(&other).unwrap();
        assert_eq!((opened.plan.title(), opened.fingerprint), (title, saved.fingerprint));
    }
    assert_eq!(names(home.path()), ["other.ron", "plan.ron"]);
    let export = home.path().join("year.ics");
    fs::write(&export, "a longer old export").unwrap();
    fs::hard_link(&export, home.path().join("published.ics")).unwrap();
    write_bytes(&export, b"new").unwrap();
    assert_eq!(fs::read_to_string(home.path().join("published.ics")).unwrap(), "new");
}

/// A save that was interrupted: `touched` if the plan had been changed already.
fn interrupt(path: &Path, touched: bool) -> PathBuf {
    let before = fs::read_to_string(path).unwrap();
    let after = before.replace("Old title", "New title");
    let folder = path.parent().unwrap();
    let full = path.canonicalize().unwrap();
    let base = windowsill::store::Fingerprint::from_bytes(before.as_bytes());
    let journal = folder.join(".plan.ron.AbCdEfGhIjKl.windowsill-saving");
    let head = "// Not saved when Windowsill ended. Belongs to the file";
    let text = format!("{head} {:?}\n// Based on the content {base}\n{after}", full.display().to_string());
    fs::write(&journal, text).unwrap();
    if touched {
        let mark = "// Windowsill is saving this plan with \".plan.ron.AbCdEfGhIjKl.windowsill-saving\", anna@desk-7\n";
        fs::write(path, format!("{mark}{}", &after[mark.len()..after.len() / 2])).unwrap();
    }
    journal
}

#[test]
fn the_next_open_completes_an_interrupted_save() {
    for touched in [false, true] {
        let (home, path) = saved_plan();
        interrupt(&path, touched);
        let opened = open(&path).unwrap();
        assert_eq!((opened.plan.title(), opened.completed_save), ("New title", true), "touched: {touched}");
        drop(opened);
        assert_eq!(names(home.path()), ["plan.ron"]);
        assert_eq!((open(&path).unwrap().completed_save, open(&path).unwrap().plan), (false, titled("New title")));
    }
}

#[test]
fn commands_that_only_read_complete_an_interrupted_save_and_say_so() {
    let (home, path) = saved_plan();
    interrupt(&path, true);
    let output = command(home.path()).args(["list", "plan.ron"]).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{message}");
    assert!(message.contains("plan.ron: the last save was interrupted, and is complete now"), "{message}");
    assert_eq!(names(home.path()), ["plan.ron"]);
    assert_eq!(read_plan(&path).unwrap().loaded.plan.title(), "New title");
}

#[test]
fn a_plan_that_somebody_saved_after_an_interrupted_save_stays() {
    let (home, path) = saved_plan();
    let journal = interrupt(&path, false);
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("Old title", "Of a colleague")).unwrap();
    assert_eq!(open(&path).unwrap().plan.title(), "Of a colleague");
    assert!(journal.exists());
    let offers = windowsill::store::recovery_offers_for(home.path(), &path);
    assert_eq!(offers.len(), 1);
    assert_eq!(offers[0].load().unwrap().plan.title(), "New title");
}

#[test]
fn a_save_that_ended_before_its_text_was_complete_leaves_nothing() {
    let (home, path) = saved_plan();
    let journal = interrupt(&path, false);
    fs::rename(&journal, home.path().join(".plan.ron.AbCdEfGhIjKl.windowsill-tmp")).unwrap();
    assert_eq!(open(&path).unwrap().plan.title(), "Old title");
    assert_eq!(names(home.path()), ["plan.ron"]);
}

#[test]
fn a_save_that_cannot_be_completed_is_explained() {
    let (_home, path) = saved_plan();
    fs::remove_file(interrupt(&path, true)).unwrap();
    for error in [open(&path).unwrap_err(), read_plan(&path).unwrap_err()] {
        let error = format!("{error:#}");
        assert!(error.contains("saving the plan was interrupted (anna@desk-7)"), "{error}");
        assert!(error.contains(".plan.ron.AbCdEfGhIjKl.windowsill-saving"), "{error}");
    }
}

#[test]
fn the_owner_of_a_plan_keeps_it_when_another_user_saves() {
    let (home, path) = saved_plan();
    if !is_root(&path) {
        return;
    }
    chown(&path, Some(4321), Some(4322)).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o660)).unwrap();
    save_anyway(&path, &titled("By root")).unwrap();
    let found = fs::metadata(&path).unwrap();
    assert_eq!((found.uid(), found.gid(), found.mode() & 0o777), (4321, 4322, 0o660));

    // Another user of the group can write to the file and to its folder, but cannot give the file to its owner.
    fs::set_permissions(home.path(), Permissions::from_mode(0o777)).unwrap();
    fs::write(home.path().join("days.csv"), "date,name\n2027-12-24,Holiday\n").unwrap();
    fs::set_permissions(home.path().join("days.csv"), Permissions::from_mode(0o644)).unwrap();
    let import = |group| {
        let mut command = command(home.path());
        command.env("WINDOWSILL_HOME", home.path()).args(["import", "holidays", "--into", "plan.ron", "days.csv"]);
        let output = command.uid(4399).gid(group).output();
        output.map(|output| (output.status.success(), String::from_utf8(output.stderr).unwrap()))
    };
    // The program may be in a folder that other users cannot read.
    let Ok((is_saved, message)) = import(4322) else { return };
    assert!(is_saved, "{message}");
    let after = fs::metadata(&path).unwrap();
    assert_eq!((after.uid(), after.gid(), after.mode() & 0o777), (4321, 4322, 0o660));
    assert_eq!(
        (after.ino(), open(&path).unwrap().plan.holidays().len()),
        (found.ino(), full_plan().holidays().len() + 1)
    );

    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    let (is_saved, message) = import(4322).unwrap();
    assert!(!is_saved && message.contains("You have no permission to write to the file"), "{message}");
}

#[test]
fn a_plan_of_another_user_that_cannot_be_written_to_is_not_replaced() {
    let error = SaveError::NotWritable("plan.ron".into()).to_string();
    assert!(error.starts_with("This file belongs to another user"), "{error}");
    assert_eq!(empty_plan().windows().len(), 0);
}
