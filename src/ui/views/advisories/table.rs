//! The table of advisories; only the visible rows are drawn.

use egui::{Align, Frame, Label, Layout, Margin, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};
use lucide_icons::Icon;

use super::lines::{Line, Lines};
use super::select;
use crate::model::AdvisoryId;
use crate::schedule::AdvisoryState;
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_text, name};
use crate::wording::date;

/// Below this width there is no column for the day of publication; the form shows it.
const WIDE: f32 = 820.0;
/// The width that the title gets before the columns beside it get more than they need.
const LEAST_TITLE: f32 = 230.0;

pub fn table_ui(ui: &mut Ui, cx: &Cx<'_>, lines: &Lines, selected: Option<&AdvisoryId>, follows: Option<usize>) {
    let is_wide = ui.available_width() > WIDE;
    let fixed = 94.0 + 40.0 + 62.0 + 78.0 + if is_wide { 116.0 } else { 0.0 };
    let room = ui.available_width() - fixed - LEAST_TITLE - 60.0;
    let (due, carried) = ((room * 0.47).clamp(84.0, 156.0), (room * 0.53).clamp(96.0, 176.0));
    let column = |width| Column::initial(width).at_least(40.0).clip(true).resizable(true);
    let mut builder = TableBuilder::new(ui)
        .id_salt(("advisories", is_wide, due as i32))
        .striped(false)
        .sense(Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(column(94.0))
        .column(Column::remainder().at_least(140.0).clip(true))
        .column(Column::exact(40.0))
        .column(column(62.0))
        .auto_shrink(false);
    if is_wide {
        builder = builder.column(column(116.0));
    }
    builder = builder.column(column(due)).column(column(carried)).column(column(78.0));
    if let Some(row) = follows {
        builder = builder.scroll_to_row(row, None);
    }
    let table = builder.header(24.0, |mut header| {
        let heads = ["Severity", "Advisory", "", "EPSS", "Published", "Due", "Installed by", "Decision"];
        for head in heads.into_iter().filter(|head| is_wide || *head != "Published") {
            header.col(|ui| {
                ui.add_space(4.0);
                let text = RichText::new(head).font(theme::strong(theme::SMALL)).color(cx.colors.muted);
                ui.add(Label::new(text).selectable(false));
            });
        }
    });
    table.body(|body| {
        body.rows(26.0, lines.len(), |mut row| {
            if let Some(line) = lines.get(row.index()) {
                row.set_selected(selected == Some(&line.id));
                row_ui(&mut row, cx, line, is_wide);
            }
        });
    });
}

fn row_ui(row: &mut TableRow<'_, '_>, cx: &Cx<'_>, line: &Line, is_wide: bool) {
    let color = if line.standing.is_open() { cx.colors.text } else { cx.colors.muted };
    row.col(|ui| severity_ui(ui, cx, line));
    row.col(|ui| {
        cell(ui, RichText::new(&line.number).font(theme::strong(theme::TEXT)).color(color), false);
        cell(ui, RichText::new(&line.title).color(color), true);
    });
    row.col(|ui| marks_ui(ui, cx, line));
    let epss = if line.is_likely && line.standing.is_open() { cx.colors.warning } else { cx.colors.muted };
    row.col(|ui| cell(ui, RichText::new(&line.epss).color(epss), true));
    if is_wide {
        let published = date(line.published_on);
        row.col(|ui| cell(ui, RichText::new(published).color(cx.colors.muted), true));
    }
    let due = match line.standing {
        AdvisoryState::Overdue => cx.colors.error,
        _ => color,
    };
    row.col(|ui| cell(ui, RichText::new(&line.due).color(due), true));
    row.col(|ui| carried_ui(ui, cx, line));
    row.col(|ui| cell(ui, RichText::new(line.decision).color(color), true));
    let response = row.response();
    name(&response, egui::Role::Row, || line.name());
    if response.clicked() {
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
        _ if !line.standing.is_open() => cx.colors.muted,
        Some(0) => cx.colors.error,
        Some(1) => cx.colors.warning,
        Some(_) => cx.colors.text,
        None => cx.colors.muted,
    };
    let text = if line.severity.name.is_empty() { "Not rated" } else { &line.severity.name };
    ui.add_space(2.0);
    let chip = Frame::new().fill(cx.colors.panel).corner_radius(theme::CARD_RADIUS);
    chip.inner_margin(Margin::symmetric(6, 1)).show(ui, |ui| {
        ui.add(Label::new(RichText::new(text).color(color)).truncate().selectable(false));
    });
}

/// A flame if it is exploited, a globe if the systems can be reached from the internet.
fn marks_ui(ui: &mut Ui, cx: &Cx<'_>, line: &Line) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let mark = |ui: &mut Ui, icon, color, what: &str| {
        ui.add(Label::new(icon_text(icon, 13.0).color(color)).selectable(false)).on_hover_text(what);
    };
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
    let link = Label::new(RichText::new(&line.carried_by).color(color)).truncate().sense(Sense::click());
    let response = ui.add(link).on_hover_cursor(egui::CursorIcon::PointingHand);
    name(&response, egui::Role::Link, || format!("Go to {}", line.carried_by));
    if response.clicked() {
        cx.reveal(Destination::Occurrence(window.clone(), *on));
    }
}
