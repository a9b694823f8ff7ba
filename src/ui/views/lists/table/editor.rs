//! The field in which a cell is edited. It is a field like those of forms: Enter or leaving it keeps the text, Escape restores
//! the old one, and text that cannot be read stays with what to write instead.

use egui::{Align, Event, Key, Layout, Rect, Ui, UiBuilder, Vec2};

use super::{Table, TableState, clipboard, table_id};
use crate::model::Subject;
use crate::sheet::{CellRange, Position, Step, sheet};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;

/// The field is at least this wide.
const NARROWEST: f32 = 150.0;

/// The cell that is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    subject: Subject,
    /// By its index among all columns.
    column: usize,
    /// Whether the field has got the focus.
    is_open: bool,
}

impl Editor {
    /// The record whose cell is edited.
    pub fn subject_mut(&mut self) -> &mut Subject {
        &mut self.subject
    }
}

/// Begins to edit the cell of the cursor, if that is possible. Returns whether it is.
pub fn begin(cx: &Cx<'_>, table: &Table<'_>, state: &mut TableState) -> bool {
    let Some(range) = state.range(table) else { return false };
    if !cx.is_editable() || !table.info(range.at.column).is_editable {
        return false;
    }
    let (subject, column) = (table.lines[range.at.row].subject.clone(), table.shown[range.at.column]);
    state.editor = Some(Editor { subject, column, is_open: false });
    true
}

/// The cell that is edited.
pub fn edited_cell(table: &Table<'_>, state: &TableState) -> Option<Position> {
    let editor = state.editor.as_ref()?;
    let column = table.shown.iter().position(|shown| *shown == editor.column)?;
    Some(Position { row: table.row(&editor.subject)?, column })
}

/// Draws the field over its cell.
pub fn editor_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table<'_>, state: &mut TableState, cell: Position, rect: Rect) {
    let Some(editor) = &mut state.editor else { return };
    let rect = Rect::from_min_size(rect.min, Vec2::new(rect.width().max(NARROWEST), rect.height()));
    let layout = Layout::left_to_right(Align::Center);
    let mut field = ui.new_child(UiBuilder::new().id_salt("cell").max_rect(rect).layout(layout));
    let name = table.cell_name(cell);
    let current = table.text(cell).to_owned();
    // A record that gets its first name also gets another id, but stays the same one.
    let key = cx.navigation().new_records.form_key(&editor.subject).clone();
    let (plan, subject, column) = (cx.plan(), editor.subject.clone(), editor.column);
    let parse = |text: &str| {
        let mut written = sheet(table.kind).write(plan, &subject, &[(column, text)]);
        written.problems.pop().map_or_else(|| Ok(text.trim().to_owned()), |(_, problem)| Err(problem))
    };
    let is_new = !std::mem::replace(&mut editor.is_open, true);
    let (text, is_in_use, is_invalid) = field
        .push_id((key.noun(), key.id(), column), |ui| {
            if is_new {
                fields::focus(ui, &name, &current);
            }
            let text = fields::parsed(ui, &name, &current, "", parse);
            (text, fields::is_in_use(ui, &name), fields::is_invalid(ui, &name))
        })
        .inner;
    if let Some(text) = text {
        clipboard::write_cell(cx, table, cell, &text);
    }
    if is_in_use || is_new {
        return;
    }
    let step = next_step(ui);
    if is_invalid && step.is_some() {
        // Stays until the text can be read, or Escape restores the old one.
        editor.is_open = false;
        return;
    }
    state.editor = None;
    if let Some(step) = step.or_else(|| ui.input(|input| input.key_pressed(Key::Escape)).then_some(Step::Stay)) {
        let moved = CellRange::cell(cell).stepped(step, false, table.lines.len(), table.shown.len());
        state.select(table, moved);
        ui.memory_mut(|memory| memory.request_focus(table_id()));
    }
}

/// Where the key that ended the field leads, as in a spreadsheet.
fn next_step(ui: &Ui) -> Option<Step> {
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if modifiers.shift => Some(Step::Up),
            Event::Key { key: Key::Enter, pressed: true, .. } => Some(Step::Down),
            Event::Key { key: Key::Tab, pressed: true, modifiers, .. } if modifiers.shift => Some(Step::Left),
            Event::Key { key: Key::Tab, pressed: true, .. } => Some(Step::Right),
            _ => None,
        })
    })
}
