//! The bar of an occurrence in a night, with its work, verification, reserve and the time to roll back, and the words
//! beside it.

use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2};

use super::axis::{Night, NightAxis};
use super::words;
use crate::checks::Severity;
use crate::model::UtcMinute;
use crate::schedule::{Occurrence, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fit::fit_bar;
use crate::ui::parts::marks::{CHIP, stage_chip};
use crate::ui::parts::widgets::text_in;
use crate::ui::parts::{occurrence_text, theme};
use crate::ui::views::calendar::entry::{Style, paint_skipped, trouble_mark};

/// The height of a bar.
pub const BAR: f32 = 16.0;
/// The narrowest bar: that of a window of a few minutes.
const NARROWEST: f32 = 4.0;
const MARK: f32 = 16.0;
const GAP: f32 = 8.0;

/// The end of the window, or of the time that its work needs if that is later.
pub fn needed_until(window: &WindowSchedule, occurrence: &Occurrence) -> UtcMinute {
    let need = window.fit(occurrence).map_or(0, |fit| fit.need().signed());
    occurrence.end_at.max(occurrence.start_at.plus(need))
}

/// The left and right end of a bar. Both may be outside the night.
pub fn ends(axis: &NightAxis, window: &WindowSchedule, occurrence: &Occurrence) -> (f32, f32) {
    let left = axis.x(occurrence.start_at);
    (left, axis.x(needed_until(window, occurrence)).max(left + NARROWEST))
}

/// The left and right end of the window itself, without the work that does not fit.
pub fn window_ends(axis: &NightAxis, occurrence: &Occurrence) -> (f32, f32) {
    (axis.x(occurrence.start_at), axis.x(occurrence.end_at))
}

/// Paints the bar into `rect`. `ui` clips what is outside the night.
pub fn bar(ui: &Ui, cx: &Cx<'_>, rect: Rect, window: &WindowSchedule, occurrence: &Occurrence) {
    if occurrence_text::skip_reason(window, occurrence).is_some() {
        paint_skipped(ui.painter(), cx, rect, "", Style::default());
    } else {
        fit_bar(ui, cx, rect, window, occurrence);
    }
}

/// The name of a window before its hours, as it is painted above the bar.
pub struct Title<'a> {
    pub window: &'a WindowSchedule,
    pub occurrence: &'a Occurrence,
    pub trouble: Option<Severity>,
    /// "22:00 – 02:00"; empty for the name alone.
    pub hours: &'a str,
}

impl Title<'_> {
    /// The width that the title needs.
    pub fn width(&self, painter: &Painter, cx: &Cx<'_>) -> f32 {
        let text = |text: &str, font| painter.layout_no_wrap(text.to_owned(), font, cx.colors.text).size().x;
        let chip = if self.window.scope.stage.is_some() { CHIP + 5.0 } else { 0.0 };
        let hours = if self.hours.is_empty() { 0.0 } else { GAP + text(self.hours, theme::regular(theme::SMALL)) };
        chip + MARK + text(&self.window.window.name, theme::strong(theme::TEXT)) + hours
    }

    /// Paints stage, worst finding, name and hours. What is too long is cut off.
    pub fn paint(&self, painter: &Painter, cx: &Cx<'_>, rect: Rect) {
        let mut rest = rect;
        if let Some(stage) = self.window.scope.stage {
            stage_chip(painter, cx, rect.left_center() + Vec2::new(CHIP / 2.0, 0.0), stage);
            rest.min.x += CHIP + 5.0;
        }
        if let Some(severity) = self.trouble {
            trouble_mark(painter, cx, rest.left_center() + Vec2::new(6.0, 0.0), 13.0, severity);
            rest.min.x += MARK;
        }
        let is_skipped = occurrence_text::skip_reason(self.window, self.occurrence).is_some();
        let color = if is_skipped { cx.colors.muted } else { cx.colors.text };
        let used = text_in(painter, rest, &self.window.window.name, theme::strong(theme::TEXT), color);
        if is_skipped {
            painter.hline(rest.left()..=rest.left() + used, rest.center().y, Stroke::new(1.0, color));
        }
        rest.min.x += used + GAP;
        text_in(painter, rest, self.hours, theme::regular(theme::SMALL), cx.colors.muted);
    }
}

/// The line below a bar: the time to roll back, the fit, and who works.
pub struct Subtitle {
    rollback: String,
    verdict: Option<crate::schedule::FitVerdict>,
    people: String,
}

impl Subtitle {
    pub fn new(cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence, with_people: bool) -> Self {
        let (rollback, verdict) = words::rollback_in_words(cx, window, occurrence);
        let people = if with_people { words::people(cx, window, occurrence) } else { String::new() };
        Self { rollback, verdict, people }
    }

    pub fn width(&self, painter: &Painter, cx: &Cx<'_>) -> f32 {
        let text =
            |text: &str| painter.layout_no_wrap(text.to_owned(), theme::regular(theme::SMALL), cx.colors.text).size().x;
        let people = if self.people.is_empty() { 0.0 } else { GAP + text(&self.people) };
        text(&self.rollback) + people
    }

    pub fn paint(&self, painter: &Painter, cx: &Cx<'_>, rect: Rect) {
        let color = self.verdict.map_or(cx.colors.muted, |verdict| cx.colors.verdict(verdict));
        let used = text_in(painter, rect, &self.rollback, theme::regular(theme::SMALL), color);
        let rest = rect.with_min_x(rect.left() + used + GAP);
        text_in(painter, rest, &self.people, theme::regular(theme::SMALL), cx.colors.text);
    }
}

/// Paints what shows that an occurrence is selected or that the pointer is on it, below everything else of it.
pub fn highlight(painter: &Painter, cx: &Cx<'_>, rect: Rect, style: Style) {
    let radius = CornerRadius::same(theme::BAR_RADIUS);
    if style.is_selected {
        let accent = Stroke::new(1.5, cx.colors.accent);
        painter.rect(rect, radius, cx.colors.selected, accent, StrokeKind::Inside);
    } else if style.is_hovered {
        painter.rect_filled(rect, radius, cx.colors.hover);
    } else if style.is_kin {
        painter.rect_stroke(rect, radius, Stroke::new(1.0, cx.colors.muted), StrokeKind::Inside);
    }
}

/// Marks that an occurrence begins before the night, or ends after it.
pub fn edges(painter: &Painter, cx: &Cx<'_>, bar: Rect, night: &Night, occurrence: &Occurrence, row: Rect) {
    let font = theme::strong(theme::TEXT);
    let color = cx.colors.text;
    if occurrence.start_at < night.from {
        painter.text(Pos2::new(row.left() + 2.0, bar.center().y), Align2::LEFT_CENTER, "‹", font.clone(), color);
    }
    if occurrence.end_at > night.to {
        painter.text(Pos2::new(row.right() - 2.0, bar.center().y), Align2::RIGHT_CENTER, "›", font, color);
    }
}
