//! The keys of the small months.

use chrono::{Months, NaiveDate, TimeDelta};
use egui::{EventFilter, Key, Response, Ui};

use crate::session::{Command, Destination, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;
use crate::ui::views::calendar::index::DayIndex;
use crate::ui::views::calendar::planner;

/// Arrow keys go to another day, Page Up and Page Down to another month, Space to an occurrence, Enter opens the month.
pub fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, canvas: &Response) {
    if !cx.keys_are_free(ui, Some(canvas.id)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, filter));
    let day = cx.selected_day();
    let days = |days: i64| day.checked_add_signed(TimeDelta::days(days));
    let keys: [(Key, Option<NaiveDate>); 6] = [
        (Key::ArrowLeft, days(-1)),
        (Key::ArrowRight, days(1)),
        (Key::ArrowUp, days(-7)),
        (Key::ArrowDown, days(7)),
        (Key::PageUp, day.checked_sub_months(Months::new(1))),
        (Key::PageDown, day.checked_add_months(Months::new(1))),
    ];
    for (key, to) in keys {
        if let Some(to) = to.filter(|to| cx.plan().horizon().contains(*to)).filter(|_| pressed(ui, key)) {
            cx.select(Selection::Day(to));
        }
    }
    if pressed(ui, Key::Space) {
        planner::select_next_entry(cx, index, day);
    }
    if pressed(ui, Key::Enter) {
        cx.reveal(Destination::Month(day));
    }
    if pressed(ui, Key::Insert) {
        cx.run(Command::NewWindow);
    }
    if *cx.selection() != Selection::Nothing && pressed(ui, Key::Escape) {
        cx.select(Selection::Nothing);
    }
}
