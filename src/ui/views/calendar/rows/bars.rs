//! The bars of a window's row: its occurrences as wide as they are long, or as chips with the day if the zoom leaves no
//! room.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use egui::{Align2, CornerRadius, CursorIcon, Id, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::axis::Axis;
use crate::checks::Severity;
use crate::model::{Plan, UtcMinute};
use crate::schedule::{Occurrence, WindowOccurrence, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fit::fit_bar;
use crate::ui::parts::widgets::name;
use crate::ui::parts::{occurrence_text, theme};
use crate::ui::views::calendar::drag::{Drag, Grip};
use crate::ui::views::calendar::entry::{Style, occurrence_ui, paint_skipped};
use crate::ui::views::calendar::index::DayIndex;
use crate::ui::views::calendar::{hands, marks};
use crate::wording;

/// The width of a chip with the day's number.
const CHIP: f32 = 17.0;
/// The narrowest bar that can be clicked. If bars are narrower, the row finds the nearest one.
const TARGET: f32 = 8.0;
const NARROWEST: f32 = 2.5;
/// The least width of a bar whose edges can be dragged, and the width of such an edge.
const EDGES: f32 = 36.0;
const EDGE: f32 = 7.0;
const TIME: f32 = 40.0;
const HOURS: f32 = 92.0;
/// The least width for the parts of the window: work, verification, reserve.
const FIT: f32 = 190.0;

/// The visible occurrences of a row with their rectangles, from left to right.
pub struct Bars<'a> {
    pub drawn: Vec<(&'a Occurrence, Rect)>,
    skipped: Vec<(&'a Occurrence, Rect)>,
    /// The width of the narrowest distance between two of them.
    chip: f32,
}

impl<'a> Bars<'a> {
    pub fn new(window: &'a WindowSchedule, axis: &Axis, row: Rect) -> Self {
        let all = &window.expansion.occurrences;
        let (from, to) = (axis.instant_at(axis.left - CHIP), axis.instant_at(axis.right() + CHIP));
        let visible = all.partition_point(|each| each.end_at <= from)..all.partition_point(|each| each.start_at < to);
        let visible = &all[visible.start.min(visible.end)..visible.end];
        let distance = visible.windows(2).map(|pair| axis.x(pair[1].start_at) - axis.x(pair[0].start_at));
        let chip = (distance.fold(f32::INFINITY, f32::min) - 1.0).clamp(NARROWEST, CHIP);
        let drawn = visible.iter().map(|occurrence| (occurrence, bar(axis, occurrence, row, chip))).collect();
        let skipped = window.expansion.skipped.iter().filter(|each| each.end_at > from && each.start_at < to);
        let skipped = skipped.map(|occurrence| (occurrence, bar(axis, occurrence, row, chip))).collect();
        Self { drawn, skipped, chip }
    }

    /// The occurrence whose bar is nearest to a position, if it is near enough to be meant.
    pub fn nearest(&self, x: f32) -> Option<&'a Occurrence> {
        let distance = |rect: &Rect| (rect.center().x - x).abs() - rect.width() / 2.0;
        let nearest = self.drawn.iter().min_by(|a, b| distance(&a.1).total_cmp(&distance(&b.1)))?;
        (distance(&nearest.1) <= 4.0).then_some(nearest.0)
    }

    /// Whether each bar is wide enough to be clicked.
    pub fn are_targets(&self) -> bool {
        self.chip >= TARGET
    }
}

fn bar(axis: &Axis, occurrence: &Occurrence, row: Rect, chip: f32) -> Rect {
    let (from, to) = (axis.x(occurrence.start_at), axis.x(occurrence.end_at));
    let width = (to - from).max(chip);
    let left = if width > to - from { (from + to - width) / 2.0 } else { from };
    Rect::from_min_size(Pos2::new(left, row.top() + 2.5), Vec2::new(width, row.height() - 5.0))
}

/// Draws the bars of a row and handles clicks and drags.
pub fn bars_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    index: &DayIndex,
    (section, number): (usize, u32),
    window: &Arc<WindowSchedule>,
    bars: &Bars<'_>,
    drag: &mut Option<Drag>,
) {
    let is_kin = cx.selection().window() == Some(window.id());
    for (occurrence, rect) in &bars.skipped {
        let style = occurrence_ui(
            ui,
            cx,
            (window, occurrence),
            rect.intersect(ui.clip_rect()),
            Some(section as i32),
            &mut None,
        );
        let day = occurrence.on().day().to_string();
        paint_skipped(ui.painter(), cx, *rect, if rect.width() >= 15.0 { &day } else { "" }, style);
    }
    let dragged = drag.as_ref().filter(|drag| drag.window == *window.id()).map(|drag| drag.on);
    for (occurrence, rect) in &bars.drawn {
        let style = if bars.are_targets() {
            let shown = rect.intersect(ui.clip_rect());
            occurrence_ui(ui, cx, (window, occurrence), shown, Some(section as i32), drag)
        } else {
            let is_selected = cx.selection().is_occurrence(window.id(), occurrence.original_on());
            marks::note(ui, *rect, (window, occurrence));
            Style { is_selected, is_kin, ..Style::default() }
        };
        let trouble = index.trouble(number, occurrence.original_on());
        let is_source = dragged == Some(occurrence.original_on());
        paint(ui, cx, *rect, window, occurrence, trouble, Style { is_source, ..style });
        if rect.width() >= EDGES && rect.width() > bars.chip && cx.is_editable() {
            edges_ui(ui, cx, (window, occurrence), *rect, section, drag);
        }
    }
}

fn paint(
    ui: &Ui,
    cx: &Cx<'_>,
    rect: Rect,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    trouble: Option<Severity>,
    style: Style,
) {
    let painter = ui.painter();
    let colors = cx.colors.stage(window.scope.stage);
    let faded = |color: egui::Color32| if style.is_source { hands::faded(color) } else { color };
    let radius = CornerRadius::same(if rect.width() < 6.0 { 1 } else { 3 });
    if rect.width() >= FIT && !style.is_source {
        fit_bar(ui, cx, rect, window, occurrence);
    } else {
        painter.rect_filled(rect, radius, faded(colors.fill));
    }
    let is_error = trouble == Some(Severity::Error);
    let (line, width) = match trouble {
        Some(Severity::Error) => (cx.colors.error, 1.5),
        _ => (colors.ink, 1.0),
    };
    if rect.width() < 6.0 {
        painter.rect_filled(rect, radius, faded(line));
    } else {
        painter.rect_stroke(rect, radius, Stroke::new(width, faded(line)), StrokeKind::Inside);
    }
    if rect.width() < FIT {
        label(painter, cx, rect, window, occurrence, is_error, faded(colors.ink));
    }
    if matches!(trouble, Some(Severity::Warning)) {
        warning_corner(painter, cx, rect);
    }
    if style.is_selected {
        painter.rect_stroke(rect.expand(1.5), radius, Stroke::new(2.0, cx.colors.accent), StrokeKind::Outside);
    } else if style.is_hovered || style.is_kin {
        painter.rect_stroke(rect, radius, Stroke::new(1.5, colors.ink), StrokeKind::Inside);
    }
}

/// The day, the start, or start and end: what fits. An error puts "!" before it.
fn label(
    painter: &Painter,
    cx: &Cx<'_>,
    rect: Rect,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    is_error: bool,
    ink: egui::Color32,
) {
    let text = match rect.width() {
        wide if wide >= HOURS => occurrence_text::hours(window, occurrence),
        wide if wide >= TIME => occurrence_text::clock(window, occurrence.start_at),
        wide if wide >= 15.0 => occurrence.on().day().to_string(),
        _ => return,
    };
    let (text, color) = match (is_error, rect.width() >= TIME) {
        (true, true) => (format!("! {text}"), cx.colors.error),
        (true, false) => ("!".to_owned(), cx.colors.error),
        (false, _) => (text, ink),
    };
    let size = if rect.width() < TIME { 9.5 } else { 10.5 };
    painter.text(rect.center(), Align2::CENTER_CENTER, text, theme::strong(size), color);
}

/// A triangle in the corner marks a warning; an error has "!" and a red border.
fn warning_corner(painter: &Painter, cx: &Cx<'_>, rect: Rect) {
    let size = rect.width().min(7.0);
    let corner = rect.right_top();
    let points = vec![corner - Vec2::new(size, 0.0), corner, corner + Vec2::new(0.0, size)];
    painter.add(egui::Shape::convex_polygon(points, cx.colors.warning, Stroke::NONE));
}

/// Paints the time in which each occurrence is watched before the next group of its ladder may begin.
pub fn soak(painter: &Painter, cx: &Cx<'_>, axis: &Axis, row: Rect, window: &WindowSchedule, bars: &Bars<'_>) {
    let Some(soak) = soak_minutes(cx.plan(), window).filter(|soak| *soak > 0) else { return };
    let color = cx.colors.stage(window.scope.stage).fill.gamma_multiply(0.7);
    for (occurrence, rect) in &bars.drawn {
        let to = axis.x(UtcMinute(occurrence.end_at.0.saturating_add(soak)));
        let area = row.shrink2(Vec2::new(0.0, row.height() / 2.0 - 2.0));
        let area = area.with_min_x(rect.right()).with_max_x(to.min(axis.right()));
        if area.width() > 2.0 {
            painter.rect_filled(area, CornerRadius::ZERO, color);
        }
    }
}

/// The longest soak time of the groups that the window patches.
fn soak_minutes(plan: &Plan, window: &WindowSchedule) -> Option<i32> {
    let ladders = plan.ladders().iter();
    let groups = ladders.flat_map(|ladder| &ladder.groups);
    let patched = groups.filter(|group| window.window.groups.contains(&group.id));
    patched.map(|group| plan.soak_after(group).signed()).max()
}

/// The text of a ghost: its date, or only the day.
pub fn ghost_text(width: f32, on: NaiveDate) -> String {
    if width >= TIME { wording::short_date(on) } else { on.day().to_string() }
}

/// The edges of a bar: dragging one changes the start, or the length.
fn edges_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    (window, occurrence): WindowOccurrence<'_>,
    rect: Rect,
    section: usize,
    drag: &mut Option<Drag>,
) {
    let edges = [
        (Grip::Start, rect.with_max_x(rect.left() + EDGE), "Start of"),
        (Grip::End, rect.with_min_x(rect.right() - EDGE), "End of"),
    ];
    for (grip, edge, word) in edges {
        if !ui.clip_rect().contains_rect(edge) {
            continue;
        }
        let id = Id::unique(("edge", word, window.id().as_str(), occurrence.original_on(), section));
        let response = ui.interact(edge, id, Sense::DRAG);
        name(&response, Role::Splitter, || format!("{word} {}", occurrence_text::occurrence_name(window, occurrence)));
        if response.hovered() || response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
            let line = if grip == Grip::Start { rect.left() + 1.5 } else { rect.right() - 1.5 };
            ui.painter().vline(line, rect.y_range(), Stroke::new(3.0, cx.colors.accent));
        }
        if response.drag_started() {
            *drag = Some(Drag::new(window, occurrence, grip));
        }
    }
}

/// The bar of an occurrence at that height, for its ghost.
pub fn around(axis: &Axis, occurrence: &Occurrence, y: f32) -> Rect {
    let row =
        Rect::from_x_y_ranges(axis.left..=axis.right(), y - super::lines::ROW / 2.0..=y + super::lines::ROW / 2.0);
    bar(axis, occurrence, row, CHIP)
}

/// The occurrences of a window in the head of its folded section: where something is planned, not what.
pub fn folded(painter: &Painter, cx: &Cx<'_>, window: &WindowSchedule, axis: &Axis, row: Rect) {
    let color = cx.colors.stage(window.scope.stage).ink.gamma_multiply(0.55);
    for (_, rect) in Bars::new(window, axis, row).drawn {
        let area = Rect::from_center_size(rect.center(), Vec2::new(NARROWEST.max(rect.width() - CHIP), 8.0));
        painter.rect_filled(area, CornerRadius::ZERO, color);
    }
}
