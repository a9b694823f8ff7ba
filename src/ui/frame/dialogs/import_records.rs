//! What an import adds, changes and removes, as a table with aligned columns, so that a person can compare it with the
//! file.

use egui::{Align, Label, Layout, Response, RichText, Role, ScrollArea, Ui, Vec2};

use crate::import::{Outcome, RecordGroup, RecordList, RecordRow};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, name, rule, strong};
use crate::wording::{and_more, capitalised, counted, plural};

const ROW: f32 = 21.0;
/// Between two columns.
const GAP: f32 = 16.0;
/// Of a remark below its record.
const INDENT: f32 = 12.0;
/// Room for the scroll bar.
const BAR: f32 = 12.0;
/// Of a column, the longest cells are measured.
const MEASURED: usize = 3;

/// A line of the list.
enum ListLine<'a> {
    Titles(&'a RecordList),
    Heading(Outcome, String),
    Row(&'a RecordList, &'a RecordRow),
    /// Below its row.
    Remark(&'a str),
    More(usize),
    Gap,
}

/// Draws only the lines in view.
pub fn records_ui(ui: &mut Ui, cx: &Cx<'_>, lists: &[RecordList], tallest: f32) {
    let widths: Vec<Vec<f32>> = lists.iter().map(|list| widths(ui, list)).collect();
    let widths_of = |list: &RecordList| {
        lists
            .iter()
            .position(|each| each.noun == list.noun)
            .and_then(|at| widths.get(at))
            .map_or(&[][..], Vec::as_slice)
    };
    let mut lines: Vec<ListLine<'_>> = lists.iter().flat_map(lines).collect();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        // The titles of an only list stay in sight.
        if let ([list], Some(ListLine::Titles(_))) = (lists, lines.first()) {
            lines.remove(0);
            titles_ui(ui, cx, list, widths_of(list));
        }
        let area = ScrollArea::vertical().id_salt("records").max_height(tallest).auto_shrink([false, true]);
        area.show_rows(ui, ROW, lines.len(), |ui, shown| {
            for line in lines.get(shown).unwrap_or_default() {
                match line {
                    ListLine::Titles(list) => titles_ui(ui, cx, list, widths_of(list)),
                    ListLine::Row(list, row) => row_ui(ui, list, row, widths_of(list)),
                    ListLine::Heading(Outcome::Removed, text) => text_ui(ui, 0.0, strong(text).color(cx.colors.error)),
                    ListLine::Heading(_, text) => text_ui(ui, 0.0, strong(text)),
                    ListLine::Remark(text) => text_ui(ui, INDENT, muted(cx, *text)),
                    ListLine::More(count) => text_ui(ui, 0.0, muted(cx, and_more(*count))),
                    ListLine::Gap => text_ui(ui, 0.0, RichText::new("")),
                }
            }
        });
        rule(ui, cx);
    });
}

/// The lines of a list. Outcomes have a heading unless everything is new; it says what a single column has.
fn lines(list: &RecordList) -> Vec<ListLine<'_>> {
    let has_titles = list.columns.len() > 1 || list.is_all_new();
    let mut lines: Vec<ListLine<'_>> = has_titles.then_some(ListLine::Titles(list)).into_iter().collect();
    for group in &list.groups {
        if !list.is_all_new() {
            lines.push(ListLine::Heading(group.outcome, heading(list, group)));
        }
        for row in &group.rows {
            lines.push(ListLine::Row(list, row));
            if !row.remark.is_empty() {
                lines.push(ListLine::Remark(&row.remark));
            }
        }
        if group.more > 0 {
            lines.push(ListLine::More(group.more));
        }
    }
    lines.push(ListLine::Gap);
    lines
}

/// "3 changed windows"
fn heading(list: &RecordList, group: &RecordGroup) -> String {
    let counted = counted(group.count(), list.noun);
    match counted.split_once(' ') {
        Some((count, noun)) => format!("{count} {} {noun}", group.outcome.name().to_lowercase()),
        None => capitalised(&plural(list.noun)),
    }
}

fn text_ui(ui: &mut Ui, indent: f32, text: RichText) {
    line_ui(ui, |ui| {
        ui.add_space(indent);
        ui.add(Label::new(text).truncate());
    });
}

fn line_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) -> Response {
    let size = Vec2::new(ui.available_width(), ROW);
    let line = ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        content(ui);
    });
    line.response
}

fn titles_ui(ui: &mut Ui, cx: &Cx<'_>, list: &RecordList, widths: &[f32]) {
    let texts = list.columns.iter().map(|column| muted(cx, column.title));
    cells_ui(ui, list, texts, widths);
    rule(ui, cx);
}

fn row_ui(ui: &mut Ui, list: &RecordList, row: &RecordRow, widths: &[f32]) {
    let texts = row.cells.iter().map(|cell| RichText::new(cell).font(theme::regular(theme::TEXT)));
    let line = cells_ui(ui, list, texts, widths);
    // Screen readers read the row as a whole, too.
    name(&line, Role::Row, || {
        let cells = row.cells.iter().filter(|cell| !cell.is_empty());
        cells.map(String::as_str).collect::<Vec<_>>().join(", ")
    });
}

fn cells_ui(ui: &mut Ui, list: &RecordList, texts: impl Iterator<Item = RichText>, widths: &[f32]) -> Response {
    line_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for ((text, width), column) in texts.zip(widths).zip(&list.columns) {
            let layout = if column.is_number {
                Layout::right_to_left(Align::Center)
            } else {
                Layout::left_to_right(Align::Center)
            };
            ui.allocate_ui_with_layout(Vec2::new(*width, ROW), layout, |ui| {
                ui.set_min_width(*width);
                ui.add(Label::new(text).truncate());
            });
        }
    })
}

/// The width of each column: what its text needs, or less for the widest ones if there is not enough room.
fn widths(ui: &Ui, list: &RecordList) -> Vec<f32> {
    let needed: Vec<f32> = (0..list.columns.len()).map(|at| needed_width(ui, list, at)).collect();
    let gaps = GAP * needed.len().saturating_sub(1) as f32;
    let room = (ui.available_width() - BAR - gaps).max(0.0);
    let most = widest(&needed, room);
    needed.into_iter().map(|width| width.min(most)).collect()
}

/// The width of the widest column with which all fit into the room.
fn widest(needed: &[f32], room: f32) -> f32 {
    let mut sorted = needed.to_vec();
    sorted.sort_by(f32::total_cmp);
    let mut left = room;
    for (at, width) in sorted.iter().enumerate() {
        let share = left / (sorted.len() - at) as f32;
        if *width > share {
            return share;
        }
        left -= width;
    }
    f32::INFINITY
}

fn needed_width(ui: &Ui, list: &RecordList, column: usize) -> f32 {
    let width = |text: &str, size: f32| {
        let color = ui.visuals().text_color();
        ui.painter().layout_no_wrap(text.to_owned(), theme::regular(size), color).size().x.ceil() + 1.0
    };
    let rows = list.groups.iter().flat_map(|group| &group.rows);
    let mut cells: Vec<&str> = rows.filter_map(|row| row.cells.get(column)).map(String::as_str).collect();
    cells.sort_unstable_by_key(|cell| std::cmp::Reverse(cell.len()));
    let cells = cells.into_iter().take(MEASURED).map(|cell| width(cell, theme::TEXT));
    let title = list.columns.get(column).map_or("", |column| column.title);
    cells.fold(width(title, theme::TEXT), f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_widest_columns_give_up_room() {
        for (needed, room, expected) in [
            (&[40.0, 50.0, 200.0][..], 300.0, 200.0),
            (&[40.0, 50.0, 200.0], 200.0, 110.0),
            (&[100.0, 300.0, 400.0], 500.0, 200.0),
            (&[100.0, 100.0], 120.0, 60.0),
        ] {
            assert!((widest(needed, room).min(200.0) - expected).abs() < 0.1, "{needed:?}");
        }
    }
}
