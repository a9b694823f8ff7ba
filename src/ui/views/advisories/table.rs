//! The table of advisories; only the visible rows are drawn.

use egui::{Align, CursorIcon, Frame, Id, Label, Layout, Margin, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};
use egui_extras::{Column, TableBuilder, TableRow};
use lucide_icons::Icon;

use super::lines::{Line, Lines};
use super::select;
use crate::model::AdvisoryId;
use crate::schedule::AdvisoryState;
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{icon_text, name};
use crate::ui::parts::{scroll, theme};
use crate::wording::date;

/// Below this width there is no column for the day of publication; the form shows it.
const WIDE: f32 = 1040.0;
const SEVERITY: f32 = 94.0;
/// Room for three marks beside the title.
const MARKS: f32 = 54.0;
/// The width that the title gets before the columns beside it get more than they need.
const LEAST_TITLE: f32 = 230.0;
/// Below this width the night that installs it is left to the form, too.
const NARROWEST: f32 = 600.0;
/// Below this width the EPSS score and the decision are left to the form, for the sake of the title.
const NARROW: f32 = 660.0;

/// Draws the table. Returns the row to scroll to as well, if Tab went to the last row in sight or to the first one.
pub fn table_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    lines: &Lines,
    selected: Option<&AdvisoryId>,
    follows: Option<usize>,
) -> Option<usize> {
    let width = ui.available_width();
    let decision = width > NARROW;
    let epss = decision && lines.has_scores();
    let shown = Shown { published: width > WIDE, epss, decision, carried: width > NARROWEST };
    let others = [(shown.epss, 62.0), (decision, 78.0), (shown.published, 116.0)];
    let fixed = SEVERITY + MARKS + others.iter().filter(|(is_shown, _)| *is_shown).map(|(_, width)| width).sum::<f32>();
    let room = ui.available_width() - fixed - LEAST_TITLE - 60.0;
    let (due, carried) = ((room * 0.47).clamp(84.0, 176.0), (room * 0.53).clamp(96.0, 260.0));
    let widths = Widths { due, carried };
    let column = |head: &str| Column::exact(widths.width(ui, head)).clip(true);
    let mut columns = vec![column("Severity"), Column::remainder().at_least(140.0).clip(true), Column::exact(MARKS)];
    columns.extend(
        ["EPSS", "Published", "Due", "Installed by", "Decision"].into_iter().filter(|head| shown.has(head)).map(column),
    );
    let mut builder = TableBuilder::new(ui)
        .id_salt(("advisories", shown.published, shown.epss, shown.decision, shown.carried))
        .striped(false)
        .sense(Sense::CLICK)
        .cell_layout(Layout::left_to_right(Align::Center))
        .auto_shrink(false);
    for column in columns {
        builder = builder.column(column);
    }
    if let Some(row) = follows {
        builder = builder.scroll_to_row(row, None);
    }
    let mut heads: Vec<(&str, Rect)> = Vec::new();
    let table = builder.header(24.0, |mut header| {
        let all = ["Severity", "Advisory", "", "EPSS", "Published", "Due", "Installed by", "Decision"];
        for head in all.into_iter().filter(|head| shown.has(head)) {
            let (_, cell) = header.col(|ui| {
                ui.add_space(4.0);
                let text = RichText::new(head).font(theme::strong(theme::SMALL)).color(cx.colors.muted);
                ui.add(Label::new(text).selectable(false));
            });
            heads.push((head, cell.rect));
        }
    });
    let mut drawn: Vec<(usize, Rect)> = Vec::new();
    let body = table.body(|body| {
        body.rows(26.0, lines.len(), |mut row| {
            if let Some(line) = lines.get(row.index()) {
                row.set_selected(selected == Some(&line.id));
                row_ui(&mut row, cx, line, shown);
                drawn.push((row.index(), row.response().rect));
            }
        });
    });
    grips_ui(ui, cx, &heads);
    stops_ui(ui, cx, lines, selected, (&drawn, body.inner_rect))
}

/// Which columns there is room for.
#[derive(Clone, Copy)]
struct Shown {
    published: bool,
    /// Only if an advisory has a score.
    epss: bool,
    decision: bool,
    /// Which night installs it.
    carried: bool,
}

impl Shown {
    fn has(self, head: &str) -> bool {
        match head {
            "Published" => self.published,
            "EPSS" => self.epss,
            "Decision" => self.decision,
            "Installed by" => self.carried,
            _ => true,
        }
    }
}

/// The widths of columns, in points.
struct Widths {
    /// Of the columns whose width depends on the room.
    due: f32,
    carried: f32,
}

impl Widths {
    /// The width that a column was dragged to, or its usual one.
    fn width(&self, ui: &Ui, head: &str) -> f32 {
        let usual = match head {
            "Severity" => SEVERITY,
            "EPSS" => 62.0,
            "Published" => 116.0,
            "Due" => self.due,
            "Installed by" => self.carried,
            _ => 78.0,
        };
        ui.data(|data| data.get_temp(width_id(head))).unwrap_or(usual)
    }
}

fn width_id(head: &str) -> Id {
    Id::unique(("width in the advisories", head))
}

/// The lines between heads: dragged, they change the width of the column before them, and a double click resets it. Tab skips
/// them.
fn grips_ui(ui: &Ui, cx: &Cx<'_>, heads: &[(&str, Rect)]) {
    const GRIP: f32 = 8.0;
    const LEAST: f32 = 40.0;
    // The title takes the room that is left, and the marks beside it need what they have.
    for pair in heads.windows(2).filter(|pair| !matches!(pair[0].0, "" | "Advisory")) {
        let ((head, cell), (_, next)) = (pair[0], pair[1]);
        let at = next.left() - ui.spacing().item_spacing.x * 0.5;
        let grip = Rect::from_center_size(pos2(at, cell.center().y), vec2(GRIP, cell.height()));
        // In the first frame, in which the table measures itself, cells have no place.
        if !grip.is_finite() || !grip.is_positive() {
            continue;
        }
        let response = ui.interact(grip, width_id(head).with("grip"), Sense::DRAG | Sense::CLICK);
        let response = response.on_hover_cursor(CursorIcon::ResizeColumn);
        let color = if response.hovered() || response.dragged() { cx.colors.accent } else { cx.colors.line };
        ui.painter().vline(at, cell.shrink2(vec2(0.0, 5.0)).y_range(), Stroke::new(1.0, color));
        if response.double_clicked() {
            ui.data_mut(|data| data.remove::<f32>(width_id(head)));
        } else if response.dragged()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            ui.data_mut(|data| data.insert_temp(width_id(head), (pointer.x - cell.left()).max(LEAST)));
        }
    }
}

/// What has the keyboard while a row has it. Each row is one stop of the Tab key.
pub fn row_id(id: &AdvisoryId) -> Id {
    Id::unique(("advisory", id.as_str()))
}

/// Makes each row a stop. They lie over the cells, which take the clicks.
fn stops_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    lines: &Lines,
    selected: Option<&AdvisoryId>,
    (drawn, body): (&[(usize, Rect)], Rect),
) -> Option<usize> {
    let mut beyond = None;
    let range = drawn.first().map_or(0, |(row, _)| *row)..drawn.last().map_or(0, |(row, _)| row + 1);
    for (row, rect) in drawn {
        let Some(line) = lines.get(*row) else { continue };
        let rect = rect.with_max_x(body.right()).intersect(body);
        let response = ui.interact(rect, row_id(&line.id), Sense::focusable_noninteractive());
        name(&response, egui::Role::Row, || line.name());
        if response.gained_focus() && selected != Some(&line.id) {
            select(cx, &line.id);
            beyond = scroll::beyond(*row, &range).map(|row| row.min(lines.len() - 1));
        }
    }
    beyond
}

fn row_ui(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, line: &Line, shown: Shown) {
    let color = if line.standing.is_open() { cx.colors.text } else { cx.colors.muted };
    row.col(|ui| severity_ui(ui, cx, line));
    row.col(|ui| {
        cell(ui, RichText::new(&line.number).font(theme::strong(theme::TEXT)).color(color), false);
        cell(ui, RichText::new(&line.title).color(color), true);
    });
    row.col(|ui| marks_ui(ui, cx, line));
    let epss = if line.is_likely && line.standing.is_open() { cx.colors.warning } else { cx.colors.muted };
    if shown.epss {
        row.col(|ui| cell(ui, RichText::new(&line.epss).color(epss), true));
    }
    if shown.published {
        let published = date(line.published_on);
        row.col(|ui| cell(ui, RichText::new(published).color(cx.colors.muted), true));
    }
    let due = match line.standing {
        AdvisoryState::Overdue => cx.colors.error,
        _ => color,
    };
    row.col(|ui| cell(ui, RichText::new(&line.due).color(due), true));
    if shown.carried {
        row.col(|ui| carried_ui(ui, cx, line));
    }
    if shown.decision {
        row.col(|ui| cell(ui, RichText::new(line.decision).color(color), true));
    }
    if row.response().clicked() {
        select(cx, &line.id);
    }
}

fn cell(ui: &mut Ui, text: RichText, truncates: bool) {
    ui.add_space(4.0);
    let label = Label::new(text).selectable(false);
    ui.add(if truncates { label.truncate() } else { label.extend() });
}

fn severity_ui(ui: &mut Ui, cx: &Cx<'_>, line: &Line) {
    let color = match line.severity.rank {
        Some(0) => cx.colors.error,
        Some(1) => cx.colors.warning,
        Some(_) => cx.colors.text,
        None => cx.colors.muted,
    };
    let text = if line.severity.name.is_empty() { "Not rated" } else { &line.severity.name };
    ui.add_space(2.0);
    let fill = if matches!(line.severity.rank, Some(0 | 1)) { cx.colors.tint(color) } else { cx.colors.panel };
    let chip = Frame::new().fill(fill).stroke((1.0, cx.colors.line)).corner_radius(theme::CARD_RADIUS);
    chip.inner_margin(Margin::symmetric(6, 1)).show(ui, |ui| {
        ui.set_min_width(SEVERITY - 20.0);
        ui.add(Label::new(RichText::new(text).color(color)).truncate().selectable(false));
    });
}

/// A check mark if nothing is left to do, a flame if it is exploited, a globe if the systems can be reached from the internet.
fn marks_ui(ui: &mut Ui, cx: &Cx<'_>, line: &Line) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let mark = |ui: &mut Ui, icon, color, what: &str| {
        ui.add(Label::new(icon_text(icon, 13.0).color(color)).selectable(false)).on_hover_text(what);
    };
    if !line.standing.is_open() {
        mark(ui, Icon::Check, cx.colors.good, "Nothing is left to do");
    }
    if line.is_exploited {
        mark(ui, Icon::Flame, cx.colors.error, "Exploited in the wild");
    }
    if line.is_exposed {
        mark(ui, Icon::Globe, cx.colors.warning, "Affected systems can be reached from the internet");
    }
}

/// A link to the occurrence that completes the installation; otherwise what is missing.
fn carried_ui(ui: &mut Ui, cx: &Cx<'_>, line: &Line) {
    let Some((window, on)) = &line.occurrence else {
        let color = if line.standing == AdvisoryState::WithoutWindow { cx.colors.warning } else { cx.colors.muted };
        return cell(ui, RichText::new(&line.carried_by).color(color), true);
    };
    let is_late = matches!(line.standing, AdvisoryState::WithoutWindow | AdvisoryState::Overdue);
    let color = if is_late { cx.colors.warning } else { cx.colors.accent };
    ui.add_space(4.0);
    let link = Label::new(RichText::new(&line.carried_by).color(color)).truncate().sense(Sense::CLICK);
    let response = ui.add(link).on_hover_cursor(CursorIcon::PointingHand);
    name(&response, egui::Role::Link, || format!("Go to {}", line.carried_by));
    if response.clicked() {
        cx.reveal(Destination::Occurrence(window.clone(), *on));
    }
}
