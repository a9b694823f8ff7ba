//! The agenda: a list of all occurrences from today on, by day.

mod keyboard;
mod lines;
mod row;

use chrono::NaiveDate;
use egui::{CornerRadius, Id, Margin, Rect, Role, ScrollArea, Sense, Ui, Vec2};
use lucide_icons::Icon;

use super::CalendarState;
use super::index::DayIndex;
use crate::session::{Action, Command, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::empty_state_with;
use crate::ui::parts::widgets::name;
use lines::{Line, Lines};

/// The height of a line.
const ROW: f32 = 26.0;

/// What is shown of the agenda, between frames.
#[derive(Default)]
pub struct AgendaState {
    /// Whether dates before today are listed.
    shows_earlier: bool,
    /// The selection that was scrolled to last.
    revealed: Option<Selection>,
}

/// Draws the agenda into the available space.
pub fn agenda_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, state: &mut CalendarState) {
    let horizon = cx.plan().horizon();
    let covered = state.covered;
    let state = &mut state.agenda;
    let is_new = is_to_be_revealed(cx, state);
    if is_new && selected_day(cx).is_some_and(|on| on < cx.today()) {
        state.shows_earlier = true;
    }
    let has_earlier = cx.today() > horizon.from;
    let from = if state.shows_earlier || !has_earlier { horizon.from } else { cx.today() };
    let days = from.iter_days().take_while(|on| *on <= horizon.last());
    let lines = Lines::new(days.map(|on| (on, index.count(on))));
    egui::Frame::new().inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 6 }).show(ui, |ui| {
        if has_earlier {
            ui.checkbox(&mut state.shows_earlier, "Dates before today");
        }
        if lines.len() == 0 {
            let (advice, command) = if cx.navigation().filter.is_active() {
                ("Show dates before today, or clear the filter", Command::ClearFilter)
            } else {
                ("Press Insert or the button to add a window", Command::NewWindow)
            };
            let buttons = [(command.name(), Action::Run(command))];
            empty_state_with(ui, cx, Icon::CalendarDays, "Nothing is planned from today on", advice, &buttons);
            keyboard::keyboard_ui(ui, cx, index, &lines, Id::unique("agenda"));
            return;
        }
        list_ui(ui, cx, index, &lines, state, covered);
    });
}

/// Whether to scroll to the selection.
fn is_to_be_revealed(cx: &Cx<'_>, state: &AgendaState) -> bool {
    state.revealed.as_ref() != Some(cx.selection()) || cx.navigation().scrolls_to_selection
}

/// The day of the selected occurrence, or the selected day.
fn selected_day(cx: &Cx<'_>) -> Option<NaiveDate> {
    match cx.selection() {
        Selection::Occurrence(window, on) => {
            cx.schedule().occurrence(window, *on).map(|(_, occurrence)| occurrence.on())
        }
        Selection::Day(on) => Some(*on),
        Selection::Nothing | Selection::Several(_) | Selection::Window(_) | Selection::Freeze(_) => None,
    }
}

/// The line of the selection: that of the occurrence, or the head of the day.
fn selected_line(cx: &Cx<'_>, index: &DayIndex, lines: &Lines) -> Option<usize> {
    let on = selected_day(cx)?;
    if matches!(cx.selection(), Selection::Day(_)) {
        return lines.head_of(on);
    }
    let rows = lines.occurrences_of(on);
    let entries = index.with_skipped(on);
    let position = entries.iter().position(|entry| {
        let (window, occurrence) = index.occurrence(entry);
        cx.selection().is_occurrence(window.id(), occurrence.original_on())
    });
    position.map(|position| rows.start + position).filter(|line| rows.contains(line))
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, lines: &Lines, state: &mut AgendaState, covered: f32) {
    let area = ui.available_rect_before_wrap();
    let canvas = ui.interact(area, Id::unique("agenda"), Sense::click());
    name(&canvas, Role::Group, || "Agenda".to_owned());
    if canvas.clicked() {
        cx.select(Selection::Nothing);
    }
    let selected = selected_line(cx, index, lines);
    // Without a selection, the first time, the list starts today.
    let is_first = state.revealed.is_none();
    let is_new = is_to_be_revealed(cx, state);
    let target = selected.or_else(|| lines.head_of(cx.today()).filter(|_| is_first)).filter(|_| is_new);
    state.revealed = Some(cx.selection().clone());
    ScrollArea::vertical().id_salt("agenda").auto_shrink(false).show_viewport(ui, |ui, viewport| {
        ui.set_height((lines.len() as f32 * ROW).max(area.height()));
        let origin = ui.max_rect().min;
        let width = area.width() - covered;
        let rect = |line: usize| Rect::from_min_size(origin + Vec2::new(0.0, line as f32 * ROW), Vec2::new(width, ROW));
        if let Some(target) = target {
            // The head of the day covers the first line.
            ui.scroll_to_rect(rect(target).expand2(Vec2::new(0.0, 2.0 * ROW)), None);
        }
        let visible = crate::ui::parts::scroll::rows_between(viewport.top(), viewport.bottom(), ROW, lines.len());
        for line in visible.clone() {
            match lines.line(line) {
                Some(Line::Day(on)) => row::day_ui(ui, cx, index, rect(line), on),
                Some(Line::Occurrence(on, nth)) => {
                    if let Some(entry) = index.with_skipped(on).get(nth) {
                        let page = area.with_max_x(area.left() + width);
                        row::occurrence_ui(ui, cx, index, rect(line), entry, page);
                    }
                }
                None => {}
            }
        }
        // The head of the day at the top stays visible.
        if let Some((on, head)) = lines.day_above(visible.start)
            && (head as f32) * ROW < viewport.top()
        {
            let top = Rect::from_min_size(area.min, Vec2::new(width, ROW));
            let top = Rect::from_min_size(egui::pos2(top.left(), origin.y + viewport.top()), top.size());
            ui.painter().rect_filled(top, CornerRadius::ZERO, cx.colors.background);
            row::day_ui(ui, cx, index, top, on);
        }
    });
    keyboard::keyboard_ui(ui, cx, index, lines, canvas.id);
}
