//! Tests of the kept versions.

use super::*;
use crate::model::Horizon;
use crate::store::to_text;

const FIRST: UtcMinute = UtcMinute(30_064_920);

fn plan(title: &str) -> Plan {
    Plan::new(PlanId::new("p"), title, Horizon::year(2027), "UTC")
}

/// The titles of the versions, the newest first.
fn titles(data: &Path, file: &Path) -> Vec<String> {
    let versions = kept_versions(data, file, Some(&PlanId::new("p"))).unwrap();
    versions.iter().map(|version| version.load().unwrap().plan.title().to_owned()).collect()
}

fn keep(data: &Path, file: &Path, titles: &[&str]) {
    for title in titles {
        keep_version(data, file, &plan(title), FIRST).unwrap();
    }
}

#[test]
fn versions_are_kept_in_the_order_of_their_saves_and_equal_ones_once() {
    for (saved, kept) in [
        (&["a"][..], &["a"][..]),
        (&["a", "b"], &["b", "a"]),
        (&["a", "a"], &["a"]),
        (&["a", "b", "a"], &["a", "b"]),
        (&["a", "b", "c", "b"], &["b", "c", "a"]),
        (
            &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
            &["10", "9", "8", "7", "6", "5", "4", "3", "2", "1"],
        ),
    ] {
        let data = tempfile::tempdir().unwrap();
        let file = data.path().join("plan.ron");
        keep(data.path(), &file, saved);
        assert_eq!(titles(data.path(), &file), kept, "{saved:?}");
    }
}

#[test]
fn a_clock_that_was_set_back_does_not_make_the_newest_version_the_oldest() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("plan.ron");
    for number in 0..12 {
        let saved_at = FIRST.plus(-1000 * number);
        keep_version(data.path(), &file, &plan(&number.to_string()), saved_at).unwrap();
    }
    assert_eq!(titles(data.path(), &file)[..2], ["11", "10"]);
    let newest = &kept_versions(data.path(), &file, None).unwrap()[0];
    assert_eq!(newest.saved_at, FIRST.plus(-11_000));
}

#[test]
fn plans_are_told_apart_by_path_and_id() {
    let data = tempfile::tempdir().unwrap();
    let (file, copy) = (data.path().join("plan.ron"), data.path().join("copy.ron"));
    keep(data.path(), &file, &["a"]);
    keep(data.path(), &copy, &["b"]);
    let other = Plan::new(PlanId::new("q"), "Other", Horizon::year(2027), "UTC");
    keep_version(data.path(), &file, &other, FIRST).unwrap();
    assert_eq!((titles(data.path(), &file), titles(data.path(), &copy)), (vec!["a".into()], vec!["b".into()]));
    // A damaged file does not tell its id.
    let last = kept_versions(data.path(), &file, None).unwrap();
    assert_eq!(last[0].load().unwrap().plan.title(), "Other");
    assert_eq!(last.len(), 1);
}

#[test]
fn versions_have_at_most_64_mb_together() {
    const MB: u64 = 1 << 20;
    for (sizes, count) in [
        (&[1][..], 1),
        (&[64 * MB], 1),
        (&[63 * MB, MB], 2),
        (&[63 * MB, MB + 1], 1),
        (&[25 * MB, 25 * MB, 25 * MB], 2),
        (&[25 * MB, 60 * MB, 1], 1),
        (&[1; 12], 10),
        (&[7 * MB; 12], 9),
    ] {
        assert_eq!(count_within_limits(sizes.iter().copied()), count, "{sizes:?}");
    }
}

#[test]
fn what_others_wrote_is_kept_once_and_labelled() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("plan.ron");
    let found = || keep_found_version(data.path(), &file, &file, FIRST).unwrap();
    assert_eq!(found(), None);
    keep(data.path(), &file, &["a"]);
    // The content that this machine saved, theirs (twice), and theirs with a comment.
    for (text, count) in [
        (to_text(&plan("a")).unwrap(), 1),
        (to_text(&plan("b")).unwrap(), 2),
        (to_text(&plan("b")).unwrap(), 2),
        (format!("// mine\n{}", to_text(&plan("c")).unwrap()), 3),
        ("not a plan".to_owned(), 3),
    ] {
        fs::write(&file, &text).unwrap();
        assert_eq!(found(), Some(Fingerprint::from_bytes(text.as_bytes())));
        assert_eq!(kept_versions(data.path(), &file, None).unwrap().len(), count, "{text}");
    }
    let versions = kept_versions(data.path(), &file, None).unwrap();
    assert_eq!(versions.iter().map(|version| version.is_found).collect::<Vec<_>>(), [true, true, false]);
    assert!(versions[0].text().unwrap().starts_with("// mine"));
    // From then on it is a saved version.
    keep(data.path(), &file, &["b"]);
    let versions = kept_versions(data.path(), &file, None).unwrap();
    assert_eq!(titles(data.path(), &file), ["b", "c", "a"]);
    assert!(!versions[0].is_found && versions[1].is_found);
}

#[test]
fn a_damaged_version_is_not_read() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("plan.ron");
    keep(data.path(), &file, &["a", "b"]);
    let versions = kept_versions(data.path(), &file, None).unwrap();
    fs::write(&versions[0].path, versions[0].text().unwrap().replace("\"b\"", "\"x\"")).unwrap();
    let error = versions[0].load().unwrap_err().to_string();
    assert!(error.starts_with("This version is damaged: use another one"), "{error}");
    fs::write(&versions[1].path, "(").unwrap();
    assert_eq!(kept_versions(data.path(), &file, None).unwrap(), [versions[0].clone()]);
    // Saving the same content again keeps it undamaged.
    keep(data.path(), &file, &["b"]);
    assert_eq!(titles(data.path(), &file), ["b"]);
    assert_eq!(fs::read_dir(versions[0].path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn files_of_others_in_the_folder_stay_and_are_no_versions() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("plan.ron");
    keep(data.path(), &file, &["a"]);
    let folder = kept_versions(data.path(), &file, None).unwrap()[0].path.parent().unwrap().to_owned();
    for name in ["notes.txt", "000002-x-y-z.ron", "1-20270313T220000Z-0-0-0", "000003-20271313T220000Z-0-0-0.ron"] {
        fs::write(folder.join(name), to_text(&plan("x")).unwrap()).unwrap();
    }
    keep(data.path(), &file, &["b"]);
    assert_eq!(titles(data.path(), &file), ["b", "a"]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 6);
}

#[test]
fn the_versions_of_the_oldest_plans_are_removed() {
    let data = tempfile::tempdir().unwrap();
    let file = |number: usize| data.path().join(format!("{number}.ron"));
    for number in 0..MOST_PLANS + 2 {
        keep(data.path(), &file(number), &["a"]);
    }
    assert_eq!(fs::read_dir(data.path().join(FOLDER)).unwrap().count(), MOST_PLANS);
    assert_eq!(titles(data.path(), &file(MOST_PLANS + 1)), ["a"]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_versions_and_no_link_is_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("plan.ron");
    keep(data.path(), &file, &["a"]);
    let version = kept_versions(data.path(), &file, None).unwrap().remove(0);
    let folder = version.path.parent().unwrap().to_owned();
    assert_eq!((mode(&version.path), mode(&folder), mode(folder.parent().unwrap())), (0o600, 0o700, 0o700));
    // A link with the name of the next version.
    let text = to_text(&plan("b")).unwrap();
    let content = Content { plan: &PlanId::new("p"), text: &text, at: FIRST, is_found: false };
    let next = Version::new(&folder, 2, &content);
    let target = data.path().join("target");
    symlink(&target, &next.path).unwrap();
    keep(data.path(), &file, &["b"]);
    assert!(!target.exists());
    assert_eq!(titles(data.path(), &file), ["b", "a"]);
    // A link instead of the folder.
    let elsewhere = data.path().join("elsewhere");
    fs::rename(&folder, &elsewhere).unwrap();
    symlink(&elsewhere, &folder).unwrap();
    assert!(keep_version(data.path(), &file, &plan("c"), FIRST).is_err());
    assert_eq!(kept_versions(data.path(), &file, None).unwrap(), []);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 2);
}
