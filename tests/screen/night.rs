//! A night on screen: ticks by mouse and keyboard, status updates, the ending, and the record afterwards.

use egui::{Key, Modifiers};
use windowsill::model::{
    ChecklistBlock, ChecklistTemplate, MaintenanceWindow, Minutes, NightKey, NightRecord, Outcome, Plan, Rule, Tick,
    UtcMinute, Watch, WatchOutcome,
};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, CalendarView, Command, Destination, FileState, Selection, Session, Settings, View};

use crate::common::harbour;
use crate::driver::Screen;

fn at(text: &str) -> UtcMinute {
    UtcMinute::from_utc(format!("{text}:00Z").parse().unwrap())
}

fn key() -> NightKey {
    NightKey { window: "core-db".into(), on: "2027-03-20".parse().unwrap() }
}

/// The screen at that instant, with a name in the settings, on the night of 20 March: 22:00 to 02:00.
fn screen(plan: Plan, now: &str) -> Screen {
    let mut session = Session::new(plan, FileState::none(), Box::new(FixedClock(at(now))), None);
    session.perform(Action::Set(Settings { name: "Lena Fox".into(), ..session.settings.clone() }));
    session.perform(Action::Reveal(Destination::Night(key())));
    Screen::with_session(session)
}

fn record(screen: &Screen) -> Option<NightRecord> {
    screen.session(|session| session.plan().nights().get(&key()).map(|record| NightRecord::clone(record)))
}

/// The words of all ticks.
fn ticks(screen: &Screen) -> Vec<String> {
    record(screen).map_or_else(Vec::new, |record| record.ticks.into_iter().map(|tick| tick.item).collect())
}

#[test]
fn the_keys_lead_to_the_night_and_it_does_not_repaint_while_nothing_is_near() {
    let mut screen = Screen::new(harbour::plan(), View::Groups);
    screen.press_with(Modifiers::COMMAND, Key::T);
    assert_eq!(screen.session(|session| session.navigation.view), View::Night);
    screen.expect_part("Not begun");
    screen.expect_part("Next status 22:30");
    screen.expect("Roll back by 00:47, Sun 21 Mar");
    assert!(screen.is_idle(), "the night is weeks away");
    assert!(!self::screen(harbour::plan(), "2027-03-20T22:31").is_idle(), "minutes count");
}

#[test]
fn times_name_their_zone_in_the_night_in_which_the_clocks_go_back() {
    let sunday = NightKey { window: "core-db".into(), on: "2027-10-30".parse().unwrap() };
    let mut parts = harbour::plan().to_parts();
    let mut window = harbour::window();
    window.rule = Rule::once(sunday.on);
    parts.windows = [window].into_iter().collect();
    let clock = FixedClock(at("2027-10-30T21:31"));
    let mut session = Session::new(parts.into(), FileState::none(), Box::new(clock), None);
    session.perform(Action::Reveal(Destination::Night(sunday)));
    let screen = Screen::with_session(session);
    screen.expect("Roll back by 01:47 BST, 3 h 16 left · last batch by 01:04 BST");
    screen.expect("End 02:00 GMT, 4 h 29 left");
}

#[test]
fn the_four_figures_say_how_much_time_is_left_and_warn() {
    let begun = screen(harbour::plan(), "2027-03-20T22:31");
    begun.expect("Elapsed 31 min, of 4 h · 0 of 25 ticked");
    begun.expect("Next status 1 min late, was due at 22:30");
    begun.expect("Roll back by 00:47, 2 h 16 left · last batch by 00:04");
    begun.expect("End 02:00, 3 h 29 left");
    begun.expect("Core DB patching runs: roll back by 00:47, 2 h 16 left");
    screen(harbour::plan(), "2027-03-21T00:32").expect("Roll back by 00:47, 15 min left");
    let late = screen(harbour::plan(), "2027-03-21T00:51");
    late.expect("Roll back by 00:47, passed 4 min ago");
    late.expect("Too late to roll back");
}

#[test]
fn a_click_anywhere_on_a_row_ticks_and_the_next_one_unticks() {
    let mut screen = screen(harbour::plan(), "2027-03-20T22:31");
    screen.click("Rollback procedures tested");
    assert_eq!(ticks(&screen), ["Rollback procedures tested"]);
    screen.click("Rollback procedures tested, Lena Fox, 22:31");
    assert_eq!(record(&screen), None);
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(ticks(&screen), ["Rollback procedures tested"]);
}

#[test]
fn space_ticks_and_goes_on_and_the_arrows_move() {
    let mut screen = screen(harbour::plan(), "2027-03-20T20:31");
    screen.press(Key::Space);
    screen.press(Key::Space);
    screen.press(Key::ArrowDown);
    screen.press(Key::Space);
    screen.press(Key::ArrowUp);
    screen.press(Key::ArrowUp);
    screen.press(Key::Space);
    let wanted =
        ["Maintenance window approved", "Rollback procedures tested", "Status page updated", "Stakeholders notified"];
    assert_eq!(ticks(&screen), wanted);
    screen.press(Key::End);
    screen.press(Key::Space);
    assert_eq!(ticks(&screen).last().unwrap(), "Lessons learned written down");
}

#[test]
fn keys_typed_into_a_status_tick_nothing() {
    let mut screen = screen(harbour::plan(), "2027-03-20T22:31");
    screen.write("Status at 22:30", "Batch 1 in");
    screen.press(Key::Space);
    screen.press(Key::Enter);
    let record = record(&screen).unwrap();
    assert_eq!((record.ticks.len(), record.status_updates.len()), (0, 1));
    assert_eq!(
        (record.status_updates[0].text.as_str(), record.status_updates[0].due_at),
        ("Batch 1 in", at("2027-03-20T22:30"))
    );
    screen.expect("Lena Fox, 22:31");
    screen.expect("Next status in 29 min, at 23:00");
}

#[test]
fn the_night_ends_with_an_outcome_and_notes() {
    let mut screen = screen(harbour::plan(), "2027-03-21T01:40");
    screen.invoke("Rolled back");
    screen.write("Notes of the night", "Batch 3 failed");
    screen.press(Key::Escape);
    screen.write("Notes of the night", "Batch 3 failed");
    screen.click("Took 3 h 40, of 4 h · 0 of 25 ticked");
    let ended = record(&screen).unwrap();
    assert_eq!(ended.ending.map(|ending| (ending.outcome, ending.by)), Some((Outcome::RolledBack, "Lena Fox".into())));
    assert_eq!(ended.notes, "Batch 3 failed");
    screen.absent("Core DB patching runs: roll back by 00:47, passed 53 min ago");
    screen.expect("Record: Core DB patching, Sat 20 Mar 2027 · Rolled back");
    screen.invoke("Clear outcome");
    assert_eq!(record(&screen).unwrap().ending, None);
}

#[test]
fn ticks_whose_words_are_gone_stay_in_sight() {
    let mut parts = harbour::plan().to_parts();
    let tick = |item: &str| Tick {
        block: ChecklistBlock::Start,
        item: item.into(),
        by: "A. Osei".into(),
        at: at("2027-03-20T22:04"),
    };
    let ticks = vec![tick("Timer started"), tick("Klaxon sounded")];
    parts.nights = [NightRecord { ticks, ..NightRecord::new(key()) }].into_iter().collect();
    let plan = Plan::from(parts);
    let screen = screen(plan, "2027-03-20T22:31");
    screen.expect("No longer on the checklist");
    screen.expect("Klaxon sounded, A. Osei, 22:04");
    screen.expect("Timer started, A. Osei, 22:04");
    screen.expect("Elapsed 31 min, of 4 h · 1 of 25 ticked");
}

#[test]
fn without_items_the_page_says_why_and_the_rest_works() {
    let mut parts = harbour::plan().to_parts();
    parts.checklists = [ChecklistTemplate::new("empty".into(), "Empty", Vec::new())].into_iter().collect();
    let mut window = harbour::window();
    window.checklist = windowsill::model::ChecklistChoice::Template("empty".into());
    parts.windows = [window].into_iter().collect();
    let plan = Plan::from(parts);
    let mut screen = screen(plan, "2027-03-20T22:31");
    screen.expect_part("has no items");
    screen.press(Key::Space);
    screen.invoke("Done");
    assert_eq!(record(&screen).unwrap().ending.unwrap().outcome, Outcome::Done);
}

#[test]
fn the_record_of_a_night_that_left_the_plan_can_be_read_and_removed() {
    let mut parts = harbour::plan().to_parts();
    let key = NightKey { window: "gone".into(), on: "2026-10-03".parse().unwrap() };
    let tick = Tick {
        block: ChecklistBlock::Start,
        item: "Timer started".into(),
        by: "A. Osei".into(),
        at: at("2026-10-03T21:04"),
    };
    parts.nights = [NightRecord { ticks: vec![tick], ..NightRecord::new(key) }].into_iter().collect();
    let plan = Plan::from(parts);
    let mut screen = screen(plan, "2027-03-20T22:31");
    screen.click("Record: gone, Sat 3 Oct 2026 · 1 tick");
    screen.expect("Sat 3 Oct 2026 · no longer in the plan, its record stays");
    screen.expect("A. Osei, Sat 3 Oct 2026 22:04");
    screen.click("Remove record");
    screen.expect("This night is no longer in the plan");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    screen.expect("Remove record");
}

#[test]
fn the_name_is_asked_for_and_kept() {
    let session = Session::new(harbour::plan(), FileState::none(), Box::new(FixedClock(at("2027-03-20T22:31"))), None);
    let mut screen = Screen::with_session(session);
    screen.click("Core DB patching runs: roll back by 00:47, 2 h 16 left");
    assert_eq!(
        screen.session(|session| session.navigation.selection.clone()),
        Selection::Occurrence(key().window, key().on)
    );
    screen.expect("Enter your name to tick");
    screen.enter("Your name", "M. Lind");
    screen.click("Rollback procedures tested");
    assert_eq!(record(&screen).unwrap().ticks[0].by, "M. Lind");
    assert!(screen.session(|session| session.is_enabled(Command::Print)));
}

#[test]
fn a_name_is_taken_from_those_who_are_booked() {
    let plan = windowsill::store::parse(include_str!("../../assets/sample.ron")).unwrap().plan;
    let mut session = Session::new(plan, FileState::none(), Box::new(FixedClock(at("2027-02-20T21:00"))), None);
    let key = NightKey { window: "core-db".into(), on: "2027-02-20".parse().unwrap() };
    session.perform(Action::Reveal(Destination::Night(key)));
    let mut screen = Screen::with_session(session);
    screen.expect("Enter your name to tick");
    screen.click("Booked");
    screen.click("Lena Fox");
    assert_eq!(screen.session(|session| session.settings.name.clone()), "Lena Fox");
    screen.expect("Ticked by");
}

#[test]
fn notes_before_the_night_do_not_count_as_ticks() {
    let mut parts = harbour::plan().to_parts();
    parts.nights = [NightRecord { notes: "Bridge at 21:00".into(), ..NightRecord::new(key()) }].into_iter().collect();
    let plan = Plan::from(parts);
    screen(plan, "2027-03-20T20:31").expect("Record: Core DB patching, Sat 20 Mar 2027 · noted");
}

/// A plan with the notes of an earlier night.
fn learned() -> Plan {
    let mut parts = harbour::plan().to_parts();
    let earlier = NightKey { window: "core-db".into(), on: "2027-01-16".parse().unwrap() };
    let notes = "Listener did not start: keep the old one".to_owned();
    parts.nights = [NightRecord { notes, ..NightRecord::new(earlier) }].into_iter().collect();
    parts.into()
}

#[test]
fn notes_of_earlier_nights_are_beside_the_checklist_and_in_the_inspector() {
    let mut screen = screen(learned(), "2027-03-20T21:00");
    screen.expect("Listener did not start: keep the old one");
    screen.invoke("Sat 16 Jan 2027, Core DB patching");
    let shown = screen.session(|session| session.navigation.night.clone().unwrap());
    assert_eq!(shown.on.to_string(), "2027-01-16");

    let mut screen = Screen::new(learned(), View::Calendar(CalendarView::Rows));
    screen.perform(Action::Select(Selection::Window("core-db".into())));
    screen.invoke("Earlier nights");
    screen.expect("Listener did not start: keep the old one");
}

#[test]
fn records_are_found_by_words_of_their_notes() {
    let mut screen = screen(learned(), "2027-03-20T21:00");
    screen.expect_part("Record: Core DB patching");
    screen.enter("Search records", "listener OLD");
    screen.expect_part("Record: Core DB patching");
    screen.enter("Search records", "bridge");
    screen.expect("No record has these words");
}

#[test]
fn what_the_watch_found_is_written_down() {
    let mut parts = harbour::plan().to_parts();
    let watch = Watch { length: Minutes::hours(48), baseline: "120 orders a minute".into() };
    parts.windows = [MaintenanceWindow { watch: Some(watch), ..harbour::window() }].into_iter().collect();
    let mut screen = screen(parts.into(), "2027-03-22T09:00");
    screen.expect("Baseline: 120 orders a minute");
    screen.expect("Logs checked for errors and warnings");
    screen.write("Errors and warnings in the logs", "Two timeouts");
    screen.write("Performance against the baseline", "118 orders a minute");
    screen.invoke("Faults found");
    let watch = record(&screen).unwrap().watch.unwrap();
    assert_eq!((&*watch.logs, &*watch.performance, &*watch.by), ("Two timeouts", "118 orders a minute", "Lena Fox"));
    assert_eq!(watch.outcome, Some(WatchOutcome::Faults));
    screen.invoke("Clear result of the watch");
    assert_eq!(record(&screen).unwrap().watch.unwrap().outcome, None);
    screen.perform(Action::Run(Command::Undo));
    assert_eq!(record(&screen).unwrap().watch.unwrap().outcome, Some(WatchOutcome::Faults));
}
