//! A first own year, planned from an empty plan: at most 40 clicks and keys, besides what is typed.

use chrono::{NaiveDate, Weekday};
use egui::{Key, Modifiers};
use windowsill::model::{Horizon, Plan, UtcMinute};
use windowsill::session::state::clock::FixedClockIn;
use windowsill::session::{Action, CalendarView, FileState, Session, View};

use crate::driver::Screen;

/// 10:00 UTC on 2 November 2026.
const NOW: UtcMinute = UtcMinute(29_893_560);
/// What a person may need for the first year.
const MOST: usize = 40;

/// The screen, and how many clicks and keys it took so far. Typed texts do not count.
struct Hand {
    screen: Screen,
    used: Vec<String>,
}

impl Hand {
    /// On an empty plan of 2027, as it is after *New plan*.
    fn new() -> Self {
        let plan = Plan::new("mine".into(), "Mine 2027", Horizon::year(2027), "Europe/Berlin");
        let clock = Box::new(FixedClockIn(NOW, "Europe/Berlin"));
        let mut session = Session::new(plan, FileState::none(), clock, None);
        session.mark_saved();
        session.perform(Action::Show(View::Calendar(CalendarView::Rows)));
        Self { screen: Screen::with_session(session), used: Vec::new() }
    }

    #[track_caller]
    fn click(&mut self, name: &str) {
        self.click_with(name, Modifiers::NONE);
    }

    #[track_caller]
    fn click_with(&mut self, name: &str, modifiers: Modifiers) {
        // The pointer must reach it.
        self.screen.click_with(name, modifiers);
        self.used.push(format!("click {name}"));
        self.screen.wait(1.0);
    }

    fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.screen.press_with(modifiers, key);
        self.used.push(format!("{modifiers:?} {key:?}"));
        self.screen.wait(1.0);
    }

    /// Types into what has the focus, without a key for that.
    fn types(&mut self, text: &str) {
        self.screen.type_text(text);
    }

    /// The dates of the window of that name.
    fn dates(&self, name: &str) -> Vec<NaiveDate> {
        self.screen.session(|session| {
            let found = session.schedule().windows.iter().find(|scheduled| scheduled.window.name == name).unwrap();
            found.expansion.occurrences.iter().map(windowsill::schedule::Occurrence::on).collect()
        })
    }

    #[track_caller]
    fn took_few(&self) {
        assert!(self.used.len() <= MOST, "{} clicks and keys: {:#?}", self.used.len(), self.used);
    }

    /// Adds systems, an area and a ladder, and puts two systems into the first group and two into the last.
    fn enter_what_is_patched(&mut self) {
        self.click("Systems, 0");
        for (index, name) in ["Mail test", "Web test", "Mail", "Web"].into_iter().enumerate() {
            if index > 0 {
                self.screen.click_button("New");
                self.used.push("click New".to_owned());
            }
            self.types(name);
            self.press(Key::Enter);
        }
        self.click("Business areas, 0");
        self.types("Sales");
        self.press(Key::Enter);
        self.click("Ladder, 0");
        self.types("Servers");
        self.press(Key::Enter);
        for (systems, digit) in [(["Mail test", "Web test"], Key::Num1), (["Mail", "Web"], Key::Num4)] {
            self.click(&format!("{}, On no ladder, 1 host", systems[0]));
            self.click_with(&format!("{}, On no ladder, 1 host", systems[1]), Modifiers::COMMAND);
            self.press(digit);
        }
        let sizes: Vec<usize> = self.screen.session(|session| {
            session.plan().ladders().iter().flat_map(|ladder| &ladder.groups).map(|group| group.systems.len()).collect()
        });
        assert_eq!(sizes, [2, 0, 0, 2]);
    }

    /// A freeze from 20 December to 3 January.
    fn freeze_the_year_end(&mut self) {
        self.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::F);
        self.types("Year end");
        self.press(Key::Enter);
        for (field, on) in [("First day", "20 Dec 2027"), ("Last day", "3 Jan 2028")] {
            // A click into the field, the keys that select all, and Enter.
            self.screen.enter(field, on);
            self.used.extend(["click", "Ctrl+A", "Enter"].map(|what| format!("{what} in {field}")));
        }
        let days: Vec<String> = self.screen.session(|session| {
            let freezes = session.plan().freezes().iter();
            freezes.map(|freeze| format!("{} {} {}", freeze.name, freeze.first_on, freeze.last_on)).collect()
        });
        assert_eq!(days, ["Year end 2027-12-20 2028-01-03"]);
    }
}

#[test]
fn a_first_year_is_planned_with_the_proposed_windows() {
    let mut hand = Hand::new();
    hand.enter_what_is_patched();
    hand.click("Plan windows…");
    hand.click("Add 2 windows");
    let names: Vec<String> =
        hand.screen.session(|session| session.plan().windows().iter().map(|window| window.name.clone()).collect());
    let dates = |part: &str| hand.dates(names.iter().find(|name| name.contains(part)).unwrap());
    let (test, production) = (dates("Test"), dates("Production"));
    assert_eq!((names.len(), test.len(), production.len()), (2, 12, 12));
    for (month, (test, production)) in (1..).zip(test.iter().zip(&production)) {
        let patch_tuesday = NaiveDate::from_weekday_of_month_opt(2027, month, Weekday::Tue, 2).unwrap();
        assert!(patch_tuesday <= *test && test < production, "{patch_tuesday} {test} {production}");
        assert!((*production - patch_tuesday).num_days() < 14, "{patch_tuesday} {production}");
    }
    hand.freeze_the_year_end();
    hand.took_few();
}

#[test]
fn a_first_year_is_planned_with_windows_in_words() {
    let mut hand = Hand::new();
    hand.enter_what_is_patched();
    for line in [
        "Test servers Thursday after Patch Tuesday 20:00 3h Servers · Test",
        "Production servers second Saturday after Patch Tuesday 22:00 4h Production",
    ] {
        hand.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::Q);
        hand.types(line);
        hand.press(Key::Enter);
    }
    for (name, first, last) in
        [("Test servers", "2027-01-14", "2027-12-16"), ("Production servers", "2027-01-23", "2027-12-25")]
    {
        let dates = hand.dates(name);
        let ends = (dates[0].to_string(), dates[11].to_string());
        assert_eq!((dates.len(), ends.0.as_str(), ends.1.as_str()), (12, first, last), "{name}");
    }
    hand.freeze_the_year_end();
    hand.took_few();
}
