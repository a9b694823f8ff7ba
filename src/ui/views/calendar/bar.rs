//! The bar of an occurrence on a calendar: its stage as a letter, as much of its name as fits, and its worst finding.

use std::sync::Arc;

use egui::{Align2, Color32, CornerRadius, Galley, Painter, Pos2, Rect, Stroke, StrokeKind, Ui};

use super::day_entry::Entry;
use super::drag::Drag;
use super::entry::{Style, occurrence_ui, paint_skipped};
use super::hands::faded;
use super::index::DayIndex;
use crate::checks::Severity;
use crate::model::Stage;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::marks::trouble_dot;
use crate::ui::parts::theme;

/// The width of the letter of the stage.
const CHIP: f32 = 10.0;
/// The width of the edge that marks a finding.
const EDGE: f32 = 3.0;
/// The width from which the shape of a finding has room beside its edge.
const WIDE: f32 = 44.0;
/// The smallest size of the name.
const SMALLEST: f32 = 9.5;
/// A lower or narrower bar has a stripe instead of the letter.
const LEAST_HEIGHT: f32 = 11.0;

/// Draws an occurrence into `rect` and handles clicks and drags.
pub fn entry_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, entry: &Entry, rect: Rect, drag: &mut Option<Drag>) {
    let (window, occurrence) = index.occurrence(entry);
    let part = entry.is_continued.then_some(rect.min.x as i32 ^ rect.min.y as i32);
    let style = occurrence_ui(ui, cx, (window, occurrence), rect, part, drag);
    let (name, short) = (window.window.name.as_str(), index.short_name(entry));
    let stage = window.scope.stage;
    bar(ui.painter(), cx, rect, entry, &[name, short], stage, style);
}

/// Paints a bar. `texts` are the whole name and shorter ones: the first that fits is shown, or none.
fn bar(painter: &Painter, cx: &Cx<'_>, rect: Rect, entry: &Entry, texts: &[&str], stage: Option<Stage>, style: Style) {
    let colors = cx.colors.stage(stage);
    let fade = |color: Color32| if style.is_source { faded(color) } else { color };
    let ink = fade(colors.ink);
    let size = (rect.height() - 5.0).clamp(SMALLEST, theme::SMALL);
    if entry.is_skipped {
        let fits = |text: &&&str| width(painter, text, size) <= rect.width() - 8.0;
        return paint_skipped(painter, cx, rect, texts.iter().find(fits).map_or("", |text| text), style);
    }
    let radius = CornerRadius::same(theme::BAR_RADIUS.min((rect.height() / 4.0) as u8));
    let fill = if entry.is_continued { colors.fill.gamma_multiply(0.6) } else { colors.fill };
    painter.rect_filled(rect, radius, fade(fill));
    let left = stage_chip(painter, rect, stage, (ink, fade(cx.colors.panel)));
    let right = entry.trouble.map_or(rect.right(), |severity| trouble_edge(painter, cx, rect, severity));
    let text = Rect::from_x_y_ranges(left + 1.5..=right - 0.5, rect.y_range());
    // The shortest one is tried in the smallest size, too.
    let shortest = texts.last().map(|text| (text, SMALLEST));
    let sizes = texts.iter().map(|text| (text, size)).chain(shortest);
    let mut galleys = sizes.map(|(text, size)| galley(painter, text, size, ink));
    if let Some(galley) = galleys.find(|galley| galley.size().x <= text.width()) {
        let at = Align2::LEFT_CENTER.anchor_size(text.left_center(), galley.size());
        painter.galley(at.min, galley, ink);
    }
    if style.is_selected {
        painter.rect_stroke(rect.expand(1.0), radius, Stroke::new(1.5, cx.colors.accent), StrokeKind::Outside);
    } else if style.is_kin || style.is_hovered {
        painter.rect_stroke(rect, radius, Stroke::new(1.0, colors.ink), StrokeKind::Inside);
    }
}

fn galley(painter: &Painter, text: &str, size: f32, ink: Color32) -> Arc<Galley> {
    painter.layout_no_wrap(text.to_owned(), theme::strong(size), ink)
}

fn width(painter: &Painter, text: &str, size: f32) -> f32 {
    galley(painter, text, size, Color32::PLACEHOLDER).size().x
}

/// The letter of the stage at the left end of a bar; without a stage, or where there is no room, a stripe. Returns its
/// right edge.
fn stage_chip(painter: &Painter, rect: Rect, stage: Option<Stage>, (ink, paper): (Color32, Color32)) -> f32 {
    let letter = stage.filter(|_| rect.height() >= LEAST_HEIGHT && rect.width() >= CHIP + 2.0);
    let chip = rect.with_max_x(rect.left() + if letter.is_some() { CHIP } else { EDGE });
    let radius = theme::BAR_RADIUS.min((rect.height() / 4.0) as u8);
    painter.rect_filled(chip, CornerRadius { nw: radius, sw: radius, ne: 0, se: 0 }, ink);
    if let Some(stage) = letter {
        painter.text(chip.center(), Align2::CENTER_CENTER, stage.letter(), theme::strong(SMALLEST), paper);
    }
    chip.right()
}

/// Marks a finding at the right end of a bar, by colour and by shape. Returns the left edge of the mark.
fn trouble_edge(painter: &Painter, cx: &Cx<'_>, rect: Rect, severity: Severity) -> f32 {
    let color = cx.colors.severity(severity);
    let radius = theme::BAR_RADIUS.min((rect.height() / 4.0) as u8);
    let edge = rect.with_min_x(rect.right() - EDGE);
    painter.rect_filled(edge, CornerRadius { nw: 0, sw: 0, ne: radius, se: radius }, color);
    match severity {
        Severity::Error | Severity::Warning => {
            // In a wide bar the shape is beside the edge, in a narrow one it grows out of it.
            let distance = if rect.width() > WIDE { 4.5 } else { 0.5 };
            let center = Pos2::new(edge.left() - distance, rect.center().y);
            trouble_dot(painter, cx, center, 3.5, severity);
            center.x - 3.5
        }
        Severity::Note => edge.left(),
    }
}
