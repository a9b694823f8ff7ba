//! The list behind a figure; only the visible lines are drawn.

use egui::{Align, Button, Key, Label, Layout, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder};

use super::ComplianceState;
use super::counted::CountedList;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{head, muted, name};
use crate::wording::counted;

const ROW: f32 = 26.0;
/// How many lines a page key moves.
const PAGE: isize = 12;

pub fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ComplianceState, list: &CountedList) {
    ui.horizontal(|ui| {
        let back = ui.add(Button::new("Back to the figures"));
        if back.on_hover_text("Show all figures  Escape").clicked() {
            state.list = None;
        }
        ui.add_space(4.0);
        ui.label(head(&list.title));
        ui.label(muted(cx, counted(list.lines.len(), if list.heads[0] == "Window" { "result" } else { "item" })));
    });
    ui.add_space(6.0);
    keyboard_ui(ui, cx, state, list);
    if list.lines.is_empty() {
        ui.label(muted(cx, "Nothing is left to count here"));
        return;
    }
    table_ui(ui, cx, state, list);
}

fn table_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ComplianceState, list: &CountedList) {
    let room = ui.available_width() - 60.0;
    let mut builder = TableBuilder::new(ui)
        .id_salt(("compliance", room as i32))
        .striped(false)
        .sense(Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .auto_shrink(false);
    for share in [0.32, 0.2, 0.1, 0.13] {
        builder = builder.column(Column::initial(room * share).at_least(40.0).clip(true).resizable(true));
    }
    builder = builder.column(Column::remainder().at_least(80.0).clip(true));
    if let Some(row) = state.cursor.filter(|_| state.follows_cursor) {
        builder = builder.scroll_to_row(row, None);
    }
    state.follows_cursor = false;
    let table = builder.header(24.0, |mut header| {
        for head in list.heads {
            header.col(|ui| {
                ui.add_space(4.0);
                let text = RichText::new(head).font(theme::strong(theme::SMALL)).color(cx.colors.muted);
                ui.add(Label::new(text).selectable(false));
            });
        }
    });
    table.body(|body| {
        body.rows(ROW, list.lines.len(), |mut row| {
            let index = row.index();
            let Some(line) = list.lines.get(index) else { return };
            row.set_selected(state.cursor == Some(index));
            for (column, cell) in line.cells.iter().enumerate() {
                let is_last = column + 1 == line.cells.len();
                let color = if is_last { line.tone.color(cx) } else { cx.colors.text };
                row.col(|ui| {
                    ui.add_space(4.0);
                    ui.add(Label::new(RichText::new(cell).color(color)).truncate().selectable(false));
                });
            }
            let response = row.response();
            name(&response, egui::Role::Row, || line.name());
            if response.clicked() {
                state.cursor = Some(index);
                cx.reveal(line.to.clone());
            }
        });
    });
}

/// Arrow keys move to another line, Enter shows what it is about, Escape goes back.
fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, state: &mut ComplianceState, list: &CountedList) {
    if !cx.keys_are_free(ui, None) {
        return;
    }
    if pressed(ui, Key::Escape) {
        state.list = None;
        ui.ctx().request_repaint();
        return;
    }
    let Some(last) = list.lines.len().checked_sub(1) else { return };
    for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, PAGE), (Key::PageUp, -PAGE)] {
        if pressed(ui, key) {
            let to = state.cursor.map_or(0, |cursor| cursor.saturating_add_signed(step).min(last));
            (state.cursor, state.follows_cursor) = (Some(to), true);
            ui.ctx().request_repaint();
        }
    }
    if pressed(ui, Key::Enter)
        && let Some(line) = state.cursor.and_then(|cursor| list.lines.get(cursor))
    {
        cx.reveal(line.to.clone());
    }
}
