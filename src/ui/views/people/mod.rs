//! Who works when: people as rows, days as columns, each shift a cell. Converts input to actions.

mod board;
mod cells;
mod keys;
mod layout;
mod paint;

use std::collections::BTreeSet;

use egui::{CornerRadius, Id, Margin, Pos2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2};
use lucide_icons::Icon;

use crate::model::{Edit, Person, PersonId, Plan, Subject, TeamId, day_number};
use crate::schedule::Rota;
use crate::schedule::rota::Shift;
use crate::session::state::clock::unique_word;
use crate::session::{Command, Destination};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::{empty_state_button, empty_state_choice};
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::reading_order::RoomAbove;
use crate::ui::parts::scroll::rows_between;
use crate::ui::parts::widgets::{muted, name, row_line, segments};
use crate::wording::counted;
use board::{Board, PeopleRow};
use layout::{Grid, HEADER, NAMES, NIGHTS, ROW, Scale};

/// The plan, its rota, the collapsed teams and the filter.
type BoardInputs = (Pointer<Plan>, Pointer<Rota>, BTreeSet<Option<TeamId>>, String);

/// The state of the view between frames.
#[derive(Default)]
pub struct PeopleState {
    scale: Scale,
    filter: String,
    folded: BTreeSet<Option<TeamId>>,
    board: Memo<BoardInputs, Board>,
    /// The shift that the arrow keys start from.
    cursor: Option<Shift>,
    /// The cursor moved: its cell must be scrolled into view.
    follows_cursor: bool,
    /// The scroll offset of the rows; `None` before the first frame and after a change of scale.
    offset: Option<Vec2>,
}

/// Draws the view.
pub fn people_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut PeopleState) {
    let rota = Pointer::to(&cx.schedule().rota);
    let inputs = (Pointer::to(cx.plan_pointer()), rota, state.folded.clone(), state.filter.clone());
    let board = state.board.get(inputs, || Board::new(cx.document(), &state.folded, &state.filter));
    egui::Frame::new().inner_margin(Margin::same(12)).show(ui, |ui| {
        let bar = RoomAbove::new(ui, Id::unique("people bar"));
        ui.add_space(8.0);
        if cx.plan().people().is_empty() {
            let advice = "Who works and tests in the windows; they are booked in the inspector of a window";
            let id = PersonId::unique("new-person", &unique_word(), |id| cx.plan().people().contains(id));
            let buttons = ["Add a person", Command::ImportPeople.name()];
            match empty_state_choice(ui, cx, Icon::Users, "No people yet", advice, &buttons) {
                Some(0) if cx.is_editable() => {
                    cx.edit(Edit::PutPerson(Person::new(id.clone(), "New person")));
                    cx.reveal(Destination::List(Subject::Person(id)));
                }
                Some(1) => cx.run(Command::ImportPeople),
                Some(_) | None => {}
            }
        } else if !state.filter.trim().is_empty() && !board.has_people() {
            let title = format!("No match for \"{}\"", state.filter.trim());
            if empty_state_button(ui, cx, Icon::Search, &title, "Other people are hidden", "Remove the filter") {
                state.filter.clear();
            }
        } else {
            table_ui(ui, cx, state, &board);
        }
        bar.show(ui, |ui| bar_ui(ui, cx, state, &board));
    });
}

fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut PeopleState, board: &Board) {
    ui.horizontal(|ui| {
        let scales = [(Scale::Days, "Days"), (Scale::Weeks, "Weeks")];
        if let Some(scale) = segments(ui, cx, &scales, state.scale) {
            state.scale = scale;
            state.offset = None;
        }
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let edit = egui::TextEdit::singleline(&mut state.filter).hint_text("Filter people").desired_width(170.0);
            let response = ui.add(edit);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Filter people"));
            let (people, shifts) = (cx.plan().people().len(), board.rota.shifts().len());
            let open = match board.rota.shortages().len() {
                0 => String::new(),
                open => format!(" · {} not filled", counted(open, "booking")),
            };
            let summary = format!("{} · {}{open}", counted(people, "person"), counted(shifts, "shift"));
            ui.add(egui::Label::new(muted(cx, summary)).truncate());
        });
    });
}

/// Header and names are fixed; the rows scroll in both directions below and beside them.
fn table_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut PeopleState, board: &Board) {
    let grid = Grid::new(cx.plan().horizon(), state.scale);
    let (whole, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let canvas = ui.interact(whole, Id::unique("people"), Sense::focusable_noninteractive());
    name(&canvas, Role::Group, || "Who works when".to_owned());
    let body = Rect::from_min_max(whole.min + Vec2::new(NAMES, HEADER), whole.max);
    keys::keyboard_ui(ui, cx, state, board, &canvas);
    let follows = std::mem::take(&mut state.follows_cursor);
    let mut scroll = ScrollArea::both().id_salt("shifts").auto_shrink(false);
    if state.offset.is_none() {
        scroll = scroll.horizontal_scroll_offset(start(cx, &grid));
    }
    let builder = UiBuilder::new().max_rect(body).id_salt("shifts");
    let output = ui.scope_builder(builder, |ui| {
        scroll.show_viewport(ui, |ui, view| {
            let size = Vec2::new(grid.width(), board.rows.len() as f32 * ROW);
            ui.set_min_size(size);
            let origin = ui.min_rect().min;
            if let Some(rect) = follows.then(|| cells::cursor_cell(state, board, &grid, origin)).flatten() {
                ui.scroll_to_rect(rect.expand(ROW), None);
            }
            cells::cells_ui(ui, cx, state, board, &grid, origin, view);
        })
    });
    let offset = output.inner.state.clamped_offset();
    state.offset = Some(offset);
    let above = Rect::from_min_max(Pos2::new(body.left(), whole.top()), body.right_top());
    paint::header(&ui.painter().with_clip_rect(above), cx, &grid, body.left() - offset.x, above);
    names_ui(ui, cx, state, board, Rect::from_min_max(whole.min, body.left_bottom()), offset.y);
}

/// The initial scroll offset: shortly before today, or the first day.
fn start(cx: &Cx<'_>, grid: &Grid) -> f32 {
    let today = grid.left_of(day_number(cx.today()));
    today.map_or(0.0, |left| (left - 7.0 * grid.day - NIGHTS).max(0.0))
}

/// The names on the left: a click folds a team, or opens a person's form.
fn names_ui(ui: &Ui, cx: &Cx<'_>, state: &mut PeopleState, board: &Board, rect: Rect, offset: f32) {
    let below = rect.with_min_y(rect.top() + HEADER);
    let painter = ui.painter().with_clip_rect(below);
    ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.colors.panel);
    for index in rows_between(offset, offset + below.height(), ROW, board.rows.len()) {
        let top = below.top() + index as f32 * ROW - offset;
        let row = Rect::from_min_size(Pos2::new(rect.left(), top), Vec2::new(rect.width(), ROW));
        let response = ui.interact(row.intersect(below), Id::unique(("person row", index)), Sense::CLICK);
        if response.hovered() {
            painter.rect_filled(row, CornerRadius::ZERO, cx.colors.hover);
        }
        match &board.rows[index] {
            PeopleRow::Open => {
                name(&response, Role::Label, || "Not filled".to_owned());
                paint::row_name(&painter, cx, row, 26.0, "Not filled", true);
            }
            PeopleRow::Team { id, name: team, people } => {
                let is_folded = state.folded.contains(id);
                let label = format!("{team}, {}", counted(*people, "person"));
                name(&response, Role::Button, || label.clone());
                paint::fold_mark(&painter, cx, row, is_folded);
                paint::row_name(&painter, cx, row, 26.0, team, true);
                if response.clicked() && !state.folded.remove(id) {
                    state.folded.insert(id.clone());
                }
            }
            PeopleRow::Person(person) => {
                let person = &cx.plan().people().as_slice()[*person];
                name(&response, Role::Button, || person.name.clone());
                paint::row_name(&painter, cx, row, 26.0, &person.name, false);
                if response.clicked() {
                    cx.reveal(Destination::List(Subject::Person(person.id.clone())));
                }
            }
        }
        row_line(&painter, cx, row);
    }
    let edge = egui::Stroke::new(1.0, cx.colors.line);
    ui.painter().vline(rect.right() - 0.5, rect.y_range(), edge);
    ui.painter().hline(rect.x_range(), below.top() - 0.5, edge);
}
