//! The plan file: what goes in comes out, and nothing is lost silently.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;
use windowsill::model::{Edit, Ladder, MaintenanceWindow, Minutes, Plan};
use windowsill::store::{Access, Fingerprint, LoadProblem, Lock, LockOutcome, SaveError};
use windowsill::store::{open, parse, save, save_anyway};

use crate::support::full::{empty_plan, full_plan};
use crate::support::plans::any_plan;

const HEAD: &str = "(format: 2, id: \"p\", title: \"P\", zone: \"UTC\", horizon: (from: \"2027-01-01\", months: 12),\n";

fn to_text(plan: &Plan) -> String {
    windowsill::store::to_text(plan).unwrap()
}

/// A plan with these lines after its head, which is line 1.
fn plan_with(lines: &str) -> String {
    format!("{HEAD}{lines})")
}

#[track_caller]
fn refused(text: &str, expected: &str) {
    let error = parse(text).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains(expected), "expected: {expected}\nfound: {error}");
}

#[track_caller]
fn reports(text: &str, expected: &[&str]) {
    let loaded = parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(loaded.unknown_fields.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
}

fn in_folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_comes_back_as_it_was_and_is_written_in_the_same_bytes(plan in any_plan()) {
        let text = to_text(&plan);
        let loaded = parse(&text).unwrap();
        prop_assert_eq!(&loaded.plan, &plan);
        prop_assert_eq!(loaded.unknown_fields, []);
        prop_assert_eq!(to_text(&loaded.plan), text);
    }

    #[test]
    fn broken_text_gives_an_error_and_no_panic(cut in 0..6000_usize, junk in "[\\PC\n]{0,8}") {
        let text = to_text(&full_plan());
        let cut = text.floor_char_boundary(cut);
        let _ = parse(&format!("{}{junk}{}", &text[..cut], &text[cut..]));
        let _ = parse(&format!("{}{junk}", &text[..cut]));
    }
}

#[test]
fn a_plan_file_reads_well_and_has_one_field_of_a_record_on_a_line() {
    insta::assert_snapshot!(to_text(&full_plan()));
}

#[test]
fn a_hand_written_plan_is_read() {
    let text = plan_with(
        "windows: [(id: \"w\", name: \"W\", rule: Weekly(days: [\"Sun\"], every: 1), start: \"22:00\", \
         duration: \"4 h\", zone: \"Europe/Berlin\", cutoff: \"90m\", work: Pool(patch: \"20m\"))],",
    );
    let plan = parse(&text).unwrap().plan;
    let window: &MaintenanceWindow = plan.windows().iter().next().unwrap();
    assert_eq!((window.zone.as_deref(), window.cutoff), (Some("Europe/Berlin"), Some(Minutes(90))));
    assert_eq!(parse(&to_text(&plan)).unwrap().plan, plan);
}

#[test]
fn byte_order_marks_and_windows_line_ends_are_read_and_not_written() {
    let text = to_text(&full_plan());
    let foreign = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(to_text(&parse(&foreign).unwrap().plan), text);
    let (_folder, path) = in_folder();
    fs::write(&path, foreign.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()).unwrap();
    assert_eq!(open(&path).unwrap().plan, full_plan());
}

#[test]
fn a_field_that_no_record_has_is_reported_with_its_location() {
    reports(
        &plan_with(
            "colour: 1,\nwindows: [\n(id: \"core-db\", name: \"Core\", start: \"22:00\", duration: \"4h\",\n\
             durr: 45, work: Pool(patsch: \"1m\"), rule: Dates([(on: \"2027-03-13\",\nwrds: \"x\")]),\n\
             exceptions: [(on: \"2027-03-13\", change: Skipped(reason: \"\", by: (a: 1))),]),\n],",
        ),
        &[
            "colour in line 2",
            "windows[0].durr of \"core-db\" in line 5",
            "windows[0].work.patsch of \"core-db\" in line 5",
            "windows[0].rule[0].wrds of \"core-db\" in line 6",
            "windows[0].exceptions[0].change.by of \"core-db\" in line 7",
        ],
    );
}

#[test]
fn errors_say_where_and_what_to_do() {
    let window = |fields: &str| plan_with(&format!("windows: [\n(id: \"db\",\n name: \"DB\",\n {fields}\n)],"));
    let whole = "rule: Dates([]), start: \"22:00\",";
    refused(
        &window(&format!("{whole} duration: \"4x\"")),
        "Invalid duration \"4x\" in or after the record \"db\": use e.g. 4h",
    );
    refused(&window(&format!("{whole} duration: \"4x\"")), "(line 5, column");
    refused(&window(&format!("{whole} duration: 4")), "line 5");
    refused(&window(whole), "Missing field \"duration\"");
    refused(
        &window(&format!("{whole} kind: Standrad, duration: \"4h\"")),
        "Unknown value \"Standrad\", expected Standard, Emergency, Extended or Rolling",
    );
    refused(&window(&format!("{whole} name: \"x\"")), "Duplicate field \"name\"");
    refused(&window(&format!("{whole} duration: \"4h\" kind: Standard")), "line 5");
    refused(HEAD, "a bracket or a quote is not closed");
    refused(&window(whole), "correct it in a text editor");
    refused(
        &plan_with("\n<<<<<<< mine\n"),
        "Unresolved merge conflict: keep one of the two versions (line 3, column 1)",
    );
}

#[test]
fn a_wrong_value_is_named_wherever_it_is_in_its_line() {
    let window = |fields: &str| {
        let usual = "rule: Dates([(on: \"2027-03-01\")]), duration: \"4h\", start: \"22:00\"";
        format!("(id: \"core-108512\", name: \"72h\", kind: Standard, {usual}{fields}),")
    };
    for (fields, problem) in [
        (", first: \"2027-02-30\"", "Invalid date \"2027-02-30\""),
        (", first: \"soon\", last: \"2027-03-99\"", "Invalid date \"soon\""),
        (", exceptions: [(on: \"2027-03-0\", change: Restored)]", "Invalid date \"2027-03-0\""),
        (", exceptions: [(on: \"2027-03-01\", change: Moved(to: \"03/2027\"))]", "Invalid date \"03/2027\""),
        (", changes: [(from: \"2027-04-31\", shift_days: 1)]", "Invalid date \"2027-04-31\""),
        (", sequence: 4294967296", "The number 4294967296 is out of range"),
        (", sequence: -1", "The number -1 is out of range"),
        (", kind: Rolling", "Duplicate field \"kind\" in or after the record \"core-108512\""),
    ] {
        let others = [window("").replace("core-", "before-"), window("").replace("core-", "after-")];
        for between in [" ", "\n"] {
            let windows = [&*others[0], &window(fields), &others[1]].join(between);
            refused(&plan_with(&format!("windows: [{windows}],")), problem);
        }
    }
    let policy = format!("policy: (window_types: [(kind: Standrad)]), windows: [{}],", window(""));
    refused(
        &plan_with(&policy),
        "expected Standard, Emergency, Extended or Rolling: correct it in a text editor (line 2",
    );
}

#[test]
fn a_time_of_day_with_seconds_is_refused() {
    let window = |start: &str| {
        plan_with(&format!(
            "windows: [(id: \"a\", name: \"A\", rule: Dates([]), start: \"{start}\", duration: \"4h\")],"
        ))
    };
    refused(
        &window("22:00:30"),
        "Invalid time of day \"22:00:30\" in or after the record \"a\": use whole minutes, e.g. 22:00",
    );
    refused(&window("24:00"), "Invalid time of day \"24:00\"");
    assert!(parse(&window("22:00:00")).is_ok());
}

#[test]
fn text_that_is_not_a_plan_is_refused() {
    for text in ["", "hello", "(id: \"p\")", "{\"format\": 1"] {
        assert!(parse(text).is_err(), "{text}");
    }
    refused(&HEAD.replace("format: 2, ", ""), "no format number");
    refused(&to_text(&empty_plan()).replace("format: 2,", ""), "no format number");
    let (folder, path) = in_folder();
    fs::write(&path, b"(format: 1,\n title: \"Z\xfcrich\")").unwrap();
    assert!(matches!(open(&path).unwrap_err().problem, LoadProblem::NotUtf8 { line: 2 }));
    assert!(open(folder.path()).unwrap_err().to_string().starts_with("This is a folder"));
    let missing = folder.path().join("missing.ron");
    assert!(open(&missing).unwrap_err().to_string().ends_with("missing.ron)"));
    assert_eq!(names(folder.path()), ["plan.ron"], "no lock stays beside a plan that was not opened");
}

#[test]
fn two_records_with_one_id_are_refused_with_both_locations() {
    let text = plan_with(
        "systems: [\n(id: \"db\", name: \"A\", hosts: 1),\n(id: \"web\", name: \"B\", hosts: 1),\n  (id: \"db\", name: \"C\", hosts: 1)],",
    );
    refused(&text, "Duplicate system id \"db\", the first in line 3: correct it in a text editor (line 5, column 4)");
}

#[test]
fn two_exceptions_for_one_date_are_refused_and_others_are_sorted() {
    let window = |exceptions: &str| {
        plan_with(&format!(
            "windows: [(id: \"w\", name: \"W\", rule: Dates([]), start: \"22:00\", duration: \"4h\", exceptions: [\n{exceptions}])],"
        ))
    };
    let (late, early) = ("(on: \"2027-05-02\", change: Restored),\n", "(on: \"2027-05-01\", change: Restored),\n");
    let plan = parse(&window(&format!("{late}{early}"))).unwrap().plan;
    assert!(plan.windows().iter().all(|window| window.exceptions.is_sorted_by_key(|exception| exception.on)));
    refused(
        &window(&format!("{late}{early}{late}")),
        "two exceptions for 2027-05-02: keep one of them (line 5, column 2)",
    );
}

#[test]
fn two_groups_of_one_id_are_refused_also_on_two_ladders_and_no_edit_makes_them() {
    let ladder =
        |id: &str| format!("(id: \"{id}\", name: \"L\", groups: [\n(id: \"prod\", name: \"P\", stage: Test)]),\n");
    let text = plan_with(&format!("ladders: [\n{}{}],", ladder("a"), ladder("prod")));
    refused(&text, "Duplicate group id \"prod\", the first in line 4: correct it in a text editor (line 6, column 2)");
    let plan = parse(&plan_with(&format!("ladders: [\n{}],", ladder("a")))).unwrap().plan;
    let copy = Ladder { id: "b".into(), ..Ladder::clone(plan.ladders().get(&"a".into()).unwrap()) };
    let error = plan.apply(&Edit::PutLadder(copy)).unwrap_err();
    assert_eq!(error.to_string(), "Duplicate group id \"prod\": choose another one");
}

#[test]
fn two_dated_changes_from_one_date_are_refused_where_the_second_begins() {
    let change = "(from: \"2027-03-01\", start: \"23:00\"),\n";
    let window = |changes: &str| {
        plan_with(&format!(
            "windows: [(id: \"db\", name: \"DB\", rule: Weekly(days: [\"Sun\"], every: 1), start: \"22:00\",\n \
             duration: \"4h\", changes: [\n{changes}])],"
        ))
    };
    let plan = parse(&window(&format!("(from: \"2027-09-01\"),\n{change}"))).unwrap().plan;
    let dates: Vec<_> = plan.windows().as_slice()[0].changes.iter().map(|change| change.from.to_string()).collect();
    assert_eq!(dates, ["2027-03-01", "2027-09-01"]);
    refused(
        &window(&change.repeat(2)),
        "The window \"db\" has two dated changes from 2027-03-01: keep one of them (line 5, column",
    );
}

#[test]
fn a_newer_format_is_opened_to_look_at_or_named_as_the_reason() {
    let newer = to_text(&full_plan()).replace("format: 2,", "format: 3,\n    moods: [Good],");
    let (_folder, path) = in_folder();
    fs::write(&path, &newer).unwrap();
    let opened = open(&path).unwrap();
    assert_eq!(opened.unknown_fields[0].to_string(), "moods in line 4");
    assert!(matches!(opened.access, Access::ReadOnly(why) if why.contains("newer Windowsill")));
    refused(&newer.replace("start: \"22:00\"", "start: Dusk"), "cannot read format 3 of a newer Windowsill");
}

#[test]
fn deep_nesting_and_huge_files_are_refused_without_harm() {
    refused(&plan_with(&format!("windows: {}", "[".repeat(200_000))), "Expected the opening `(` of a record");
    refused(&plan_with(&format!("colour: {}", "[(".repeat(200_000))), "Too many nested brackets");
    let (_folder, path) = in_folder();
    fs::File::create(&path).unwrap().set_len((64 << 20) + 1).unwrap();
    assert!(open(&path).unwrap_err().to_string().starts_with("The file is larger than 64 MB"));
}

#[test]
fn a_file_that_somebody_else_changed_is_not_overwritten_without_asking() {
    let (_folder, path) = in_folder();
    let fingerprint = save(&path, &empty_plan(), None).unwrap().fingerprint;
    let fingerprint = save(&path, &full_plan(), Some(&fingerprint)).unwrap().fingerprint;
    assert_eq!(open(&path).unwrap().fingerprint, fingerprint);
    fs::write(&path, "theirs").unwrap();
    assert!(matches!(save(&path, &empty_plan(), Some(&fingerprint)), Err(SaveError::ChangedOnDisk(_))));
    assert!(matches!(save(&path, &empty_plan(), None), Err(SaveError::AlreadyThere(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
    let fingerprint = save_anyway(&path, &empty_plan()).unwrap().fingerprint;
    assert_eq!(Fingerprint::read(&path).unwrap(), Some(fingerprint));
    fs::remove_file(&path).unwrap();
    assert_eq!(
        save(&path, &empty_plan(), Some(&fingerprint)).unwrap().fingerprint,
        fingerprint,
        "what was deleted is written again"
    );
}

#[test]
fn a_save_that_fails_leaves_everything_as_it_was() {
    let (folder, path) = in_folder();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("inside"), "").unwrap();
    let error = save_anyway(&path, &full_plan()).unwrap_err();
    assert!(error.to_string().starts_with("A folder has this name"), "{error}");
    assert_eq!((names(folder.path()), names(&path)), (vec!["plan.ron".to_owned()], vec!["inside".to_owned()]));
    let error = save_anyway(&folder.path().join("missing").join("plan.ron"), &full_plan()).unwrap_err();
    assert!(error.to_string().starts_with("No such folder: save to another folder ("), "{error}");
}

#[test]
fn a_plan_that_is_open_elsewhere_is_opened_read_only_and_orphans_are_swept_by_the_holder_only() {
    let (folder, path) = in_folder();
    save(&path, &empty_plan(), None).unwrap();
    let orphan = folder.path().join(".plan.ron.x7Kd2p.windowsill-tmp");
    fs::write(&orphan, "half a pl").unwrap();
    let LockOutcome::Held(lock) = Lock::acquire(&path) else { panic!("nobody has it") };
    let second = open(&path).unwrap();
    assert!(matches!(second.access, Access::ReadOnly(why) if why.starts_with("It is open elsewhere: ")));
    assert!(orphan.exists());
    drop(lock);
    let third = open(&path).unwrap();
    assert!(matches!(third.access, Access::Writable(_)));
    assert_eq!(names(folder.path()), [".plan.ron.lock", "plan.ron"]);
    drop(third);
    assert_eq!(names(folder.path()), ["plan.ron"]);
}

#[test]
fn a_write_protected_file_is_opened_read_only() {
    let (_folder, path) = in_folder();
    save(&path, &empty_plan(), None).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    assert!(matches!(open(&path).unwrap().access, Access::ReadOnly(why) if why == "The file is write-protected"));
}

/// Every name before a colon that the program writes.
fn field_names(plan: &Plan) -> BTreeSet<String> {
    let text = to_text(plan);
    let words = text.lines().filter(|line| !line.starts_with("//")).flat_map(|line| line.split([' ', '(']));
    words
        .filter_map(|word| word.strip_suffix(':'))
        .filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn docs_list_every_field() {
    let paper = include_str!("../../docs/plan-file.md");
    let missing: Vec<_> =
        field_names(&full_plan()).into_iter().filter(|name| !paper.contains(&format!("`{name}`"))).collect();
    assert_eq!(missing, [""; 0], "docs/plan-file.md does not explain these fields");
}

#[test]
fn the_ten_line_plan_opens() {
    let page = include_str!("../../docs/plan-file.md");
    let plan = page.split("```ron\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(plan.lines().count(), 10);
    let loaded = parse(plan).unwrap();
    assert_eq!((loaded.plan.windows().len(), loaded.unknown_fields.len()), (1, 0));
}

#[test]
fn words_of_checklists_under_old_keys_are_read_under_the_new_ones() {
    let template = "(id: \"night\", name: \"Night\", words: {\"length-reckoned\": \"{length}, davon {work}\"})";
    let loaded = parse(&plan_with(&format!("checklists: [{template}]"))).unwrap();
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    let text = to_text(&loaded.plan);
    assert!(text.contains("\"length-calculated\": \"{length}, davon {work}\"") && !text.contains("reckoned"), "{text}");
}

#[test]
fn a_plan_of_endless_records_is_refused() {
    let areas: Vec<_> = (0..100_001).map(|number| format!("(id:\"a{number}\",name:\"A\"),")).collect();
    refused(&plan_with(&format!("areas: [{}],", areas.concat())), "ore than 100000 business areas");
}
