//! The first rows of a table that is imported, with a list above each column to choose what it holds.

use egui::{Align, CornerRadius, Frame, Id, Label, Layout, Margin, Rect, RichText, ScrollArea, Stroke, Ui, Vec2};

use crate::import::{
    AmbiguousDate, ColumnPreview, IGNORE, OptionSpec, OptionValue, Options, TablePreview, TitleRow, ValueKind,
};
use crate::model::{DayOrder, Edit};
use crate::session::{Action, ImportPreview};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{muted, strong};
use crate::ui::parts::{fields, theme};
use crate::wording::{capitalised, counted, date};

/// Heights of the parts of a column, in points.
const LETTERS: f32 = 20.0;
const CHOICE: f32 = 28.0;
const READING: f32 = 26.0;
const ROW: f32 = 20.0;
/// Width of a column, and of the numbers of the rows.
const WIDTHS: std::ops::RangeInclusive<f32> = 138.0..=208.0;
const NUMBERS: f32 = 34.0;

/// What became of the columns in this frame.
#[derive(Default)]
pub struct MappingResponse {
    /// Other options, if a person assigned a column.
    pub changed: Option<Options>,
    /// The first rows of the table are shown.
    pub is_open: bool,
}

/// Draws the table, if a person must assign its columns or wants to.
pub fn mapping_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &ImportPreview, table: &TablePreview) -> MappingResponse {
    let id = Id::unique(("import columns", &preview.paths));
    let is_wanted = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or_default();
    // Once it is open, it stays: the columns may still need a correction.
    let is_open = is_wanted || has_question(table);
    let mut titles = None;
    let mut assigned = None;
    if is_open {
        titles = titles_ui(ui, preview, table);
        ui.add_space(6.0);
        assigned = grid_ui(ui, cx, preview, table);
        ui.add_space(6.0);
    }
    let (reset, mut wants) = (state_ui(ui, cx, preview, table), is_open);
    if !has_question(table) {
        let text = if is_open { "Hide the columns" } else { "Show how the columns are read" };
        wants ^= ui.link(text).clicked();
    }
    ui.data_mut(|data| data.insert_temp(id, wants));
    MappingResponse { changed: titles.or(assigned).or(reset), is_open }
}

/// Whether a person must say what a column holds or how its dates are read.
fn has_question(table: &TablePreview) -> bool {
    !table.missing.is_empty() || table.columns.iter().any(has_open_order)
}

fn has_open_order(column: &ColumnPreview) -> bool {
    column.dates.as_ref().is_some_and(|dates| dates.order.is_none())
}

/// What is missing, or where the assignment comes from and how to change that.
fn state_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &ImportPreview, table: &TablePreview) -> Option<Options> {
    let columns = spec(preview, ValueKind::Columns)?;
    let is_chosen = preview.options.get(columns).is_some() || title_row(preview).is_some();
    let mut options = None;
    if !(is_chosen || has_question(table) || table.mapping.is_some()) {
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        if !table.missing.is_empty() {
            ui.label(RichText::new(missing(table)).color(cx.colors.error));
        }
        if let Some(column) = table.columns.iter().find(|column| has_open_order(column)) {
            let text = format!("Choose whether the day or the month comes first in column {}.", column.letters);
            ui.label(RichText::new(text).color(cx.colors.error));
        }
        if is_chosen {
            if table.missing.is_empty() && table.title_line.is_some() {
                ui.label(muted(cx, "The plan will remember these columns for tables with the same titles."));
            }
            if ui.small_button("Reset columns").clicked() {
                let mut reset = preview.options.clone();
                reset.set(columns, None);
                reset_titles(preview, &mut reset);
                options = Some(reset);
            }
        } else if let Some(key) = &table.mapping {
            ui.label(muted(cx, "Columns and dates are read as in an earlier import of a table with these titles."));
            if ui.small_button("Forget").on_hover_text("Forget this and use the titles alone").clicked() {
                cx.send(Action::Edit(Edit::RemoveMapping(key.clone())));
                options = Some(preview.options.clone());
            }
        }
    });
    options
}

/// "Choose the columns for name, and for date, start or rule."
fn missing(table: &TablePreview) -> String {
    let names = |any: &Vec<&str>| {
        let names: Vec<String> = any.iter().map(|id| field_name(id).to_lowercase()).collect();
        match names.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
            names => names.concat(),
        }
    };
    let all: Vec<String> = table.missing.iter().map(names).collect();
    let what = if all.len() == 1 { "column that holds" } else { "columns that hold" };
    format!("Choose the {what} {}.", all.join(", and "))
}

/// The row with the titles, and the sheet that is shown.
fn titles_ui(ui: &mut Ui, preview: &ImportPreview, table: &TablePreview) -> Option<Options> {
    let titles = spec(preview, ValueKind::TitleRow)?;
    let unit = if table.sheet.is_some() { "Row" } else { "Line" };
    let mut choices: Vec<(Option<usize>, String)> =
        table.title_rows.iter().map(|(line, text)| (Some(*line), format!("{unit} {line}: {text}"))).collect();
    choices.push((None, "The table has no titles".to_owned()));
    let mut chosen = None;
    ui.horizontal(|ui| {
        if let Some(sheet) = &table.sheet {
            let others = match table.other_sheets {
                0 => String::new(),
                others => format!(" and {} like it", counted(others, "sheet")),
            };
            ui.label(format!("Sheet \"{sheet}\"{others}."));
        }
        ui.label("Titles:");
        let width = ui.available_width().min(460.0);
        chosen = fields::wide_choice(ui, "Titles", &choices, table.title_line, width);
    });
    let row = chosen?.map_or(TitleRow::Missing, TitleRow::Line);
    let mut options = preview.options.clone();
    options.set(titles, Some(OptionValue::TitleRow(row)));
    // Columns were assigned by other titles.
    if let Some(columns) = spec(preview, ValueKind::Columns) {
        options.set(columns, None);
    }
    Some(options)
}

fn grid_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &ImportPreview, table: &TablePreview) -> Option<Options> {
    let mut options = None;
    let frame = Frame::new().stroke(Stroke::new(1.0, cx.colors.line)).corner_radius(theme::BAR_RADIUS);
    frame.inner_margin(Margin::same(1)).show(ui, |ui| {
        ScrollArea::horizontal().auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            background_ui(ui, cx, table);
            ui.horizontal_top(|ui| {
                numbers_ui(ui, cx, table);
                for (index, column) in table.columns.iter().enumerate() {
                    options = column_ui(ui, cx, preview, (table, index, column)).or(options.take());
                }
            });
        });
    });
    options
}

fn height(table: &TablePreview) -> f32 {
    LETTERS + CHOICE + READING + ROW * (table.rows.len() + 1) as f32 + 4.0
}

/// The row of titles is darker, as in the plan's own lists.
fn background_ui(ui: &Ui, cx: &Cx<'_>, table: &TablePreview) {
    let origin = ui.cursor().min;
    let width = NUMBERS + table.columns.iter().map(|column| column_width(table, column)).sum::<f32>();
    let width = width.max(ui.available_width());
    let top = origin.y + LETTERS + CHOICE + READING;
    let titles = Rect::from_min_size(egui::pos2(origin.x, top), Vec2::new(width, ROW));
    ui.painter().rect_filled(titles, CornerRadius::ZERO, cx.colors.rail);
    for row in 1..=table.rows.len() {
        let y = top + ROW * (row + 1) as f32;
        ui.painter().hline(origin.x..=origin.x + width, y, Stroke::new(1.0, cx.colors.line));
    }
}

/// The numbers of the rows, as in a spreadsheet.
fn numbers_ui(ui: &mut Ui, cx: &Cx<'_>, table: &TablePreview) {
    fixed_ui(ui, NUMBERS, height(table), |ui| {
        ui.add_space(LETTERS + CHOICE + READING);
        let lines = std::iter::once(table.title_line).chain(table.rows.iter().map(|(line, _)| Some(*line)));
        for line in lines {
            let text = line.map(|line| line.to_string()).unwrap_or_default();
            cell_ui(ui, NUMBERS, muted(cx, text), Align::Max);
        }
    });
}

fn column_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    preview: &ImportPreview,
    (table, index, column): (&TablePreview, usize, &ColumnPreview),
) -> Option<Options> {
    let width = column_width(table, column);
    let mut options = None;
    fixed_ui(ui, width, height(table), |ui| {
        ui.allocate_ui(Vec2::new(width, LETTERS), |ui| {
            ui.set_min_height(LETTERS);
            ui.centered_and_justified(|ui| ui.label(muted(cx, column.letters.as_str())));
        });
        let chosen = part_ui(ui, width, CHOICE, |ui| choice_ui(ui, table, column, width - 8.0));
        options = chosen.and_then(|field| assigned(preview, table, index, field));
        let order = part_ui(ui, width, READING, |ui| reading_ui(ui, cx, column, width - 8.0));
        options = order.and_then(|order| dated(preview, order)).or(options.take());
        cell_ui(ui, width, strong(column.title.as_str()), Align::Min);
        for (_, cells) in &table.rows {
            let text = RichText::new(cells.get(index).map_or("", String::as_str)).font(theme::regular(theme::SMALL));
            let text = if column.field.is_none() { text.color(cx.colors.muted) } else { text };
            cell_ui(ui, width, text, Align::Min);
        }
    });
    options
}

fn fixed_ui(ui: &mut Ui, width: f32, height: f32, content: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(Vec2::new(width, height), Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(Vec2::new(width, height));
        content(ui);
    });
}

/// A part of a column with room on both sides.
fn part_ui<R>(ui: &mut Ui, width: f32, height: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let size = Vec2::new(width, height);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.add_space(4.0);
        content(ui)
    })
    .inner
}

fn cell_ui(ui: &mut Ui, width: f32, text: RichText, align: Align) {
    let size = Vec2::new(width, ROW);
    let layout =
        if align == Align::Max { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.add_space(8.0);
        ui.add(Label::new(text).truncate().selectable(false));
    });
}

/// Wide enough for the title and the cells, within limits.
fn column_width(table: &TablePreview, column: &ColumnPreview) -> f32 {
    let index = table.columns.iter().position(|each| std::ptr::eq(each, column)).unwrap_or_default();
    let cells = table.rows.iter().filter_map(|(_, cells)| cells.get(index));
    if column.dates.is_some() {
        return *WIDTHS.end();
    }
    let longest = cells.chain([&column.title]).map(|text| text.chars().count()).max().unwrap_or_default();
    (longest as f32 * 7.0 + 20.0).clamp(*WIDTHS.start(), *WIDTHS.end())
}

/// The list of fields. Returns the one that was chosen.
fn choice_ui(ui: &mut Ui, table: &TablePreview, column: &ColumnPreview, width: f32) -> Option<Option<&'static str>> {
    let holder = |id: &str| table.columns.iter().find(|other| other.field == Some(id));
    let text = |id: &'static str, is_required: bool| {
        let name = field_name(id);
        match holder(id) {
            Some(other) if other != column => format!("{name} (now in {})", other.letters),
            None if is_required => format!("{name} (required)"),
            _ => name,
        }
    };
    let fields = table.fields.iter().map(|field| (Some(field.id), text(field.id, field.is_required)));
    let choices: Vec<_> = std::iter::once((None, "Not imported".to_owned())).chain(fields).collect();
    let name = if column.title.is_empty() {
        format!("Column {}", column.letters)
    } else {
        format!("Column {}, {}", column.letters, column.title)
    };
    fields::wide_choice(ui, &name, &choices, column.field, width)
}

/// How the cells are read, or a list if a person must say so.
fn reading_ui(ui: &mut Ui, cx: &Cx<'_>, column: &ColumnPreview, width: f32) -> Option<DayOrder> {
    let Some(AmbiguousDate { text, day_first, month_first, order }) = &column.dates else {
        let reading = column.reading.as_ref().map_or("", String::as_str);
        ui.add_space(4.0);
        ui.add(Label::new(muted(cx, reading)).truncate());
        return None;
    };
    let choices = [
        (Some(DayOrder::DayFirst), format!("day first: {}", date(*day_first))),
        (Some(DayOrder::MonthFirst), format!("month first: {}", date(*month_first))),
    ];
    let asks = [(None, "day or month first?".to_owned())];
    let choices: Vec<_> = asks.into_iter().filter(|_| order.is_none()).chain(choices).collect();
    let name = format!("Order of {text} in column {}", column.letters);
    ui.scope(|ui| {
        if order.is_none() {
            ui.visuals_mut().override_text_color = Some(cx.colors.error);
        }
        fields::wide_choice(ui, &name, &choices, *order, width).flatten()
    })
    .inner
}

/// "End date"
fn field_name(id: &str) -> String {
    capitalised(&id.replace('-', " "))
}

/// The options with another field for a column. A field has one column at most.
fn assigned(preview: &ImportPreview, table: &TablePreview, index: usize, field: Option<&str>) -> Option<Options> {
    let columns = spec(preview, ValueKind::Columns)?;
    let mut held: Vec<Option<&str>> = table.columns.iter().map(|column| column.field).collect();
    held.iter_mut().filter(|other| field.is_some() && **other == field).for_each(|other| *other = None);
    *held.get_mut(index)? = field;
    let is_named = |(column, field): &(&ColumnPreview, Option<&str>)| field.is_some() || !column.title.is_empty();
    let all: Vec<_> = table.columns.iter().zip(held).filter(is_named).collect();
    let mut options = preview.options.clone();
    // Letters name a column in any row, so the row of the titles is needed, too.
    if all.iter().any(|(column, _)| column.name == column.letters) {
        let row = table.title_line.map_or(TitleRow::Missing, TitleRow::Line);
        options.set(spec(preview, ValueKind::TitleRow)?, Some(OptionValue::TitleRow(row)));
    }
    let all = all.into_iter().map(|(column, field)| (field.unwrap_or(IGNORE).to_owned(), column.name.clone()));
    options.set(columns, Some(OptionValue::Columns(all.collect())));
    Some(options)
}

fn dated(preview: &ImportPreview, order: DayOrder) -> Option<Options> {
    let mut options = preview.options.clone();
    options.set(spec(preview, ValueKind::DayOrder)?, Some(OptionValue::DayOrder(order)));
    Some(options)
}

fn title_row(preview: &ImportPreview) -> Option<&OptionValue> {
    preview.options.get(spec(preview, ValueKind::TitleRow)?)
}

fn reset_titles(preview: &ImportPreview, options: &mut Options) {
    if let Some(titles) = spec(preview, ValueKind::TitleRow) {
        options.set(titles, None);
    }
}

/// The option of the kind that takes such a value.
fn spec(preview: &ImportPreview, value: ValueKind) -> Option<&'static OptionSpec> {
    preview.kind.options.iter().find(|spec| spec.value == value)
}
