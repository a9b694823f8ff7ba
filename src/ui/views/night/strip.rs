//! The night as a timeline: the parts of the window, and the current time.

use egui::{Align2, CornerRadius, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2};

use super::page::Page;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fit::{FitLayout, fit_bar, times};
use crate::ui::parts::widgets::name;
use crate::ui::parts::{occurrence_text, theme};

const HEIGHT: f32 = 54.0;
const BAR: f32 = 20.0;

pub fn strip_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), HEIGHT), Sense::hover());
    let (window, occurrence) = (page.night.window, page.night.occurrence);
    name(&response, Role::Label, || format!("Timeline, {}", occurrence_text::hours(window, occurrence)));
    let bar = Rect::from_min_size(rect.min + Vec2::new(0.0, 14.0), Vec2::new(rect.width(), BAR));
    fit_bar(ui, cx, bar, window, occurrence);
    let fit = window.fit(occurrence).ok();
    match &fit {
        Some(fit) => times(ui, cx, bar, window, occurrence, fit),
        None => ends(ui, cx, bar, page),
    }
    let passed = page.now.since(page.night.starts_at());
    let share = if let Some(fit) = &fit {
        FitLayout::new(fit).share_at(passed.into())
    } else {
        let share = passed as f32 / occurrence.real_length().0.max(1) as f32;
        Some(share).filter(|share| (0.0..=1.0).contains(share))
    };
    if let Some(share) = share.filter(|_| page.night.is_near(page.now)) {
        marker(
            ui,
            cx,
            bar,
            bar.left() + share * bar.width(),
            &occurrence_text::clock_within(window, occurrence, page.now),
        );
    }
}

/// Start and end below a bar without an estimate.
fn ends(ui: &Ui, cx: &Cx<'_>, bar: Rect, page: &Page<'_>) {
    let clock = |at| occurrence_text::clock_within(page.night.window, page.night.occurrence, at);
    let y = bar.bottom() + 14.0;
    let font = theme::regular(theme::SMALL);
    let (start, end) = (clock(page.night.starts_at()), clock(page.night.ends_at()));
    ui.painter().text(Pos2::new(bar.left(), y), Align2::LEFT_CENTER, start, font.clone(), cx.colors.muted);
    ui.painter().text(Pos2::new(bar.right(), y), Align2::RIGHT_CENTER, end, font, cx.colors.muted);
}

/// A line through the bar with the time above it.
fn marker(ui: &Ui, cx: &Cx<'_>, bar: Rect, x: f32, clock: &str) {
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(format!("now {clock}"), theme::strong(theme::SMALL), cx.colors.on_accent);
    let half = galley.size().x / 2.0 + 5.0;
    let center = Pos2::new(x.max(bar.left() + half).min(bar.right() - half), bar.top() - 8.0);
    painter.vline(x, bar.top() - 2.0..=bar.bottom() + 3.0, Stroke::new(2.0, cx.colors.accent));
    let flag = Rect::from_center_size(center, Vec2::new(2.0 * half, 14.0));
    painter.rect_filled(flag, CornerRadius::same(theme::BAR_RADIUS), cx.colors.accent);
    painter.galley(center - galley.size() / 2.0, galley, cx.colors.on_accent);
}
