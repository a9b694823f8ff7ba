//! The ledger on screen: cells are selected by mouse and keyboard, narrowed down, and answered in bulk.

use egui::{Key, Modifiers};
use windowsill::export::lists::List;
use windowsill::model::{
    Agreement, AreaId, BusinessArea, InviteKey, LedgerEntry, LedgerKey, Plan, PlanParts, SentInvite, System, Table,
    UtcMinute,
};
use windowsill::output::Order;
use windowsill::session::{Action, CalendarView, Command, LedgerPage, Selection, View};

use crate::common::harbour;
use crate::driver::Screen;

const LEDGER: View = View::Ledger(LedgerPage::Answers);
const NOTICES: View = View::Ledger(LedgerPage::Notices);

/// The plan of the harbour, whose window on each third Saturday covers systems of two areas; looked at on 1 March.
fn plan() -> Plan {
    let mut parts = harbour::plan().to_parts();
    let area = |(id, name, owner): (&str, &str, &str)| BusinessArea {
        id: id.into(),
        name: name.into(),
        owner: owner.into(),
        email: format!("{id}@example.org"),
        ..BusinessArea::default()
    };
    parts.areas =
        [("payments", "Payments", "A. Osei"), ("trading", "Trading", "M. Lind")].map(area).into_iter().collect();
    let of_area = |(id, area): (&str, &str)| System {
        area: Some(area.into()),
        ..System::clone(parts.systems.get(&id.into()).unwrap())
    };
    parts.systems = [("core-db", "payments"), ("ledger", "trading")].map(of_area).into_iter().collect();
    parts.into()
}

fn entry(area: &str, on: &str, agreement: Agreement) -> LedgerEntry {
    LedgerEntry {
        key: LedgerKey { window: "core-db".into(), on: on.parse().unwrap(), area: area.into() },
        agreement,
        answered_for: None,
        replied_at: None,
        reserve_on: None,
        notes: "By phone".into(),
    }
}

fn asked(on: &str) -> Agreement {
    Agreement::Asked { on: on.parse().unwrap() }
}

fn entries(screen: &Screen) -> Vec<LedgerEntry> {
    screen.session(|session| session.plan().ledger().iter().map(|entry| LedgerEntry::clone(entry)).collect())
}

/// "payments 2027-03-20 Agreed", of every entry.
fn answers(screen: &Screen) -> Vec<String> {
    let line = |entry: LedgerEntry| format!("{} {} {}", entry.key.area, entry.key.on, entry.agreement.name());
    entries(screen).into_iter().map(line).collect()
}

fn undo(screen: &mut Screen) {
    screen.press_with(Modifiers::COMMAND, Key::Z);
}

#[test]
fn the_keys_open_the_ledger_and_it_does_not_repaint() {
    let mut screen = Screen::new(plan(), View::Calendar(CalendarView::Planner));
    screen.press_with(Modifiers::COMMAND, Key::L);
    assert_eq!(screen.session(|session| session.navigation.view), LEDGER);
    screen.expect("0 of 20 agreed");
    screen.expect("Payments, Mar 2027: 0 of 1 agreed");
    screen.expect("Payments, Jan 2027: No answers needed");
    assert!(screen.is_idle());
    screen.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    assert_eq!(screen.session(|session| session.navigation.view), NOTICES);
    assert!(screen.is_idle());
}

#[test]
fn a_cell_opens_to_its_dates_with_what_was_sent_and_said() {
    let mut parts = plan().to_parts();
    parts.ledger = [entry("payments", "2027-03-20", asked("2027-02-01"))].into_iter().collect();
    let at = |text: &str| UtcMinute::from_utc(text.parse().unwrap());
    parts.sent_invites = [SentInvite {
        key: InviteKey {
            window: "core-db".into(),
            on: "2027-03-20".parse().unwrap(),
            to: "payments@example.org".into(),
        },
        areas: vec!["payments".into()],
        name: String::new(),
        summary: String::new(),
        start_at: at("2027-03-20T22:00:00Z"),
        end_at: at("2027-03-21T02:00:00Z"),
        sequence: 2,
        is_cancelled: false,
        sent_on: "2027-02-03".parse().unwrap(),
        role: windowsill::model::InviteRole::Owner,
    }]
    .into_iter()
    .collect();
    let plan = Plan::from(parts);
    let mut screen = Screen::new(plan, LEDGER);
    screen.click("Payments, Mar 2027: 0 of 1 agreed, 1 silent for over 14 days");
    let date = screen.name_of("Sat 20 Mar 2027 22:00, Core DB patching, Payments: Silent");
    assert!(date.ends_with("Asked on Wed 3 Feb 2027, silent for 26 days"), "{date}");
    screen.click("Go to Sat 20 Mar 2027 22:00, Payments");
    let selection = screen.session(|session| session.navigation.selection.clone());
    assert_eq!(selection, Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap()));
    assert!(matches!(screen.session(|session| session.navigation.view), View::Calendar(_)));
}

#[test]
fn a_row_is_agreed_in_one_step() {
    let mut screen = Screen::new(plan(), LEDGER);
    screen.click("Payments");
    screen.click("Record for 10 dates");
    let all = entries(&screen);
    assert_eq!(all.len(), 10, "from March to December; what is over stays as it is");
    let today = "2027-03-01".parse().unwrap();
    assert!(all.iter().all(|entry| entry.agreement == Agreement::Agreed { on: today, by: "A. Osei".into() }));
    assert!(all.iter().all(|entry| entry.key.area == AreaId::from("payments") && entry.answered_for.is_some()));
    screen.expect("10 of 20 agreed");
    undo(&mut screen);
    assert!(entries(&screen).is_empty());
}

#[test]
fn recorded_answers_are_only_replaced_after_a_question() {
    let refused = |by: &str| Agreement::Declined {
        on: "2027-01-04".parse().unwrap(),
        by: by.to_owned(),
        reason: "Half-year valuation".into(),
    };
    let mut parts = plan().to_parts();
    parts.ledger = [entry("payments", "2027-06-19", refused("A. Osei"))].into_iter().collect();
    let mut screen = Screen::new(Plan::from(parts), LEDGER);
    screen.click("Payments");
    screen.click("Record for 9 dates");
    assert_eq!(answers(&screen).iter().filter(|answer| answer.ends_with("Declined")).count(), 1);
    screen.click("Replace 10 answers…");
    screen.expect("Replace 10 recorded answers?");
    screen.expect_part("Sat 19 Jun 2027, Core DB patching, Payments: ");
    screen.click("Cancel");
    assert_eq!(answers(&screen).iter().filter(|answer| answer.ends_with("Declined")).count(), 1);
    screen.click("Replace 10 answers…");
    screen.click("Replace");
    assert!(answers(&screen).iter().all(|answer| answer.ends_with("Agreed")));
    undo(&mut screen);
    assert_eq!(answers(&screen).iter().filter(|answer| answer.ends_with("Declined")).count(), 1);
}

#[test]
fn escape_keeps_the_cursor_and_select_all_leaves_out_empty_cells() {
    let mut screen = Screen::new(plan(), LEDGER);
    screen.press(Key::ArrowRight);
    screen.press(Key::Escape);
    screen.press(Key::Enter);
    screen.expect("Payments, Core DB patching");
    screen.press(Key::Enter);
    screen.press_with(Modifiers::COMMAND, Key::A);
    // January and February are over, so each of the two areas has ten months with dates.
    screen.expect("Record for 20 dates");
}

#[test]
fn a_month_is_declined_with_reason_and_reserve() {
    let mut screen = Screen::new(plan(), LEDGER);
    screen.click("April 2027");
    screen.click("Declined");
    screen.write("Reason recorded", "Quarter close");
    screen.write("Reserve date recorded", "+7");
    screen.enter("Recorded by", "The board");
    screen.click("Record for 2 dates");
    let all = entries(&screen);
    assert_eq!(all.len(), 2);
    for entry in all {
        assert!(
            matches!(&entry.agreement, Agreement::Declined { by, reason, .. } if by == "The board" && reason == "Quarter close")
        );
        assert_eq!(entry.reserve_on, "2027-04-24".parse().ok());
    }
    assert!(!screen.says("Declined without a reserve, "));
}

#[test]
fn arrows_select_with_shift_and_enter_unfolds() {
    let mut screen = Screen::new(plan(), LEDGER);
    screen.press(Key::ArrowRight);
    screen.press(Key::ArrowRight);
    screen.press(Key::ArrowRight);
    screen.press_with(Modifiers::SHIFT, Key::ArrowRight);
    screen.press_with(Modifiers::SHIFT, Key::ArrowDown);
    screen.expect("4 cells");
    screen.click("Asked");
    screen.click("Record for 4 dates");
    let wanted = [
        "payments 2027-03-20 Asked",
        "trading 2027-03-20 Asked",
        "payments 2027-04-17 Asked",
        "trading 2027-04-17 Asked",
    ];
    assert_eq!(answers(&screen), wanted);
    screen.absent("Payments, Core DB patching");
    screen.press(Key::ArrowUp);
    screen.press(Key::Enter);
    screen.expect("Payments, Core DB patching");
    screen.press(Key::Escape);
    screen.absent("Record for 1 date");
}

#[test]
fn the_cells_that_are_clicked_with_ctrl_and_shift_are_selected_together() {
    let mut screen = Screen::new(plan(), LEDGER);
    screen.click("Payments, Mar 2027: 0 of 1 agreed");
    screen.click_with("Trading, May 2027: 0 of 1 agreed", Modifiers::COMMAND);
    screen.expect("Record for 2 dates");
    screen.click("Payments, Mar 2027: 0 of 1 agreed");
    screen.click_with("Trading, May 2027: 0 of 1 agreed", Modifiers::SHIFT);
    screen.expect("Record for 6 dates");
    // A date that is clicked in the list is meant alone.
    screen.click(&screen.name_of("Sat 17 Apr 2027 22:00, Core DB patching, Trading"));
    screen.click("Record for 1 date");
    assert_eq!(answers(&screen), ["trading 2027-04-17 Agreed"]);
}

#[test]
fn filters_leave_what_is_looked_for() {
    let mut parts = plan().to_parts();
    parts.ledger = [
        entry("payments", "2027-06-19", asked("2027-01-04")),
        entry(
            "trading",
            "2027-07-17",
            Agreement::Declined { on: "2027-01-04".parse().unwrap(), by: String::new(), reason: String::new() },
        ),
    ]
    .into_iter()
    .collect();
    let plan = Plan::from(parts);
    let mut screen = Screen::new(plan, LEDGER);
    screen.click("Silent, 1");
    screen.expect("Payments");
    screen.absent("Trading");
    screen.expect("Payments, Jun 2027: 0 of 1 agreed, 1 silent for over 14 days");
    screen.absent("Payments, May 2027: 0 of 1 agreed");
    screen.click("Declined without a reserve, 1");
    screen.absent("Payments");
    screen.click("Trading");
    screen.expect("Replace 1 answer…");
    screen.click("Show all");
    screen.click("By window");
    screen.expect("Core DB patching");
    screen.click("Expand Core DB patching");
    screen.expect("Payments, Core DB patching");
    screen.write("Filter windows", "nothing of that name");
    screen.expect("No match for these filters");
    screen.click("Show all");
    screen.click("Area shown");
    screen.click("Trading");
    screen.absent("Payments, Core DB patching");
    screen.click("Area shown");
    screen.type_text("pay");
    screen.press(Key::Enter);
    screen.absent("Trading, Core DB patching");
    screen.expect("Payments, Core DB patching");
    screen.click("Area shown");
    screen.type_text("trad");
    screen.press(Key::Enter);
    screen.expect("0 of 10 agreed, 1 declined without a reserve");
}

#[test]
fn the_notice_calendar_says_what_is_late_and_notes_all_as_asked() {
    let mut parts = plan().to_parts();
    let trading = parts.areas.get(&"trading".into()).unwrap();
    let trading = BusinessArea { notice_days: Some(21), ..BusinessArea::clone(trading) };
    parts.areas = parts.areas.with(trading);
    let plan = Plan::from(parts);
    let mut screen = Screen::new(plan, NOTICES);
    screen.expect("Late");
    screen.expect("Notice due Sat 27 Feb 2027, late by 2 days: Core DB patching, Sat 20 Mar 2027, Trading");
    screen.expect("Notice due Sat 13 Mar 2027, in 12 days: Core DB patching, Sat 20 Mar 2027, Payments");
    screen.press(Key::ArrowDown);
    screen.press(Key::Space);
    screen.click("Record 1 as asked");
    assert_eq!(answers(&screen), ["trading 2027-03-20 Asked"]);
    screen.absent("Late");
    screen.click("4 weeks");
    screen.click("Record all as asked");
    let wanted = ["payments 2027-03-20 Asked", "trading 2027-03-20 Asked", "trading 2027-04-17 Asked"];
    assert_eq!(answers(&screen), wanted);
    undo(&mut screen);
    assert_eq!(answers(&screen).len(), 1);
}

#[test]
fn a_notice_is_noted_alone_and_leads_to_its_occurrence() {
    let mut screen = Screen::new(plan(), NOTICES);
    screen.click("Record Core DB patching, Sat 20 Mar 2027 as asked");
    assert_eq!(answers(&screen).len(), 2);
    screen.press(Key::ArrowDown);
    screen.press(Key::Enter);
    let selection = screen.session(|session| session.navigation.selection.clone());
    assert_eq!(selection, Selection::Occurrence("core-db".into(), "2027-04-17".parse().unwrap()));
}

#[test]
fn an_empty_plan_says_what_to_do() {
    for page in [LEDGER, NOTICES] {
        let empty = Plan::from(PlanParts { windows: Table::default(), ..plan().to_parts() });
        Screen::new(empty, page).expect("No maintenance windows yet");
        Screen::new(Plan::from(PlanParts { areas: Table::default(), ..plan().to_parts() }), page)
            .expect("No business areas yet");
        Screen::new(Plan::from(PlanParts { systems: Table::default(), ..plan().to_parts() }), page)
            .expect("Nobody to ask");
    }
}

#[test]
fn the_ledger_is_written_from_the_screen() {
    let mut screen = Screen::new(plan(), LEDGER);
    let folder = tempfile::tempdir().unwrap();
    screen.click("Export ledger…");
    assert!(screen.session(|session| session.dialogs.open.is_some()));
    screen.perform(Action::OpenDialog(None));
    for (command, name) in [(Command::ExportLedger, "ledger.csv"), (Command::ExportNotices, "notices.txt")] {
        assert!(screen.session(|session| session.is_enabled(command)));
        let list = if command == Command::ExportLedger { List::Ledger(None) } else { List::Notices };
        screen.perform(Action::Export(Order::list(list), folder.path().join(name)));
    }
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("ledger.csv").lines().count(), 25);
    assert!(read("notices.txt").contains("10 notices to give · zone data "));
}
