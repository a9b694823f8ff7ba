//! Paints the strip of days: converts rectangles to shapes.

use chrono::Datelike;
use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Stroke};

use super::layout::{Strip, runs};
use crate::schedule::ladders::reachability::{DayVerdict, LadderReachability, SeverityReachability};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::text_in;
use crate::wording::short_month;

/// One severity: its name and time limit, its days, and the number of late days.
pub fn row(painter: &Painter, cx: &Cx<'_>, strip: &Strip, index: usize, severity: &SeverityReachability, count: &str) {
    let name = strip.name(index);
    let taken = text_in(painter, name, &severity.name, theme::strong(theme::SMALL), cx.colors.text);
    let within = name.with_min_x(name.left() + taken + 6.0);
    text_in(painter, within, &severity.within.to_string(), theme::regular(theme::SMALL), cx.colors.muted);
    painter.rect_filled(strip.all_days(index), CornerRadius::same(2), cx.colors.good.gamma_multiply(0.22));
    for (days, verdict) in runs(&severity.days) {
        let rect = strip.some_days(index, &days);
        match verdict {
            DayVerdict::InTime => {}
            DayVerdict::Late => late(painter, cx, rect),
            DayVerdict::Open => {
                painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.background);
                painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.line);
            }
        }
    }
    let color = if severity.late() > 0 { cx.colors.error } else { cx.colors.good };
    text_in(painter, strip.count(index), count, theme::strong(theme::SMALL), color);
}

/// Late days are marked by colour and by a line, which is visible without colour too.
fn late(painter: &Painter, cx: &Cx<'_>, rect: Rect) {
    painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.reserve);
    painter.hline(rect.x_range(), rect.center().y, Stroke::new(2.0, cx.colors.error));
}

/// The initials of the months, and a line at the start of each.
pub fn months(painter: &Painter, cx: &Cx<'_>, strip: &Strip, ladder: &LadderReachability, rows: usize) {
    let band = strip.months(rows);
    // Short names if they fit into the shortest month, otherwise initials.
    let has_room = strip.x(28) - strip.x(0) >= 26.0;
    for day in 0..strip.days {
        let on = ladder.date(day);
        if on.day() != 1 && day != 0 {
            continue;
        }
        let x = strip.x(day);
        painter.vline(x, strip.rect.top()..=band.max, Stroke::new(1.0, cx.colors.line));
        let month: String = short_month(on).chars().take(if has_room { 3 } else { 1 }).collect();
        painter.text(
            Pos2::new(x + 3.0, band.center()),
            Align2::LEFT_CENTER,
            month,
            theme::regular(9.5),
            cx.colors.muted,
        );
    }
}

/// The selected or hovered day, as a line through all rows.
pub fn day(painter: &Painter, cx: &Cx<'_>, strip: &Strip, day: usize, rows: usize) {
    let x = f32::midpoint(strip.x(day), strip.x(day + 1));
    painter.vline(x, strip.rect.top()..=strip.months(rows).min, Stroke::new(1.5, cx.colors.accent));
}
