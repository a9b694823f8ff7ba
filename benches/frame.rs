//! Measures one frame of the year view without a graphics card: layout, painting, tessellation.
//!
//! Budget: 8 ms with 100,000 occurrences in the plan.

#![allow(clippy::unwrap_used)]

mod large;

use divan::{Bencher, black_box};
use egui::{Context, Pos2, RawInput, Rect, Vec2};
use windowsill::model::UtcMinute;
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, CalendarView, FileState, Selection, Session, View};
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
    fn new(view: CalendarView) -> Self {
        let now = UtcMinute::from_utc("2026-11-21T09:00:00Z".parse().unwrap());
        let mut session = Session::new(large::weekly(962), FileState::none(), Box::new(FixedClock(now)), None);
        session.mark_saved();
        session.perform(Action::Show(View::Calendar(view)));
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
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1920.0, 1080.0))),
            time: Some(self.time),
            ..RawInput::default()
        };
        self.app.run_between_frames(&self.ctx);
        let mut output = self.ctx.run_ui(input, |ui| self.app.draw(ui));
        // There is no renderer to upload textures. Clearing them tells egui that this is intended.
        output.textures_delta.clear();
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        meshes
            .iter()
            .map(|mesh| if let egui::epaint::Primitive::Mesh(mesh) = &mesh.primitive { mesh.indices.len() } else { 0 })
            .sum()
    }
}

#[divan::bench(args = ["planner", "months"])]
fn year_with_100_000_occurrences_budget_8_ms(bencher: Bencher<'_, '_>, view: &str) {
    let mut screen = Screen::new(if view == "planner" { CalendarView::Planner } else { CalendarView::Months });
    bencher.bench_local(|| black_box(screen.frame()));
}

/// The first frame after an edit, which rebuilds the index of days.
#[divan::bench]
fn first_frame_after_an_edit(bencher: Bencher<'_, '_>) {
    let mut screen = Screen::new(CalendarView::Planner);
    let window = screen.app.session.plan().windows().as_slice()[0].id.clone();
    let on = screen.app.session.schedule().windows[0].expansion.occurrences[3].original_on();
    screen.app.session.perform(Action::Select(Selection::Occurrence(window, on)));
    let commands = [windowsill::session::Command::DayLater, windowsill::session::Command::DayEarlier];
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        screen.app.session.perform(Action::Run(commands[turn % 2]));
        black_box(screen.frame())
    });
}
