//! The keys of the week.

use chrono::{NaiveDate, TimeDelta};
use egui::{EventFilter, Key, Response, Ui};

use super::layout::{WeekLayout, weeks_later};
use crate::session::{CalendarView, Command, Destination, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;
use crate::ui::views::calendar::day_entry::Entry;
use crate::ui::views::calendar::index::DayIndex;

/// Up and Down go to another night, Left and Right to another occurrence, Page Up and Page Down to another week.
pub fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, layout: &WeekLayout, monday: NaiveDate, canvas: &Response) {
    if !cx.keys_are_free(ui, Some(canvas.id)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, filter));
    for (key, days) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
        if pressed(ui, key) {
            select_night(cx, night(cx, monday).checked_add_signed(TimeDelta::days(days)));
        }
    }
    for (key, forward) in [(Key::ArrowLeft, false), (Key::ArrowRight, true)] {
        if pressed(ui, key) {
            step(cx, index, layout, monday, forward);
        }
    }
    for (key, weeks) in [(Key::PageUp, -1), (Key::PageDown, 1)] {
        if let Some(to) = weeks_later(cx, monday, weeks).filter(|_| pressed(ui, key)) {
            turn(cx, to);
        }
    }
    if pressed(ui, Key::Enter) {
        cx.reveal(Destination::Day(cx.selected_day()));
    }
    if pressed(ui, Key::Insert) {
        cx.run(Command::NewWindow);
    }
    if *cx.selection() != Selection::Nothing && pressed(ui, Key::Escape) {
        cx.select(Selection::Nothing);
    }
}

/// The night of the selection, or the first of the week if it is in another one.
fn night(cx: &Cx<'_>, monday: NaiveDate) -> NaiveDate {
    let night = cx.selected_night();
    if (0..7).contains(&(night - monday).num_days()) { night } else { monday }
}

fn select_night(cx: &Cx<'_>, night: Option<NaiveDate>) {
    if let Some(night) = night.filter(|night| cx.plan().horizon().contains(*night)) {
        cx.select(Selection::Day(night));
        cx.show(View::Calendar(CalendarView::Week(night)));
    }
}

/// Shows another week. A selected night moves along.
fn turn(cx: &Cx<'_>, monday: NaiveDate) {
    if matches!(cx.selection(), Selection::Day(_)) {
        let horizon = cx.plan().horizon();
        cx.select(Selection::Day(monday.clamp(horizon.from, horizon.last())));
    }
    cx.show(View::Calendar(CalendarView::Week(monday)));
}

/// Selects the next or previous occurrence of the week; from a night, its first or that before it; after the last one,
/// shows the next week.
fn step(cx: &Cx<'_>, index: &DayIndex, layout: &WeekLayout, monday: NaiveDate, forward: bool) {
    let mut all: Vec<&Entry> = Vec::new();
    let mut nights = Vec::new();
    for row in &layout.rows {
        nights.push(all.len());
        let starts_here = |entry: &&Entry| row.night.contains(index.occurrence(entry).1.start_at);
        let from = all.len();
        all.extend(row.items.iter().map(|item| &item.entry).filter(starts_here));
        all[from..].sort_by_key(|entry| index.occurrence(entry).1.start_at);
    }
    let is_selected = |entry: &&Entry| {
        let (window, occurrence) = index.occurrence(entry);
        cx.selection().is_occurrence(window.id(), occurrence.original_on())
    };
    let next = match all.iter().position(is_selected) {
        Some(here) if forward => here.checked_add(1),
        Some(here) => here.checked_sub(1),
        None => {
            let first = nights.get((night(cx, monday) - monday).num_days() as usize).copied().unwrap_or(0);
            if forward { Some(first) } else { first.checked_sub(1) }
        }
    };
    match next.and_then(|next| all.get(next)) {
        Some(entry) => {
            let (window, occurrence) = index.occurrence(entry);
            cx.select(Selection::Occurrence(window.id().clone(), occurrence.original_on()));
        }
        None => select_night(cx, monday.checked_add_signed(TimeDelta::days(if forward { 7 } else { -1 }))),
    }
}
