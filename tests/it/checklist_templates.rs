//! Checklists of one's own, records of nights, and many packs in one document.

use std::sync::Arc;

use chrono::NaiveTime;
use windowsill::export::checklist::{self, ChecklistError};
use windowsill::export::paper::Part;
use windowsill::model::{
    Assignee, Booking, ChecklistBlock, ChecklistChoice, ChecklistItem, ChecklistTemplate, Condition, Duty, Ending,
    Irreversible, MaintenanceWindow, Minutes, NightKey, NightRecord, Outcome, Person, Plan, PlanParts, Rule,
    StatusUpdate, Team, Tick, UtcMinute, Work,
};
use windowsill::progress::Progress;
use windowsill::schedule::Schedule;

use crate::common::dates::date;
use crate::common::harbour;
use crate::support::packs::{
    blocks, checks, forms, head, notices, pack, parts, status, try_pack, with_items, with_window,
};

#[test]
fn a_custom_checklist_replaces_the_25_items() {
    let items = [
        (ChecklistBlock::After, "Close {ticket}"),
        (ChecklistBlock::During, "Tell the desk every {every}"),
        (ChecklistBlock::DayBefore, "Ring <Ann> & Bo"),
        (ChecklistBlock::After, "Go home"),
    ];
    let document = try_pack(with_items(&items), "2027-03-20").unwrap();
    let block = |title: &str, beside: &str, items: &[&str]| {
        (title.to_owned(), beside.to_owned(), items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(
        blocks(&document.sheets[0]),
        [
            block("24 hours before", "Fri 19 Mar, 22:00", &["Ring <Ann> & Bo"]),
            block("During", "22:00 – 02:00", &["Tell the desk every 30 minutes"]),
            block("After", "Sun 21 Mar, 02:00", &["Close CHG-20417", "Go home"]),
        ]
    );
    let [page, markdown, _] = forms(&document);
    assert!(page.contains("Ring &lt;Ann&gt; &amp; Bo") && !markdown.contains("Stakeholders notified"));
}

#[test]
fn an_item_can_have_its_own_time_and_owner() {
    let mut parts = with_items(&[(ChecklistBlock::After, "Go home")]).to_parts();
    let mut template = ChecklistTemplate::clone(parts.checklists.get(&"night".into()).unwrap());
    let timed = |block, text, offset, owner: &str| ChecklistItem {
        offset: Some(offset),
        owner: owner.to_owned(),
        ..ChecklistItem::new(block, text)
    };
    template.items.extend([
        timed(ChecklistBlock::Start, "Begin", 15, "Desk"),
        timed(ChecklistBlock::HoursBefore, "Ring early", -24 * 60, ""),
        timed(ChecklistBlock::After, "Never", i32::MIN, ""),
    ]);
    parts.checklists = [template].into_iter().collect();
    let plan = Plan::from(parts);
    let found: Vec<Vec<String>> = blocks(&pack(plan, "2027-03-20")).into_iter().map(|(.., items)| items).collect();
    assert_eq!(found[0], ["Fri 19 Mar, 20:00 GMT | Ring early"]);
    assert_eq!(found[1], ["22:15 GMT | Begin | Desk"]);
    assert!(found[2][0] == "Go home" && found[2][1].ends_with("| Never"), "{found:?}");
}

#[test]
fn items_are_on_the_checklists_of_the_occurrences_they_apply_to() {
    let with_conditions = |change: &dyn Fn(&mut MaintenanceWindow)| {
        let mut parts = with_window(|window| {
            window.checklist = ChecklistChoice::Template("night".into());
            change(window);
        })
        .to_parts();
        let item = |condition: Condition| ChecklistItem {
            condition,
            ..ChecklistItem::new(ChecklistBlock::Start, format!("{condition:?}"))
        };
        let items = Condition::ALL.map(item).to_vec();
        parts.checklists = [ChecklistTemplate::new("night".into(), "Night", items)].into_iter().collect();
        parts.into()
    };
    let found = |plan: Plan, date: &str| blocks(&pack(plan, date)).remove(0).2.join(" ");
    assert_eq!(found(with_conditions(&|_| {}), "2027-03-20"), "Always Reboot Batches Ticket Dependencies");
    let bare = |window: &mut MaintenanceWindow| {
        (window.work, window.change_ticket) = (Work::default(), " ".to_owned());
        window.batch = windowsill::model::Batch::All;
        window.groups.clear();
        window.systems = vec!["web".into()];
    };
    assert_eq!(found(with_conditions(&bare), "2027-03-20"), "Always");
    let mut parts = with_conditions(&|window| {
        window.rule = Rule::once(date("2027-03-28"));
        window.start = NaiveTime::MIN;
        window.irreversible = Some(Irreversible { after: Minutes(5), step: String::new() });
        let duty = Duty::USUAL_TESTING;
        window.bookings = vec![Booking { duty, who: Assignee::Team("t".into()), on: Some(date("2027-03-28")) }];
    })
    .to_parts();
    let mut core = windowsill::model::System::clone(parts.systems.get(&"core-db".into()).unwrap());
    core.depends_on = vec!["web".into()];
    parts.systems = parts.systems.with(core);
    let plan = Plan::from(parts);
    assert_eq!(found(plan, "2027-03-28"), "Always Reboot Batches NoReturn ClocksChange Testing Ticket Dependencies");
}

#[test]
fn the_head_says_who_works_and_who_tests() {
    let booked = |duty, who| Booking { duty, who, on: None };
    let mut staffed = with_window(|window| {
        let testers = booked(Duty::USUAL_TESTING, Assignee::Team("testers".into()));
        window.bookings = vec![booked(Duty::Work, Assignee::Person("ann".into())), testers];
    })
    .to_parts();
    let ann = Person { phone: "+44 20 7946 0000".into(), ..Person::new("ann".into(), "Ann <Bell>") };
    staffed.people = [ann, Person::new("bo".into(), "Bo Lund")].into_iter().collect();
    let testers = Team { people: vec!["bo".into()], needed: Some(2), ..Team::new("testers".into(), "Testers") };
    staffed.teams = [testers].into_iter().collect();
    let plan = Plan::from(staffed);
    let document = try_pack(plan, "2027-03-20").unwrap();
    let people = parts(&document.sheets[0], |part| if let Part::Labelled(all) = part { Some(all) } else { None })[0];
    let people: Vec<_> = people.iter().map(|each| (each.label.as_str(), each.text.as_str())).collect();
    let expected = [
        ("Works", "Ann <Bell> (+44 20 7946 0000)"),
        ("Tests from 02:00", "Bo Lund"),
        ("Still to be found", "1 of 2 of Testers for testing"),
    ];
    assert_eq!(people, expected);
    let [page, markdown, _] = forms(&document);
    assert!(page.contains("<dt>Works</dt><dd dir=\"auto\">Ann &lt;Bell&gt; (+44 20 7946 0000)</dd>"), "{page}");
    assert!(markdown.contains("**Tests from 02:00** Bo Lund\n"));
}

/// What was written down in the night of 20 March.
fn record() -> NightRecord {
    let at = |minutes: i32| UtcMinute::from_utc("2027-03-20T22:00:00Z".parse().unwrap()).plus(minutes);
    let tick = |block, item: &str, minutes| Tick { block, item: item.into(), by: "Ann".into(), at: at(minutes) };
    let told =
        |due: i32, text: &str| StatusUpdate { due_at: at(due), text: text.into(), by: "Bo".into(), at: at(due + 1) };
    NightRecord {
        ticks: vec![
            tick(ChecklistBlock::Start, "Timer started", 2),
            tick(ChecklistBlock::HoursBefore, "Change ticket CHG-20417 reviewed", -100),
            tick(ChecklistBlock::After, "An item that the checklist had then", 250),
        ],
        status_updates: vec![told(30, "Going well"), told(45, "Out of turn")],
        ending: Some(Ending { outcome: Outcome::RolledBack, by: "Ann".into(), at: at(200) }),
        notes: "Book the DBA\nearlier".into(),
        ..NightRecord::new(NightKey { window: "core-db".into(), on: date("2027-03-20") })
    }
}

#[test]
fn the_record_of_a_night_is_the_sheet_filled_in() {
    let blank = try_pack(harbour::plan(), "2027-03-20").unwrap();
    let mut parts = harbour::plan().to_parts();
    parts.nights = [record()].into_iter().collect();
    let plan = Plan::from(parts);
    let document = try_pack(plan, "2027-03-20").unwrap();
    assert_eq!((&document.revision, &document.title), (&blank.revision, &blank.title));
    let sheet = &document.sheets[0];
    assert_eq!(head(sheet).particulars[0], "Record of the night");
    assert_eq!(notices(sheet), ["Rolled back: Ann, Sun 21 Mar, 01:20"]);
    let done: Vec<String> = checks(sheet)
        .iter()
        .flat_map(|checks| &checks.items)
        .filter_map(|item| item.done.as_ref().map(|done| format!("{}: {} {}", item.text, done.by, done.at)))
        .collect();
    let expected = [
        "Change ticket CHG-20417 reviewed: Ann 20:20",
        "Timer started: Ann 22:02",
        "An item that the checklist had then: Ann 02:10",
    ];
    assert_eq!(done, expected);
    let rows = &status(sheet).unwrap().rows;
    let told: Vec<String> = rows.iter().take(3).map(|row| [&*row.clock, &*row.told, &*row.by].join(" ")).collect();
    assert_eq!(told, ["22:30 Going well Bo, 22:31", "22:45 Out of turn Bo, 22:46", "23:00  "]);
    for form in forms(&document) {
        for part in ["Book the DBA", "An item that the checklist had then", "Going well", "Record of the night"] {
            assert!(form.contains(part), "{part} is missing in\n{form}");
        }
    }
}

#[test]
fn notes_written_beforehand_are_at_the_head_of_an_empty_sheet() {
    let mut plan = harbour::plan();
    let key = NightKey { window: "core-db".into(), on: date("2027-03-20") };
    plan = PlanParts {
        nights: [NightRecord { notes: "Bridge at 21:00\nAsk Lena".into(), ..NightRecord::new(key) }]
            .into_iter()
            .collect(),
        ..plan.to_parts()
    }
    .into();
    let document = try_pack(plan, "2027-03-20").unwrap();
    let sheet = &document.sheets[0];
    assert_eq!(head(sheet).particulars[0], "Pre-maintenance checklist");
    assert_eq!(notices(sheet), ["Bridge at 21:00 · Ask Lena"]);
    assert!(
        matches!(sheet.parts.iter().rev().find(|part| matches!(part, Part::Room(_))), Some(Part::Room(room)) if room.written.is_empty())
    );
    for form in forms(&document) {
        assert!(form.contains("Bridge at 21:00") && form.contains("Ask Lena"), "{form}");
    }
}

#[test]
fn a_checklist_in_german_is_german_throughout() {
    let mut parts = with_items(&[(ChecklistBlock::Start, "Anfangen")]).to_parts();
    let mut template = ChecklistTemplate::clone(parts.checklists.get(&"night".into()).unwrap());
    template.language = "de".to_owned();
    let own = [
        ("roll-back-by", "Zurück bis"),
        ("date", "{weekday}, {day}. {month} {year}"),
        ("sat", "Sa"),
        ("mar", "März"),
        ("start-block", "Beginn"),
        ("page-of", "Seite {page} von {pages}"),
    ];
    template.words = own.map(|(key, word)| (key.to_owned(), word.to_owned())).into();
    parts.checklists = [template].into_iter().collect();
    let plan = Plan::from(parts);
    let document = try_pack(plan, "2027-03-20").unwrap();
    assert_eq!((document.language.as_str(), head(&document.sheets[0]).date.as_str()), ("de", "Sa, 20. März 2027"));
    let [page, markdown, text] = forms(&document);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"de\">"), "{page}");
    assert!(page.contains("\"Seite \" counter(page) \" von \" counter(pages)"), "{page}");
    for form in [page, markdown, text] {
        assert!(form.contains("Zurück bis") && form.contains("Beginn") && !form.contains("Roll back by"), "{form}");
    }
}

#[test]
fn a_batch_has_contents_chapters_and_each_occurrence_once_in_the_order_of_their_starts() {
    let schedule = Schedule::derive(&Arc::new(harbour::plan()), None);
    let dates = ["2027-04-17", "2027-03-20", "2027-04-17", "2027-03-21"];
    let wanted: Vec<_> = dates.iter().map(|day| ("core-db".into(), date(day))).collect();
    let batch = checklist::document(&schedule, &wanted, "0", &Progress::default()).unwrap();
    let sheets = batch.document.sheets.iter().map(|sheet| (sheet.chapter.as_deref(), sheet.name.as_str()));
    assert_eq!(
        sheets.collect::<Vec<_>>(),
        [
            (Some("March 2027"), "Core DB patching, Sat 20 Mar 2027"),
            (Some("April 2027"), "Core DB patching, Sat 17 Apr 2027")
        ]
    );
    assert_eq!(batch.missing, [ChecklistError::Gone { window: "core-db".into(), on: date("2027-03-21") }]);
    assert_eq!(batch.document.title, "Checklists, Sat 20 Mar 2027 – Sat 17 Apr 2027");
    let one_day = checklist::document(&schedule, &wanted[..1], "0", &Progress::default()).unwrap();
    assert!(one_day.document.title.starts_with("Checklists, Sat ") && !one_day.document.title.contains('–'));
    for form in forms(&batch.document) {
        assert!(form.contains("Contents") && form.contains("April 2027"), "{form}");
    }
    let cancelled = Progress::default();
    cancelled.cancel();
    assert_eq!(checklist::document(&schedule, &wanted, "0", &cancelled), None);
}
