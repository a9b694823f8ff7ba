//! Assigning the selected systems to a group, or removing them from the ladder.

use egui::{Button, Ui};

use super::GroupsState;
use super::board::Board;
use crate::model::{Edit, SystemId};
use crate::ui::parts::cx::Cx;
use crate::wording::counted;

/// Moves the selected systems to a column; the first one removes them from the ladder. Sends nothing if all are already
/// there. Returns whether it sent an edit.
pub fn to_column(cx: &Cx<'_>, state: &GroupsState, board: &Board, column: usize) -> bool {
    let systems = state.pick.systems();
    let (Some(to), Some(ladder)) = (board.columns.get(column), &state.ladder) else { return false };
    let is_there = |id: &SystemId| board.find_card(id).is_some_and(|(at, _)| at == column);
    if systems.is_empty() || systems.iter().all(is_there) {
        return false;
    }
    match &to.group {
        Some(group) => cx.edit(Edit::Assign { systems, group: group.clone() }),
        None => cx.edit(Edit::Unassign { systems, ladder: ladder.clone() }),
    }
    true
}

/// The same as a context menu.
pub fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, state: &GroupsState, board: &Board) {
    ui.set_min_width(200.0);
    // In the order of the columns; removing comes last.
    let columns = board.columns.iter().enumerate();
    for (index, column) in columns.clone().skip(1).chain(columns.take(1)) {
        let words = match &column.group {
            Some(_) => format!("Assign to {}", column.name),
            None => "Remove from the ladder".to_owned(),
        };
        let key = if index < 10 { index.to_string() } else { String::new() };
        let is_possible = cx.is_editable() && state.ladder.is_some();
        if ui.add_enabled(is_possible, Button::new(words).shortcut_text(key)).clicked() {
            to_column(cx, state, board, index);
            ui.close();
        }
    }
    ui.separator();
    let one = match state.pick.systems().as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    };
    if ui.add_enabled(one.is_some(), Button::new("Show in lists").shortcut_text("Enter")).clicked() {
        if let Some(system) = one {
            cx.reveal(crate::session::Destination::Subject(crate::model::Subject::System(system)));
        }
        ui.close();
    }
}

/// "Core DB", or "3 systems".
pub fn names(cx: &Cx<'_>, systems: &[SystemId]) -> String {
    match systems {
        [one] => cx.plan().systems().name_of(one),
        systems => counted(systems.len(), "system"),
    }
}
