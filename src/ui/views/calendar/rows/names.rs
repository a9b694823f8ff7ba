//! The names to the left of the rows: sections, and windows with the number of their occurrences.

use std::sync::Arc;

use egui::{Align2, CornerRadius, Id, Rect, Response, Role, Sense, Ui, Vec2};
use lucide_icons::Icon;

use super::grouping::Section;
use super::name_font;
use crate::checks::Severity;
use crate::schedule::WindowSchedule;
use crate::session::{Destination, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::marks::{CHIP, stage_chip};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{name, text_in};
use crate::ui::views::calendar::context_menu;
use crate::ui::views::calendar::entry::trouble_mark;
use crate::wording::counted;

const INDENT: f32 = 22.0;
/// The width of the number of occurrences and of the mark of a finding.
const COUNT: f32 = 46.0;
const NARROWEST: f32 = 150.0;
/// How many of the longest names are measured.
const MEASURED: usize = 48;

/// The width that shows every name of a window as a whole.
pub fn width(ui: &Ui, cx: &Cx<'_>) -> f32 {
    let mut names: Vec<&str> = cx.plan().windows().iter().map(|window| window.name.as_str()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    let painter = ui.painter();
    let measured = names.iter().take(MEASURED);
    let widths = measured.map(|name| painter.layout_no_wrap((*name).to_owned(), name_font(), cx.colors.text).size().x);
    (widths.fold(0.0, f32::max) + INDENT + COUNT + 4.0).max(NARROWEST)
}

/// "Production, 14 windows, folded"
pub fn section(section: &Section, is_folded: bool) -> String {
    let state = if is_folded { "folded" } else { "unfolded" };
    format!("{}, {}, {state}", section.title, counted(section.windows.len(), "window"))
}

/// Paints the head of a section: its letter, title and number of windows.
pub fn section_head(ui: &Ui, cx: &Cx<'_>, rect: Rect, section: &Section, is_folded: bool, response: &Response) {
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), cx.colors.hover);
    }
    let icon = if is_folded { Icon::ChevronRight } else { Icon::ChevronDown };
    let at = rect.left_center() + Vec2::new(8.0, 0.0);
    painter.text(at, Align2::CENTER_CENTER, char::from(icon), theme::icon(12.0), cx.colors.muted);
    let colors = cx.colors.stage(section.stage);
    let mut left = rect.left() + 18.0;
    if let Some(stage) = section.stage {
        stage_chip(painter, cx, rect.left_center() + Vec2::new(26.0, 0.0), stage);
        left += CHIP + 6.0;
    }
    let ink = if section.stage.is_some() { colors.ink } else { cx.colors.text };
    let title = format!("{}  {}", section.title, section.windows.len());
    text_in(painter, rect.with_min_x(left), &title, theme::strong(theme::TEXT), ink);
}

/// The name of a window: a click selects it, a double click opens its day.
pub fn window_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    rect: Rect,
    (section, window): (usize, &Arc<WindowSchedule>),
    trouble: Option<Severity>,
    is_selected: bool,
) {
    let count = window.expansion.occurrences.len();
    let response = ui.interact(rect, Id::unique(("row", window.id().as_str(), section)), Sense::CLICK);
    let title = &window.window.name;
    name(&response, Role::Button, || {
        let stage = window.scope.stage.map_or_else(String::new, |stage| format!(", {}", stage.name()));
        format!("{title}{stage}, {}", counted(count, "occurrence"))
    });
    context_menu::window_ui(&response, cx, window.id());
    if response.clicked() {
        cx.select(Selection::Window(window.id().clone()));
    }
    if response.double_clicked()
        && let Some(first) = window.expansion.starting_from(cx.now()).first().or(window.expansion.occurrences.last())
    {
        cx.reveal(Destination::Occurrence(window.id().clone(), first.original_on()));
    }
    let painter = ui.painter();
    if response.hovered() && !is_selected {
        painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.hover);
    }
    let text = rect.with_min_x(rect.left() + INDENT).with_max_x(rect.right() - COUNT);
    let font = if is_selected { theme::strong(theme::TEXT) } else { name_font() };
    let used = text_in(painter, text, title, font, cx.colors.text);
    let right = rect.right_center() - Vec2::new(8.0, 0.0);
    let number = painter.text(right, Align2::RIGHT_CENTER, count, theme::regular(theme::SMALL), cx.colors.muted);
    if let Some(severity) = trouble {
        trouble_mark(painter, cx, number.left_center() - Vec2::new(10.0, 0.0), 11.0, severity);
    }
    if used + 1.0 >= text.width() {
        response.on_hover_text(title);
    }
}
