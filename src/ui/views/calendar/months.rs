//! All months at once, small: where much is planned, and where there are problems.

use chrono::{Datelike, NaiveDate};
use egui::{Align2, CornerRadius, Id, Painter, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, Vec2};

use super::entry::trouble_mark;
use super::ground;
use super::index::{DayIndex, Entry};
use crate::session::{Destination, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::hatch::hatch;
use crate::ui::parts::marks::{stage_stripe, trouble_dot};
use crate::ui::parts::widgets::name;
use crate::ui::parts::{occurrence_text, theme};
use crate::wording;

const TITLE: f32 = 26.0;
const GAP: f32 = 12.0;
const NARROWEST: f32 = 190.0;
/// At most this many stripes are drawn on a day, and this many occurrences are listed if the pointer is on it.
const MOST_STRIPES: usize = 5;
const MOST_LISTED: usize = 8;

/// Draws the months in as many columns as fit.
pub fn months_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex) {
    let horizon = cx.plan().horizon();
    let first = horizon.from.with_day(1).unwrap_or(horizon.from);
    let months: Vec<NaiveDate> =
        first.iter_days().filter(|on| on.day() == 1).take_while(|on| *on < horizon.end()).collect();
    let inner = egui::Frame::new().inner_margin(egui::Margin::same(12));
    inner.show(ui, |ui| {
        let width = ui.available_width();
        let columns = (((width + GAP) / (NARROWEST + GAP)) as usize).clamp(1, if months.len() > 12 { 6 } else { 4 });
        let rows = months.len().div_ceil(columns);
        let column = (width - GAP * (columns as f32 - 1.0)) / columns as f32;
        let row = ((ui.available_height() - GAP * (rows as f32 - 1.0)) / rows as f32).max(150.0);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let height = rows as f32 * (row + GAP) - GAP;
            let (rect, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
            for (nth, month) in months.iter().enumerate() {
                let (x, y) = ((nth % columns) as f32 * (column + GAP), (nth / columns) as f32 * (row + GAP));
                let card = Rect::from_min_size(rect.min + Vec2::new(x, y), Vec2::new(column, row));
                if ui.is_rect_visible(card) {
                    card_ui(ui, cx, index, card, *month);
                }
            }
        });
    });
}

fn card_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, card: Rect, month: NaiveDate) {
    let painter = ui.painter();
    let radius = CornerRadius::same(theme::CARD_RADIUS);
    painter.rect(card, radius, cx.colors.panel, Stroke::new(1.0, cx.colors.line), egui::StrokeKind::Inside);
    let head = Rect::from_min_size(card.min, Vec2::new(card.width(), TITLE));
    let response = ui.interact(head, Id::unique(("month", month)), Sense::CLICK);
    name(&response, Role::Button, || wording::month_and_year(month));
    if response.clicked() {
        cx.reveal(Destination::Month(month));
    }
    painter.text(
        head.left_center() + Vec2::new(10.0, 2.0),
        Align2::LEFT_CENTER,
        wording::month_and_year(month),
        theme::strong(theme::TEXT),
        cx.colors.text,
    );
    let (count, worst) = index.month_summary(month);
    let color = worst.map_or(cx.colors.muted, |severity| cx.colors.severity(severity));
    let at = head.right_center() + Vec2::new(-10.0, 2.0);
    let number = painter.text(at, Align2::RIGHT_CENTER, count, theme::regular(theme::SMALL), color);
    if let Some(severity) = worst {
        trouble_mark(painter, cx, number.left_center() - Vec2::new(9.0, 0.0), 10.0, severity);
    }
    let grid = Rect::from_min_max(card.min + Vec2::new(22.0, TITLE + 2.0), card.max - Vec2::splat(8.0));
    let cell = Vec2::new(grid.width() / 7.0, grid.height() / 6.0);
    let offset = month.weekday().num_days_from_monday();
    for on in month.iter_days().take_while(|on| on.month() == month.month()) {
        let square = on.day0() + offset;
        let min = grid.min + Vec2::new((square % 7) as f32 * cell.x, (square / 7) as f32 * cell.y);
        if on.day() == 1 || square.is_multiple_of(7) {
            let week = Pos2::new(grid.left() - 4.0, min.y + 2.0);
            painter.text(week, Align2::RIGHT_TOP, on.iso_week().week(), theme::regular(8.0), cx.colors.muted);
        }
        day_ui(ui, cx, index, Rect::from_min_size(min, cell).shrink(1.0), on);
    }
}

fn day_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, cell: Rect, on: NaiveDate) {
    let painter = ui.painter();
    if !cx.plan().horizon().contains(on) {
        return;
    }
    let response = ui.interact(cell, Id::unique(("day", on)), Sense::CLICK);
    let entries = index.entries(on);
    name(&response, Role::Button, || wording::date(on));
    if response.double_clicked() {
        cx.reveal(Destination::Day(on));
    } else if response.clicked() {
        cx.select(Selection::Day(on));
    }
    let marks = index.marks(on);
    let radius = CornerRadius::same(3);
    if let Some(ground) = ground(cx, marks, on) {
        painter.rect_filled(cell, radius, ground);
    }
    if marks.is_some_and(|marks| !marks.freezes.is_empty()) {
        hatch(painter, cell, cx.colors.hatch);
    }
    let trouble = entries
        .iter()
        .fold(marks.and_then(|marks| marks.trouble), |worst, entry| super::index::worse(worst, entry.trouble));
    let ink = trouble.map_or(cx.colors.text, |severity| cx.colors.severity(severity));
    let font = if trouble.is_some() || on == cx.today() { theme::strong(9.5) } else { theme::regular(9.5) };
    let number = painter.text(cell.min + Vec2::new(3.0, 1.0), Align2::LEFT_TOP, on.day(), font, ink);
    if let Some(severity) = trouble {
        trouble_dot(painter, cx, number.right_center() + Vec2::new(5.0, 0.0), 2.5, severity);
    }
    if marks.is_some_and(|marks| !marks.releases.is_empty()) {
        super::release_mark(painter, cx, Pos2::new(cell.right() - 7.0, cell.top() + 6.0));
    }
    stripes(painter, cx, index, entries, cell);
    if *cx.selection() == Selection::Day(on) {
        painter.rect_stroke(cell, radius, Stroke::new(1.5, cx.colors.accent), egui::StrokeKind::Inside);
    }
    if response.hovered() && !entries.is_empty() {
        response.on_hover_ui(|ui| {
            ui.label(crate::ui::parts::widgets::strong(wording::date(on)));
            for entry in entries.iter().take(MOST_LISTED) {
                let (window, occurrence) = index.occurrence(entry);
                ui.label(format!("{}  {}", occurrence_text::clock(window, occurrence.start_at), window.window.name));
            }
        });
    }
}

/// One stripe per stage, so that a full night stays readable.
fn stripes(painter: &Painter, cx: &Cx<'_>, index: &DayIndex, entries: &[Entry], cell: Rect) {
    let mut stages: Vec<_> = entries.iter().map(|entry| index.occurrence(entry).0.scope.stage).collect();
    stages.sort_unstable();
    stages.dedup();
    let height = ((cell.height() - 13.0) / stages.len().max(1) as f32).clamp(2.0, 5.0);
    for (nth, stage) in stages.iter().take(MOST_STRIPES).enumerate() {
        let bottom = cell.bottom() - 2.0 - nth as f32 * (height + 1.0);
        let stripe =
            Rect::from_min_max(Pos2::new(cell.left() + 2.0, bottom - height), Pos2::new(cell.right() - 2.0, bottom));
        stage_stripe(painter, stripe, *stage, cx.colors.stage(*stage).ink);
    }
}
