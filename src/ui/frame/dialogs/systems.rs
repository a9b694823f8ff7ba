//! The export for other systems: what each can express of each window, and the file for one of them. Comes before the path.

use std::collections::BTreeMap;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align, FontSelection, Label, Layout, RichText, ScrollArea, Ui, vec2};

use crate::connect::writing::{Form, Meter, title};
use crate::connect::{SYSTEMS, SystemOrder, targets};
use crate::model::{Plan, UtcMinute};
use crate::output::Order;
use crate::session::Action;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;
use crate::ui::parts::memo::Pointer;
use crate::ui::parts::modal::{Buttons, DialogButton, close, titled_form};
use crate::ui::parts::widgets::{muted, segments, strong, text};
use crate::wording::{capitalised, counted};

const WIDTH: f32 = 820.0;
/// Height of the list and of the table. Fixed, so that the dialog keeps its size while systems are compared.
const LIST: f32 = 300.0;
const NAME: f32 = 190.0;
const CELL: f32 = 150.0;
const ROW: f32 = 22.0;
/// Of the list of one system: the window, how it is written, and the rest.
const COLUMNS: [f32; 2] = [190.0, 300.0];
const GAP: f32 = 12.0;
const SMALL_ROW: f32 = 16.0;
const TALL_ROW: f32 = 36.0;
/// How many windows that are not visible are counted in a frame.
const MOST_COUNTED: usize = 20;

/// What is shown, and what was calculated for the rows that were visible.
#[derive(Default)]
pub struct SystemsState {
    order: Option<SystemOrder>,
    shows_all: bool,
    key: Option<(Pointer<Plan>, UtcMinute)>,
    rows: BTreeMap<usize, Vec<Cell>>,
}

/// How a system takes a window.
struct Cell {
    form: Form,
    /// A sentence for each loss.
    lost: Vec<String>,
}

pub fn systems_ui(ui: &Ui, cx: &Cx<'_>, state: &mut SystemsState, is_new: bool) {
    let key = (Pointer::to(cx.plan_pointer()), cx.now());
    if state.key.as_ref() != Some(&key) {
        state.rows.clear();
        state.key = Some(key);
    }
    let usual = SYSTEMS.iter().copied().find_map(SystemOrder::usual);
    let Some(order) = state.order.or(usual) else { return };
    let mut pressed = None;
    let closes = titled_form(ui, "Export for other systems", WIDTH, |ui| {
        let chosen = row(ui, cx, "For", |ui| order_ui(ui, cx, order));
        state.order = chosen.or(state.order);
        let views = [(false, "This system"), (true, "All systems")];
        let chosen = ui.horizontal(|ui| segments(ui, cx, &views, state.shows_all)).inner;
        state.shows_all = chosen.unwrap_or(state.shows_all);
        ui.add_space(8.0);
        if state.shows_all {
            table_ui(ui, cx, state);
        } else {
            list_ui(ui, cx, state, order);
        }
        ui.add_space(8.0);
        for step in order.how_to_apply() {
            ui.add(Label::new(muted(cx, step)).wrap());
        }
        let buttons = Buttons {
            yes: Some("Choose a file…"),
            other: None,
            cancel: "Cancel",
            default: DialogButton::Yes,
            is_blocked: cx.schedule().windows.is_empty(),
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    match pressed {
        Some(DialogButton::Yes) => cx.send(Action::ChooseDestination(Order::System(order))),
        Some(DialogButton::Other | DialogButton::Cancel) => close(cx),
        None if closes => close(cx),
        None => {}
    }
}

/// The system and the form of its file.
fn order_ui(ui: &mut Ui, cx: &Cx<'_>, order: SystemOrder) -> Option<SystemOrder> {
    let orders = || {
        SYSTEMS
            .iter()
            .copied()
            .flat_map(|system| system.writes.iter().map(move |writer| SystemOrder { system, writer }))
    };
    let names: Vec<(&str, String)> =
        orders().map(|order| (order.writer.output.id, order.writer.output.name.to_owned())).collect();
    let id = fields::wide_choice(ui, "For which system", &names, order.writer.output.id, 360.0);
    ui.add(Label::new(muted(cx, order.writer.output.help)).wrap());
    id.and_then(|id| orders().find(|order| order.writer.output.id == id))
}

/// The cells of the visible rows and of some others: the line above the list counts all.
fn fill(ui: &Ui, state: &mut SystemsState, cx: &Cx<'_>, visible: std::ops::Range<usize>) {
    let schedule = cx.schedule();
    let all = schedule.windows.len();
    if state.rows.len() >= all {
        return;
    }
    let meters: Vec<Meter<'_>> =
        targets().map(|target| Meter::new(schedule, cx.now(), target.writer.abilities)).collect();
    let others = (0..all).filter(|row| !visible.contains(row) && !state.rows.contains_key(row)).take(MOST_COUNTED);
    let missing: Vec<usize> = visible.clone().filter(|row| !state.rows.contains_key(row)).chain(others).collect();
    ui.ctx().request_repaint();
    for row in missing {
        let Some(window) = schedule.windows.get(row) else { continue };
        let cells = meters.iter().map(|meter| {
            let each = meter.express(window);
            Cell { form: each.form, lost: each.lost.into_iter().map(|loss| loss.detail).collect() }
        });
        state.rows.insert(row, cells.collect());
    }
}

/// "16 windows as a rule, 8 windows as single dates. 3 of them lose something"
fn counts(cells: &[&Cell]) -> String {
    let count = |is_it: fn(&Cell) -> bool| cells.iter().filter(|cell| is_it(cell)).count();
    let rules = count(|cell| cell.form == Form::Native);
    let dates = count(|cell| matches!(cell.form, Form::Dates { .. }));
    let impossible = count(|cell| matches!(cell.form, Form::Impossible { .. }));
    let lost = count(|cell| !cell.lost.is_empty() && !matches!(cell.form, Form::Impossible { .. }));
    let parts = [(rules, "as a rule"), (dates, "as single dates"), (impossible, "not possible")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, how)| format!("{} {how}", counted(count, "window"))).collect();
    match (parts.is_empty(), lost) {
        (true, _) => "The plan has no windows".to_owned(),
        (_, 0) => parts.join(", "),
        (_, 1) => format!("{}. One of them loses something", parts.join(", ")),
        (_, lost) => format!("{}. {lost} of them lose something", parts.join(", ")),
    }
}

/// Each window with how the system takes it, and what is lost.
fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut SystemsState, order: SystemOrder) {
    let same = |target: &SystemOrder| std::ptr::eq(target.writer.abilities, order.writer.abilities);
    let target = targets().position(|target| same(&target)).unwrap_or(0);
    let windows = &cx.schedule().windows;
    let known: Vec<&Cell> = state.rows.values().filter_map(|cells| cells.get(target)).collect();
    let summary = if known.len() < windows.len() { "Counting…".to_owned() } else { counts(&known) };
    text(ui, strong(summary));
    ui.add_space(4.0);
    line_ui(ui, SMALL_ROW, |ui, column| {
        ui.add(Label::new(muted(cx, ["Window", "In the other system", "What is lost"][column])));
    });
    let area = ScrollArea::vertical().max_height(LIST).min_scrolled_height(LIST).auto_shrink(false);
    area.id_salt("one system").show_rows(ui, TALL_ROW, windows.len(), |ui, rows| {
        fill(ui, state, cx, rows.clone());
        for row in rows {
            let (Some(window), Some(cell)) =
                (windows.get(row), state.rows.get(&row).and_then(|cells| cells.get(target)))
            else {
                continue;
            };
            line_ui(ui, TALL_ROW, |ui, column| match column {
                0 => drop(ui.add(Label::new(title(&window.window)).truncate())),
                1 => form_ui(ui, cx, &cell.form),
                _ if matches!(cell.form, Form::Impossible { .. }) => word_ui(ui, cx, "The whole window"),
                _ if cell.lost.is_empty() => word_ui(ui, cx, "Nothing"),
                _ => {
                    let mut job = LayoutJob::default();
                    muted(cx, cell.lost.join(". ")).append_to(&mut job, ui.style(), FontSelection::Default, Align::Min);
                    job.wrap = TextWrapping { max_rows: 2, max_width: ui.available_width(), ..TextWrapping::default() };
                    ui.add(Label::new(job)).on_hover_text(cell.lost.join("\n"));
                }
            });
        }
    });
}

fn word_ui(ui: &mut Ui, cx: &Cx<'_>, words: &str) {
    ui.add(Label::new(muted(cx, words)));
}

/// "11 single dates" and below it why.
fn form_ui(ui: &mut Ui, cx: &Cx<'_>, form: &Form) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let (what, reason) = match form {
        Form::Native => ("A recurring rule".to_owned(), None),
        Form::Dates { count, reason } => (counted(*count, "single date"), Some(reason)),
        Form::Impossible { reason } => ("Not possible".to_owned(), Some(reason)),
    };
    let what = RichText::new(what);
    let is_impossible = matches!(form, Form::Impossible { .. });
    ui.add(Label::new(if is_impossible { what.color(cx.colors.error) } else { what }));
    if let Some(reason) = reason {
        ui.add(Label::new(muted(cx, capitalised(reason))).truncate()).on_hover_text(form.to_string());
    }
}

/// A line of the list with its three columns.
fn line_ui(ui: &mut Ui, height: f32, mut column_ui: impl FnMut(&mut Ui, usize)) {
    let rest = ui.available_width() - COLUMNS.iter().map(|width| width + GAP).sum::<f32>();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for (column, width) in COLUMNS.into_iter().chain([rest]).enumerate() {
            let layout = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(width, height), layout, |ui| {
                ui.set_min_size(vec2(width, height));
                column_ui(ui, column);
            });
        }
    });
}

/// A row for each window and a column for each system.
fn table_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut SystemsState) {
    let windows = &cx.schedule().windows;
    let name = |target: &SystemOrder| target.writer.output.name;
    let columns: Vec<SystemOrder> = targets().collect();
    let area = ScrollArea::both().max_height(LIST).min_scrolled_height(LIST).auto_shrink(false);
    area.id_salt("all systems").show_rows(ui, ROW, windows.len() + 1, |ui, rows| {
        fill(ui, state, cx, rows.start.saturating_sub(1)..rows.end.saturating_sub(1));
        for row in rows {
            let Some(index) = row.checked_sub(1) else {
                cells_ui(ui, columns.len(), |ui, column| {
                    let name = column.map_or("Window", |column| name(&columns[column]));
                    ui.add(Label::new(strong(name)).truncate());
                });
                continue;
            };
            let (Some(window), Some(cells)) = (windows.get(index), state.rows.get(&index)) else { continue };
            cells_ui(ui, columns.len(), |ui, column| {
                let Some((cell, target)) = column.and_then(|column| Some((cells.get(column)?, &columns[column])))
                else {
                    ui.add(Label::new(title(&window.window)).truncate());
                    return;
                };
                let mark = if cell.lost.is_empty() { "" } else { " *" };
                let words = format!("{}{mark}", cell.form.in_short());
                let is_impossible = matches!(cell.form, Form::Impossible { .. });
                let words = if is_impossible { muted(cx, words) } else { words.into() };
                let hover = format!("{}\n{}\n{}", name(target), cell.form, cell.lost.join("\n"));
                ui.add(Label::new(words).truncate()).on_hover_text(hover);
            });
        }
    });
    text(ui, muted(cx, "* Something is lost: point at a cell to see what, and why there is no rule."));
}

/// A line of the table: the name, and a cell for each column.
fn cells_ui(ui: &mut Ui, columns: usize, mut cell_ui: impl FnMut(&mut Ui, Option<usize>)) {
    ui.horizontal(|ui| {
        for column in std::iter::once(None).chain((0..columns).map(Some)) {
            let width = if column.is_some() { CELL } else { NAME };
            ui.allocate_ui_with_layout(vec2(width, ROW), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_size(vec2(width, ROW));
                cell_ui(ui, column);
            });
        }
    });
}
