//! Measures frames of every view without a graphics card: layout, painting, tessellation.
//!
//! Budgets with 100,000 occurrences in the plan: in every view, and while somebody drags or zooms, a frame takes 2 ms of
//! processor time (median), and 8 ms at most once in a hundred frames (99th percentile). They are in the names.

#![allow(clippy::unwrap_used, clippy::panic)]

mod large;

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use egui::{Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2};
use windowsill::model::UtcMinute;
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, CalendarView, Command, FileState, LedgerPage, Selection, Session, View};
use windowsill::ui::App;

fn main() {
    divan::main();
}

/// The program with 100,048 occurrences on screen.
struct Screen {
    ctx: Context,
    app: App,
    time: f64,
}

impl Screen {
    fn new(view: View) -> Self {
        let now = UtcMinute::from_utc("2026-11-21T09:00:00Z".parse().unwrap());
        let mut session = Session::new(large::weekly(962), FileState::none(), Box::new(FixedClock(now)), None);
        session.mark_saved();
        session.perform(Action::Show(view));
        session.finish_jobs();
        let ctx = Context::default();
        let mut app = App::new(session);
        app.attach(&ctx);
        let mut screen = Self { ctx, app, time: 0.0 };
        for _ in 0..5 {
            screen.frame();
        }
        screen
    }

    /// Draws and tessellates one frame at 1920×1080. Returns the number of indices of its meshes.
    fn frame(&mut self) -> usize {
        self.frame_with(Vec::new())
    }

    /// The same after these events.
    fn frame_with(&mut self, events: Vec<Event>) -> usize {
        let mut output = self.run(events);
        // Nothing uploads textures here. Clearing them tells egui that this is intended.
        output.textures_delta.clear();
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        meshes
            .iter()
            .map(|mesh| if let egui::epaint::Primitive::Mesh(mesh) = &mesh.primitive { mesh.indices.len() } else { 0 })
            .sum()
    }

    fn run(&mut self, events: Vec<Event>) -> egui::FullOutput {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1920.0, 1080.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        self.app.run_between_frames(&self.ctx);
        self.ctx.run_ui(input, |ui| self.app.draw(ui))
    }

    /// The center of the first thing whose accessible name begins like that.
    fn find(&mut self, begin: &str) -> Pos2 {
        self.ctx.enable_accesskit();
        let mut output = self.run(Vec::new());
        output.textures_delta.clear();
        self.ctx.disable_accesskit();
        let update = output.platform_output.accesskit_update.unwrap();
        let is_it = |node: &egui::accesskit::Node| node.label().is_some_and(|label| label.starts_with(begin));
        let bounds = update.nodes.iter().find(|(_, node)| is_it(node)).and_then(|(_, node)| node.bounds()).unwrap();
        Pos2::new((bounds.x0 + bounds.x1) as f32 / 2.0, (bounds.y0 + bounds.y1) as f32 / 2.0)
    }

    /// Presses at a point and begins to drag.
    fn hold(&mut self, pos: Pos2) {
        self.frame_with(vec![Event::PointerMoved(pos)]);
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        self.frame_with(vec![Event::PointerButton { pos, button, pressed: true, modifiers }]);
        for step in 1..=4 {
            self.frame_with(vec![Event::PointerMoved(pos + Vec2::new(5.0 * step as f32, 0.0))]);
        }
    }
}

/// A Monday in the plan's months.
fn day() -> NaiveDate {
    "2027-03-15".parse().unwrap()
}

fn view(name: &str) -> View {
    match name {
        "rows" => View::Calendar(CalendarView::Rows),
        "planner" => View::Calendar(CalendarView::Planner),
        "months" => View::Calendar(CalendarView::Months),
        "month" => View::Calendar(CalendarView::Month(day())),
        "week" => View::Calendar(CalendarView::Week(day())),
        "day" => View::Calendar(CalendarView::Day(day())),
        "agenda" => View::Calendar(CalendarView::Agenda),
        "groups" => View::Groups,
        "cycles" => View::Cycles,
        "lists" => View::Lists,
        "people" => View::People,
        "night" => View::Night,
        "answers" => View::Ledger(LedgerPage::Answers),
        "notices" => View::Ledger(LedgerPage::Notices),
        "changes" => View::Changes,
        "advisories" => View::Advisories,
        "findings" => View::Findings,
        other => panic!("unknown view {other}"),
    }
}

const VIEWS: [&str; 17] = [
    "rows",
    "planner",
    "months",
    "month",
    "week",
    "day",
    "agenda",
    "groups",
    "cycles",
    "lists",
    "people",
    "night",
    "answers",
    "notices",
    "changes",
    "advisories",
    "findings",
];

#[divan::bench(args = VIEWS)]
fn view_with_100_000_occurrences_budget_median_2_ms_p99_8_ms(bencher: Bencher<'_, '_>, name: &str) {
    let mut screen = Screen::new(view(name));
    bencher.bench_local(|| black_box(screen.frame()));
}

/// With 1,000 selected dates: each bar that is drawn asks whether it is one of them.
#[divan::bench(args = ["rows", "planner", "month"])]
fn selection_of_1_000_dates_budget_median_2_ms_p99_8_ms(bencher: Bencher<'_, '_>, name: &str) {
    let mut screen = Screen::new(view(name));
    let windows = &screen.app.session.schedule().windows;
    let dates = windows.iter().flat_map(|window| {
        let some = window.expansion.occurrences.iter().take(10);
        some.map(move |occurrence| (window.id().clone(), occurrence.original_on()))
    });
    let selection = Selection::several(dates.take(1_000).collect::<Vec<_>>());
    screen.app.session.perform(Action::Select(selection));
    for _ in 0..5 {
        screen.frame();
    }
    bencher.bench_local(|| black_box(screen.frame()));
}

/// The rows, zoomed in until the bars of one window are so wide that they can be dragged, and where one of them is.
fn zoomed_rows() -> (Screen, Pos2) {
    let mut screen = Screen::new(view("rows"));
    let window = &screen.app.session.schedule().windows[0];
    let on = window.expansion.occurrences[9].original_on();
    let (id, name) = (window.id().clone(), window.window.name.clone());
    screen.app.session.perform(Action::Select(Selection::Occurrence(id, on)));
    screen.frame();
    for _ in 0..6 {
        let (key, modifiers) = (egui::Key::Plus, Modifiers::NONE);
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        screen.frame_with(vec![event(true), event(false)]);
    }
    let at = screen.find(&format!("{name}, {}", windowsill::wording::date(on)));
    (screen, at)
}

/// The pointer moves by two points a frame, so that some frames go on to another day and judge it, and most do not.
#[divan::bench]
fn dragging_in_rows_budget_median_2_ms_p99_8_ms(bencher: Bencher<'_, '_>) {
    let (mut screen, at) = zoomed_rows();
    screen.hold(at);
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        let there_and_back = (turn % 200_i32 - 100).abs() as f32;
        let pos = at + Vec2::new(20.0 + 2.0 * there_and_back, 0.0);
        black_box(screen.frame_with(vec![Event::PointerMoved(pos)]))
    });
}

#[divan::bench]
fn zooming_in_rows_budget_median_2_ms_p99_8_ms(bencher: Bencher<'_, '_>) {
    let mut screen = Screen::new(view("rows"));
    screen.frame_with(vec![Event::PointerMoved(Pos2::new(1_200.0, 600.0))]);
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        let factor = if turn % 100 < 50 { 1.05 } else { 1.0 / 1.05 };
        black_box(screen.frame_with(vec![Event::Zoom(factor)]))
    });
}

/// The first frame after an edit, which rebuilds the index of days.
#[divan::bench]
fn first_frame_after_an_edit(bencher: Bencher<'_, '_>) {
    let mut screen = Screen::new(view("planner"));
    let window = screen.app.session.plan().windows().as_slice()[0].id.clone();
    let on = screen.app.session.schedule().windows[0].expansion.occurrences[3].original_on();
    screen.app.session.perform(Action::Select(Selection::Occurrence(window, on)));
    let commands = [Command::DayLater, Command::DayEarlier];
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        screen.app.session.perform(Action::Run(commands[turn % 2]));
        black_box(screen.frame())
    });
}
