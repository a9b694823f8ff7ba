//! The pack of one night, in every form: every item, time and name is there.

use std::sync::Arc;

use windowsill::export::paper::{Part, Sheet, TickKind, Title};
use windowsill::model::{
    ChecklistChoice, Edit, Irreversible, Minutes, NightKey, NightRecord, Plan, Policy, Rule, UtcMinute, Watch,
    WatchOutcome, WatchRecord, Work, WorkStrategy,
};

use crate::common::dates::date;
use crate::common::harbour;
use crate::support::packs::{
    blocks, checks, clock_change, clocks, forms, head, notices, pack, rows, status, tables, timeline, try_pack,
    with_items, with_window,
};

#[test]
fn without_a_checklist_there_is_nothing_to_print_and_it_says_what_to_do() {
    let without = with_window(|window| window.checklist = ChecklistChoice::Without);
    let unknown = with_window(|window| window.checklist = ChecklistChoice::Template("gone".into()));
    for (plan, why) in [
        (without, "Core DB patching is planned without a checklist: choose one under Checklist in the inspector"),
        (with_items(&[]), "The checklist of Core DB patching, Night, has no items: add some under Lists, Checklists"),
        (unknown, "Core DB patching names the checklist \"gone\", which is not in the plan: choose another one"),
    ] {
        let error = try_pack(plan, "2027-03-20").unwrap_err().to_string();
        assert!(error.starts_with(why), "{error}");
    }
}

#[test]
fn the_head_the_blocks_and_the_sign_offs_are_in_every_form() {
    let document = try_pack(harbour::plan(), "2027-03-20").unwrap();
    let wanted = [
        "Core DB patching",
        "Sat 20 Mar 2027",
        "Europe/London (GMT)",
        "CHG-20417",
        "Standard",
        "Production",
        "Fri 19 Mar, 22:00",
        "Sat 20 Mar, 20:00",
        "22:00 – 02:00",
        "roll back by 00:47",
        "Harbour Trust 2027",
        "Infrastructure",
        "Software support",
        "Security",
        "authenticated scan",
        "Backout plan",
        "Revert the snapshots",
        "Lessons learned",
    ];
    for form in forms(&document) {
        let form = form.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in wanted {
            assert!(form.contains(part), "{part} is missing in\n{form}");
        }
    }
    let counts: Vec<usize> = blocks(&document.sheets[0]).iter().map(|(.., items)| items.len()).collect();
    assert_eq!(counts, [5, 5, 4, 5, 6]);
}

#[test]
fn the_night_reads_as_it_was_drawn() {
    let [page, markdown, text] = forms(&try_pack(harbour::plan(), "2027-03-20").unwrap());
    insta::assert_snapshot!("checklist_markdown", markdown);
    let (_, body) = page.split_once("<body>").unwrap();
    insta::assert_snapshot!("checklist_html", body);
    insta::assert_snapshot!("checklist_text", text);
}

#[test]
fn the_systems_stand_with_their_batches_and_clock_times() {
    let sheet = pack(harbour::plan(), "2027-03-20");
    let table = tables(&sheet)[0];
    let rows: Vec<String> = table.rows.iter().map(|row| row.join(" ").trim_end().to_owned()).collect();
    let expected =
        ["Core DB 10 1 22:10 22:38", "Core DB 10 2 22:38 23:06", "Core DB 10 3 23:06 23:34", "Ledger 10 4 23:34 00:02"];
    assert_eq!(rows, expected);
    let unknown = pack(with_window(|window| window.work = Work::default()), "2027-03-20");
    let rows: Vec<String> = tables(&unknown)[0].rows.iter().map(|row| row.join(" ").trim_end().to_owned()).collect();
    assert_eq!(rows, ["Core DB 30", "Ledger 10"]);
}

#[test]
fn the_backout_plan_has_its_own_page() {
    let sheet = pack(harbour::plan(), "2027-03-20");
    let at = sheet.parts.iter().position(|part| *part == Part::NewPage).unwrap();
    let Part::Title(title) = &sheet.parts[at + 1] else { panic!("{:?}", sheet.parts[at + 1]) };
    let Part::Times(times) = &sheet.parts[at + 2] else { panic!("{:?}", sheet.parts[at + 2]) };
    assert_eq!((title.text.as_str(), times.len(), times[0].clock.as_str()), ("Backout plan", 1, "00:47"));
    let steps = checks(&sheet).pop().unwrap();
    assert_eq!(
        steps.items.iter().map(|item| &item.text).collect::<Vec<_>>(),
        ["Stop the cluster", "Revert the snapshots"]
    );
    assert_eq!(tables(&sheet).pop().unwrap().rows.len(), 2);
}

#[test]
fn a_status_row_is_due_every_half_hour_and_the_last_one_before_it_says_when_to_roll_back() {
    let list = pack(harbour::plan(), "2027-03-20");
    assert_eq!(
        rows(&list),
        ["22:30", "23:00", "23:30", "Sun 21 Mar 00:00", "00:30 roll back by 00:47", "01:00", "01:30", "02:00"]
    );
    assert_eq!(clocks(&list), ["22:00", "00:04", "00:47", "02:00"]);
}

#[test]
fn the_policy_says_how_often_and_the_last_row_is_the_end() {
    let every = |minutes| {
        let mut parts = harbour::plan().to_parts();
        parts.policy = Arc::new(Policy { status_every: Minutes(minutes), ..Policy::default() });
        let plan = Plan::from(parts);
        pack(plan, "2027-03-20")
    };
    assert_eq!(rows(&every(100)), ["23:40 roll back by 00:47", "Sun 21 Mar 01:20", "02:00"]);
    assert!(rows(&every(0)).is_empty());
    assert_eq!(rows(&every(1)).len(), 96);
    let has_remark = |minutes| status(&every(minutes)).unwrap().remark.is_some();
    assert!(has_remark(1) && !has_remark(30));
}

#[test]
fn in_the_night_of_the_clock_change_every_time_is_the_real_one_and_says_which_clock() {
    let spring = clock_change("2027-03-28");
    assert_eq!(clocks(&spring)[0], "00:00 GMT");
    assert_eq!(clocks(&spring)[3], "04:00 BST");
    assert_eq!(rows(&spring).len(), 6);
    assert!(rows(&spring)[1].starts_with("02:00 BST"), "{:?}", rows(&spring));
    assert!(notices(&spring).iter().any(|notice| notice.contains("it lasts 3 h")), "{:?}", notices(&spring));
    let autumn = clock_change("2027-10-31");
    let twice: Vec<String> = rows(&autumn).into_iter().filter(|row| row.starts_with("01:30")).collect();
    assert_eq!(twice.len(), 2, "{twice:?}");
    assert!(twice[0].starts_with("01:30 BST") && twice[1].starts_with("01:30 GMT"));
}

#[test]
fn a_change_in_the_day_before_shows_in_the_time_of_its_block() {
    let plan = with_window(|window| window.rule = Rule::once(date("2027-03-28")));
    let blocks = blocks(&pack(plan, "2027-03-28"));
    assert_eq!((blocks[0].1.as_str(), blocks[1].1.as_str()), ("Sat 27 Mar, 21:00 GMT", "Sun 28 Mar, 20:00 BST"));
}

#[test]
fn without_an_estimate_it_says_so_instead_of_times() {
    let document = try_pack(with_window(|window| window.work = Work::default()), "2027-03-20").unwrap();
    let sheet = &document.sheets[0];
    assert_eq!((clocks(sheet), timeline(sheet)), (vec!["22:00", "–", "–", "02:00"], None));
    for form in forms(&document) {
        assert!(form.contains("not estimated") && !form.contains("roll back by 0"));
    }
}

#[test]
fn what_does_not_fit_comes_before_everything_else() {
    let sheet = pack(with_window(|window| window.duration = Minutes::hours(3)), "2027-03-20");
    assert!(notices(&sheet)[0].starts_with("The work does not fit: it needs 3 h 30 of 3 h"), "{:?}", notices(&sheet));
    let timeline = timeline(&sheet).unwrap();
    assert!(timeline.end < 1.0 && timeline.bands.iter().all(|band| band.to <= 1.0));
    let hopeless = pack(with_window(|window| window.duration = Minutes::hours(1)), "2027-03-20");
    assert_eq!(clocks(&hopeless), ["22:00", "–", "–", "23:00"]);
}

#[test]
fn the_point_of_no_return_is_on_the_timeline_and_in_the_text() {
    let irreversible = |hours, step: &str| {
        let step = Irreversible { after: Minutes::hours(hours), step: step.to_owned() };
        try_pack(with_window(|window| window.irreversible = Some(step)), "2027-03-20").unwrap()
    };
    let document = irreversible(1, "<The schema is migrated>");
    let tick =
        timeline(&document.sheets[0]).unwrap().ticks.iter().find(|tick| tick.kind == TickKind::NoReturn).unwrap();
    assert_eq!((tick.clock.as_str(), tick.is_bare), ("23:00", false));
    assert!((tick.at - 0.25).abs() < 1e-9);
    let [page, markdown, _] = forms(&document);
    assert!(page.contains("Point of no return 23:00: &lt;The schema is migrated&gt;"));
    assert!(markdown.contains("**Point of no return 23:00: \\<The schema is migrated"));
    // What comes after the end is not on the timeline, but in the text.
    let late = irreversible(40, "");
    let late = timeline(&late.sheets[0]).unwrap();
    assert!(late.ticks.iter().all(|tick| tick.kind != TickKind::NoReturn));
    assert_eq!(late.no_return.as_deref(), Some("Point of no return 14:00"));
}

#[test]
fn a_skipped_or_moved_night_says_so() {
    let skip = Edit::SkipOccurrence { window: "core-db".into(), on: date("2027-03-20"), reason: String::new() };
    let skipped = pack(harbour::plan().apply(&skip).unwrap(), "2027-03-20");
    assert!(notices(&skipped)[0].contains("skipped"));
    let moved = Edit::MoveOccurrence {
        window: "core-db".into(),
        on: date("2027-03-20"),
        to: date("2027-03-21"),
        start: None,
        duration: None,
    };
    let moved = pack(harbour::plan().apply(&moved).unwrap(), "2027-03-20");
    assert_eq!((notices(&moved)[0], head(&moved).date.as_str()), ("Moved from Sat 20 Mar 2027.", "Sun 21 Mar 2027"));
}

#[test]
fn a_strategy_adds_its_items_to_the_handbooks_checklist() {
    for (strategy, counts, item) in [
        (WorkStrategy::Scheduled, [5, 5, 4, 5, 6], "Lessons learned"),
        (WorkStrategy::Rolling, [5, 6, 4, 6, 6], "Each batch back in service before the next one starts"),
        (WorkStrategy::Immutable, [6, 5, 5, 5, 7], "New images built and tested"),
        (WorkStrategy::BlueGreen, [6, 5, 5, 5, 7], "Second environment patched and verified"),
    ] {
        let document = try_pack(with_window(|window| window.strategy = strategy), "2027-03-20").unwrap();
        let found: Vec<usize> = blocks(&document.sheets[0]).iter().map(|(.., items)| items.len()).collect();
        assert_eq!(found, counts, "{}", strategy.name());
        assert!(forms(&document).iter().any(|form| form.contains(item)), "{item}");
    }
}

#[test]
fn a_window_with_a_watch_has_its_checks_its_baseline_and_its_result_on_paper() {
    let mut plan = with_window(|window| {
        window.watch = Some(Watch { length: Minutes::hours(48), baseline: "120 orders a minute".into() });
    });
    let titles = |sheet: &Sheet| {
        let title = |part: &Part| if let Part::Title(title) = part { Some(title.clone()) } else { None };
        let found: Vec<Title> = sheet.parts.iter().filter_map(title).collect();
        found.into_iter().find(|title| title.text == "Result of the watch").map(|title| title.beside)
    };
    let sheet = pack(plan.clone(), "2027-03-20");
    let watch = checks(&sheet).into_iter().find(|block| block.title.text == "Watch").unwrap();
    assert_eq!((watch.items.len(), &*watch.title.beside), (3, "02:00 – Tue 23 Mar, 02:00"));
    assert_eq!(titles(&sheet).as_deref(), Some("Tue 23 Mar, 02:00"));
    let [page, markdown, text] = forms(&try_pack(plan.clone(), "2027-03-20").unwrap());
    assert!([page, markdown, text].iter().all(|form| form.contains("120 orders a minute")));
    let key = NightKey { window: "core-db".into(), on: date("2027-03-20") };
    let at = UtcMinute::from_utc("2027-03-22T09:00:00Z".parse().unwrap());
    let found = WatchRecord {
        outcome: Some(WatchOutcome::Quiet),
        logs: "Nothing new".into(),
        ..WatchRecord::new("Ann".into(), at)
    };
    plan = plan.apply(&Edit::PutNight(NightRecord { watch: Some(found), ..NightRecord::new(key) })).unwrap();
    let sheet = pack(plan.clone(), "2027-03-20");
    assert_eq!(titles(&sheet).as_deref(), Some("Quiet: Ann, Mon 22 Mar, 09:00"));
    assert!(forms(&try_pack(plan, "2027-03-20").unwrap())[2].contains("Nothing new"));
    let without = pack(harbour::plan(), "2027-03-20");
    assert!(titles(&without).is_none() && checks(&without).iter().all(|block| block.title.text != "Watch"));
}
