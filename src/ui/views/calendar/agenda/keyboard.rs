//! The keys of the agenda.

use egui::{EventFilter, Id, Key, Ui};

use super::lines::Lines;
use super::selected_line;
use crate::session::{CalendarView, Command, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;
use crate::ui::views::calendar::index::DayIndex;

/// How many occurrences Page Up and Page Down skip.
const PAGE: usize = 12;

/// Up and Down go to the previous and next occurrence; Enter opens the day.
pub fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, lines: &Lines, canvas: Id) {
    if !cx.keys_are_free(ui, Some(canvas)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas, filter));
    let here = selected_line(cx, index, lines);
    for (key, forward, steps) in
        [(Key::ArrowDown, true, 1), (Key::ArrowUp, false, 1), (Key::PageDown, true, PAGE), (Key::PageUp, false, PAGE)]
    {
        if pressed(ui, key) {
            let here = here.or_else(|| lines.head_of(cx.selected_day()));
            step(cx, index, lines, here, forward, steps);
        }
    }
    for (key, forward) in [(Key::Home, true), (Key::End, false)] {
        if pressed(ui, key) {
            step(cx, index, lines, None, forward, 1);
        }
    }
    if pressed(ui, Key::Enter) {
        cx.show(View::Calendar(CalendarView::Day(cx.selected_day())));
    }
    if pressed(ui, Key::Insert) {
        cx.run(Command::NewWindow);
    }
    if *cx.selection() != Selection::Nothing && pressed(ui, Key::Escape) {
        cx.select(Selection::Nothing);
    }
}

/// Selects the occurrence that many steps away, or the last one before the end of the list.
fn step(cx: &Cx<'_>, index: &DayIndex, lines: &Lines, mut from: Option<usize>, forward: bool, steps: usize) {
    let mut found = None;
    for _ in 0..steps {
        let Some((on, nth)) = lines.next(from, forward) else { break };
        from = Some(lines.occurrences_of(on).start + nth);
        found = Some((on, nth));
    }
    let Some((on, nth)) = found else { return };
    if let Some(entry) = index.with_skipped(on).get(nth) {
        let (window, occurrence) = index.occurrence(entry);
        cx.select(Selection::Occurrence(window.id().clone(), occurrence.original_on()));
    }
}
