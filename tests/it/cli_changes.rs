//! The commands that change a plan: what they do, what they say about it, and what they refuse.

use serde_json::Value;
use windowsill::model::{Agreement, BusinessArea, Edit, LedgerKey, LocalMinute, OccurrenceChange, System};
use windowsill::store;

use crate::common::dates::date;
use crate::common::owners;
use crate::support::desk::{Desk, rows};

const NOW: &str = "--now 2027-01-04T09:00:00Z";

/// A desk whose plan has two owners.
fn desk() -> Desk {
    let desk = Desk::new();
    store::save_anyway(&desk.path("plan.ron"), &owners::plan()).unwrap();
    desk
}

fn change(desk: &Desk, on: &str) -> Option<OccurrenceChange> {
    let plan = desk.plan("plan.ron");
    plan.windows().get(&"core-db".into()).unwrap().exception(date(on)).map(|exception| exception.change.clone())
}

fn moved(to: &str, start: Option<&str>, length: Option<u32>) -> OccurrenceChange {
    let start = start.map(|start| format!("{to}T{start}:00").parse::<chrono::NaiveDateTime>().unwrap().time());
    OccurrenceChange::Moved { to: date(to), start, duration: length.map(windowsill::model::Minutes) }
}

fn codes(desk: &Desk) -> Vec<String> {
    let out = desk.run(&format!("check plan.ron --format json {NOW}")).out;
    let rows = rows(&out);
    rows.iter().map(|row| format!("{} {}", row["severity"].as_str().unwrap(), row["message"])).collect()
}

#[test]
fn an_occurrence_is_moved_by_its_original_or_its_current_date() {
    let desk = desk();
    let run = |words: &str| desk.run(&format!("move plan.ron {words} {NOW}")).fine();
    assert!(run("core-db 2027-03-20 --to 2027-03-27").starts_with("Moved Core DB patching to Sat 27 Mar: "));
    assert_eq!(change(&desk, "2027-03-20"), Some(moved("2027-03-27", None, None)));
    // The current date, the name of the window, and days.
    assert!(
        run("core_db_patching 2027-03-27 --by -1 --start 20:30").starts_with("Moved Core DB patching to Fri 26 Mar")
    );
    assert_eq!(change(&desk, "2027-03-20"), Some(moved("2027-03-26", Some("20:30"), None)));
    assert!(run("core-db 2027-03-20 --length 5h").starts_with("Lengthened Core DB patching, Fri 26 Mar, to 5 h"));
    assert_eq!(change(&desk, "2027-03-20"), Some(moved("2027-03-26", Some("20:30"), Some(300))));
    assert_eq!(run("core-db 2027-03-20 --length 5h"), "Nothing to change\n");
    assert!(run("core-db 2027-03-20 --to 2027-03-20 --start 22:00 --length 4h").starts_with("Moved "));
    assert_eq!(change(&desk, "2027-03-20"), Some(OccurrenceChange::Restored));
}

#[test]
fn the_change_of_the_findings_is_that_of_two_checks() {
    let desk = desk();
    let count = |rows: &[String], severity: &str| rows.iter().filter(|row| row.starts_with(severity)).count() as i64;
    for words in
        ["move plan.ron core-db 2027-11-20 --to 2027-12-14", "skip plan.ron core-db 2027-12-18 --reason Freeze"]
    {
        let before = codes(&desk);
        let plan = desk.read("plan.ron");
        let dry = desk.run(&format!("{words} --dry-run --format json {NOW}")).fine();
        assert_eq!(desk.read("plan.ron"), plan, "a dry run saves nothing");
        let json = desk.run(&format!("{words} --format json {NOW}")).fine();
        let after = codes(&desk);
        let report: Value = serde_json::from_str(&json).unwrap();
        for severity in ["error", "warning"] {
            let more = count(&after, severity) - count(&before, severity);
            assert_eq!(report["findings"][format!("{severity}s")], more, "{words}: {json}");
        }
        let new: Vec<&Value> = report["new_findings"].as_array().unwrap().iter().collect();
        assert!(!new.is_empty() || words.starts_with("skip"), "{json}");
        for finding in new {
            let row = format!("{} {}", finding["severity"].as_str().unwrap(), finding["message"]);
            assert!(after.contains(&row) && !before.contains(&row), "{row}");
        }
        assert_eq!(
            (&report["version"], &report["changed"], &report["window"]),
            (&1.into(), &true.into(), &"core-db".into())
        );
        let of_dry: Value = serde_json::from_str(&dry).unwrap();
        assert_eq!((&of_dry["findings"], &of_dry["done"]), (&report["findings"], &report["done"]));
        assert_eq!((&of_dry["dry_run"], &report["dry_run"]), (&true.into(), &false.into()));
    }
    let text = desk.run(&format!("move plan.ron core-db 2027-10-16 --to 2027-12-15 {NOW}")).fine();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("Moved Core DB patching to Wed 15 Dec: 1 error more, 1 warning more"), "{text}");
    assert_eq!(lines.next(), Some("New findings:"));
    assert!(
        lines.next().unwrap().starts_with("  error     F001  Core DB patching, Wed 15 Dec 2027 falls in"),
        "{text}"
    );
}

#[test]
fn what_cannot_be_moved_is_refused_and_nothing_is_saved() {
    let desk = desk();
    desk.run(&format!("skip plan.ron core-db 2027-02-20 --reason Audit {NOW}")).fine();
    let plan = desk.read("plan.ron");
    for (words, message) in [
        ("core-db 2027-03-21 --by 1", "plan.ron: no occurrence of Core DB patching on 2027-03-21. Nearest: "),
        ("nothing 2027-03-20 --by 1", "plan.ron: unknown window \"nothing\". Known windows: core-db"),
        ("core-db 2027-03-20 --to 2028-01-05", "outside the plan's months (choose one of"),
        ("core-db 2027-03-20 --by 2000000000", "too many days"),
        ("core-db 2027-02-20 --by 1", "Sat 20 Feb 2027: it is skipped (restore it first with: windowsill skip"),
        (
            "core-db 2027-03-20 --length 0m",
            "plan.ron: invalid duration: a maintenance window lasts at least one minute",
        ),
        ("core-db 2027-03-20", "--to"),
        ("core-db 2027-03-20 --by 1 --to 2027-03-27", "cannot be used with"),
        ("core-db 2027-03-20 --start later", "use e.g. 22:00"),
        ("core-db 2027-03-20 --length later", "use e.g. 4h or 90m"),
        ("core-db 27-03-20 --by 1", "four digits"),
    ] {
        desk.run(&format!("move plan.ron {words} {NOW}")).fails_saying(message);
        assert_eq!(desk.read("plan.ron"), plan, "{words}");
    }
}

#[test]
fn a_date_that_two_occurrences_have_is_never_changed_in_silence() {
    let desk = desk();
    let run = |words: &str| desk.run(&format!("move plan.ron core-db {words} {NOW}"));
    run("2027-02-20 --to 2027-03-20").fine();
    let ran = run("2027-03-20 --by 7");
    assert!(ran.err.contains("takes place on it has the original date 2027-02-20"), "{}", ran.err);
    ran.fine();
    assert_eq!(change(&desk, "2027-03-20"), Some(moved("2027-03-27", None, None)));
    run("2027-02-20 --to 2027-04-01").fine();
    run("2027-03-20 --to 2027-04-01").fine();
    run("2027-04-01 --by 1").fails_saying("take place on 2027-04-01 (use the original date: 2027-02-20 or 2027-03-20)");
}

#[test]
fn occurrences_are_skipped_with_a_reason_and_restored() {
    let desk = desk();
    let run = |words: &str| desk.run(&format!("skip plan.ron core-db {words} {NOW}"));
    assert!(run("2027-03-20 --reason Quarter_close").fine().starts_with("Skipped Core DB patching, 20 Mar: "));
    assert_eq!(change(&desk, "2027-03-20"), Some(OccurrenceChange::Skipped { reason: "Quarter close".into() }));
    assert_eq!(run("2027-03-20 --reason Quarter_close").fine(), "Nothing to change\n");
    assert!(run("2027-03-20 --restore").fine().starts_with("Restored Core DB patching, 20 Mar: "));
    assert_eq!(change(&desk, "2027-03-20"), Some(OccurrenceChange::Restored));
    desk.run(&format!("move plan.ron core-db 2027-03-20 --by 7 {NOW}")).fine();
    run("2027-03-27 --restore").fine();
    assert_eq!(change(&desk, "2027-03-20"), Some(OccurrenceChange::Restored));
    assert_eq!(run("2027-03-20 --restore").fine(), "Nothing to change\n");
    run("2027-03-20").fails_saying("--reason");
    run("2027-03-20 --restore --reason x").fails_saying("cannot be used with");
    desk.run(&format!("add plan.ron core-db --date 2027-03-25 {NOW}")).fine();
    run("2027-03-25 --restore").fails_saying("it was added to the rule's dates (remove it with: windowsill skip");
    run("2027-03-25 --reason Mistake").fine();
    let schedule = owners::derived(&desk.plan("plan.ron"));
    let window = schedule.window(&"core-db".into()).unwrap();
    assert!(window.expansion.occurrences.iter().all(|occurrence| occurrence.on() != date("2027-03-25")));
    run("2027-03-25 --restore").fine();
    assert_eq!(change(&desk, "2027-03-25"), Some(OccurrenceChange::Added { start: None, duration: None }));
}

#[test]
fn a_reason_and_a_name_have_words() {
    let desk = desk();
    for words in [
        "skip plan.ron core-db 2027-03-20 --reason _",
        "skip plan.ron core-db 2027-03-20 --reason=",
        "agree plan.ron core-db 2027-03-20 --area payments --by _",
        "agree plan.ron core-db 2027-03-20 --area payments --declined --reason __",
    ] {
        desk.run(words).fails_saying("write at least one word");
    }
}

#[test]
fn windows_are_added_in_words_with_the_errors_of_quick_add() {
    let desk = desk();
    let run = |words: &str| desk.run(&format!("add plan.ron {words} {NOW}"));
    let out = run("Web every Saturday after Patch Tuesday 22:00 4h Production").fine();
    let mut lines = out.lines();
    assert!(lines.next().unwrap().starts_with("Added Web: "), "{out}");
    assert!(lines.next().unwrap().starts_with("12 dates: Sat 16 Jan, "), "{out}");
    let plan = desk.plan("plan.ron");
    let id = lines.next().unwrap().strip_prefix("Id: ").unwrap().to_owned();
    let window = plan.windows().get(&id.as_str().into()).unwrap();
    assert_eq!((window.duration.0, window.groups.as_slice()), (240, ["production".into()].as_slice()));
    // A shell takes the quotes away: the first of several arguments is a name if it has several words.
    let json = run("Every_Monday every Sunday 01:00 2h --format json").fine();
    let report: Value = serde_json::from_str(&json).unwrap();
    let plan = desk.plan("plan.ron");
    assert_eq!(plan.windows().get(&report["window"].as_str().unwrap().into()).unwrap().name, "Every Monday");
    let ran = run("web every Sunday 01:00 2h");
    assert!(ran.err.contains("2 windows are called"), "{}", ran.err);
    ran.fine();
    let text = desk.read("plan.ron");
    for (words, message) in [
        ("Web", "plan.ron: "),
        ("Web every Saturday 25:00", "plan.ron: not understood: \"25:00\""),
        ("Web every Saturday 22:00 Nowhere", "plan.ron: \"Nowhere\" is not a group, system or type"),
        ("every Saturday 22:00", "plan.ron: missing name"),
        ("Web --start 22:00", "--date"),
    ] {
        run(words).fails_saying(message);
        assert_eq!(desk.read("plan.ron"), text, "{words}");
    }
}

#[test]
fn a_window_gets_one_more_date() {
    let desk = desk();
    let run = |words: &str| desk.run(&format!("add plan.ron {words} {NOW}"));
    assert!(run("core-db --date 2027-03-25").fine().starts_with("Added Core DB patching, 25 Mar: "));
    assert_eq!(change(&desk, "2027-03-25"), Some(OccurrenceChange::Added { start: None, duration: None }));
    run("Core DB patching --date 2027-03-26 --start 20:00 --length 5h").fine();
    let start = LocalMinute::midnight(date("2027-03-26")).shifted(20 * 60).time();
    let added = OccurrenceChange::Added { start: Some(start), duration: Some(windowsill::model::Minutes(300)) };
    assert_eq!(change(&desk, "2027-03-26"), Some(added));
    desk.run(&format!("skip plan.ron core-db 2027-04-17 --reason Audit {NOW}")).fine();
    for (words, message) in [
        (
            "core-db --date 2027-03-20",
            "plan.ron: the date 2027-03-20 cannot be added to Core DB patching: it has this date",
        ),
        ("core-db --date 2027-04-17", "it skips this date"),
        ("core-db --date 2028-04-17", "outside the plan's months"),
        ("nothing --date 2027-04-18", "plan.ron: unknown window"),
    ] {
        run(words).fails_saying(message);
    }
}

#[test]
fn systems_are_assigned_to_groups_and_removed_from_ladders() {
    let desk = desk();
    let run = |words: &str| desk.run(&format!("assign plan.ron {words} {NOW}"));
    let systems = |desk: &Desk| {
        let plan = desk.plan("plan.ron");
        let (_, group) = plan.group(&"production".into()).unwrap();
        group.systems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    assert!(run("Web_+_API --group Production").fine().starts_with("Assigned Web + API to Production: "));
    assert_eq!(systems(&desk), "core-db ledger web");
    assert_eq!(run("web ledger --group production --ladder Servers").fine(), "Nothing to change\n");
    assert!(run("web ledger --none --ladder servers").fine().starts_with("Removed 2 systems from the ladder: "));
    assert_eq!(systems(&desk), "core-db");
    let json: Value = serde_json::from_str(&run("ledger --group production --format json").fine()).unwrap();
    assert_eq!((&json["done"], json.get("window")), (&"Assigned Ledger to Production".into(), None));
    for (words, message) in [
        ("nothing --group production", "plan.ron: unknown system \"nothing\". Known systems: core-db"),
        ("web --group nothing", "plan.ron: unknown group \"nothing\". Known groups: production"),
        ("web --group production --ladder nothing", "plan.ron: unknown ladder \"nothing\""),
        ("web --none", "--ladder"),
        ("web", "--group"),
        ("web --none --group production --ladder servers", "cannot be used with"),
    ] {
        run(words).fails_saying(message);
    }
}

#[test]
fn a_group_name_on_two_ladders_needs_an_id_or_a_ladder() {
    let desk = desk();
    let plan = desk.plan("plan.ron");
    let mut ladder = windowsill::model::Ladder::clone(plan.ladders().get(&"servers".into()).unwrap());
    (ladder.id, ladder.name, ladder.groups[0].id) = ("desktops".into(), "Desktops".into(), "desktop-production".into());
    ladder.groups[0].systems.clear();
    store::save_anyway(&desk.path("plan.ron"), &plan.apply(&Edit::PutLadder(ladder)).unwrap()).unwrap();
    let run = |words: &str| desk.run(&format!("assign plan.ron web --group {words} {NOW}"));
    run("Production")
        .fails_saying("several groups are called \"Production\". Use an id: desktop-production, production");
    run("Production --ladder Desktops").fine();
    let plan = desk.plan("plan.ron");
    assert_eq!(plan.group(&"desktop-production".into()).unwrap().1.systems, ["web".into()]);
    run("production --ladder desktops").fine();
    assert_eq!(desk.plan("plan.ron"), plan, "the name on that ladder, not the id on the other one");
}

fn answer(desk: &Desk, on: &str, area: &str) -> Option<Agreement> {
    let key = LedgerKey { window: "core-db".into(), on: date(on), area: area.into() };
    desk.plan("plan.ron").ledger().get(&key).map(|entry| entry.agreement.clone())
}

#[test]
fn answers_are_recorded_as_on_screen() {
    let desk = desk();
    let run = |words: &str| desk.run(&format!("agree plan.ron core-db {words} {NOW}"));
    let today = date("2027-01-04");
    desk.run(&format!("move plan.ron core-db 2027-03-20 --by 7 {NOW}")).fine();
    let out = run("2027-03-27 --area Payments").fine();
    assert!(out.starts_with("Recorded answer of Payments: agreed, 20 Mar: "), "{out}");
    assert_eq!(answer(&desk, "2027-03-20", "payments"), Some(Agreement::Agreed { on: today, by: "A. Osei".into() }));
    let key = LedgerKey { window: "core-db".into(), on: date("2027-03-20"), area: "payments".into() };
    let entry = desk.plan("plan.ron").ledger().get(&key).unwrap().clone();
    let about = entry.answered_for.unwrap();
    assert_eq!((about.start.date(), about.duration.0, entry.replied_at), (date("2027-03-27"), 240, None));
    run("2027-03-20 --area trading --declined --reason Quarter_close --by B._Lind").fine();
    let declined = Agreement::Declined { on: today, by: "B. Lind".into(), reason: "Quarter close".into() };
    assert_eq!(answer(&desk, "2027-03-20", "trading"), Some(declined));
    run("2027-03-20 --area trading").fails_saying("Trading answered already: Declined on");
    run("2027-03-20 --area trading --asked --replace").fails_saying("Trading answered already: Declined on");
    run("2027-03-20 --area trading --replace").fine();
    assert_eq!(answer(&desk, "2027-03-20", "trading"), Some(Agreement::Agreed { on: today, by: "M. Lind".into() }));
    run("2027-04-17 --area trading --asked").fine();
    assert_eq!(answer(&desk, "2027-04-17", "trading"), Some(Agreement::Asked { on: today }));
    run("2027-04-17 --area trading").fine();
}

#[test]
fn all_dates_are_answered_at_once_and_given_answers_stay() {
    let desk = desk();
    let run = |words: &str| desk.run(&format!("agree plan.ron core-db {words} {NOW}"));
    run("2027-03-20 --area payments --declined --reason Close").fine();
    let ran = run("--all --from 2027-02-01 --area payments");
    assert!(ran.err.contains("plan.ron: 1 recorded answer stays; add --replace to replace it"), "{}", ran.err);
    assert!(ran.out.starts_with("Recorded 10 dates as agreed: "), "{}", ran.out);
    assert_eq!(answer(&desk, "2027-01-16", "payments"), None);
    assert!(matches!(answer(&desk, "2027-03-20", "payments"), Some(Agreement::Declined { .. })));
    assert!(matches!(answer(&desk, "2027-12-18", "payments"), Some(Agreement::Agreed { .. })));
    assert!(run("--all --area payments --replace").fine().starts_with("Recorded 12 dates as agreed: "));
    assert!(matches!(answer(&desk, "2027-03-20", "payments"), Some(Agreement::Agreed { .. })));
    assert_eq!(run("--all --area payments --asked").fine(), "Nothing to change\n");
}

#[test]
fn answers_that_cannot_be_given_are_refused() {
    let desk = desk();
    desk.run(&format!("skip plan.ron core-db 2027-02-20 --reason Audit {NOW}")).fine();
    let owner = BusinessArea { id: "hr".into(), name: "HR".into(), ..Default::default() };
    let plan = desk.plan("plan.ron").apply(&Edit::PutArea(owner)).unwrap();
    store::save_anyway(&desk.path("plan.ron"), &plan).unwrap();
    for (words, message) in [
        ("2027-02-20 --area payments", "Sat 20 Feb 2027: it is skipped (restore it first"),
        (
            "2027-03-20 --area hr",
            "plan.ron: no system of HR is in Core DB patching (areas that have: payments and trading)",
        ),
        ("--all --area hr", "no system of HR is in Core DB patching"),
        (
            "2027-03-20 --area nothing",
            "plan.ron: unknown business area \"nothing\". Known business areas: hr, payments, trading",
        ),
        ("2027-03-20 --area payments --reason x", "--declined"),
        ("2027-03-20 --area payments --asked --declined", "cannot be used with"),
        ("2027-03-20 --area payments --all", "cannot be used with"),
        ("2027-03-20 --area payments --from 2027-03-01", "cannot be used with"),
        ("2027-03-20 --area payments --asked --reason x", "cannot be used with"),
        ("--area payments", "<ON>"),
    ] {
        desk.run(&format!("agree plan.ron core-db {words} {NOW}")).fails_saying(message);
    }
    let late = "agree plan.ron core-db 2027-01-16 --area payments --now 2027-03-01T09:00:00Z";
    desk.run(late).fails_saying("it is over (answers are recorded for coming dates)");
}

#[test]
fn unknown_fields_are_lost_only_if_that_is_asked_for() {
    let desk = desk();
    let plan = desk.read("plan.ron").replacen("horizon:", "colour: \"red\",\n    horizon:", 1);
    desk.write("plan.ron", &plan);
    for words in ["move plan.ron core-db 2027-03-20 --by 1", "move plan.ron core-db 2027-03-20 --by 1 --dry-run"] {
        desk.run(&format!("{words} {NOW}")).fails_saying("add --drop-unknown");
        assert_eq!(desk.read("plan.ron"), plan);
    }
    let ran = desk.run(&format!("move plan.ron core-db 2027-03-20 --by 1 --drop-unknown {NOW}"));
    assert!(ran.err.contains("ignored unknown field colour"), "{}", ran.err);
    ran.fine();
    assert!(!desk.read("plan.ron").contains("colour"));
}

#[test]
fn owners_of_dependent_systems_are_recorded_as_told() {
    let desk = desk();
    let mut parts = desk.plan("plan.ron").to_parts();
    let area = |id: &str| BusinessArea { id: id.into(), name: id.to_uppercase(), ..BusinessArea::default() };
    parts.areas = parts.areas.with(area("digital")).with(area("other"));
    let web = System::clone(parts.systems.get(&"web".into()).unwrap());
    let web = System { area: Some("digital".into()), depends_on: vec!["ledger".into()], ..web };
    parts.systems = parts.systems.with(web);
    store::save_anyway(&desk.path("plan.ron"), &parts.into()).unwrap();
    let told = |desk: &Desk| {
        let plan = desk.plan("plan.ron");
        plan.ledger().iter().filter(|entry| entry.key.area.as_str() == "digital").count()
    };
    let now = "--now 2027-01-12T09:00:00Z";
    let not_told = || desk.run(&format!("check plan.ron --select C008 --format json {now}")).out;
    assert!(not_told().contains("DIGITAL was not told"), "{}", not_told());
    desk.run(&format!("agree plan.ron core-db 2027-01-16 --area digital {now}")).fails_saying("no system of DIGITAL");
    desk.run(&format!("agree plan.ron core-db 2027-01-16 --area other --asked {now}"))
        .fails_saying("no system of OTHER");
    desk.run(&format!("agree plan.ron core-db 2027-01-16 --area digital --asked {now}")).fine();
    assert_eq!(told(&desk), 1);
    assert!(!not_told().contains("DIGITAL was not told"), "{}", not_told());
    desk.run(&format!("agree plan.ron core-db --all --area digital --asked {now}")).fine();
    assert_eq!(told(&desk), 12);
    desk.run("agree plan.ron core-db 2027-01-16 --area digital --asked --now 2027-02-01T09:00:00Z")
        .fails_saying("it is over");
}
