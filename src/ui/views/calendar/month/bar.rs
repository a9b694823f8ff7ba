//! The bar of an occurrence in a month: the letter of its stage, its start and its name, in two lines if it is tall.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2};

use super::grid::BAR;
use crate::schedule::WindowOccurrence;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::short_names::short_name;
use crate::ui::parts::{occurrence_text, theme};
use crate::ui::views::calendar::day_entry::Entry;
use crate::ui::views::calendar::entry::{Style, paint_skipped, trouble_mark};

/// The width of the stripe with the letter of the stage.
const STRIPE: f32 = 13.0;
const MARK: f32 = 15.0;

/// Whether the name is too long for one line.
pub fn needs_two_lines(ui: &Ui, cx: &Cx<'_>, entry: &Entry, held: WindowOccurrence<'_>, width: f32) -> bool {
    let job = job(cx, entry, held, &held.0.window.name, f32::INFINITY, 1);
    ui.painter().layout_job(job).size().x > text_width(entry, width)
}

fn text_width(entry: &Entry, width: f32) -> f32 {
    width - STRIPE - 8.0 - if entry.trouble.is_some() { MARK } else { 0.0 }
}

/// The start in the regular weight, and the name in semibold.
fn job(
    cx: &Cx<'_>,
    entry: &Entry,
    (window, occurrence): WindowOccurrence<'_>,
    name: &str,
    width: f32,
    lines: usize,
) -> LayoutJob {
    let ink = cx.colors.stage(window.scope.stage).ink;
    let time = if entry.is_continued { "…".to_owned() } else { occurrence_text::clock(window, occurrence.start_at) };
    let mut job = LayoutJob::default();
    job.append(&time, 0.0, TextFormat::simple(theme::regular(theme::SMALL), ink));
    job.append(name, 5.0, TextFormat::simple(theme::strong(theme::SMALL), ink));
    job.wrap = TextWrapping { max_width: width, max_rows: lines, ..TextWrapping::default() };
    job
}

/// Paints the bar into `rect`.
pub fn paint(painter: &Painter, cx: &Cx<'_>, rect: Rect, entry: &Entry, held: WindowOccurrence<'_>, style: Style) {
    let (window, occurrence) = held;
    if entry.is_skipped {
        let clock = occurrence_text::clock(window, occurrence.start_at);
        return paint_skipped(painter, cx, rect, &format!("{clock}  {}", window.window.name), style);
    }
    let colors = cx.colors.stage(window.scope.stage);
    let radius = CornerRadius::same(theme::BAR_RADIUS);
    painter.rect_filled(rect, radius, if entry.is_continued { colors.fill.gamma_multiply(0.6) } else { colors.fill });
    if let Some(stage) = window.scope.stage {
        let stripe = rect.with_max_x(rect.left() + STRIPE);
        painter.rect_filled(
            stripe,
            CornerRadius { nw: theme::BAR_RADIUS, sw: theme::BAR_RADIUS, ne: 0, se: 0 },
            colors.ink,
        );
        painter.text(stripe.center(), Align2::CENTER_CENTER, stage.letter(), theme::strong(9.5), cx.colors.panel);
    }
    let lines = if rect.height() > BAR { 2 } else { 1 };
    let width = text_width(entry, rect.width());
    let mut galley = painter.layout_job(job(cx, entry, held, &window.window.name, width, lines));
    if galley.elided {
        // The end of a name, which is cut off, is what tells it from others.
        let short = short_name(painter.ctx(), cx, window.id());
        galley = painter.layout_job(job(cx, entry, held, &short, width, lines));
        if galley.elided {
            galley = painter.layout_no_wrap(short, theme::strong(theme::SMALL), colors.ink);
        }
    }
    let at = Pos2::new(rect.left() + STRIPE + 5.0, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, colors.ink);
    if let Some(severity) = entry.trouble {
        let center = Pos2::new(rect.right() - MARK / 2.0 - 1.0, rect.top() + BAR / 2.0);
        trouble_mark(painter, cx, center, 13.0, severity);
    }
    if style.is_selected {
        painter.rect_stroke(rect.expand(1.0), radius, Stroke::new(2.0, cx.colors.accent), StrokeKind::Outside);
    } else if style.is_kin || style.is_hovered {
        painter.rect_stroke(rect, radius, Stroke::new(1.0, colors.ink), StrokeKind::Inside);
    }
}

/// The line that says how many bars have no room.
pub fn more(painter: &Painter, cx: &Cx<'_>, rect: Rect, label: &str, is_hovered: bool) {
    if is_hovered {
        painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), cx.colors.hover);
    }
    let at = rect.left_center() + Vec2::new(6.0, 0.0);
    painter.text(at, Align2::LEFT_CENTER, label, theme::strong(theme::SMALL), cx.colors.accent);
}
