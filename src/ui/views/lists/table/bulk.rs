//! The line over the table: how many records it shows, and while several rows are selected, buttons that change all of them at
//! once. It is always there, so that no row moves while somebody selects.

use egui::{Key, Popup, PopupCloseBehavior, Response, RichText, TextEdit, Ui};

use super::{Table, TableState, clipboard};
use crate::sheet::{CellRange, sheet};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;
use crate::ui::parts::widgets::{muted, primary_button, text};
use crate::wording::counted;

/// What was typed into the form of a change of many rows.
#[derive(Default)]
pub struct BulkState {
    /// By its index among all columns.
    column: Option<usize>,
    text: String,
    problem: Option<String>,
}

/// The height of the line.
const HEIGHT: f32 = 28.0;
/// The width of the form: the popup would be as narrow as its first content, and longer values would wrap.
const FORM: f32 = 340.0;
/// The width of the button that copies cells.
const COPY: f32 = 90.0;

/// Draws the line.
pub fn bulk_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table<'_>, state: &mut TableState, filter: &str) {
    ui.horizontal(|ui| {
        ui.set_min_height(HEIGHT);
        let Some(range) = state.range(table).filter(|range| range.height() > 1) else {
            ui.label(muted(cx, shown_rows(cx, table, filter)));
            return;
        };
        let rows = counted(range.height() as i64, table.kind.noun());
        ui.label(muted(cx, format!("{rows} selected")));
        ui.add_enabled_ui(cx.is_editable(), |ui| {
            let button =
                ui.button("Change a field…").on_hover_text("Give one field of all selected rows the same value");
            change_popup(ui, cx, table, range, &mut state.bulk, &button);
            if ui.button("Fill down").on_hover_text("Copy the first selected row into the others (Ctrl+D)").clicked() {
                clipboard::fill_down(cx, table, range);
            }
        });
        // In a narrow window the menu Edit and the keys have it.
        let has_room = ui.available_width() > COPY;
        if has_room
            && ui.button("Copy cells").on_hover_text("Put the selected cells on the clipboard (Ctrl+C)").clicked()
        {
            clipboard::copy(ui, table, range);
        }
    });
    ui.add_space(2.0);
}

/// "40 systems", "3 of 40 systems"
fn shown_rows(cx: &Cx<'_>, table: &Table<'_>, filter: &str) -> String {
    let all = counted(table.kind.count(cx.plan()), table.kind.noun());
    match table.lines.len() {
        _ if filter.trim().is_empty() => all,
        0 => format!("No match for \"{}\" among {all}", filter.trim()),
        shown => format!("{shown} of {all}"),
    }
}

fn change_popup(ui: &Ui, cx: &Cx<'_>, table: &Table<'_>, range: CellRange, state: &mut BulkState, button: &Response) {
    let id = button.id.with("is open");
    let mut is_open = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false) != button.clicked();
    // The lists inside are popups, too: a click into one of them is not a click outside.
    let has_list_open = Popup::is_any_open(ui.ctx());
    let close = if has_list_open { PopupCloseBehavior::IgnoreClicks } else { PopupCloseBehavior::CloseOnClickOutside };
    let popup = Popup::menu(button).open_bool(&mut is_open).width(FORM).close_behavior(close);
    let is_done = popup.show(|ui| form_ui(ui, cx, table, range, state)).is_some_and(|shown| shown.inner);
    ui.data_mut(|data| data.insert_temp(id, is_open && !is_done));
}

/// Returns whether the change was made.
fn form_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table<'_>, range: CellRange, state: &mut BulkState) -> bool {
    // Menus have fields without outlines.
    ui.set_style(ui.ctx().global_style());
    ui.set_min_width(FORM);
    let is_bulk = |index: &usize| *index > 0 && table.all[*index].is_editable;
    let choices: Vec<(usize, String)> =
        (0..table.all.len()).filter(is_bulk).map(|index| (index, table.all[index].title.to_owned())).collect();
    let under_cursor = Some(table.shown[range.at.column]).filter(is_bulk);
    let first = state.column.filter(is_bulk).or(under_cursor).or(choices.first().map(|(index, _)| *index));
    let Some(mut column) = first else {
        ui.label("No field of these records can be changed here");
        return false;
    };
    if let Some(chosen) = row(ui, cx, "Field", |ui| fields::choice(ui, "Field to change", &choices, column)) {
        column = chosen;
        state.text.clear();
        state.problem = None;
    }
    state.column = Some(column);
    let is_entered = row(ui, cx, "New value", |ui| value_ui(ui, cx, table, column, &mut state.text));
    if let Some(problem) = &state.problem {
        text(ui, RichText::new(problem).color(cx.colors.error));
    }
    let rows = counted(range.height() as i64, table.kind.noun());
    // The main button must not empty a field for which nothing was chosen yet.
    let is_empty = state.text.trim().is_empty();
    let chosen = ui.horizontal(|ui| {
        let change = ui.add_enabled_ui(!is_empty, |ui| primary_button(ui, cx, &format!("Change {rows}"))).inner;
        let empty =
            is_empty && ui.button("Empty the field").on_hover_text(format!("Remove the value of {rows}")).clicked();
        change.on_disabled_hover_text("Choose or type the new value").clicked() || empty
    });
    if !chosen.inner && (!is_entered || is_empty) {
        return false;
    }
    state.problem = clipboard::change_rows(cx, table, range, column, &state.text).err();
    state.problem.is_none()
}

/// The field for the value, or the list of values. Returns whether Enter ended it.
fn value_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table<'_>, column: usize, text: &mut String) -> bool {
    if let Some(values) = sheet(table.kind).choices(cx.plan(), column) {
        let values: Vec<(String, String)> = values.into_iter().map(|value| (value.clone(), value)).collect();
        if let Some(chosen) = fields::choice(ui, "New value of all rows", &values, text.clone()) {
            *text = chosen;
        }
        return false;
    }
    let response = ui.add(TextEdit::singleline(text).desired_width(200.0));
    let response = response.accessible_name("New value of all rows");
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}
