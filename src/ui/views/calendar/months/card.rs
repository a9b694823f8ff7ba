//! One small month: each day with its number, how much is planned, a stripe for each stage, and its worst finding.

use chrono::{Datelike, NaiveDate};
use egui::{Align2, CornerRadius, Id, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::Cells;
use crate::model::Stage;
use crate::session::{Destination, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::hatch::hatch;
use crate::ui::parts::marks::{stage_stripe, trouble_dot};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::name;
use crate::ui::views::calendar::day_entry::worse;
use crate::ui::views::calendar::entry::trouble_mark;
use crate::ui::views::calendar::index::DayIndex;
use crate::ui::views::calendar::pages::day_name;
use crate::ui::views::calendar::{day_card, ground, release_mark};
use crate::wording::{self, counted};

pub const NARROWEST: f32 = 190.0;
const TITLE: f32 = 26.0;
const WEEKDAYS: f32 = 13.0;
/// The size of the smallest text.
const SMALLEST: f32 = 9.5;
/// The height of the line with the day's number. Stripes are only below it.
const NUMBER: f32 = 12.5;
/// At least this much is free between the day's number and the number of its occurrences.
const CLEAR: f32 = 4.0;
const STRIPE: f32 = 2.5;
const MOST_STRIPES: usize = 3;

/// Draws a month; `has_focus` marks the day at which the keys are.
pub fn card_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, card: Rect, month: NaiveDate, has_focus: bool) {
    let painter = ui.painter();
    let radius = CornerRadius::same(theme::CARD_RADIUS);
    painter.rect(card, radius, cx.colors.panel, Stroke::new(1.0, cx.colors.line), StrokeKind::Inside);
    head_ui(ui, cx, index, Rect::from_min_size(card.min, Vec2::new(card.width(), TITLE)), month);
    let grid = Rect::from_min_max(card.min + Vec2::new(24.0, TITLE), card.max - Vec2::splat(7.0));
    let cells = Cells::new(month, grid.with_min_y(grid.top() + WEEKDAYS));
    let small = theme::regular(SMALLEST);
    for on in month.iter_days().take_while(|on| on.month() == month.month()) {
        let cell = cells.cell(on);
        if cells.begins_week(on) {
            let at = Pos2::new(grid.left() - 5.0, cell.top() + 1.0);
            painter.text(at, Align2::RIGHT_TOP, on.iso_week().week(), small.clone(), cx.colors.muted);
        }
        if (8..15).contains(&on.day()) {
            let letter = &wording::short_weekday(on.weekday())[..1];
            let at = Pos2::new(cell.left() + 3.0, grid.top() + WEEKDAYS / 2.0 - 1.0);
            painter.text(at, Align2::LEFT_CENTER, letter, small.clone(), cx.colors.muted);
        }
        if cx.plan().horizon().contains(on) {
            day_ui(ui, cx, index, cell, on, has_focus);
        }
    }
}

/// The name of the month, the number of its occurrences and their worst finding. A click opens the month.
fn head_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, head: Rect, month: NaiveDate) {
    let title = wording::month_and_year(month);
    let response = ui.interact(head, Id::unique(("month", month)), Sense::CLICK);
    name(&response, Role::Button, || title.clone());
    if response.clicked() {
        cx.reveal(Destination::Month(month));
    }
    let painter = ui.painter();
    let color = if response.hovered() { cx.colors.accent } else { cx.colors.text };
    let at = head.left_center() + Vec2::new(10.0, 2.0);
    painter.text(at, Align2::LEFT_CENTER, &title, theme::strong(theme::TEXT), color);
    let summary = index.month_summary(month);
    let (count, worst) = summary.map_or((0, None), |summary| (summary.count, summary.worst()));
    let at = head.right_center() + Vec2::new(-10.0, 2.0);
    let number = painter.text(at, Align2::RIGHT_CENTER, count, theme::regular(theme::SMALL), cx.colors.muted);
    if let Some(severity) = worst {
        trouble_mark(painter, cx, number.left_center() - Vec2::new(9.0, 0.0), 11.0, severity);
    }
    response.on_hover_ui(|ui| {
        ui.label(format!("{title}: {}", counted(count, "occurrence")));
        if let Some(severity) = worst {
            ui.label(format!("The mark shows the worst finding: {}", severity.name()));
        }
    });
}

fn day_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, cell: Rect, on: NaiveDate, has_focus: bool) {
    let painter = ui.painter();
    let response = ui.interact(cell, Id::unique(("day", on)), Sense::CLICK);
    name(&response, Role::Button, || day_name(index, on));
    if response.double_clicked() {
        cx.reveal(Destination::Day(on));
    } else if response.clicked() {
        cx.select(Selection::Day(on));
    }
    let (entries, marks) = (index.entries(on), index.marks(on));
    let radius = CornerRadius::same(3);
    let is_selected = *cx.selection() == Selection::Day(on);
    let fill = if is_selected { Some(cx.colors.selected) } else { ground(cx, marks, on) };
    if let Some(fill) = fill.or(response.hovered().then_some(cx.colors.hover)) {
        painter.rect_filled(cell, radius, fill);
    }
    if marks.is_some_and(|marks| !marks.freezes.is_empty()) {
        // Below the number, so that it can be read.
        hatch(painter, cell.with_min_y(cell.top() + NUMBER), cx.colors.hatch);
    }
    let day_trouble = marks.and_then(|marks| marks.trouble);
    let summary = index.summary(on);
    let trouble = worse(day_trouble, summary.and_then(|summary| summary.worst));
    let color = if on == cx.today() { cx.colors.accent } else { cx.colors.text };
    let font = if on == cx.today() { theme::strong(SMALLEST) } else { theme::regular(SMALLEST) };
    let number = painter.text(cell.min + Vec2::new(3.0, 1.0), Align2::LEFT_TOP, on.day(), font, color);
    if let Some(severity) = trouble {
        trouble_dot(painter, cx, number.right_center() + Vec2::new(6.0, 0.0), 3.0, severity);
    }
    let mut right = cell.right() - 3.0;
    if entries.len() > 1 {
        let text = entries.len().to_string();
        let count = painter.layout_no_wrap(text, theme::regular(SMALLEST), cx.colors.muted);
        let at = Pos2::new(right - count.size().x, cell.top() + 1.0);
        // Right beside the day's number, "14" and "3" would be 143.
        let taken = if trouble.is_some() { number.right() + 9.0 } else { number.right() };
        if at.x > taken + CLEAR {
            right = at.x - 2.0;
            painter.galley(at, count, cx.colors.muted);
        }
    }
    if marks.is_some_and(|marks| !marks.releases.is_empty()) && right - 5.0 > number.right() {
        release_mark(painter, cx, Pos2::new(right - 5.0, cell.top() + 7.0));
    }
    stripes(painter, cx, summary.map_or(&[][..], |summary| &summary.stages), cell);
    if is_selected || (has_focus && on == cx.selected_day()) {
        let width = if is_selected { 2.0 } else { 1.0 };
        painter.rect_stroke(cell, radius, Stroke::new(width, cx.colors.accent), StrokeKind::Inside);
    }
    if response.hovered() && day_card::has_content(index, on) {
        response.on_hover_ui(|ui| day_card::card_ui(ui, cx, index, on));
    }
}

/// A stripe for each stage below the day's number; those that have no room are left out.
fn stripes(painter: &Painter, cx: &Cx<'_>, stages: &[Option<Stage>], cell: Rect) {
    let room = (cell.height() - NUMBER - 1.0) / (STRIPE + 1.0);
    for (nth, stage) in stages.iter().take(MOST_STRIPES.min(room as usize)).enumerate() {
        let bottom = cell.bottom() - 2.0 - nth as f32 * (STRIPE + 1.0);
        let stripe = Rect::from_x_y_ranges(cell.left() + 3.0..=cell.right() - 3.0, bottom - STRIPE..=bottom);
        stage_stripe(painter, stripe, *stage, cx.colors.stage(*stage).ink);
    }
}
