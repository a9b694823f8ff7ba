//! The rows: a row for each window, with time from left to right. Every name is whole, and the rhythm of the year shows.

mod axis;
mod bars;
mod drag;
mod grouping;
mod head;
mod keyboard;
mod lines;
mod names;
mod ticks;
mod toolbar;
mod zoom;

use std::collections::HashSet;
use std::sync::Arc;

use egui::{CornerRadius, Id, Margin, Pos2, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, Vec2};

use super::CalendarState;
use super::context_menu;
use super::filter;
use super::index::DayIndex;
use super::marks;
use crate::model::{FreezeSpan, Horizon, Plan};
use crate::schedule::WindowSchedule;
use crate::session::{Action, Command, FilterMatches, RowGrouping, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::empty_state_with;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::reading_order::RoomAbove;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::name;
use axis::{Axis, Bounds, Visible};
use bars::Bars;
use grouping::Section;
use lines::{Line, Lines};
use ticks::Ticks;

/// Free space to the right of the axis, for the half of a chip on the last day.
const EDGE: f32 = 9.0;

/// The plan, the grouping, the folded sections and the windows that the filter leaves.
type ContentInputs = (Pointer<Plan>, RowGrouping, Vec<String>, Option<Pointer<FilterMatches>>);

/// What is shown of the rows, between frames.
#[derive(Default)]
pub struct RowsState {
    /// None until the rows are shown, and when another plan is opened.
    visible: Option<Visible>,
    horizon: Option<Horizon>,
    /// The titles of the folded sections.
    folded: HashSet<String>,
    lines: Memo<ContentInputs, Content>,
    /// The selection that was scrolled to last, and the days of a freeze, which can be moved out of sight in its form.
    revealed: (Selection, Option<FreezeSpan>),
    /// Where the dragged occurrence was grabbed.
    grabbed_at: Pos2,
}

/// The sections of a plan, and its lines.
struct Content {
    sections: Vec<Section>,
    lines: Lines,
    /// The width of the longest name.
    names: f32,
}

/// All that is needed to draw a frame of the rows.
struct Canvas<'a> {
    index: &'a DayIndex,
    content: &'a Content,
    axis: Axis,
    bounds: Bounds,
    ticks: Ticks,
}

/// Draws the rows into the available space.
pub fn rows_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, state: &mut CalendarState) {
    if cx.plan().windows().is_empty() {
        let buttons = [(Command::NewWindow.name(), Action::Run(Command::NewWindow))];
        let icon = lucide_icons::Icon::CalendarDays;
        empty_state_with(ui, cx, icon, "No windows yet", "Add the first one", &buttons);
        return;
    }
    let whole = Visible::whole(cx.plan().horizon(), &cx.schedule().zone);
    if state.rows.horizon.replace(cx.plan().horizon()) != Some(cx.plan().horizon()) {
        state.rows.visible = None;
    }
    let frame = egui::Frame::new().inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 6 });
    frame.show(ui, |ui| {
        let content = content(ui, cx, &mut state.rows, state.filter.matches());
        let names = content.names.min(ui.available_width() * 0.42);
        let width = (ui.available_width() - names - EDGE).max(100.0);
        let bounds = Bounds { whole, covered: f64::from(state.covered / width).min(0.8) };
        let tools = RoomAbove::new(ui, Id::unique("rows toolbar"));
        if state.filter.has_no_match() {
            filter::no_match_ui(ui, cx);
            tools.show(ui, |ui| toolbar::toolbar_ui(ui, cx, state, bounds));
            return;
        }
        let area = ui.available_rect_before_wrap();
        let visible = bounds.nearest(state.rows.visible.unwrap_or(whole));
        let axis = Axis { left: area.left() + names, width, visible };
        let ticks = ticks::ticks(&axis, &cx.schedule().zone);
        let canvas = Canvas { index, content: &content, axis, bounds, ticks };
        canvas_ui(ui, cx, &canvas, area, state);
        tools.show(ui, |ui| toolbar::toolbar_ui(ui, cx, state, bounds));
    });
}

/// The sections and lines, recalculated when the plan, the filter, the grouping or a fold changes.
fn content(ui: &Ui, cx: &Cx<'_>, rows: &mut RowsState, matches: Option<&Arc<FilterMatches>>) -> std::rc::Rc<Content> {
    let by = cx.settings().rows_by;
    let mut folded: Vec<String> = rows.folded.iter().cloned().collect();
    folded.sort();
    let RowsState { lines, folded: titles, .. } = rows;
    lines.get((Pointer::to(cx.plan_pointer()), by, folded, matches.map(Pointer::to)), || {
        let sections = grouping::sections(cx.schedule(), by, matches.map(|matches| &**matches));
        let lines = Lines::new(&sections, titles);
        Content { names: names::width(ui, cx), sections, lines }
    })
}

fn canvas_ui(ui: &mut Ui, cx: &Cx<'_>, canvas: &Canvas<'_>, area: Rect, state: &mut CalendarState) {
    let head = area.with_max_y(area.top() + head::HEIGHT);
    let body = area.with_min_y(head.bottom());
    let response = ui.interact(body, Id::unique("rows"), Sense::click_and_drag());
    name(&response, Role::Group, || "Rows of windows".to_owned());
    let painter = ui.painter().with_clip_rect(body.with_min_x(canvas.axis.left).intersect(ui.clip_rect()));
    head::bands(&painter, cx, canvas.index, &canvas.axis, &canvas.ticks, body);
    let mut content = ui.new_child(egui::UiBuilder::new().max_rect(body));
    let revealed = reveal(cx, canvas, &mut state.rows);
    ScrollArea::vertical().auto_shrink(false).show_viewport(&mut content, |ui, viewport| {
        ui.set_height(canvas.content.lines.height.max(body.height()));
        let origin = ui.max_rect().min;
        if let Some(line) = revealed {
            let (_, top, height) = canvas.content.lines.line(line);
            let row = Rect::from_min_size(origin + Vec2::new(0.0, top), Vec2::new(1.0, height));
            ui.scroll_to_rect(row.expand2(Vec2::new(0.0, 2.0 * lines::ROW)), None);
        }
        for line in canvas.content.lines.between(viewport.top(), viewport.bottom()) {
            let (kind, top, height) = canvas.content.lines.line(line);
            let rect = Rect::from_min_size(origin + Vec2::new(0.0, top), Vec2::new(area.width(), height));
            match kind {
                Line::Head(section) => section_ui(ui, cx, canvas, rect, section, state),
                Line::Window { section, window } => window_ui(ui, cx, canvas, rect, (section, window), state),
            }
        }
        pinned_head_ui(ui, cx, canvas, body, viewport, state);
    });
    head::head(ui.painter(), cx, canvas.index, &canvas.axis, &canvas.ticks, head.with_min_x(canvas.axis.left));
    pointer_ui(ui, cx, canvas, &response, state);
    day_menu_ui(cx, canvas, &response);
    drag::drag_ui(ui, cx, canvas, body, state);
    keyboard::keyboard_ui(ui, cx, canvas, &response, &mut state.rows);
}

/// The days of the selected freeze: those of its first time within the plan.
fn frozen(cx: &Cx<'_>) -> Option<FreezeSpan> {
    let Selection::Freeze(id) = cx.selection() else { return None };
    let horizon = cx.plan().horizon();
    cx.plan().freezes().get(id)?.spans(horizon.from, horizon.last()).first().copied()
}

/// When something else was selected: moves the axis to it, and returns its line, to scroll to.
fn reveal(cx: &Cx<'_>, canvas: &Canvas<'_>, rows: &mut RowsState) -> Option<usize> {
    let frozen = frozen(cx);
    let selected = (cx.selection().clone(), frozen);
    if rows.revealed == selected && !cx.navigation().scrolls_to_selection {
        return None;
    }
    rows.revealed = selected;
    let instants = match cx.selection() {
        Selection::Occurrence(window, on) => {
            let (_, occurrence) = cx.schedule().occurrence(window, *on)?;
            Some(f64::from(occurrence.start_at.0)..=f64::from(occurrence.end_at.0))
        }
        Selection::Day(on) => {
            let from = f64::from(axis::midnight(*on, &cx.schedule().zone).0);
            Some(from..=from + axis::DAY)
        }
        Selection::Freeze(_) => frozen.map(|span| {
            let midnight = |on| f64::from(axis::midnight(on, &cx.schedule().zone).0);
            midnight(span.first_on)..=midnight(span.last_on) + axis::DAY
        }),
        Selection::Nothing | Selection::Several(_) | Selection::Window(_) => None,
    };
    if let Some(instants) = instants {
        rows.visible = Some(canvas.axis.visible.showing(instants, canvas.bounds));
    }
    let position = cx.plan().windows().position(cx.selection().window()?)?;
    canvas.content.lines.row_of(position as u32)
}

/// The head of the section whose rows are at the top, if it is scrolled out of view.
fn pinned_head_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    canvas: &Canvas<'_>,
    body: Rect,
    viewport: Rect,
    state: &mut CalendarState,
) {
    let lines = &canvas.content.lines;
    let first = lines.between(viewport.top(), viewport.bottom()).start;
    let Some(section) = (first < lines.len()).then(|| lines.head_above(first)).flatten() else { return };
    let (kind, top, _) = lines.line(first);
    if kind == Line::Head(section) && top >= viewport.top() {
        return;
    }
    let rect = Rect::from_min_size(body.min, Vec2::new(body.width(), lines::HEAD));
    ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.colors.background);
    section_ui(ui, cx, canvas, rect, section, state);
}

/// The head of a section: folds it.
fn section_ui(ui: &mut Ui, cx: &Cx<'_>, canvas: &Canvas<'_>, rect: Rect, section: usize, state: &mut CalendarState) {
    let section = &canvas.content.sections[section];
    let is_folded = state.rows.folded.contains(&section.title);
    let response = ui.interact(rect, Id::unique(("section", section.title.as_str(), rect.top() as i32)), Sense::CLICK);
    name(&response, Role::Button, || names::section(section, is_folded));
    if response.clicked() && !state.rows.folded.remove(&section.title) {
        state.rows.folded.insert(section.title.clone());
    }
    names::section_head(ui, cx, rect, section, is_folded, &response);
    if is_folded {
        let row = rect.with_min_x(canvas.axis.left);
        let ui = ui.new_child(egui::UiBuilder::new().max_rect(row));
        let painter = ui.painter().with_clip_rect(row.intersect(ui.clip_rect()));
        for window in &section.windows {
            bars::folded(&painter, cx, &cx.schedule().windows[*window as usize], &canvas.axis, row);
        }
    }
}

/// The row of a window: its name and its bars.
fn window_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    canvas: &Canvas<'_>,
    rect: Rect,
    (section, number): (usize, u32),
    state: &mut CalendarState,
) {
    let window = &cx.schedule().windows[number as usize];
    let is_selected = cx.selection().window() == Some(window.id());
    let row = rect.with_min_x(canvas.axis.left);
    if is_selected {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.colors.selected.gamma_multiply(0.6));
        ui.painter().rect_filled(rect.with_max_x(rect.left() + 3.0), CornerRadius::ZERO, cx.colors.accent);
    }
    let label = rect.with_max_x(canvas.axis.left);
    let trouble = canvas.index.window_trouble(number);
    names::window_ui(ui, cx, label, (section, window), trouble, is_selected);
    let painter = ui.painter().with_clip_rect(row.intersect(ui.clip_rect()));
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line.gamma_multiply(0.6)));
    let bars = Bars::new(window, &canvas.axis, row);
    bars::soak(&painter, cx, &canvas.axis, row, window, &bars);
    if bars.drawn.is_empty() {
        beyond_ui(ui, cx, canvas, row, (section, window), &mut state.rows);
    }
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(row));
    inside.set_clip_rect(row.intersect(ui.clip_rect()));
    if !bars.are_targets() {
        hit_ui(&inside, cx, row, (section, window), &bars);
    }
    bars::bars_ui(&inside, cx, canvas.index, (section, number), window, &bars, &mut state.hands.drag);
}

/// In a row without visible occurrences: links to the previous and the next one.
fn beyond_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    canvas: &Canvas<'_>,
    row: Rect,
    (section, window): (usize, &WindowSchedule),
    rows: &mut RowsState,
) {
    let all = &window.expansion.occurrences;
    let next = window.expansion.first_index_from(canvas.axis.instant_at(canvas.axis.left));
    let right = canvas.axis.right() - canvas.axis.width * canvas.bounds.covered as f32;
    let previous = next.checked_sub(1).and_then(|index| all.get(index));
    for (occurrence, is_next) in [(previous, false), (all.get(next), true)] {
        let Some(occurrence) = occurrence else { continue };
        let date = crate::wording::short_date(occurrence.on());
        let text = if is_next { format!("{date}  ›") } else { format!("‹  {date}") };
        let galley = ui.painter().layout_no_wrap(text, theme::regular(theme::SMALL), cx.colors.muted);
        let x = if is_next { right - galley.size().x - 8.0 } else { row.left() + 8.0 };
        let rect = Rect::from_min_size(Pos2::new(x, row.center().y - galley.size().y / 2.0), galley.size());
        let id = Id::unique(("beyond", window.id().as_str(), section, is_next));
        let response = ui.interact(rect.expand(3.0), id, Sense::CLICK);
        let word = if is_next { "Next" } else { "Previous" };
        name(&response, Role::Button, || format!("{word} of {}: {date}", window.window.name));
        let color = if response.hovered() || response.has_focus() { cx.colors.accent } else { cx.colors.muted };
        ui.painter().galley_with_override_text_color(rect.min, galley, color);
        if response.clicked() {
            let start = f64::from(occurrence.start_at.0);
            rows.visible = Some(canvas.axis.visible.showing(start..=start, canvas.bounds));
            cx.select(Selection::Occurrence(window.id().clone(), occurrence.original_on()));
        }
    }
}

/// Where bars are too narrow to be targets, the row selects the nearest one.
fn hit_ui(ui: &Ui, cx: &Cx<'_>, row: Rect, (section, window): (usize, &Arc<WindowSchedule>), bars: &Bars<'_>) {
    let id = Id::unique(("bars", window.id().as_str(), section));
    let response = ui.interact(row, id, Sense::CLICK);
    let Some(nearest) = response.hover_pos().and_then(|at| bars.nearest(at.x)) else { return };
    if response.clicked() {
        cx.select(marks::clicked(ui, cx, (window, nearest)));
    }
    response.on_hover_ui(|ui| super::entry::hover_ui(ui, cx, (window, nearest)));
}

/// A secondary click on the ground opens the menu of that day.
fn day_menu_ui(cx: &Cx<'_>, canvas: &Canvas<'_>, ground: &Response) {
    let at = ground.interact_pointer_pos().filter(|at| ground.secondary_clicked() && at.x >= canvas.axis.left);
    let on = match (at, cx.selection()) {
        (Some(at), _) => cx.schedule().zone.local(canvas.axis.instant_at(at.x)).date(),
        // The menu stays open while the pointer goes to its lines.
        (None, Selection::Day(on)) => *on,
        (None, _) => return,
    };
    if cx.plan().horizon().contains(on) {
        context_menu::day_ui(ground, cx, on);
    }
}

/// Zooms with Ctrl and the wheel or by pinching, and pans sideways or by dragging the ground.
fn pointer_ui(ui: &Ui, cx: &Cx<'_>, canvas: &Canvas<'_>, response: &Response, state: &mut CalendarState) {
    if response.clicked() {
        cx.select(Selection::Nothing);
    }
    let minutes = canvas.axis.visible.minutes / f64::from(canvas.axis.width);
    let mut next = canvas.axis.visible;
    let is_marking = marks::start(ui, response);
    if response.dragged() && state.hands.drag.is_none() && !is_marking {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        next = next.panned(f64::from(-response.drag_delta().x) * minutes, canvas.bounds);
    }
    if response.contains_pointer() {
        let (zoom, pan, at) = ui.input(|input| {
            (input.zoom_delta(), input.smooth_scroll_delta().x, input.pointer.hover_pos().map_or(0.0, |at| at.x))
        });
        if (zoom - 1.0).abs() > 1e-4 {
            next = next.zoomed(f64::from(zoom), canvas.axis.minutes_at(at.max(canvas.axis.left)), canvas.bounds);
        } else if pan != 0.0 {
            next = next.panned(f64::from(-pan) * minutes, canvas.bounds);
        }
    }
    if next != canvas.axis.visible {
        state.rows.visible = Some(next);
        ui.ctx().request_repaint();
    }
}

/// The font of names.
fn name_font() -> egui::FontId {
    theme::regular(theme::TEXT)
}
