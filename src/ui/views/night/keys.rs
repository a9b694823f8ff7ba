//! The keyboard on the checklist: arrow keys move between items, Space ticks.

use egui::{EventFilter, Key, Response, Ui};

use super::NightState;
use super::page::Page;
use crate::session::Action;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;

pub fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, state: &mut NightState, page: &Page<'_>, canvas: &Response) {
    // The checklist may have become shorter.
    state.cursor = state.cursor.min(page.lines.len().saturating_sub(1));
    if !cx.keys_are_free(ui, Some(canvas.id)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: true, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, filter));
    let last = page.lines.len().saturating_sub(1);
    let ways = [
        (Key::ArrowUp, state.cursor.saturating_sub(1)),
        (Key::ArrowDown, (state.cursor + 1).min(last)),
        (Key::Home, page.first_due()),
        (Key::End, last),
    ];
    for (key, to) in ways {
        if pressed(ui, key) {
            state.cursor = to;
            state.follows_cursor = true;
        }
    }
    if pressed(ui, Key::Space)
        && cx.is_editable()
        && let Some(line) = page.lines.get(state.cursor)
    {
        cx.send(Action::Note(page.key.clone(), line.toggled()));
        // Moves on to the next item after ticking.
        if line.tick.is_none() {
            state.cursor = (state.cursor + 1).min(last);
            state.follows_cursor = true;
        }
    }
}
