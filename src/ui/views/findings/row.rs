//! One row: severity, rule, message, number of findings, and the button of the quick fix.

use egui::text::LayoutJob;
use egui::{
    Align, Align2, Button, CornerRadius, Id, Layout, Pos2, Rect, RichText, Role, Sense, Stroke, Ui, UiBuilder, Vec2,
};
use lucide_icons::Icon;

use super::apply_fix;
use crate::checks::{Finding, Severity};
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{name, text_in};

/// The height of a row, and of one with two lines.
const HEIGHT: f32 = 32.0;
const TWO_LINES: f32 = 46.0;
/// In a list narrower than this, sentences have two lines.
const NARROW: f32 = 760.0;
/// At least this much of the sentence is shown beside the button of the fix, or the button is left to the explanation.
const LEAST_MESSAGE: f32 = 120.0;
const CODE: f32 = 46.0;
/// The maximum width of a fix's button.
const FIX: f32 = 230.0;

/// The height of all rows of a list of that width.
pub fn height(width: f32) -> f32 {
    if width < NARROW { TWO_LINES } else { HEIGHT }
}

/// What a row shows.
pub struct FindingRow<'a> {
    pub finding: &'a Finding,
    pub message: &'a str,
    /// "12 occurrences", if it stands for several findings.
    pub count: Option<&'a str>,
    pub is_unfolded: bool,
    pub is_member: bool,
    pub is_current: bool,
    /// Why the finding was accepted, if it was.
    pub acceptance: Option<&'a str>,
    pub fix: Option<&'a str>,
    /// The height of all rows.
    pub height: f32,
}

/// What the user did with a row.
#[derive(Default)]
pub struct RowResponse {
    pub is_chosen: bool,
    pub folds: bool,
    pub has_focus: bool,
    pub has_gained_focus: bool,
}

/// What has the keyboard while the row at `index` has it. Tab skips its buttons: the arrow keys unfold it,
/// and the explanation beside the list has the fix.
pub fn row_id(index: usize) -> Id {
    Id::unique(("finding", index))
}

/// Draws the row at `index`. A click selects it, so that it is explained; a double click goes to what the finding is about.
pub fn row_ui(ui: &mut Ui, cx: &Cx<'_>, index: usize, row: &FindingRow<'_>) -> RowResponse {
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, row.height), Sense::hover());
    let response = ui.interact(rect, row_id(index), Sense::click());
    name(&response, Role::Button, || spoken(row));
    let is_chosen = response.clicked();
    if response.double_clicked() {
        cx.reveal(Destination::for_finding(row.finding));
    }
    let fix = row.fix.filter(|label| width - fix_width(ui, label) - CODE - 40.0 > LEAST_MESSAGE);
    let fix_width = fix.map_or(0.0, |label| fix_width(ui, label));
    let right = rect.right() - 8.0 - fix_width;
    let left_of_buttons = row.count.map_or(right, |count| right - fold_width(ui, count) - 8.0);
    paint(ui, cx, rect, row, &response, left_of_buttons);
    let folds = row.count.is_some_and(|count| fold_button(ui, cx, rect, index, (row, count), right));
    if let Some(label) = fix {
        fix_button(ui, cx, rect.with_min_x(right), row, label);
    }
    let (has_focus, has_gained_focus) = (response.has_focus(), response.gained_focus());
    RowResponse { is_chosen, folds, has_focus, has_gained_focus }
}

/// "F001, error, Core DB, Sat 18 Dec falls in freeze Year end, 3 occurrences"
fn spoken(row: &FindingRow<'_>) -> String {
    let Finding { rule, severity, .. } = row.finding;
    let count = row.count.map_or_else(String::new, |count| format!(", {count}"));
    let accepted = row.acceptance.map_or_else(String::new, |words| format!(", accepted, {words}"));
    format!("{}, {}, {}{count}{accepted}", rule.code, severity.name(), row.message)
}

fn paint(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &FindingRow<'_>, response: &egui::Response, right: f32) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let rest = if row.is_member { cx.colors.weekend } else { cx.colors.panel };
    row_ground(&painter, cx, response, row.is_current, rest);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
    let (color, ink) = match row.acceptance {
        Some(_) => (cx.colors.muted, cx.colors.muted),
        None => (cx.colors.severity(row.finding.severity), cx.colors.text),
    };
    let indent = if row.is_member { 24.0 } else { 0.0 };
    let left = rect.left() + 16.0 + indent;
    let middle = rect.center().y;
    let icon = char::from(severity_icon(row.finding.severity));
    painter.text(Pos2::new(left, middle), Align2::CENTER_CENTER, icon, theme::icon(14.0), color);
    let code = Rect::from_min_max(Pos2::new(left + 16.0, rect.top()), Pos2::new(left + 16.0 + CODE, rect.bottom()));
    text_in(&painter, code, row.finding.rule.code, theme::strong(theme::TEXT), color);
    let message = Rect::from_min_max(Pos2::new(code.right(), rect.top()), Pos2::new(right - 8.0, rect.bottom()));
    let said = row.acceptance.map(|words| format!("{} · {words}", row.message));
    let (said, font) = (said.as_deref().unwrap_or(row.message), theme::regular(theme::TEXT));
    let mut job = LayoutJob::simple(said.to_owned(), font, ink, message.width().max(0.0));
    job.wrap.max_rows = if rect.height() > HEIGHT { 2 } else { 1 };
    let galley = painter.layout_job(job);
    let is_cut = galley.elided;
    painter.galley(Pos2::new(message.left(), middle - galley.size().y / 2.0), galley, ink);
    if response.hovered() && is_cut {
        response.clone().on_hover_text(said);
    }
}

pub fn severity_icon(severity: Severity) -> Icon {
    match severity {
        Severity::Error => Icon::CircleAlert,
        Severity::Warning => Icon::TriangleAlert,
        Severity::Note => Icon::Info,
    }
}

/// The width of the icon and the text.
fn fold_width(ui: &Ui, count: &str) -> f32 {
    words_width(ui, count) + 34.0
}

/// "12 occurrences", with an icon for open or closed. Returns whether it was clicked.
fn fold_button(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rect: Rect,
    index: usize,
    (row, count): (&FindingRow<'_>, &str),
    right: f32,
) -> bool {
    let width = fold_width(ui, count);
    let fold_left = right - width - if row.fix.is_some() { 4.0 } else { 0.0 };
    let corner = Pos2::new(fold_left, rect.center().y - HEIGHT / 2.0 + 5.0);
    let area = Rect::from_min_size(corner, Vec2::new(width, HEIGHT - 10.0));
    let response = ui.interact(area, Id::unique(("finding fold", index)), Sense::CLICK);
    let verb = if row.is_unfolded { "Collapse" } else { "Expand" };
    name(&response, Role::Button, || format!("{verb} {} {}", row.finding.rule.code, count));
    let painter = ui.painter();
    let ground = if response.hovered() { cx.colors.line } else { cx.colors.hover };
    painter.rect_filled(area, CornerRadius::same(11), ground);
    let icon = char::from(if row.is_unfolded { Icon::ChevronDown } else { Icon::ChevronRight });
    let left = area.left() + 13.0;
    painter.text(Pos2::new(left, area.center().y), Align2::CENTER_CENTER, icon, theme::icon(13.0), cx.colors.muted);
    let at = Pos2::new(left + 10.0, area.center().y);
    painter.text(at, Align2::LEFT_CENTER, count, theme::regular(theme::SMALL), cx.colors.text);
    response.clicked()
}

/// The width of the text, up to a limit.
fn fix_width(ui: &Ui, label: &str) -> f32 {
    (words_width(ui, label) + 22.0).min(FIX)
}

fn words_width(ui: &Ui, words: &str) -> f32 {
    let font = theme::regular(theme::SMALL);
    ui.painter().layout_no_wrap(words.to_owned(), font, egui::Color32::PLACEHOLDER).size().x
}

/// The button of the fix, which fills `area` except for a margin.
fn fix_button(ui: &mut Ui, cx: &Cx<'_>, area: Rect, row: &FindingRow<'_>, label: &str) {
    let margin = (area.height() - HEIGHT) / 2.0 + 4.0;
    let area = Rect::from_min_max(area.min + Vec2::new(0.0, margin), area.max - Vec2::new(8.0, margin));
    let mut inside = ui.new_child(UiBuilder::new().max_rect(area).layout(Layout::right_to_left(Align::Center)));
    inside.spacing_mut().button_padding.y = 2.0;
    let text = RichText::new(label).font(theme::regular(theme::SMALL)).color(cx.colors.accent);
    let button = Button::new(text).stroke(Stroke::new(1.0, cx.colors.line)).truncate().sense(Sense::CLICK);
    let response = inside.add_enabled(cx.is_editable(), button).on_hover_text(label);
    if response.clicked() {
        apply_fix(cx, row.finding);
    }
}
