//! The visible cells of the people view: nights, absences, shifts, open bookings.

use std::collections::BTreeMap;

use egui::{Id, Painter, Pos2, Rect, Role, Sense, Ui, Vec2};

use super::PeopleState;
use super::board::{Board, PeopleRow};
use super::layout::{Grid, NIGHTS, ROW};
use super::paint;
use crate::model::day_number;
use crate::schedule::rota::{Shift, Shortage, duty_in_words};
use crate::session::{Destination, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::scroll::rows_between;
use crate::ui::parts::widgets::{muted, name, row_line, strong};
use crate::ui::views::people::layout;
use crate::wording;

/// The visible part of the rows.
struct VisibleCells<'a> {
    grid: &'a Grid,
    origin: Pos2,
    /// The first and last day.
    days: (i32, i32),
    months: std::ops::Range<usize>,
}

impl VisibleCells<'_> {
    fn span(&self, first: i32, last: i32, top: f32) -> Option<Rect> {
        self.grid.span(first, last, top).map(|rect| rect.translate(self.origin.to_vec2()))
    }
}

/// Draws the cells inside `view`, which is in points from `origin`.
pub fn cells_ui(ui: &Ui, cx: &Cx<'_>, state: &mut PeopleState, board: &Board, grid: &Grid, origin: Pos2, view: Rect) {
    let painter = ui.painter();
    paint::ground(painter, cx, grid, origin, view.translate(origin.to_vec2()));
    let sight = VisibleCells {
        grid,
        origin,
        days: grid.days_between(view.left(), view.right()),
        months: grid.months_between(view.left(), view.right()),
    };
    for index in rows_between(view.top(), view.bottom(), ROW, board.rows.len()) {
        let top = index as f32 * ROW;
        let line = Rect::from_min_max(Pos2::new(view.left(), top), Pos2::new(view.right(), top + ROW));
        row_line(painter, cx, line.translate(origin.to_vec2()));
        match &board.rows[index] {
            PeopleRow::Open => open_ui(ui, cx, board, &sight, top),
            PeopleRow::Team { .. } => {}
            PeopleRow::Person(person) => person_ui(ui, cx, state, board, &sight, *person, top),
        }
    }
}

fn person_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    state: &mut PeopleState,
    board: &Board,
    sight: &VisibleCells<'_>,
    person: usize,
    top: f32,
) {
    let painter = ui.painter();
    let (from, to) = sight.days;
    for away in &cx.plan().people().as_slice()[person].away {
        let (first, last) = (day_number(away.first_on).max(from), day_number(away.last_on).min(to));
        if let Some(rect) = (first <= last).then(|| sight.span(first, last, top)).flatten() {
            paint::away(painter, cx, rect);
        }
    }
    nights_ui(painter, cx, board, sight, person, top);
    let shifts: Vec<_> = board.shifts_on(person, from, to).collect();
    let mut counts: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
    for (_, first, _) in &shifts {
        counts.entry(*first).or_default().1 += 1;
    }
    for (shift, first, last) in shifts {
        let (nth, count) = counts.get_mut(&first).map_or((0, 1), |(next, count)| {
            *next += 1;
            (*next - 1, *count)
        });
        if let Some(cell) = sight.span(first, last, top) {
            shift_ui(ui, cx, state, board, shift, layout::share(cell, nth, count));
        }
    }
}

/// The number of nights of each month; nothing for 0.
fn nights_ui(painter: &Painter, cx: &Cx<'_>, board: &Board, sight: &VisibleCells<'_>, person: usize, top: f32) {
    for month in &sight.grid.months[sight.months.clone()] {
        let count = board.nights_in(person, month.first_on);
        if count > 0 {
            let cell = Rect::from_min_size(Pos2::new(month.left, top), Vec2::new(NIGHTS, ROW));
            paint::nights(painter, cx, cell.translate(sight.origin.to_vec2()), count);
        }
    }
}

fn shift_ui(ui: &Ui, cx: &Cx<'_>, state: &mut PeopleState, board: &Board, shift: &Shift, rect: Rect) {
    let (window, on) = (board.rota.window(shift), shift.on());
    let person = board.rota.person(shift);
    let key = ("shift", person.id.as_str(), window.id.as_str(), on, shift.duty);
    let response = ui.interact(rect, Id::unique(key), Sense::CLICK);
    name(&response, Role::Button, || board.rota.shift_in_words(shift));
    let stage = cx.schedule().window(&window.id).and_then(|window| window.scope.stage);
    let obstacle = board.rota.team(shift).is_none().then(|| board.rota.obstacle(shift)).flatten();
    let style = paint::Style {
        is_selected: cx.selection().is_occurrence(&window.id, on),
        has_cursor: state.cursor == Some(*shift),
        is_hovered: response.hovered(),
        has_trouble: obstacle.is_some(),
    };
    paint::shift(ui.painter(), cx, rect, stage, shift.duty, style);
    if response.clicked() {
        state.cursor = Some(*shift);
        cx.select(Selection::Occurrence(window.id.clone(), on));
    }
    if response.double_clicked() {
        cx.reveal(Destination::Occurrence(window.id.clone(), on));
    }
    if response.hovered() {
        response.on_hover_ui(|ui| hover_ui(ui, cx, board, shift));
    }
}

fn hover_ui(ui: &mut Ui, cx: &Cx<'_>, board: &Board, shift: &Shift) {
    let rota = &board.rota;
    ui.set_max_width(300.0);
    ui.label(strong(format!("{}, {}", rota.person(shift).name, duty_in_words(shift.duty))));
    ui.label(&rota.window(shift).name);
    ui.label(rota.span_in_words(shift.from, shift.to));
    let how = match rota.team(shift) {
        Some(team) => format!("On duty by the rotation of {}", team.name),
        None => "Booked by name".to_owned(),
    };
    ui.label(muted(cx, how));
    let mut here = cx.findings().open().filter(|finding| {
        finding.window.as_ref() == Some(&rota.window(shift).id)
            && finding.on == Some(shift.on())
            && finding.rule.code.starts_with('C')
    });
    for finding in here.by_ref().take(3) {
        let text = format!("{} {}", finding.rule.code, finding.message);
        ui.label(egui::RichText::new(text).color(cx.colors.severity(finding.severity)));
    }
    let more = here.count();
    if more > 0 {
        ui.label(muted(cx, wording::and_more(more)));
    }
}

/// The bookings that nobody can fill, in their own row.
fn open_ui(ui: &Ui, cx: &Cx<'_>, board: &Board, sight: &VisibleCells<'_>, top: f32) {
    let shortages = board.shortages_on(sight.days.0, sight.days.1);
    let day = |shortage: &Shortage| board.rota.day_of(shortage.from);
    for same_day in shortages.chunk_by(|a, b| day(a) == day(b)) {
        let Some(cell) = sight.span(day(&same_day[0]), day(&same_day[0]), top) else { continue };
        for (nth, shortage) in same_day.iter().enumerate() {
            shortage_ui(ui, cx, board, shortage, layout::share(cell, nth, same_day.len()));
        }
    }
}

fn shortage_ui(ui: &Ui, cx: &Cx<'_>, board: &Board, shortage: &Shortage, rect: Rect) {
    let (window, team) = (board.rota.shortage_window(shortage), board.rota.shortage_team(shortage));
    let on = shortage.on();
    let key = ("shortage", window.id.as_str(), on, shortage.duty, team.id.as_str());
    let response = ui.interact(rect, Id::unique(key), Sense::CLICK);
    let label = || {
        let span = board.rota.span_in_words(shortage.from, shortage.to);
        let (missing, needed) = (shortage.missing, shortage.needed);
        let duty = duty_in_words(shortage.duty);
        format!("Not filled, {span}, {}, {duty}, {missing} of {needed} missing in {}", window.name, team.name)
    };
    name(&response, Role::Button, label);
    paint::open(ui.painter(), cx, rect, shortage.missing, response.hovered());
    if response.clicked() {
        cx.select(Selection::Occurrence(window.id.clone(), on));
    }
    if response.hovered() {
        response.on_hover_ui(|ui| {
            ui.set_max_width(300.0);
            ui.label(strong(format!("{} of {} missing", shortage.missing, shortage.needed)));
            ui.label(format!("{}, {}", team.name, duty_in_words(shortage.duty)));
            ui.label(format!("{}, {}", window.name, wording::date(on)));
        });
    }
}

/// The cell of the cursor's shift.
pub fn cursor_cell(state: &PeopleState, board: &Board, grid: &Grid, origin: Pos2) -> Option<Rect> {
    let cursor = state.cursor?;
    let row = board.row_of(&cursor)?;
    let day = board.rota.day_of(cursor.from);
    grid.span(day, day, row as f32 * ROW).map(|rect| rect.translate(origin.to_vec2()))
}
