//! The keys of the table, which work while it has the focus.

use egui::{Event, EventFilter, FocusDirection, Key, Modifiers, Ui};

use super::{Table, TableState, clipboard, editor, reveal, table_id};
use crate::session::TableStep;
use crate::sheet::{CellRange, Position, Step};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;

/// How many rows Page Up and Page Down move.
const PAGE: usize = 20;

/// What a key asks for.
enum Wish {
    Move(Step, bool),
    /// Goes to the next row, or out of the table.
    NextRow,
    /// Goes to the previous row, or out of the table.
    PreviousRow,
    All,
    Edit,
    Clear,
    Copy,
    Paste(String),
    FillDown,
    /// Selects the cell of the cursor alone, or nothing.
    Less,
}

/// Handles the keys and what commands ask the table for.
pub fn keys_ui(ui: &mut Ui, cx: &Cx<'_>, table: &Table<'_>, state: &mut TableState) {
    let id = table_id();
    if let Some(step) = cx.navigation().table_step {
        let wish = match step {
            TableStep::FillDown => Wish::FillDown,
            TableStep::Copy => Wish::Copy,
            TableStep::SelectAll => Wish::All,
        };
        act(ui, cx, table, state, wish);
    }
    if state.editor.is_some() {
        return;
    }
    if !ui.memory(|memory| memory.has_focus(id)) {
        if !takes_keys(ui, cx, table, state) {
            paste_without_focus(ui, cx, table, state);
            return;
        }
        keys::take_focus(ui, id);
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    keys::keep_for(ui.ctx(), id);
    let wishes: Vec<Wish> = ui.input(|input| input.events.iter().filter_map(wish).collect());
    for wish in wishes {
        if state.range(table).is_some() || matches!(wish, Wish::NextRow | Wish::PreviousRow | Wish::All) {
            act(ui, cx, table, state, wish);
        } else if matches!(wish, Wish::Move(..)) && !table.lines.is_empty() {
            // The row of the cursor has gone. A key shows where the cursor is before anything is written there.
            state.select(table, CellRange::cell(state.cursor(table)));
            state.scrolls = true;
        }
    }
}

/// Whether the table takes the focus for a key, since nothing else has it: the field of a new name was just left with Enter.
/// Only if its cursor is seen, and only for keys that go to a cell or type into it.
fn takes_keys(ui: &Ui, cx: &Cx<'_>, table: &Table<'_>, state: &TableState) -> bool {
    let is_for_cells = |event: &Event| match event {
        Event::Text(text) => !text.trim().is_empty(),
        Event::Key { key, pressed: true, modifiers, .. } => {
            let is_arrow = matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown);
            is_arrow && !modifiers.alt
        }
        _ => false,
    };
    cx.keys_are_free(ui, None)
        && state.range(table).is_some()
        && ui.input(|input| input.events.iter().any(is_for_cells))
}

/// The table has got the focus: the cursor is where it was, or in the first row.
pub fn arrive(table: &Table<'_>, state: &mut TableState) {
    if state.range(table).is_none() && !table.lines.is_empty() {
        state.select(table, CellRange::cell(state.cursor(table)));
    }
    state.scrolls = true;
}

/// Without the focus only pasting works, so that a table can be pasted into an empty list.
fn paste_without_focus(ui: &Ui, cx: &Cx<'_>, table: &Table<'_>, state: &mut TableState) {
    if let Some(text) = pasted_without_focus(ui, cx) {
        state.selection = None;
        clipboard::paste(cx, table, state, &text);
    }
}

/// What was pasted while nothing has the focus.
pub fn pasted_without_focus(ui: &Ui, cx: &Cx<'_>) -> Option<String> {
    if cx.keys_are_free(ui, None) { ui.input(|input| input.events.iter().find_map(pasted_text)) } else { None }
}

fn pasted_text(event: &Event) -> Option<String> {
    match event {
        Event::Paste(text) => Some(text.clone()),
        _ => None,
    }
}

fn wish(event: &Event) -> Option<Wish> {
    match event {
        Event::Copy => Some(Wish::Copy),
        Event::Paste(text) => Some(Wish::Paste(text.clone())),
        // The field that opens replaces its text by what is typed.
        Event::Text(text) if !text.trim().is_empty() => Some(Wish::Edit),
        Event::Key { key, pressed: true, modifiers, .. } => key_wish(*key, *modifiers),
        _ => None,
    }
}

fn key_wish(key: Key, modifiers: Modifiers) -> Option<Wish> {
    if key == Key::Tab {
        let wish = if modifiers.shift { Wish::PreviousRow } else { Wish::NextRow };
        return (!modifiers.alt && !modifiers.command).then_some(wish);
    }
    let step = match key {
        Key::ArrowUp if modifiers.command => Step::FirstRow,
        Key::ArrowDown if modifiers.command => Step::LastRow,
        Key::ArrowLeft if modifiers.command => Step::FirstColumn,
        Key::ArrowRight if modifiers.command => Step::LastColumn,
        Key::Home if modifiers.command => Step::FirstRow,
        Key::End if modifiers.command => Step::LastRow,
        Key::ArrowUp => Step::Up,
        Key::ArrowDown => Step::Down,
        Key::ArrowLeft => Step::Left,
        Key::ArrowRight => Step::Right,
        Key::Home => Step::FirstColumn,
        Key::End => Step::LastColumn,
        Key::PageUp => Step::PageUp(PAGE),
        Key::PageDown => Step::PageDown(PAGE),
        Key::F2 | Key::Enter => return Some(Wish::Edit),
        Key::Delete | Key::Backspace => return Some(Wish::Clear),
        Key::Escape => return Some(Wish::Less),
        Key::D if modifiers.command && !modifiers.shift => return Some(Wish::FillDown),
        Key::A if modifiers.command && !modifiers.shift => return Some(Wish::All),
        _ => return None,
    };
    (!modifiers.alt).then_some(Wish::Move(step, modifiers.shift))
}

fn act(ui: &mut Ui, cx: &Cx<'_>, table: &Table<'_>, state: &mut TableState, wish: Wish) {
    if let Wish::Paste(text) = &wish {
        return clipboard::paste(cx, table, state, text);
    }
    let (rows, columns) = (table.lines.len(), table.shown.len());
    if let Wish::All = wish
        && rows > 0
    {
        let range =
            CellRange { from: Position { row: 0, column: 0 }, at: Position { row: rows - 1, column: columns - 1 } };
        return state.select(table, range);
    }
    if matches!(wish, Wish::NextRow | Wish::PreviousRow) {
        return tab(ui, cx, table, state, matches!(wish, Wish::NextRow));
    }
    let Some(range) = state.range(table) else { return };
    match wish {
        Wish::Move(step, extends) => go(cx, table, state, range, step, extends),
        Wish::Edit => {
            if editor::begin(cx, table, state) {
                // Otherwise the field would take the Enter as its end.
                ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            }
        }
        Wish::Clear if cx.is_editable() => clipboard::clear(cx, table, range),
        Wish::FillDown if cx.is_editable() => clipboard::fill_down(cx, table, range),
        Wish::Copy => clipboard::copy(ui, table, range),
        Wish::Less if range.is_one_cell() => {
            state.selection = None;
            ui.memory_mut(|memory| memory.surrender_focus(table_id()));
        }
        Wish::Less => state.select(table, CellRange::cell(range.at)),
        Wish::Clear | Wish::FillDown | Wish::All | Wish::Paste(_) | Wish::NextRow | Wish::PreviousRow => {}
    }
}

fn go(cx: &Cx<'_>, table: &Table<'_>, state: &mut TableState, range: CellRange, step: Step, extends: bool) {
    let next = range.stepped(step, extends, table.lines.len(), table.shown.len());
    state.select(table, next);
    state.scrolls = true;
    // The form follows the cursor, but not a growing selection.
    if next.at.row != range.at.row && !extends && cx.navigation().listed.is_some() {
        reveal(cx, table, next.at.row);
    }
}

/// The Tab key: each row is a stop, and from the last one the focus goes on.
fn tab(ui: &Ui, cx: &Cx<'_>, table: &Table<'_>, state: &mut TableState, is_forward: bool) {
    let last = table.lines.len().saturating_sub(1);
    match state.range(table) {
        Some(range) if is_forward && range.at.row < last => go(cx, table, state, range, Step::Down, false),
        Some(range) if !is_forward && range.at.row > 0 => go(cx, table, state, range, Step::Up, false),
        _ => {
            let direction = if is_forward { FocusDirection::Next } else { FocusDirection::Previous };
            ui.memory_mut(|memory| memory.move_focus(direction));
        }
    }
}
