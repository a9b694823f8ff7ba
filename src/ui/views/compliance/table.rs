//! The figures overall and by severity, environment, business area and group.

use egui::{Align, CornerRadius, Layout, Rect, Role, Sense, Ui, UiBuilder, Vec2};

use super::counted::{Counted, ListOf};
use super::dashboard::{Dashboard, Row, Section};
use super::number::number_ui;
use crate::compliance::ItemState;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::tone::Tone;
use crate::ui::parts::widgets::{name, row_line, strong, text_in};
use crate::wording::counted;

const ROW: f32 = 26.0;
const PERCENT: f32 = 124.0;
/// The widths of the columns of counts, each as wide as its head needs; all are wider if there is room beside the names.
const COUNTS: [f32; Counted::COLUMNS.len()] = [50.0, 58.0, 52.0, 68.0, 64.0, 68.0, 82.0, 84.0];
const WIDEST_COUNTS: f32 = 672.0;
const MEAN: f32 = 108.0;
const NAME: f32 = 240.0;
/// In less than this the names would have no room; a narrower view scrolls sideways.
pub const NARROWEST: f32 = 880.0;
/// A section with more rows shows this many, until somebody asks for all.
const MOST_ROWS: usize = 8;

/// The columns of a row.
struct Columns {
    rect: Rect,
}

impl Columns {
    /// The width of all columns of counts.
    fn counts_width(&self) -> f32 {
        let room = self.rect.width() - NAME - PERCENT - MEAN;
        room.clamp(COUNTS.iter().sum(), WIDEST_COUNTS)
    }

    fn name_width(&self) -> f32 {
        self.rect.width() - PERCENT - self.counts_width() - MEAN
    }

    fn cell(&self, left: f32, width: f32) -> Rect {
        Rect::from_min_size(self.rect.min + Vec2::new(left, 0.0), Vec2::new(width, self.rect.height()))
    }

    fn name(&self) -> Rect {
        self.cell(0.0, self.name_width() - 8.0)
    }

    fn percent(&self) -> Rect {
        self.cell(self.name_width(), PERCENT)
    }

    fn count(&self, index: usize) -> Rect {
        let scale = self.counts_width() / COUNTS.iter().sum::<f32>();
        let before: f32 = COUNTS[..index].iter().sum();
        self.cell(self.name_width() + PERCENT + before * scale, COUNTS[index] * scale)
    }

    fn mean(&self) -> Rect {
        self.cell(self.rect.width() - MEAN, MEAN)
    }
}

fn columns(ui: &mut Ui) -> Columns {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::hover());
    Columns { rect }
}

/// Draws the table. Returns the list of the figure that was clicked.
pub fn table_ui(ui: &mut Ui, cx: &Cx<'_>, dashboard: &Dashboard, expanded: &mut Vec<&'static str>) -> Option<ListOf> {
    ui.spacing_mut().item_spacing.y = 0.0;
    heads_ui(ui, cx);
    let mut opened = row_ui(ui, cx, &dashboard.overall, true);
    for section in &dashboard.sections {
        opened = opened.or(ui.push_id(section.title, |ui| section_ui(ui, cx, section, expanded)).inner);
    }
    opened
}

fn heads_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let columns = columns(ui);
    let font = theme::regular(theme::SMALL);
    text_in(ui.painter(), columns.percent(), "In time, of all due", font.clone(), cx.colors.muted);
    let right = |rect: Rect, text: &str| {
        let at = rect.right_center() - Vec2::new(4.0, 0.0);
        ui.painter().text(at, egui::Align2::RIGHT_CENTER, text, font.clone(), cx.colors.muted);
    };
    for (index, counted) in Counted::COLUMNS.into_iter().enumerate() {
        right(columns.count(index), &counted.name());
    }
    right(columns.mean(), "Mean to patch");
    row_line(ui.painter(), cx, columns.rect);
}

fn section_ui(ui: &mut Ui, cx: &Cx<'_>, section: &Section, expanded: &mut Vec<&'static str>) -> Option<ListOf> {
    if section.rows.is_empty() {
        return None;
    }
    ui.add_space(8.0);
    ui.label(strong(section.title));
    ui.add_space(2.0);
    let shows_all = expanded.contains(&section.title) || section.rows.len() <= MOST_ROWS + 1;
    let most = if shows_all { section.rows.len() } else { MOST_ROWS };
    let mut opened = None;
    for row in &section.rows[..most] {
        opened = opened.or(row_ui(ui, cx, row, false));
    }
    if !shows_all {
        let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::hover());
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
        child.add_space(10.0);
        let all = format!("Show all {}", counted(section.rows.len(), section.noun));
        if child.link(all).clicked() {
            expanded.push(section.title);
        }
    }
    opened
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row, is_strong: bool) -> Option<ListOf> {
    let columns = columns(ui);
    let font = if is_strong { theme::strong(theme::TEXT) } else { theme::regular(theme::TEXT) };
    let left = if is_strong { 0.0 } else { 10.0 };
    let title = ui.interact(columns.name(), ui.scope_id().with(("row", format!("{:?}", row.part))), Sense::hover());
    name(&title, Role::Label, || row.name.clone());
    let title_rect = columns.name().with_min_x(columns.rect.left() + left);
    text_in(ui.painter(), title_rect, &row.name, font.clone(), cx.colors.text);
    let mut opened = None;
    let mut open = |is_clicked: bool, counted: Counted| {
        if is_clicked {
            opened = Some(ListOf::Items(row.part.clone(), counted));
        }
    };
    open(percent_ui(ui, cx, columns.percent(), row), Counted::Due);
    for (index, counted) in Counted::COLUMNS.into_iter().enumerate() {
        let count = row.count(counted);
        let color = match (count, counted) {
            (0, _) => cx.colors.muted,
            (_, Counted::State(ItemState::Open)) => cx.colors.error,
            (_, Counted::State(ItemState::Late)) => cx.colors.warning,
            _ => cx.colors.text,
        };
        let label = format!("{}, {}", row.name, counted.name());
        let shown = if count == 0 { "–".to_owned() } else { count.to_string() };
        let texts = (label.as_str(), shown.as_str());
        open(number_ui(ui, cx, columns.count(index), texts, (font.clone(), color), count > 0), counted);
    }
    if let Some((mean, is_too_long)) = &row.mean {
        let label = format!("{}, mean time to patch", row.name);
        let color = if *is_too_long { cx.colors.error } else { cx.colors.text };
        let font = theme::regular(theme::TEXT);
        open(number_ui(ui, cx, columns.mean(), (&label, mean), (font, color), true), Counted::Done);
    }
    row_line(ui.painter(), cx, columns.rect);
    opened
}

/// A bar and the percentage; a dash if nothing was due.
fn percent_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row) -> bool {
    let label = format!("{}, percent in time", row.name);
    let font = theme::strong(theme::TEXT);
    if row.figures.due() == 0 {
        return number_ui(ui, cx, rect, (&label, "–"), (font, cx.colors.muted), false);
    }
    let percent = row.figures.percent();
    let tone = row.target.map_or(Tone::Plain, |target| if target.is_met(percent) { Tone::Good } else { Tone::Error });
    let clicked = number_ui(ui, cx, rect, (&label, &format!("{percent:.1} %")), (font, tone.color(cx)), true);
    let bar = Rect::from_min_size(rect.left_center() + Vec2::new(2.0, -4.0), Vec2::new(rect.width() - 64.0, 8.0));
    let radius = CornerRadius::same(2);
    ui.painter().rect_filled(bar, radius, cx.colors.line);
    let fill = if tone == Tone::Plain { cx.colors.accent } else { tone.color(cx) };
    let width = bar.width() * (percent / 100.0) as f32;
    ui.painter().rect_filled(bar.with_max_x(bar.left() + width), radius, fill);
    clicked
}
