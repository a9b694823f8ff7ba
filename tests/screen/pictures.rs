//! Pictures of custom-drawn views, compared with those in the repository, one of which is in the README.
//!
//! They are drawn if there is a graphics adapter, even a software one (Mesa's lavapipe). A message says if
//! there is none. `UPDATE_SNAPSHOTS=1 cargo test --test screen pictures` updates them.

#![allow(clippy::print_stdout, reason = "a skipped comparison must be reported")]

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use egui_kittest::{Harness, SnapshotOptions};
use windowsill::model::{
    ChecklistBlock, Condition, Horizon, NightKey, NightRecord, Plan, PlanParts, StatusUpdate, Tick, UtcMinute,
};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, Appearance, CalendarView, Destination, FileState, LedgerPage, Selection, Session, Settings, View,
};
use windowsill::ui::App;

/// Whether something can draw here, if only in software.
fn has_adapter() -> bool {
    use eframe::wgpu::{Backends, Instance, InstanceDescriptor};
    let instance = Instance::new(InstanceDescriptor::new_without_display_handle());
    let mut adapters = pin!(instance.enumerate_adapters(Backends::PRIMARY));
    let mut context = Context::from_waker(Waker::noop());
    let found = loop {
        if let Poll::Ready(adapters) = adapters.as_mut().poll(&mut context) {
            break !adapters.is_empty();
        }
    };
    if !found {
        println!("no graphics adapter here: pictures are not drawn and not compared");
    }
    found
}

/// Draws the program after `actions` and compares it with the picture `name` in `folder`.
fn picture(folder: &str, name: &str, size: [f32; 2], appearance: Appearance, plan: Plan, actions: &[Action]) {
    picture_at("2026-11-21T09:00:00Z", folder, name, size, appearance, plan, actions);
}

/// Like `picture`, with the clock at another time.
pub fn picture_at(
    now: &str,
    folder: &str,
    name: &str,
    size: [f32; 2],
    appearance: Appearance,
    plan: Plan,
    actions: &[Action],
) {
    if !has_adapter() {
        return;
    }
    let app = Rc::new(RefCell::new(None::<App>));
    let (made, drawn) = (Rc::clone(&app), Rc::clone(&app));
    let actions = actions.to_vec();
    let now = UtcMinute::from_utc(now.parse().unwrap());
    let setup = move |ctx: &egui::Context| {
        let mut session = Session::new(plan, FileState::none(), Box::new(FixedClock(now)), None);
        session.mark_saved();
        session.settings.appearance = appearance;
        for action in actions {
            session.perform(action);
        }
        session.finish_jobs();
        let mut app = App::new(session);
        app.attach(ctx);
        *made.borrow_mut() = Some(app);
    };
    let mut harness = Harness::builder().with_size(size).with_context_setup(setup).wgpu().build_ui(move |ui| {
        let mut app = drawn.borrow_mut();
        let app = app.as_mut().unwrap();
        app.run_between_frames(&ui.ctx().clone());
        // The harness leaves a margin around what it draws; the program fills its window.
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
        let mut whole = ui.new_child(egui::UiBuilder::new().max_rect(window));
        whole.set_clip_rect(window);
        app.draw(&mut whole);
    });
    harness.run_steps(4);
    // Rasterisers round the edges of letters differently; a bar that is not where it should be is thousands of pixels.
    let options = SnapshotOptions::new().output_path(folder).threshold(2.0).max_failed_pixels(1_500);
    harness.snapshot_options(name, &options);
}

fn core_db_in_march() -> Action {
    Action::Select(Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap()))
}

#[test]
fn the_year_looks_as_in_the_readme() {
    picture("docs/images", "year", [1440.0, 900.0], Appearance::Light, Session::sample_plan(), &[core_db_in_march()]);
}

/// Core DB's night in February, an hour and a half after its start.
#[test]
fn the_night_looks_as_in_the_readme() {
    let mut parts = Session::sample_plan().to_parts();
    let key = NightKey { window: "core-db".into(), on: "2027-02-20".parse().unwrap() };
    let at = |time: &str| UtcMinute::from_utc(format!("2027-02-{time}:00Z").parse().unwrap());
    let database = &parts.checklists.get(&"database-night".into()).unwrap().items;
    let before = database.iter().filter(|item| item.condition != Condition::ClocksChange).take(11).enumerate();
    let ticks = before.map(|(index, item)| {
        let (by, at) = match item.block {
            ChecklistBlock::DayBefore => ("Aisha Khan", at(&format!("19T22:{:02}", index * 4))),
            ChecklistBlock::HoursBefore => ("Aisha Khan", at(&format!("20T20:{:02}", index * 5))),
            _ => ("Lena Fox", at(&format!("20T21:{:02}", 40 + index))),
        };
        let words = item.text.replace("{ticket}", "CHG-20417");
        Tick { block: item.block, item: words, by: by.to_owned(), at }
    });
    let updates =
        [("22:30", "Batch 1 drained and patched"), ("23:00", "Batch 1 is back, batch 2 in work")].map(|(due, text)| {
            let due_at = at(&format!("20T{due}"));
            StatusUpdate { due_at, text: text.to_owned(), by: "Lena Fox".to_owned(), at: due_at }
        });
    let record =
        NightRecord { ticks: ticks.collect(), status_updates: updates.into(), ..NightRecord::new(key.clone()) };
    parts.nights = [record].into_iter().collect();
    let plan = Plan::from(parts);
    let who = Settings { name: "Lena Fox".to_owned(), ..Settings::default() };
    let actions = [Action::Set(who), Action::Reveal(Destination::Night(key))];
    picture_at("2027-02-20T23:24:00Z", "docs/images", "night", [1280.0, 720.0], Appearance::Light, plan, &actions);
}

#[test]
fn the_year_in_the_dark_and_in_a_small_window() {
    picture(
        "tests/pictures",
        "year-dark",
        [1000.0, 640.0],
        Appearance::Dark,
        Session::sample_plan(),
        &[core_db_in_march()],
    );
}

#[test]
fn the_cycles_look_as_in_the_readme() {
    let cycles = [Action::Show(View::Cycles)];
    picture("docs/images", "cycles", [1280.0, 720.0], Appearance::Light, Session::sample_plan(), &cycles);
}

#[test]
fn the_ledger_looks_as_in_the_readme() {
    let ledger = [Action::Show(View::Ledger(LedgerPage::Answers))];
    picture("docs/images", "ledger", [1280.0, 600.0], Appearance::Light, Session::sample_plan(), &ledger);
}

#[test]
fn who_works_when_in_the_dark() {
    let people = [Action::Show(View::People)];
    picture("tests/pictures", "people-dark", [1000.0, 640.0], Appearance::Dark, Session::sample_plan(), &people);
}

#[test]
fn two_years_are_shown_at_once() {
    let plan = Session::sample_plan();
    let plan = Plan::from(PlanParts { horizon: Horizon { months: 24, ..plan.horizon() }, ..plan.to_parts() });
    picture("tests/pictures", "two-years", [1280.0, 720.0], Appearance::Light, plan, &[]);
}

#[test]
fn a_night_hour_by_hour() {
    let day = View::Calendar(CalendarView::Day("2027-03-27".parse().unwrap()));
    let actions = [core_db_in_march(), Action::Show(day)];
    picture("tests/pictures", "night", [1000.0, 400.0], Appearance::Light, Session::sample_plan(), &actions);
}
