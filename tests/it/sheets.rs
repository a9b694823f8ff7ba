//! The owner's year and the board's sheet: dates, times, names, answers and open questions.

use std::sync::Arc;

use proptest::prelude::*;
use windowsill::checks::Findings;
use windowsill::export::paper::{Document, Part, Table};
use windowsill::export::{cab, year};
use windowsill::model::*;
use windowsill::schedule::{Revision, Schedule};
use windowsill::store::parse;

use crate::common::dates::date;
use crate::common::harbour;
use crate::support::plans::any_plan;
use crate::support::printed_text::{no_control_characters, texts};

/// In the week before notice of the third Saturday of March 2027 is due.
const TODAY: &str = "2027-03-08";

fn derived(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

/// The harbour with its area "area", and what its owner said of the occurrence of that original date.
fn with_answer(day: &str, agreement: Agreement, reserve: Option<&str>) -> Plan {
    let key = LedgerKey { window: "core-db".into(), on: date(day), area: "area".into() };
    let reserve_on = reserve.map(date);
    let entry = LedgerEntry { key, agreement, answered_for: None, replied_at: None, reserve_on, notes: String::new() };
    let mut parts = with_area().to_parts();
    parts.ledger = [entry].into_iter().collect();
    parts.into()
}

fn with_area() -> Plan {
    let mut parts = harbour::plan().to_parts();
    let area = BusinessArea { id: "area".into(), ..BusinessArea::clone(parts.areas.iter().next().unwrap()) };
    parts.areas = [area].into_iter().collect();
    parts.into()
}

fn year_of(plan: Plan, today: &str) -> Document {
    year::document(&derived(plan), &"area".into(), date(today), "4f1c22a9")
}

fn board_of(plan: Plan, since: Option<Plan>, today: &str, weeks: u16) -> Document {
    let schedule = derived(plan);
    let findings = Findings::check(&schedule, date(today), None);
    let since = since.map(|old| Revision::between(&derived(old), &schedule, date(today)));
    cab::document(&schedule, &findings, since.as_ref(), date(today), weeks, "4f1c22a9")
}

fn parts(document: &Document) -> &[Part] {
    assert_eq!(document.sheets.len(), 1);
    &document.sheets[0].parts
}

/// The text below that heading, up to the next one.
fn below<'a>(document: &'a Document, heading: &str) -> Vec<&'a Part> {
    let is_heading = |part: &&Part| matches!(part, Part::Title(_));
    let after = parts(document).iter().skip_while(|part| !matches!(part, Part::Title(title) if title.text == heading));
    after.skip(1).take_while(|part| !is_heading(part)).collect()
}

#[track_caller]
fn table<'a>(document: &'a Document, heading: &str) -> &'a Table {
    let found = below(document, heading).into_iter().find_map(|part| match part {
        Part::Table(table) => Some(table),
        _ => None,
    });
    let table = found.unwrap_or_else(|| panic!("no table below {heading}: {:?}", texts(document)));
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    table
}

#[track_caller]
fn says(document: &Document, expected: &str) {
    let all = texts(document).join("\n");
    assert!(all.contains(expected), "{expected:?} is missing in\n{all}");
}

#[test]
fn an_owner_reads_all_dates_from_today_on_with_hours_and_open_questions() {
    let document = year_of(with_area(), TODAY);
    let dates = table(&document, "Your dates");
    let first = [
        "Core DB patching\nCore DB, Ledger",
        "Payments read-only for 2 h; use the branch form",
        "Sat 22:00 – 02:00",
        "20\u{a0}Mar, 17\u{a0}Apr, 15\u{a0}May, 19\u{a0}Jun, 17\u{a0}Jul, 21\u{a0}Aug, 18\u{a0}Sep, 16\u{a0}Oct, \
         20\u{a0}Nov, 18\u{a0}Dec",
        "Not asked yet\nAnswer 7 days before",
    ];
    assert_eq!(dates.rows, [first.map(str::to_owned).to_vec()]);
    assert!(document.sheets[0].fits_a_page);
    for expected in ["Payments", "A. Osei", "10 dates: 10 without an answer", "Book people who test your systems"] {
        says(&document, expected);
    }
    assert!(matches!(&below(&document, "Reserve dates")[..], [Part::Room(room)] if room.lines == 2));
    assert!(matches!(parts(&document).last(), Some(Part::SignOffs(lines)) if lines[0].who == "A. Osei"));
}

#[test]
fn an_owner_reads_what_they_answered_and_the_reserve_date() {
    let answer = |plan| table(&year_of(plan, TODAY), "Your dates").rows[0][4].clone();
    let agreed = Agreement::Agreed { on: date("2027-01-05"), by: "B. Stand-in".into() };
    let said = answer(with_answer("2027-03-20", agreed, None));
    assert_eq!(said, "Not asked yet\n20\u{a0}Mar: Agreed by B. Stand-in\nAnswer 7 days before");
    let declined = Agreement::Declined { on: date("2027-01-05"), by: "A. Osei".into(), reason: "Quarter close".into() };
    let plan = with_answer("2027-03-20", declined, Some("2027-03-27"));
    says(&year_of(plan.clone(), TODAY), "10 dates: 1 declined, 9 without an answer");
    let said = answer(plan);
    assert!(said.contains("20\u{a0}Mar: Declined: Quarter close; reserve Sat 27 Mar\n"), "{said:?}");
}

#[test]
fn an_owner_reads_which_dates_moved_and_which_do_not_take_place() {
    let mut parts = with_area().to_parts();
    let mut window = harbour::window();
    let change = |day: &str, change| Exception { on: date(day), change, sequence: 1, was_added: false };
    window.exceptions = vec![
        change("2027-03-20", OccurrenceChange::Moved { to: date("2027-03-27"), start: None, duration: None }),
        change("2027-04-17", OccurrenceChange::Skipped { reason: "Audit".into() }),
        change("2027-05-15", OccurrenceChange::Moved { to: date("2027-05-16"), start: None, duration: None }),
    ];
    parts.windows = [window].into_iter().collect();
    let plan = Plan::from(parts);
    let document = year_of(plan, TODAY);
    let rows = &table(&document, "Your dates").rows;
    let when: Vec<&[String]> = rows.iter().map(|row| &row[2..4]).collect();
    assert_eq!(when[0], ["Sat 22:00 GMT – 02:00 BST", "27\u{a0}Mar (moved from Sat 20 Mar)"]);
    assert_eq!(when[1], ["Sun 22:00 – 02:00", "16\u{a0}May (moved from Sat 15 May)"]);
    assert!(when[2][1].starts_with("19\u{a0}Jun, 17\u{a0}Jul"));
    assert!(rows[1..].iter().all(|row| row[..2] == ["Core DB patching", ""]), "it is said once what a window does");
    let skipped = texts(&below(&document, "Does not take place"));
    assert!(skipped.contains(&"Sat 17 Apr 2027, Core DB patching: Audit".to_owned()), "{skipped:?}");
}

#[test]
fn an_owner_reads_the_years_of_a_plan_of_several_and_the_zone_of_a_window_with_another() {
    let mut parts = with_area().to_parts();
    parts.horizon = Horizon { months: 18, ..parts.horizon };
    let window = MaintenanceWindow { zone: Some("America/New_York".into()), ..harbour::window() };
    parts.windows = [window].into_iter().collect();
    let plan = Plan::from(parts);
    let document = year_of(plan, "2027-12-01");
    let row = &table(&document, "Your dates").rows[0];
    assert_eq!(row[2], "Sat 22:00 – 02:00\nAmerica/New_York");
    assert!(row[3].starts_with("2027: 18\u{a0}Dec\n2028: 15\u{a0}Jan, "), "{row:?}");
}

#[test]
fn an_owner_without_dates_and_a_missing_area_are_reported() {
    says(&year_of(with_area(), "2028-01-01"), "No maintenance on your systems from Sat 1 Jan 2028 on");
    let document = year::document(&derived(with_area()), &"nobody".into(), date(TODAY), "4f1c22a9");
    assert_eq!(parts(&document), [Part::Notice("The plan has no business area with the id nobody".to_owned())]);
}

#[test]
fn each_area_of_the_sample_reads_all_dates_that_affect_its_systems() {
    let schedule = derived(parse(include_str!("../../assets/sample.ron")).unwrap().plan);
    for area in schedule.plan.areas() {
        let touches = |window: &&Arc<windowsill::schedule::WindowSchedule>| {
            window.scope.systems.iter().any(|system| system.area.as_ref() == Some(&area.id))
        };
        let dates: usize = schedule.windows.iter().filter(touches).map(|each| each.expansion.occurrences.len()).sum();
        let document = year::document(&schedule, &area.id, date("2026-11-21"), "4f1c22a9");
        let count = |row: &Vec<String>| row[3].split(", ").count();
        let listed: usize = if dates == 0 { 0 } else { table(&document, "Your dates").rows.iter().map(count).sum() };
        assert_eq!(listed, dates, "{}", area.name);
    }
}

#[test]
fn the_board_reads_the_coming_weeks_and_when_to_roll_back() {
    let document = board_of(with_area(), None, TODAY, 2);
    let titles = parts(&document).iter().filter_map(|part| match part {
        Part::Title(title) => Some(title.text.as_str()),
        _ => None,
    });
    let order = ["Decisions to take", "Findings", "Changes", "Coming windows"];
    assert_eq!(titles.collect::<Vec<_>>(), order, "what the board must do comes first");
    let rows = &table(&document, "Coming windows").rows;
    let expected = [
        "Sat 20 Mar",
        "22:00 – 02:00 GMT",
        "Core DB patching\nCHG-20417",
        "Standard",
        "Core DB, Ledger; 40 hosts",
        "00:47\nSun 21 Mar",
        "0 of 1",
    ];
    assert_eq!(rows, &[expected.map(str::to_owned).to_vec()]);
    says(&document, "the next 2 weeks");
    says(&document, "1 date of 1 window");
    says(&document, "Not compared with an earlier plan");
    let next = "No maintenance window takes place in these weeks; the next one: Sat 20 Mar 2027, Core DB patching";
    says(&board_of(with_area(), None, TODAY, 1), next);
}

#[test]
fn the_board_reads_open_findings_about_what_comes_and_none_about_the_rest() {
    let mut parts = with_area().to_parts();
    parts.freezes = [ChangeFreeze::week("f".into(), date("2027-03-15"))].into_iter().collect();
    let plan = Plan::from(parts);
    let codes = |weeks| {
        let document = board_of(plan.clone(), None, TODAY, weeks);
        texts(&below(&document, "Findings")).contains(&"F001".to_owned())
    };
    assert!(codes(2));
    assert!(!codes(1));
}

/// The questions that the board has to decide.
fn questions(plan: Plan, weeks: u16) -> Vec<String> {
    let document = board_of(plan, None, TODAY, weeks);
    let decisions = table(&document, "Decisions to take");
    assert!(decisions.rows.iter().all(|row| row[3..] == ["□", "□", "□"].map(str::to_owned)));
    decisions.rows.iter().map(|row| row[2].clone()).collect()
}

#[test]
fn the_board_decides_on_what_was_not_asked_not_answered_or_declined() {
    let due = "Go ahead? Payments: not asked yet, notice is due on Sat 13 Mar 2027";
    assert_eq!(questions(with_area(), 2)[0], due);
    let asked = with_answer("2027-03-20", Agreement::Asked { on: date("2027-01-05") }, None);
    assert_eq!(questions(asked, 2)[0], "Go ahead without an answer? Payments: asked, no answer");
    let declined = Agreement::Declined { on: date("2027-01-05"), by: String::new(), reason: "Quarter close".into() };
    assert_eq!(
        questions(with_answer("2027-03-20", declined.clone(), None), 2)[0],
        "Go ahead, move or skip? Payments (Quarter close) declined, no reserve date"
    );
    says(&board_of(with_answer("2027-03-20", declined, Some("2027-03-27")), None, TODAY, 2), "None");
}

#[test]
fn the_board_decides_on_late_notice_also_of_later_dates() {
    let mut parts = with_area().to_parts();
    let area = BusinessArea { notice_days: Some(45), ..BusinessArea::clone(parts.areas.iter().next().unwrap()) };
    parts.areas = [area].into_iter().collect();
    let plan = Plan::from(parts);
    let questions = questions(plan, 2);
    assert_eq!(questions[0], "Go ahead at short notice? Payments: not asked, notice was due on Wed 3 Feb 2027");
    assert_eq!(questions[1], "Ask late? Notice of 1 later date was due, the first on Wed 3 Mar 2027");
}

#[test]
fn the_board_decides_on_exemptions_that_nobody_approved() {
    let mut parts = with_area().to_parts();
    let exemption = Exemption { window: "core-db".into(), approver: String::new(), reason: String::new() };
    let mut freeze = ChangeFreeze::week("f".into(), date("2027-03-15"));
    freeze.exemptions = vec![exemption];
    parts.freezes = [freeze].into_iter().collect();
    let plan = Plan::from(parts);
    assert!(questions(plan, 2).last().unwrap().starts_with("Approve it: Core DB patching is exempt from freeze"));
}

#[test]
fn the_board_decides_on_advisories_and_reads_that_findings_are_elsewhere() {
    let mut parts = harbour::plan().to_parts();
    let late = Advisory {
        due_on: Some(date("2027-03-11")),
        systems: vec!["core-db".into()],
        ..Advisory::new("cve-2027-1".into(), "Heap overflow", date("2027-02-20"))
    };
    let decision = Decision {
        verdict: Verdict::Deploy,
        by: "A. Osei".into(),
        on: date("2027-02-21"),
        until: None,
        systems: Vec::new(),
        reason: String::new(),
    };
    let decided = Advisory { id: "cve-2027-2".into(), decisions: vec![decision], ..late.clone() };
    parts.advisories = [late, decided].into_iter().collect();
    let document = board_of(Plan::from(parts), None, TODAY, 1);
    let decisions = &table(&document, "Decisions to take").rows;
    let about: Vec<&str> = decisions.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(about.iter().filter(|about| about.starts_with("CVE-2027-1 ")).count(), 1, "{about:?}");
    assert!(about.iter().all(|about| !about.starts_with("CVE-2027-2")), "{about:?}");
    says(&document, "Deploy, defer, mitigate or accept? due Thu 11 Mar 2027, no window in time");
    // In quiet weeks, the sheet says that the plan has findings elsewhere.
    let quiet = board_of(harbour::plan(), None, TODAY, 1);
    says(&quiet, "No findings about windows in these weeks (in the whole plan: ");
}

#[test]
fn the_board_reads_what_changed_since_it_saw_the_plan() {
    let earlier = Plan::from(PlanParts {
        windows: [MaintenanceWindow { start: crate::support::full::clock(20, 0), ..harbour::window() }]
            .into_iter()
            .collect(),
        ..with_area().to_parts()
    });
    let document = board_of(with_area(), Some(earlier), TODAY, 2);
    let rows = &table(&document, "Changes").rows;
    // The window, and the one date that is near: the others are counted.
    assert_eq!(rows.len(), 2);
    assert!(rows[0][1].contains("All 12 dates from 20:00 to 22:00"), "{rows:?}");
    assert_eq!(rows[1][2..4], ["Sat 20 Mar 2027 20:00 – 00:00 GMT", "Sat 20 Mar 2027 22:00 – 02:00 GMT"]);
    says(&board_of(with_area(), Some(with_area()), TODAY, 2), "No differences");
}

#[test]
fn hostile_names_are_text() {
    for name in harbour::hostile_names() {
        let mut parts = with_area().to_parts();
        let area =
            BusinessArea { id: "area".into(), name: name.clone(), owner: name.clone(), ..BusinessArea::default() };
        parts.areas = [area].into_iter().collect();
        let window =
            MaintenanceWindow { name: name.clone(), impact: name.clone(), change_ticket: name, ..harbour::window() };
        parts.windows = [window].into_iter().collect();
        let plan = Plan::from(parts);
        no_control_characters(&year_of(plan.clone(), TODAY));
        no_control_characters(&board_of(plan, None, TODAY, 4));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_plan_has_sheets_and_always_the_same(plan in any_plan()) {
        let is_kept = |window: &&Arc<MaintenanceWindow>| !window.duration.0.is_multiple_of(3);
        let moved = |window: &Arc<MaintenanceWindow>| MaintenanceWindow {
            start: crate::support::full::clock(window.duration.0 % 24, 0),
            ..MaintenanceWindow::clone(window)
        };
        let windows = plan.windows().iter().filter(is_kept).map(moved).collect();
        let earlier = Plan::from(PlanParts { windows, ..plan.to_parts() });
        let weeks = plan.horizon().months.wrapping_mul(700);
        let sheets = |plan: Plan| {
            let schedule = derived(plan.clone());
            let areas: Vec<AreaId> = schedule.plan.areas().iter().map(|area| area.id.clone()).collect();
            let today = date("2027-03-01");
            let mut all: Vec<Document> =
                areas.iter().map(|area| year::document(&schedule, area, today, "4f1c22a9")).collect();
            all.push(board_of(plan, Some(earlier.clone()), "2027-03-01", weeks));
            all.iter().for_each(no_control_characters);
            serde_json::to_string(&all).unwrap()
        };
        prop_assert_eq!(sheets(plan.clone()), sheets(plan));
    }
}
