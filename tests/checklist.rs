//! The checklist of one night, in both forms: every item, time and name is there, and nothing that people typed is read
//! as a sign.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails fails its test")]

#[path = "common/harbour.rs"]
mod harbour;

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use windowsill::export::checklist::{Checklist, NoChecklist, TickKind, html, markdown};
use windowsill::model::{
    Block, Booking, ChecklistChoice, ChecklistItem, ChecklistTemplate, Duty, Edit, Irreversible, MaintenanceWindow,
    Minutes, Person, Plan, Policy, Rule, Team, Who, Work,
};
use windowsill::schedule::Schedule;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn try_checklist(plan: Plan, date: &str) -> Result<Checklist, NoChecklist> {
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let id = schedule.windows[0].id().clone();
    let (window, occurrence) = schedule.occurrence(&id, on(date)).unwrap();
    Checklist::of(&schedule, window, occurrence)
}

fn checklist(plan: Plan, date: &str) -> Checklist {
    try_checklist(plan, date).unwrap()
}

fn with_window(change: impl FnOnce(&mut MaintenanceWindow)) -> Plan {
    let mut window = harbour::window();
    change(&mut window);
    let mut plan = harbour::plan();
    plan.windows = [window].into_iter().collect();
    plan
}

/// Core DB from 01:00 to 05:00 in the night in which the clocks change.
fn clock_change(date: &str) -> Checklist {
    let plan = with_window(|window| {
        window.start = NaiveTime::from_hms_opt(0, 0, 0).unwrap();
        window.rule = Rule::once(on(date));
    });
    checklist(plan, date)
}

fn clocks(checklist: &Checklist) -> Vec<&str> {
    checklist.times.iter().map(|time| time.clock.as_str()).collect()
}

fn rows(checklist: &Checklist) -> Vec<String> {
    let row = |row: &windowsill::export::checklist::StatusRow| {
        let parts = [row.day.clone(), Some(row.clock.clone()), row.rollback.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    checklist.blocks[3].rows.iter().map(row).collect()
}

/// A plan whose window has a checklist "night" of these items.
fn with_items(items: &[(Block, &str)]) -> Plan {
    let mut plan = with_window(|window| window.checklist = ChecklistChoice::Template("night".into()));
    let items = items.iter().map(|(block, text)| ChecklistItem::new(*block, (*text).to_owned()));
    let template = ChecklistTemplate::new("night".into(), "Night", items.collect());
    plan.checklists = [template].into_iter().collect();
    plan
}

#[test]
fn a_checklist_of_ones_own_stands_in_the_place_of_the_25_items() {
    let items = [
        (Block::After, "Close {ticket}"),
        (Block::During, "Tell the desk every {every}"),
        (Block::DayBefore, "Ring <Ann> & Bo"),
        (Block::After, "Go home"),
    ];
    let list = checklist(with_items(&items), "2027-03-20");
    let blocks: Vec<_> = list.blocks.iter().map(|block| (block.title.as_str(), block.items.clone())).collect();
    let block = |title, items: &[&str]| (title, items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>());
    assert_eq!(
        blocks,
        [
            block("24 hours before", &["Ring <Ann> & Bo"]),
            block("During", &["Tell the desk every 30 minutes"]),
            block("After", &["Close CHG-20417", "Go home"]),
        ]
    );
    assert!(html(&list).contains("Ring &lt;Ann&gt; &amp; Bo") && !markdown(&list).contains("Stakeholders notified"));
}

#[test]
fn without_a_checklist_there_is_nothing_to_print_and_it_says_what_to_do() {
    let without = with_window(|window| window.checklist = ChecklistChoice::Without);
    let unknown = with_window(|window| window.checklist = ChecklistChoice::Template("gone".into()));
    for (plan, why) in [
        (without, "Core DB patching is planned without a checklist. Choose one under Checklist in the inspector"),
        (with_items(&[]), "The checklist of Core DB patching, Night, has no items. Add some under Lists, Checklists."),
        (unknown, "Core DB patching names the checklist \"gone\", which is not in the plan."),
    ] {
        let error = try_checklist(plan, "2027-03-20").unwrap_err().to_string();
        assert!(error.starts_with(why), "{error}");
    }
}

#[test]
fn the_head_says_who_works_and_who_tests() {
    let booked = |duty, who| Booking { duty, who, on: None };
    let mut plan = with_window(|window| {
        let testers = booked(Duty::USUAL_TESTING, Who::Team("testers".into()));
        window.bookings = vec![booked(Duty::Work, Who::Person("ann".into())), testers];
    });
    let ann = Person { phone: "+44 20 7946 0000".into(), ..Person::new("ann".into(), "Ann <Bell>") };
    plan.people = [ann, Person::new("bo".into(), "Bo Lund")].into_iter().collect();
    let testers = Team { people: vec!["bo".into()], needed: Some(2), ..Team::new("testers".into(), "Testers") };
    plan.teams = [testers].into_iter().collect();
    let list = checklist(plan, "2027-03-20");
    let expected = [
        ("Works", "Ann <Bell> (+44 20 7946 0000)"),
        ("Tests from 02:00", "Bo Lund"),
        ("Still to be found", "1 of 2 of Testers for testing"),
    ];
    assert_eq!(list.people, expected.map(|(duty, names)| (duty.to_owned(), names.to_owned())));
    assert!(html(&list).contains("<b>Works</b> Ann &lt;Bell&gt; (+44 20 7946 0000)</p>"));
    assert!(markdown(&list).contains("**Tests from 02:00** Bo Lund\n"));
    assert!(checklist(harbour::plan(), "2027-03-20").people.is_empty());
}

#[test]
fn both_forms_say_everything() {
    let list = checklist(harbour::plan(), "2027-03-20");
    for text in [markdown(&list), html(&list)] {
        let mut wanted = vec!["Core DB patching", "Sat 20 Mar 2027", "Europe/London (GMT)", "CHG-20417", "Production"];
        wanted.extend([
            "Fri 19 Mar, 22:00",
            "Sat 20 Mar, 20:00",
            "22:00 – 02:00",
            "roll back by 00:47",
            "Harbour Trust 2027",
        ]);
        wanted.extend(list.blocks.iter().flat_map(|block| &block.items).map(String::as_str));
        wanted.extend(list.headings.iter().map(|(heading, _)| *heading));
        wanted.extend(["Infrastructure", "Software support", "Security", "authenticated scan"]);
        for part in wanted {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }
    assert_eq!(list.blocks.iter().map(|block| block.items.len()).collect::<Vec<_>>(), [5, 5, 4, 5, 6]);
}

#[test]
fn the_night_reads_as_it_was_drawn() {
    let list = checklist(harbour::plan(), "2027-03-20");
    insta::assert_snapshot!("checklist_markdown", markdown(&list));
    insta::assert_snapshot!("checklist_html", html(&list));
}

#[test]
fn a_status_row_stands_every_half_hour_with_roll_back_by_in_the_last_one_before_it() {
    let list = checklist(harbour::plan(), "2027-03-20");
    assert_eq!(
        rows(&list),
        ["22:30", "23:00", "23:30", "Sun 21 Mar 00:00", "00:30 roll back by 00:47", "01:00", "01:30", "02:00"]
    );
    assert_eq!(clocks(&list), ["22:00", "00:04", "00:47", "02:00"]);
}

#[test]
fn the_policy_says_how_often_and_the_last_row_is_the_end() {
    let every = |minutes| {
        let mut plan = harbour::plan();
        plan.policy = Arc::new(Policy { status_every: Minutes(minutes), ..Policy::default() });
        checklist(plan, "2027-03-20")
    };
    assert_eq!(rows(&every(100)), ["23:40 roll back by 00:47", "Sun 21 Mar 01:20", "02:00"]);
    assert!(rows(&every(0)).is_empty());
    assert_eq!(rows(&every(1)).len(), 96);
    assert!(every(1).blocks[3].remark.is_some() && every(30).blocks[3].remark.is_none());
}

#[test]
fn in_the_night_of_the_clock_change_every_time_is_the_real_one_and_says_which_clock() {
    let spring = clock_change("2027-03-28");
    assert_eq!(clocks(&spring)[0], "00:00 GMT");
    assert_eq!(clocks(&spring)[3], "04:00 BST");
    assert_eq!(rows(&spring).len(), 6);
    assert!(rows(&spring)[1].starts_with("02:00 BST"), "{:?}", rows(&spring));
    assert!(spring.notices.iter().any(|notice| notice.contains("it lasts 3 h")), "{:?}", spring.notices);
    let autumn = clock_change("2027-10-31");
    let twice: Vec<String> = rows(&autumn).into_iter().filter(|row| row.starts_with("01:30")).collect();
    assert_eq!(twice.len(), 2, "{twice:?}");
    assert!(twice[0].starts_with("01:30 BST") && twice[1].starts_with("01:30 GMT"));
}

#[test]
fn a_change_in_the_day_before_shows_in_the_time_of_its_block() {
    let plan = with_window(|window| window.rule = Rule::once(on("2027-03-28")));
    let list = checklist(plan, "2027-03-28");
    assert_eq!(list.blocks[0].when, "Sat 27 Mar, 21:00 GMT");
    assert_eq!(list.blocks[1].when, "Sun 28 Mar, 20:00 BST");
}

#[test]
fn without_an_estimate_it_says_so_instead_of_times() {
    let list = checklist(with_window(|window| window.work = Work::default()), "2027-03-20");
    assert_eq!(clocks(&list), ["22:00", "–", "–", "02:00"]);
    assert!(list.timeline.is_none());
    for text in [markdown(&list), html(&list)] {
        assert!(text.contains("not estimated") && !text.contains("roll back by 0"));
    }
}

#[test]
fn what_does_not_fit_is_said_before_anything_else() {
    let list = checklist(with_window(|window| window.duration = Minutes::hours(3)), "2027-03-20");
    assert!(list.notices[0].starts_with("The work does not fit: it needs 3 h 30 of 3 h"), "{:?}", list.notices);
    let timeline = list.timeline.unwrap();
    assert!(timeline.end < 1.0 && timeline.segments.iter().all(|segment| segment.to <= 1.0));
    let hopeless = checklist(with_window(|window| window.duration = Minutes::hours(1)), "2027-03-20");
    assert_eq!(clocks(&hopeless), ["22:00", "–", "–", "23:00"]);
}

#[test]
fn the_point_of_no_return_stands_on_the_timeline_and_in_words() {
    let irreversible = |hours, step: &str| {
        let step = Irreversible { after: Minutes::hours(hours), step: step.to_owned() };
        checklist(with_window(|window| window.irreversible = Some(step)), "2027-03-20")
    };
    let list = irreversible(1, "<The schema is migrated>");
    let timeline = list.timeline.as_ref().unwrap();
    let tick = timeline.ticks.iter().find(|tick| tick.kind == TickKind::NoReturn).unwrap();
    assert_eq!((tick.clock.as_str(), tick.is_bare), ("23:00", false));
    assert!((tick.at - 0.25).abs() < 1e-9);
    assert!(html(&list).contains("Point of no return 23:00: &lt;The schema is migrated&gt;"));
    assert!(markdown(&list).contains("**Point of no return 23:00: \\<The schema is migrated"));
    // What comes after the end has no place on the timeline, but is said.
    let late = irreversible(40, "").timeline.unwrap();
    assert!(late.ticks.iter().all(|tick| tick.kind != TickKind::NoReturn));
    assert_eq!(late.no_return.unwrap(), "Point of no return 14:00");
}

#[test]
fn a_skipped_or_moved_night_says_so() {
    let skip = Edit::SkipOccurrence { window: "core-db".into(), on: on("2027-03-20"), reason: String::new() };
    let skipped = checklist(harbour::plan().apply(&skip).unwrap(), "2027-03-20");
    assert!(skipped.notices[0].contains("skipped"));
    let moved =
        Edit::MoveOccurrence { window: "core-db".into(), on: on("2027-03-20"), to: on("2027-03-21"), start: None };
    let moved = checklist(harbour::plan().apply(&moved).unwrap(), "2027-03-20");
    assert_eq!((moved.notices[0].as_str(), moved.date.as_str()), ("Moved from Sat 20 Mar 2027.", "Sun 21 Mar 2027"));
}

#[test]
fn hostile_text_shows_as_it_was_typed() {
    for name in harbour::hostile_names() {
        let mut plan = with_window(|window| {
            window.name.clone_from(&name);
            window.impact.clone_from(&name);
            window.change_ticket.clone_from(&name);
            window.backout.steps.clone_from(&name);
        });
        plan.title.clone_from(&name);
        let list = checklist(plan, "2027-03-20");
        let page = html(&list);
        assert!(!page.contains("<script") && page.matches("</style>").count() == 1, "{page}");
        assert_eq!(page.matches("<h1").count(), 1);
        let text = markdown(&list);
        let bare = text.replace("\\<", "").replace("\\]", "");
        assert!(!bare.contains('<') && !bare.contains("](javascript"), "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with("# ")).count(), 1);
        for control in ['\u{0}', '\u{7}', '\u{1b}', '\u{7f}', '\r', '\u{2028}'] {
            assert!(!page.contains(control) && !text.contains(control));
        }
    }
}

#[test]
fn a_page_needs_nothing_from_elsewhere() {
    let page = html(&checklist(harbour::plan(), "2027-03-20"));
    for part in ["http://", "https://", "src=", "url(", "<script", "@import"] {
        assert!(!page.contains(part), "{part}");
    }
}
