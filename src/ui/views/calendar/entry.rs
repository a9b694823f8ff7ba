//! One occurrence on a calendar: its severity mark, name, clicks and drags.

use std::sync::Arc;

use egui::{Align2, CornerRadius, Id, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2};
use lucide_icons::Icon;

use super::context_menu;
use super::drag::{Drag, Grip};
use super::marks;
use crate::checks::{Finding, Severity};
use crate::schedule::{Origin, WindowOccurrence};
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{muted, name, text_in};
use crate::ui::parts::{occurrence_text, theme};
use crate::wording;

/// Makes `rect` an occurrence: its name, clicks, drags, menu, and what hovering shows. `part` tells the parts of one
/// occurrence from each other. Returns how it is highlighted.
pub fn occurrence_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    (window, occurrence): WindowOccurrence<'_>,
    rect: Rect,
    part: Option<i32>,
    drag: &mut Option<Drag>,
) -> Style {
    let (response, style) = occurrence_without_card(ui, cx, (window, occurrence), rect, part, drag);
    if style.is_hovered {
        response.on_hover_ui(|ui| hover_ui(ui, cx, (window, occurrence)));
    }
    style
}

/// The same, but hovering shows nothing.
pub fn occurrence_without_card(
    ui: &Ui,
    cx: &Cx<'_>,
    (window, occurrence): WindowOccurrence<'_>,
    rect: Rect,
    part: Option<i32>,
    drag: &mut Option<Drag>,
) -> (Response, Style) {
    let on = occurrence.original_on();
    let id = Id::unique(("occurrence", window.id().as_str(), on, part));
    let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
    name(&response, Role::Button, || occurrence_text::occurrence_name(window, occurrence));
    if response.double_clicked() {
        cx.reveal(Destination::Day(occurrence.on()));
    }
    if response.clicked() {
        cx.select(marks::clicked(ui, cx, (window, occurrence)));
    }
    marks::note(ui, rect, (window, occurrence));
    if response.drag_started() && cx.is_editable() && occurrence.origin != Origin::Skipped {
        *drag = Some(Drag::new(window, occurrence, Grip::Whole));
    }
    let is_selected = cx.selection().is_occurrence(window.id(), on);
    let is_kin = cx.selection().window() == Some(window.id());
    if is_selected || response.secondary_clicked() {
        context_menu::occurrence_ui(&response, cx, window.id(), on);
    }
    let is_source = drag.as_ref().is_some_and(|drag| drag.holds(window, occurrence));
    let style = Style { is_selected, is_kin, is_hovered: response.hovered(), is_source };
    (response, style)
}

/// How a bar is highlighted.
#[derive(Clone, Copy, Default)]
pub struct Style {
    pub is_selected: bool,
    /// Another occurrence of the selected window.
    pub is_kin: bool,
    pub is_hovered: bool,
    /// It is being dragged elsewhere.
    pub is_source: bool,
}

/// A bar up to this width has room for a day's number, not for a name.
const CHIP: f32 = 24.0;

/// Paints a skipped occurrence: its outline, and its name or number struck through.
pub fn paint_skipped(painter: &Painter, cx: &Cx<'_>, rect: Rect, title: &str, style: Style) {
    let radius = CornerRadius::same(3);
    let line = if style.is_selected || style.is_hovered { cx.colors.accent } else { cx.colors.muted };
    painter.rect_stroke(rect, radius, Stroke::new(1.0, line), StrokeKind::Inside);
    let size = (rect.height() - 5.0).clamp(9.0, theme::SMALL);
    let through = if rect.width() > CHIP {
        let text = rect.shrink2(Vec2::new(6.0, 0.0));
        let used = text_in(painter, text, title, theme::regular(size), cx.colors.muted);
        text.left()..=text.left() + used
    } else {
        painter.text(rect.center(), Align2::CENTER_CENTER, title, theme::regular(9.5), cx.colors.muted);
        rect.left() + 2.0..=rect.right() - 2.0
    };
    painter.hline(through, rect.center().y, Stroke::new(1.0, cx.colors.muted));
}

/// Each severity has its own shape, so that it can be told without colour.
pub fn trouble_mark(painter: &Painter, cx: &Cx<'_>, center: Pos2, size: f32, severity: Severity) {
    let icon = match severity {
        Severity::Error => Icon::CircleAlert,
        Severity::Warning => Icon::TriangleAlert,
        Severity::Note => Icon::Info,
    };
    painter.text(center, Align2::CENTER_CENTER, char::from(icon), theme::icon(size), cx.colors.severity(severity));
}

/// The findings about the day itself.
pub fn day_findings_ui(ui: &mut Ui, cx: &Cx<'_>, on: chrono::NaiveDate) {
    ui.set_max_width(300.0);
    findings_ui(ui, cx, cx.findings().open().filter(|each| each.window.is_none() && each.on == Some(on)));
}

/// The first findings, and how many there are besides.
fn findings_ui<'a>(ui: &mut Ui, cx: &Cx<'_>, mut findings: impl Iterator<Item = &'a Arc<Finding>>) {
    for finding in findings.by_ref().take(4) {
        let text = format!("{} {}", finding.rule.code, finding.message);
        ui.label(egui::RichText::new(text).color(cx.colors.severity(finding.severity)));
    }
    let more = findings.count();
    if more > 0 {
        ui.label(muted(cx, wording::and_more(more)));
    }
}

/// What hovering an occurrence shows: when it is, whether its work fits, its findings.
pub fn hover_ui(ui: &mut Ui, cx: &Cx<'_>, (window, occurrence): WindowOccurrence<'_>) {
    ui.set_max_width(300.0);
    ui.label(crate::ui::parts::widgets::strong(&window.window.name));
    ui.label(format!("{}, {}", wording::date(occurrence.on()), occurrence_text::hours(window, occurrence)));
    if let Some(reason) = occurrence_text::skip_reason(window, occurrence) {
        ui.label(muted(cx, reason));
        return;
    }
    if let Ok(fit) = window.fit(occurrence) {
        let verdict = fit.verdict(cx.plan().policy().buffer_percent);
        let deadline =
            occurrence_text::clock_within(window, occurrence, occurrence.start_at.plus(fit.rollback_deadline()));
        let text = format!("Roll back by {deadline} · {}", occurrence_text::margin(fit.margin()));
        ui.label(egui::RichText::new(text).color(cx.colors.verdict(verdict)));
    }
    let on = Some(occurrence.original_on());
    let here = |each: &&Arc<Finding>| each.window.as_ref() == Some(window.id()) && each.on == on;
    findings_ui(ui, cx, cx.findings().open().filter(here));
}
