//! The dashboard of compliance on screen, by the names that a screen reader speaks.

use egui::{Key, Modifiers};
use windowsill::model::{Advisory, Ladder, NightKey, Plan, PlanParts, ResultKey, Subject, SystemResult, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, Command, CompliancePage, FileState, Session, View};

use crate::common::harbour::{self, advisory};
use crate::driver::Screen;

fn at(text: &str) -> UtcMinute {
    UtcMinute::from_utc(text.parse().unwrap())
}

/// The harbour, whose Core DB window takes place on Sat 16 January, 20 February and 20 March 2027.
fn parts() -> PlanParts {
    let mut parts = harbour::plan().to_parts();
    parts.advisories = [
        advisory("cve-2027-1", "Heap overflow", "2027-02-19", 98, &["core-db"]),
        advisory("cve-2027-2", "Bypass", "2027-02-01", 75, &["core-db", "ledger"]),
        advisory("cve-2027-3", "Leak", "2027-02-25", 50, &["core-db"]),
    ]
    .into_iter()
    .collect();
    parts
}

/// Core DB was patched on 20 February. One of the 10 hosts of Ledger failed, as did its reboot.
fn recorded() -> Plan {
    let mut parts = parts();
    let plan: Plan = parts.clone().into();
    let result = |system: &str, hosts: u32, failed: u32| {
        let key = ResultKey { window: "core-db".into(), on: "2027-02-20".parse().unwrap(), system: system.into() };
        let system = plan.systems().get(&key.system).unwrap();
        let groups = plan.groups_with(&system.id);
        SystemResult {
            attempted: hosts,
            patched: hosts - failed,
            failed,
            reboots_attempted: hosts,
            reboots_successful: hosts - failed,
            ..SystemResult::new(key, system, groups)
        }
    };
    parts.results = [result("core-db", 30, 0), result("ledger", 10, 1)].into_iter().collect();
    parts.into()
}

fn screen() -> Screen {
    Screen::new(recorded(), View::Compliance(CompliancePage::Figures))
}

#[test]
fn figures_stand_beside_their_targets() {
    let screen = screen();
    screen.expect("In time, 33.3 %, 1 of 3 due");
    screen.expect("Critical in time, 100.0 %, target 100 %, met");
    screen.expect("High in time, 0.0 %, target 95 %, missed");
    screen.expect("Failed hosts, 2.5 %, target under 5 %, met");
    screen.expect("Successful reboots, 97.5 %, target over 99 %, missed");
    screen.expect("Mean time to patch, 11.1 days, 1 of 2 severities in time");
    screen.expect("Critical, mean time to patch, 2.1 of 3 days");
    screen.expect("Overall, Overdue, 1");
    screen.expect("High, Late, 1");
    screen.expect("Production, Not scanned, 2");
    screen.expect("Servers, Production, Pending, 1");
    screen.expect("CVE-2027-2 Bypass, High, 1 system, overdue by 21 days");
    screen.expect("Core DB patching, Sat 20 Mar 22:00, installs 1 overdue and 1 pending item");
    screen.expect("February 2027, 33.3 % in time, 1 of 3 due");
}

#[test]
fn each_figure_opens_the_list_that_it_counts_and_escape_goes_back() {
    let mut screen = screen();
    screen.click("High, Overdue, 1");
    screen.expect("High, overdue");
    screen.expect("1 item");
    screen.expect(
        "CVE-2027-2 Bypass, Ledger, 10 hosts, High, Sun 7 Feb 2027, overdue by 21 days, planned Sat 20 Mar, Core DB patching",
    );
    screen.press(Key::Escape);
    screen.click("In time, 33.3 %");
    screen.expect("3 items");
    screen.press(Key::ArrowDown);
    screen.press(Key::Enter);
    let listed = screen.session(|session| session.navigation.listed.clone());
    assert_eq!(listed, Some(Subject::Advisory("cve-2027-2".into())), "the earliest deadline is the first line");
    screen.press_with(Modifiers::COMMAND, Key::M);
    screen.expect("3 items");
    screen.click("Back to the figures");
    screen.click("Failed hosts, 2.5 %");
    let row =
        "Core DB patching, Sat 20 Feb 2027, Ledger, Partly patched, 9 of 10 reboots, 9 of 10 hosts patched, 1 failed";
    screen.click(row);
    let night = NightKey { window: "core-db".into(), on: "2027-02-20".parse().unwrap() };
    assert_eq!(
        screen.session(|session| (session.view(), session.navigation.night.clone())),
        (View::Night, Some(night))
    );
}

#[test]
fn counts_and_lists_agree_for_every_figure() {
    let mut screen = screen();
    let figures = [
        ("Overall, Due, 3", 3),
        ("Overall, In time, 1", 1),
        ("Overall, Late, 1", 1),
        ("Overall, Pending, 1", 1),
        ("Overall, mean time to patch, 11.1 days", 2),
        ("Production, Not scanned, 2", 2),
        ("February 2027, 33.3 % in time", 3),
        ("March 2027, forecast", 1),
        ("Core DB patching, Sat 20 Mar 22:00", 2),
        ("CVE-2027-2 Bypass, High, 1 system", 1),
    ];
    for (figure, count) in figures {
        let name = screen.name_of(figure);
        screen.invoke(&name);
        screen.expect(&if count == 1 { "1 item".to_owned() } else { format!("{count} items") });
        screen.press(Key::Escape);
    }
}

#[test]
fn figures_can_be_those_of_another_day_and_of_hosts() {
    let mut screen = screen();
    screen.click("Hosts");
    screen.expect("Overall, Overdue, 10");
    screen.click("On a day");
    screen.enter("Day of the figures", "2027-02-05");
    screen.expect("Overall, Pending, 40");
    screen.expect("In time, –, 0 of 0 due");
    screen.click("Now");
    screen.expect("Overall, Overdue, 10");
}

#[test]
fn without_results_a_button_leads_to_recording_them() {
    let mut screen = Screen::new(parts().into(), View::Compliance(CompliancePage::Figures));
    screen.expect("No results recorded yet");
    screen.click("Record results");
    let night = NightKey { window: "core-db".into(), on: "2027-02-20".parse().unwrap() };
    assert_eq!(
        screen.session(|session| (session.view(), session.navigation.night.clone())),
        (View::Night, Some(night))
    );
}

#[test]
fn a_change_of_the_plan_changes_the_figures_and_undo_changes_them_back() {
    let mut screen = screen();
    let advisory = screen.session(|session| session.plan().advisories().get(&"cve-2027-2".into()).cloned().unwrap());
    let done = Advisory { in_on: "2027-02-03".parse().ok(), ..Advisory::clone(&advisory) };
    screen.perform(Action::Edit(windowsill::model::Edit::PutAdvisory(done)));
    screen.expect("High in time, 100.0 %, target 95 %, met");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    screen.expect("High in time, 0.0 %, target 95 %, missed");
}

#[test]
fn figures_follow_the_clock() {
    let clock = FixedClock(at("2027-04-05T10:00:00Z"));
    let mut session = Session::new(recorded(), FileState::none(), Box::new(clock), None);
    session.perform(Action::Show(View::Compliance(CompliancePage::Figures)));
    let screen = Screen::with_session(session);
    screen.expect("Overall, Overdue, 2");
    screen.expect("CVE-2027-2 Bypass, High, 1 system, overdue by 56 days");
}

#[test]
fn the_period_the_report_and_the_lists_are_chosen_above_the_figures() {
    let mut screen = screen();
    screen.expect("Mean time to patch, 11.1 days, 1 of 2 severities in time");
    screen.enter("First day of the period", "1 Mar 2027");
    screen.absent("Mean time to patch, 11.1 days, 1 of 2 severities in time");
    screen.click("Print report…");
    screen.expect_part("Compliance at ");
    screen.press(Key::Escape);
    screen.click("Advisory board");
    screen.expect_part("Verify: CVE-2027-1 Heap overflow, Missing: a clean scan of Core DB");
    screen.expect_part("Deploy: CVE-2027-2 Bypass");
    screen.click("Figures");
    screen.expect_part("Overall, Overdue");
}

#[test]
fn a_card_of_the_release_board_opens_the_release_in_cycles() {
    let mut parts = recorded().to_parts();
    let servers = Ladder { release: Some("microsoft".into()), ..parts.ladders.iter().next().unwrap().as_ref().clone() };
    parts.ladders = [servers].into_iter().collect();
    let mut screen = Screen::new(parts.into(), View::Compliance(CompliancePage::Figures));
    screen.click("On a day");
    screen.enter("Day of the figures", "15 Mar 2027");
    screen.click("Release board");
    // Ledger was not patched on all hosts on 20 February.
    let february = "Deploy: Patch Tuesday, Tue 9 Feb 2027: Servers, Missing: the installation on Ledger";
    screen.expect_part(february);
    screen.click_button(february);
    assert_eq!(screen.session(Session::view), View::Cycles);
    screen.expect("Release of Tue 9 Feb 2027");
    screen.perform(Action::Run(Command::ShowAdvisoryBoard));
    screen.expect_part("Verify: CVE-2027-1 Heap overflow");
    screen.perform(Action::Run(Command::ShowReleaseBoard));
    screen.expect_part(february);
}
