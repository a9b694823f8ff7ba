//! Paints the fit bar: work, verification, the "roll back by" line, the rollback reserve and the end of the window.

use egui::{Align2, Color32, CornerRadius, Pos2, Rect, Stroke, Ui, Vec2};

use super::layout::{FitLayout, FitPart, widest_from};
use crate::schedule::{Fit, Occurrence, Outlook, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::text_in;
use crate::ui::parts::{occurrence_text, theme};

/// Paints the bar of one occurrence into `rect`; a plain bar if its work is not estimated.
pub fn fit_bar(ui: &Ui, cx: &Cx<'_>, rect: Rect, window: &WindowSchedule, occurrence: &Occurrence) {
    if let Ok(fit) = window.fit(occurrence) {
        bar(ui, cx, rect, window, &fit);
    } else {
        let colors = cx.colors.stage(window.scope.stage);
        let font = theme::regular(theme::SMALL);
        ui.painter().rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), colors.fill);
        text_in(ui.painter(), rect.shrink2(Vec2::new(8.0, 0.0)), "not estimated", font, colors.ink);
    }
}

fn bar(ui: &Ui, cx: &Cx<'_>, rect: Rect, window: &WindowSchedule, fit: &Fit) {
    let layout = FitLayout::new(fit);
    let x = |share: f32| rect.left() + share * rect.width();
    let outlook = cx.schedule().outlooks.get(window);
    let sure = outlook.and_then(|outlook| layout.share_at(outlook.roll_back_by(fit.length).into()));
    let lines = [layout.end, layout.deadline, sure.unwrap_or(layout.end)];
    for (part, from, to) in &layout.parts {
        let stretch = Rect::from_min_max(Pos2::new(x(*from), rect.top()), Pos2::new(x(*to), rect.bottom()));
        let (label_from, label_to) = widest_from(*from, *to, &lines);
        let label = stretch.with_min_x(x(label_from)).with_max_x(x(label_to));
        paint_part(ui, cx, stretch.shrink2(Vec2::new(0.5, 0.0)), label, *part, window, fit);
    }
    let painter = ui.painter();
    let line = |share: f32, color: Color32| {
        painter.vline(x(share), rect.top() - 4.0..=rect.bottom() + 4.0, Stroke::new(2.0, color));
    };
    if layout.end < 0.999 {
        line(layout.end, cx.colors.text);
    }
    if layout.deadline > 0.0 {
        line(layout.deadline, cx.colors.error);
    }
    if let Some(outlook) = outlook {
        outlook_marks(ui, cx, rect, &layout, fit, outlook);
    }
}

/// Marks the simulated spread: a whisker from the likely end of the work to its 90th percentile, and a dashed line at
/// the latest start of a rollback that succeeds with 95 % probability.
fn outlook_marks(ui: &Ui, cx: &Cx<'_>, rect: Rect, layout: &FitLayout, fit: &Fit, outlook: &Outlook) {
    let painter = ui.painter();
    let x = |share: f32| rect.left() + share * rect.width();
    if let Some(from) = layout.share_at(fit.work.0.into()) {
        let stroke = Stroke::new(1.0, cx.colors.text);
        let (y, end) = (rect.top() - 3.0, layout.share_at(outlook.work_p90));
        painter.hline(x(from)..=x(end.unwrap_or(1.0)), y, stroke);
        if let Some(end) = end {
            painter.vline(x(end), y - 2.5..=y + 2.5, stroke);
        }
    }
    if let Some(sure) = layout.share_at(outlook.roll_back_by(fit.length).into()) {
        let line = [Pos2::new(x(sure), rect.top() - 1.0), Pos2::new(x(sure), rect.bottom() + 4.0)];
        painter.extend(egui::Shape::dashed_line(&line, Stroke::new(1.0, cx.colors.error), 3.0, 2.0));
    }
}

fn paint_part(ui: &Ui, cx: &Cx<'_>, rect: Rect, label: Rect, part: FitPart, window: &WindowSchedule, fit: &Fit) {
    let stage = cx.colors.stage(window.scope.stage);
    let (fill, ink, text) = match part {
        FitPart::Prepare | FitPart::Handover => (cx.colors.line, cx.colors.muted, String::new()),
        FitPart::Batches => (stage.fill, stage.ink, format!("Work {}", fit.work)),
        FitPart::Verification => (cx.colors.verification, cx.colors.text, String::new()),
        FitPart::Spare => (Color32::TRANSPARENT, cx.colors.muted, crate::wording::signed_duration(fit.margin())),
        FitPart::Reserve => (cx.colors.reserve, cx.colors.text, format!("Rollback {}", fit.rollback)),
    };
    let painter = ui.painter();
    let radius = CornerRadius::same(2);
    painter.rect_filled(rect, radius, fill);
    if part == FitPart::Spare {
        painter.rect_stroke(rect, radius, Stroke::new(1.0, cx.colors.line), egui::StrokeKind::Inside);
    }
    let galley = painter.layout_no_wrap(text, theme::strong(10.5), ink);
    if galley.size().x + 8.0 <= label.width() {
        painter.galley(label.center() - galley.size() / 2.0, galley, ink);
    }
}

/// The clock times below the bar: start, roll back by, end. The middle one moves aside to avoid overlaps.
pub fn times(ui: &Ui, cx: &Cx<'_>, bar: Rect, window: &WindowSchedule, occurrence: &Occurrence, fit: &Fit) {
    let layout = FitLayout::new(fit);
    let y = bar.bottom() + 14.0;
    let clock = |at| occurrence_text::clock_within(window, occurrence, at);
    let painter = ui.painter();
    let small = theme::regular(theme::SMALL);
    let start = painter.text(
        Pos2::new(bar.left(), y),
        Align2::LEFT_CENTER,
        clock(occurrence.start_at),
        small.clone(),
        cx.colors.muted,
    );
    let end_x = bar.left() + layout.end * bar.width();
    let end_font = theme::strong(theme::SMALL);
    let end = painter.text(
        Pos2::new(end_x.max(bar.left() + 60.0), y),
        Align2::RIGHT_CENTER,
        clock(occurrence.end_at),
        end_font,
        cx.colors.text,
    );
    let text = format!("Roll back by {}", clock(occurrence.start_at.plus(fit.rollback_deadline())));
    let galley = painter.layout_no_wrap(text, theme::strong(theme::SMALL), cx.colors.error);
    let wanted = bar.left() + layout.deadline * bar.width() - galley.size().x / 2.0;
    let (from, to) = (start.right() + 8.0, end.left() - 8.0 - galley.size().x);
    // If there is no room between start and end, it goes on a line below.
    let (x, below) = if from <= to {
        (wanted.clamp(from, to), 0.0)
    } else {
        (wanted.min(bar.right() - galley.size().x).max(bar.left()), 14.0)
    };
    painter.galley(Pos2::new(x, y - galley.size().y / 2.0 + below), galley, cx.colors.error);
}
