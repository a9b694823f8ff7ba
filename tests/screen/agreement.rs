//! Answers, checklists and the numbers of the policy on screen.

use egui::{Key, Modifiers};
use windowsill::model::{
    Agreement, ChecklistBlock, ChecklistChoice, ChecklistTemplate, DueBy, LedgerEntry, LedgerKey, LocalMinute, Minutes,
    OccurrenceTimes, Plan, Policy, SignOff, Subject,
};
use windowsill::session::{Action, CalendarView, Command, Destination, Selection, View};

use crate::common::owners::plan;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);

/// The occurrence of 20 March 2027 is selected, on 1 March.
fn on_occurrence(plan: Plan) -> Screen {
    let mut screen = Screen::new(plan, YEAR);
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap())));
    screen
}

fn entries(screen: &Screen) -> Vec<LedgerEntry> {
    screen.session(|session| session.plan().ledger().iter().map(|entry| LedgerEntry::clone(entry)).collect())
}

fn policy(screen: &Screen) -> Policy {
    screen.session(|session| Policy::clone(session.plan().policy()))
}

/// Chooses the answer of an area in the inspector.
fn answer(screen: &mut Screen, area: &str, answer: &str) {
    screen.click(&format!("Answer of {area}"));
    screen.click(answer);
}

#[test]
fn an_answer_is_noted_with_the_day_and_the_owner() {
    let mut screen = on_occurrence(plan());
    screen.name_of("notice is due Sat 13 Mar 2027");
    answer(&mut screen, "Payments", "Agreed");
    let key = LedgerKey { window: "core-db".into(), on: "2027-03-20".parse().unwrap(), area: "payments".into() };
    let agreement = Agreement::Agreed { on: "2027-03-01".parse().unwrap(), by: "A. Osei".to_owned() };
    let start = LocalMinute::from_naive("2027-03-20T22:00:00".parse().unwrap());
    let answered_for = Some(OccurrenceTimes { start, duration: Minutes::hours(4) });
    assert_eq!(
        entries(&screen),
        [LedgerEntry { key, agreement, answered_for, replied_at: None, reserve_on: None, notes: String::new() }]
    );
    answer(&mut screen, "Payments", "Not asked");
    assert!(entries(&screen).is_empty());
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(entries(&screen).len(), 1);
}

#[test]
fn an_owner_who_declines_is_asked_for_reason_and_reserve_date() {
    let mut screen = on_occurrence(plan());
    answer(&mut screen, "Trading", "Declined");
    let codes = |screen: &Screen| {
        screen.session(|session| session.findings().list.iter().map(|each| each.rule.code).collect::<Vec<_>>())
    };
    assert!(codes(&screen).contains(&"C003"));
    screen.enter("Trading, Reason", "Quarter close");
    screen.enter("Trading, Reserve date", "2027-03-27");
    let entry = entries(&screen).remove(0);
    assert!(
        matches!(&entry.agreement, Agreement::Declined { by, reason, .. } if by == "M. Lind" && reason == "Quarter close")
    );
    assert_eq!(entry.reserve_on, "2027-03-27".parse().ok());
    assert!(!codes(&screen).contains(&"C003"));
    screen.absent("Trading, Reserve date");
    screen.click("Details of Trading's answer");
    screen.expect("Trading, Reserve date");
}

#[test]
fn all_areas_agree_in_one_step() {
    let mut screen = on_occurrence(plan());
    screen.invoke("Record this date as agreed");
    let agreed = entries(&screen);
    assert_eq!(agreed.len(), 2);
    assert!(agreed.iter().all(|entry| matches!(entry.agreement, Agreement::Agreed { .. })));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert!(entries(&screen).is_empty());
}

#[test]
fn all_dates_are_agreed_from_today_on_and_what_was_declined_stays_so() {
    let mut screen = on_occurrence(plan());
    answer(&mut screen, "Trading", "Declined");
    screen.invoke("Record all dates as agreed");
    let all = entries(&screen);
    let declined: Vec<_> = all.iter().filter(|entry| matches!(entry.agreement, Agreement::Declined { .. })).collect();
    assert_eq!((all.len(), declined.len()), (20, 1), "ten months from March to December, two areas");
    assert!(all.iter().all(|entry| entry.key.on >= "2027-03-01".parse().unwrap()));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(entries(&screen).len(), 1);
    screen.perform(Action::Select(Selection::Window("core-db".into())));
    screen.perform(Action::Run(Command::AskedAllDates));
    screen.name_of("0 of 12 agreed, 9 asked, 1 declined");
}

#[test]
fn the_palette_notes_an_answer_without_a_mouse() {
    let mut screen = on_occurrence(plan());
    screen.press_with(Modifiers::COMMAND, Key::K);
    screen.type_text("date as asked");
    screen.press(Key::Enter);
    assert!(entries(&screen).iter().all(|entry| matches!(entry.agreement, Agreement::Asked { .. })));
    assert_eq!(entries(&screen).len(), 2);
}

#[test]
fn a_checklist_is_made_from_the_handbook_and_chosen_for_a_window() {
    let mut screen = Screen::new(plan(), View::Lists);
    screen.click("Checklists");
    screen.click("New");
    screen.click("Start from the handbook's 25 items");
    let items = |screen: &Screen| screen.session(|session| session.plan().checklists().as_slice()[0].items.clone());
    assert_eq!(items(&screen).len(), 25);
    screen.click("Remove: 24 hours before, item 1");
    screen.click("Move down: 24 hours before, item 1");
    screen.enter("24 hours before, item 2", "Rollback rehearsed");
    screen.enter("Add to 24 hours before", "Lift booked");
    let first: Vec<_> = items(&screen)
        .into_iter()
        .filter(|item| item.block == ChecklistBlock::DayBefore)
        .map(|item| item.text)
        .collect();
    assert_eq!(
        first,
        [
            "Stakeholders notified",
            "Rollback rehearsed",
            "Status page updated",
            "Team availability confirmed",
            "Lift booked"
        ]
    );
    screen.perform(Action::Reveal(Destination::Occurrence("core-db".into(), "2027-03-20".parse().unwrap())));
    screen.invoke("Checklist");
    screen.invoke("Checklist of the window");
    screen.click("New checklist");
    let chosen = screen.session(|session| session.plan().windows().as_slice()[0].checklist.clone());
    let ChecklistChoice::Template(chosen) = chosen else { panic!("{chosen:?}") };
    assert_eq!(
        screen.session(|session| session.plan().checklists().get(&chosen).unwrap().name.clone()),
        "New checklist"
    );
}

#[test]
fn a_checklist_without_items_shows_where_it_can_be_filled() {
    let mut parts = plan().to_parts();
    let template = ChecklistTemplate::new("bare".into(), "Bare", Vec::new());
    parts.checklists = [template].into_iter().collect();
    let plan = Plan::from(parts);
    let mut screen = Screen::new(plan, YEAR);
    screen.perform(Action::Reveal(Destination::Subject(Subject::Checklist("bare".into()))));
    screen.expect("Start from the handbook's 25 items");
}

/// The dialog with the policy, on that page.
fn policy_page(page: &str) -> Screen {
    let mut screen = Screen::new(plan(), YEAR);
    screen.press_with(Modifiers::COMMAND, Key::Comma);
    screen.click(page);
    screen
}

#[test]
fn severities_are_added_renamed_and_removed_and_stay_in_order() {
    let mut screen = policy_page("Deadlines");
    screen.click("Add severity");
    screen.enter("New severity, name", "Worst");
    screen.enter("Worst, CVSS from", "9.8");
    screen.enter("Worst, due within", "24h");
    screen.click("Remove Low");
    let severities = policy(&screen).severities;
    let names: Vec<_> = severities.iter().map(|each| (each.name.as_str(), each.cvss_from_tenths)).collect();
    assert_eq!(names, [("Worst", 98), ("Critical", 90), ("High", 70), ("Medium", 40)]);
    assert_eq!(severities[0].within, Minutes::hours(24));
}

#[test]
fn a_severity_cannot_get_the_name_of_another_one() {
    let mut screen = policy_page("Deadlines");
    screen.enter("High, name", "Low");
    screen.expect("Low is another severity: enter a different name");
    let severities = policy(&screen).severities;
    assert_eq!(severities.iter().filter(|each| each.name == "Low").count(), 1);
}

#[test]
fn an_interval_of_zero_between_status_updates_is_refused_with_a_reason() {
    let mut screen = policy_page("Types and notice");
    let before = policy(&screen).status_every;
    screen.enter("Status updates", "0m");
    screen.expect("Enter the time between two updates, e.g. 30m");
    assert_eq!(policy(&screen).status_every, before);
}

#[test]
fn presets_and_kinds_of_due_dates_are_chosen_in_the_policy() {
    let mut screen = policy_page("Deadlines");
    screen.click("The publisher's date takes precedence");
    assert!(!policy(&screen).publishers_dates);
    screen.click("48 hours");
    let within: Vec<_> = policy(&screen).severities.iter().map(|each| each.within).collect();
    assert_eq!(within[..2], [Minutes::hours(48), Minutes::hours(48)]);
    screen.click("Essential Eight, internet-facing");
    let within: Vec<_> = policy(&screen).severities.iter().map(|each| each.within).collect();
    assert_eq!(within[2..], [Minutes::days(14), Minutes::days(14)]);
    assert_eq!(policy(&screen).exploited_within, Some(Minutes::hours(48)));
    screen.enter("Exploited, at most", "24h");
    assert_eq!(policy(&screen).exploited_within, Some(Minutes::hours(24)));
    screen.click("Advisories are due");
    screen.click("By exploitation");
    screen.enter("All others, due within", "7d");
    let exploited = DueBy::Exploited { exploited: Minutes::hours(48), other: Minutes::days(7) };
    assert_eq!(policy(&screen).due_by, exploited);
    screen.click("Advisories are due");
    screen.click("By the response matrix");
    screen.enter("Low value and exploited, due within", "5d");
    assert_eq!(policy(&screen).matrix.low_active, Minutes::days(5));
}

#[test]
fn recording_and_gates_are_chosen_in_the_policy() {
    let mut screen = policy_page("Recording");
    screen.enter("Recorded from", "1 Mar 2027");
    assert_eq!(policy(&screen).recording_from, "2027-03-01".parse().ok());
    assert!(policy(&screen).gates.is_empty());
    screen.click("Gate for Servers");
    assert_eq!(policy(&screen).gates[0].sign_offs, SignOff::ALL);
    screen.click("validated, Servers");
    assert_eq!(policy(&screen).gates[0].sign_offs, [SignOff::Deployed, SignOff::Assessed]);
    screen.click("Gate for Servers");
    assert!(policy(&screen).gates.is_empty());
    screen.write("Recorded from", "");
    screen.press(Key::Backspace);
    screen.press(Key::Enter);
    assert_eq!(policy(&screen).recording_from, None);
}

#[test]
fn every_number_of_nights_people_and_chance_can_be_changed() {
    let mut screen = policy_page("Nights and people");
    let typed = [
        ("Windows per night", "4"),
        ("Changes per night", ""),
        ("Hosts per night", "99"),
        ("Nights in a row", "2"),
        ("Nights per month", "6"),
        ("Rest", "12h"),
    ];
    for (field, text) in typed {
        screen.write(field, text);
        screen.press(if text.is_empty() { Key::Backspace } else { Key::End });
        screen.press(Key::Enter);
    }
    screen.click("Time to roll back");
    for (field, text) in [("Overrun", "20"), ("Correlation", "30"), ("Failing hosts", "1")] {
        screen.enter(field, text);
    }
    screen.click("Soak times");
    screen.enter("Longest gap", "40");
    screen.click("Types and notice");
    for (field, text) in [("Reminder of notice", "10"), ("Silent after", "21")] {
        screen.enter(field, text);
    }
    screen.click("Standard needs a tester");
    screen.click("Rolling needs a checklist");
    let Policy { night, people, window_types, .. } = policy(&screen);
    assert_eq!((night.windows, night.changes, night.hosts), (Some(4), None, Some(99)));
    assert_eq!((people.nights_in_a_row, people.nights_a_month, people.rest), (2, 6, Minutes::hours(12)));
    assert_eq!((window_types[0].needs_tester, window_types[3].needs_checklist), (false, true));
    let policy = policy(&screen);
    let numbers = [policy.overrun_percent, policy.correlation_percent, policy.host_failure_percent];
    assert_eq!((numbers, policy.longest_gap_days, policy.notice_reminder_days), ([20, 30, 1], 40, 10));
    assert_eq!(policy.silent_after_days, 21);
    screen.click("Reset to the defaults");
    assert_eq!(self::policy(&screen), Policy::default());
}
