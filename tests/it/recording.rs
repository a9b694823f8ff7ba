//! What happened is recorded on the command line, survives merges, and goes with its system or ladder.

use windowsill::merge::merge_plans;
use windowsill::model::*;

use crate::support::desk::Desk;
use crate::support::full::{date, full_plan};

const PLAN: &str = r#"(
    format: 2, id: "p", title: "Plan", horizon: (from: "2027-01-01", months: 12), zone: "Europe/Berlin",
    systems: [(id: "a", name: "Alpha", hosts: 4), (id: "b", name: "Beta", hosts: 2)],
    ladders: [(id: "l", name: "L", release: "microsoft", groups: [
        (id: "one", name: "First", stage: Test, systems: ["a"]), (id: "two", name: "Second", stage: Uat, systems: ["b"]),
    ])],
    releases: [(id: "microsoft", name: "Patch Tuesday", vendor: "Microsoft", cadences: [
        (on: Nth(2, "Tue"), time: "10:00", zone: "America/Los_Angeles"),
    ])],
    windows: [(id: "w", name: "Weekend", systems: ["a", "b"], rule: Weekly(days: ["Sat"], every: 1), start: "22:00",
        duration: "4h")],
)"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("p.ron", PLAN);
    desk
}

fn key(system: &str) -> ResultKey {
    ResultKey { window: "w".into(), on: date(2027, 3, 13), system: system.into() }
}

#[test]
fn results_of_all_systems_are_recorded_at_once_and_corrected_one_by_one() {
    let desk = desk();
    let out = desk.run("record result p.ron --window weekend --on 2027-03-13 --outcome patched").fine();
    assert!(
        out.starts_with("Recorded Alpha: patched, Weekend, 13 Mar: no error")
            && out.contains("\nRecorded Beta: patched"),
        "{out}"
    );
    let plan = desk.plan("p.ron");
    assert_eq!(plan.policy().recording_from, Some(date(2027, 3, 13)), "the first result switches recording on");
    let result = plan.results().get(&key("a")).unwrap();
    assert_eq!((result.patched, &result.groups[..]), (4, &["one".into()][..]));
    let some = "record result p.ron --window w --on 2027-03-13 --system a --patched 3 --failed 1 --reboots 3 --end 2027-03-14T01:30";
    desk.run(some).fine();
    let plan = desk.plan("p.ron");
    let result = plan.results().get(&key("a")).unwrap();
    assert_eq!((result.attempted, result.outcome()), (4, ResultOutcome::Partly));
    let end = UtcMinute::from_utc("2027-03-14T00:30:00Z".parse().unwrap());
    assert_eq!((result.ended_at, result.reboots_successful), (Some(end), 3), "on the window's clock");
    assert_eq!(desk.run(some).fine(), "Nothing to change\n");
    desk.run("record result p.ron --window w --on 2027-03-13 --system b --remove").fine();
    assert_eq!(desk.plan("p.ron").results().len(), 1);
}

#[test]
fn wrong_results_are_refused_and_change_nothing() {
    let desk = desk();
    let cases = [
        ("--on 2027-03-12 --outcome patched", "no occurrence of Weekend on 2027-03-12. Nearest: 2027-"),
        ("--on 2027-03-13 --system c --outcome patched", "unknown system \"c\". Known systems: a, b"),
        ("--on 2027-03-13 --patched 4", "numbers of hosts are for one system, not for 2"),
        ("--on 2027-03-13 --system a", "no outcome for Alpha: add --outcome"),
        (
            "--on 2027-03-13 --system a --attempted 2 --patched 3",
            "invalid result of Alpha: 3 hosts patched and 0 failed",
        ),
        ("--on 2027-03-13 --system a --outcome patched --end 25:00", "use e.g. 2027-03-13T22:00"),
    ];
    for (words, part) in cases {
        desk.run(&format!("record result p.ron --window w {words}")).fails_saying(part);
    }
    assert_eq!(desk.read("p.ron"), PLAN);
}

#[test]
fn scans_sign_offs_tests_and_holds_are_recorded() {
    let desk = desk();
    desk.run("record scan p.ron --window w --on 2027-03-13 --at 2027-03-14T07:00 --authenticated --open Beta").fine();
    let scans = desk.plan("p.ron");
    let scan = scans.scans().iter().next().unwrap();
    assert_eq!((scan.is_authenticated, &scan.open[..]), (true, &["b".into()][..]));
    desk.run("record signoff p.ron deployed --group one --release 2027-03-09 --by Ann --now 2027-03-14T08:00:00Z")
        .fine();
    desk.run("record test p.ron fail --group First --release 2027-03-09 --by Bo").fine();
    let hold = "record hold p.ron --group one --release 2027-03-09 --by Ann";
    desk.run(&format!("{hold} --reason Withdrawn --at 2027-03-14T09:00")).fine();
    desk.run(&format!("{hold} --reason Again")).fails_saying("on hold there already: Withdrawn (Ann)");
    desk.run(&format!("{hold} --lift --at 2027-03-13T09:00")).fails_saying("the hold began later than that");
    let out = desk.run(&format!("{hold} --lift --at 2027-03-15T09:00")).fine();
    assert!(out.starts_with("Lifted the hold of First, release of 9 Mar: "), "{out}");
    desk.run(&format!("{hold} --lift")).fails_saying("nothing to lift");
    let plan = desk.plan("p.ron");
    let record = plan.group_records().for_group(&"l".into(), &"one".into(), date(2027, 3, 9)).unwrap();
    assert_eq!(record.deployed.as_ref().map(|signed| signed.by.as_str()), Some("Ann"));
    assert_eq!(record.test.as_ref().map(|test| test.is_passed), Some(false));
    assert!(record.holds[0].lifted.is_some());
    let wrong = "record signoff p.ron deployed --group one --release 2027-03-10 --by Ann";
    desk.run(wrong).fails_saying("no release for First on 2027-03-10: the nearest are 2027-03-09");
    desk.run("record test p.ron pass --group x --release 2027-03-09 --by Bo").fails_saying("unknown group \"x\"");
}

#[test]
fn a_dry_run_records_nothing_and_says_what_it_would() {
    let desk = desk();
    let scan = "record scan p.ron --window w --on 2027-03-13 --at 2027-03-14T07:00";
    let out = desk.run(&format!("{scan} --dry-run --format json")).fine();
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["changed"], &report["dry_run"]), (&true.into(), &true.into()), "{out}");
    assert_eq!(desk.read("p.ron"), PLAN);
    desk.run(scan).fine();
    assert_eq!(desk.plan("p.ron").scans().len(), 1);
    let out = desk.run(&format!("{scan} --format json")).fine();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&out).unwrap()["changed"], false);
}

#[test]
fn two_people_record_different_fields_of_one_result() {
    let base = full_plan();
    let result = base.results().iter().next().unwrap();
    let with = |change: fn(&mut SystemResult)| {
        let mut result = SystemResult::clone(result);
        change(&mut result);
        base.apply(&Edit::PutResult(result)).unwrap()
    };
    let ours = with(|result| result.patched = 2);
    let theirs = with(|result| result.notes = "Checked".into());
    let merged = merge_plans(Some(&base), &ours, &theirs).unwrap().plan;
    let result = merged.results().iter().next().unwrap();
    assert_eq!((result.patched, result.notes.as_str()), (2, "Checked"));
    assert_eq!(merged.conflicts(), base.conflicts(), "no new conflict");
    let theirs = with(|result| result.patched = 1);
    let merged = merge_plans(Some(&base), &ours, &theirs).unwrap().plan;
    let keys: Vec<String> = merged.conflicts().iter().map(|conflict| conflict.key.to_string()).collect();
    assert!(keys.contains(&"result/a/2027-03-13/db-1.patched".to_owned()), "{keys:?}");
}

#[test]
fn what_was_recorded_goes_with_its_system_and_its_ladder() {
    let plan = full_plan();
    let without = plan.apply(&Edit::RemoveSystem("db-1".into())).unwrap();
    assert_eq!((without.results().len(), without.scans().iter().next().unwrap().open.len()), (0, 0));
    assert!(without.advisories().iter().all(|advisory| advisory.in_on_systems.is_empty()));
    let ladder = plan.ladders().iter().next().unwrap().id.clone();
    let without = plan.apply(&Edit::RemoveLadder(ladder)).unwrap();
    assert_eq!((without.group_records().len(), without.policy().gates.len()), (0, 0));
    let window = plan.apply(&Edit::RemoveWindow("a".into())).unwrap();
    assert_eq!(window.results(), plan.results(), "results stay, as records of nights do");
}

#[test]
fn the_result_of_a_watch_is_recorded_completed_and_removed() {
    let desk = desk();
    let watch = "record watch p.ron --window w --on 2027-03-13 --by Ann";
    let later = "--at 2027-03-15T09:00";
    desk.run(&format!("{watch} {later}")).fails_saying("nothing to record: add --outcome, --logs or --performance");
    desk.run(&format!("{watch} --outcome quiet --at 2027-03-14T01:00"))
        .fails_saying("the watch begins at the end, Sun 14 Mar 2027 02:00: use a later --at");
    assert_eq!(desk.read("p.ron"), PLAN);
    let out = desk.run(&format!("{watch} --logs Timeouts {later}")).fine();
    assert!(out.starts_with("Recorded the watch of Weekend, 13 Mar: "), "{out}");
    desk.run(&format!("{watch} --outcome faults --performance Slower {later}")).fine();
    let record = |desk: &Desk| desk.plan("p.ron").nights().for_occurrence(&"w".into(), date(2027, 3, 13)).cloned();
    let watched = record(&desk).unwrap().watch.unwrap();
    assert_eq!(watched.outcome, Some(WatchOutcome::Faults));
    assert_eq!((&*watched.logs, &*watched.performance), ("Timeouts", "Slower"), "what is not mentioned stays");
    desk.run("record watch p.ron --window w --on 2027-03-13 --remove").fine();
    assert_eq!(record(&desk), None, "an empty record goes, too");
}
