//! The export for other systems: what each can express of each window, and the file for one of them. Comes before the path.

use std::collections::BTreeMap;

use egui::{Label, ScrollArea, Ui, vec2};

use crate::connect::writing::{Form, Meter, title};
use crate::connect::{SYSTEMS, SystemOrder, targets};
use crate::export::clip_line;
use crate::model::{Plan, UtcMinute};
use crate::output::Order;
use crate::session::Action;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;
use crate::ui::parts::memo::Pointer;
use crate::ui::parts::modal::{Buttons, DialogButton, close, titled_form};
use crate::ui::parts::widgets::{muted, segments, strong, text};

const WIDTH: f32 = 820.0;
/// Height of the list and of the table. Fixed, so that the dialog keeps its size while systems are compared.
const LIST: f32 = 300.0;
const NAME: f32 = 190.0;
const CELL: f32 = 118.0;
const ROW: f32 = 22.0;

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
    short: String,
    details: String,
    lost: Vec<String>,
    is_impossible: bool,
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
        if let Some(shows_all) = segments(ui, cx, &views, state.shows_all) {
            state.shows_all = shows_all;
        }
        ui.add_space(6.0);
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
            is_blocked: false,
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

/// The cells of some rows, calculated when they become visible.
fn fill(state: &mut SystemsState, cx: &Cx<'_>, rows: std::ops::Range<usize>) {
    let missing: Vec<usize> = rows.filter(|row| !state.rows.contains_key(row)).collect();
    if missing.is_empty() {
        return;
    }
    let schedule = cx.schedule();
    let meters: Vec<Meter<'_>> =
        targets().map(|target| Meter::new(schedule, cx.now(), target.writer.abilities)).collect();
    for row in missing {
        let Some(window) = schedule.windows.get(row) else { continue };
        let cells = meters.iter().map(|meter| {
            let each = meter.express(window);
            let mark = if each.lost.is_empty() { "" } else { " *" };
            Cell {
                short: format!("{}{mark}", each.form.in_short()),
                details: each.form.to_string(),
                lost: each.lost.iter().map(|loss| format!("{}: {}", loss.what.name(), loss.detail)).collect(),
                is_impossible: matches!(each.form, Form::Impossible { .. }),
            }
        });
        state.rows.insert(row, cells.collect());
    }
}

/// Each window with how the system takes it, and what is lost.
fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut SystemsState, order: SystemOrder) {
    let same = |target: &SystemOrder| std::ptr::eq(target.writer.abilities, order.writer.abilities);
    let target = targets().position(|target| same(&target)).unwrap_or(0);
    let windows = &cx.schedule().windows;
    let area = ScrollArea::vertical().max_height(LIST).min_scrolled_height(LIST).auto_shrink(false);
    // Each row has room for the window and for its losses, on one line each.
    area.id_salt("one system").show_rows(ui, ROW * 2.0, windows.len(), |ui, rows| {
        fill(state, cx, rows.clone());
        for row in rows {
            let (Some(window), Some(cell)) =
                (windows.get(row), state.rows.get(&row).and_then(|cells| cells.get(target)))
            else {
                continue;
            };
            ui.allocate_ui(vec2(ui.available_width(), ROW * 2.0), |ui| {
                let line = format!("{}: {}", clip_line(&title(&window.window), 60), cell.details);
                let label = if cell.is_impossible { Label::new(strong(line)) } else { Label::new(line) };
                let lost = cell.lost.join("; ");
                ui.add(label.truncate()).on_hover_text(format!("{}\n{}", cell.details, cell.lost.join("\n")));
                ui.add(
                    Label::new(muted(cx, if lost.is_empty() { "Nothing is lost".to_owned() } else { lost })).truncate(),
                );
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
        fill(state, cx, rows.start.saturating_sub(1)..rows.end.saturating_sub(1));
        for row in rows {
            ui.horizontal(|ui| {
                let Some(index) = row.checked_sub(1) else {
                    ui.add_sized(vec2(NAME, ROW), Label::new(strong("Window")));
                    for target in &columns {
                        let label = Label::new(strong(target.system.name)).truncate();
                        ui.add_sized(vec2(CELL, ROW), label).on_hover_text(name(target));
                    }
                    return;
                };
                let Some(window) = windows.get(index) else { return };
                ui.add_sized(vec2(NAME, ROW), Label::new(title(&window.window)).truncate());
                for (cell, target) in state.rows.get(&index).into_iter().flatten().zip(&columns) {
                    let words = if cell.is_impossible { muted(cx, &cell.short) } else { (&*cell.short).into() };
                    let hover = format!("{}\n{}\n{}", name(target), cell.details, cell.lost.join("\n"));
                    ui.add_sized(vec2(CELL, ROW), Label::new(words).truncate()).on_hover_text(hover);
                }
            });
        }
    });
    text(ui, muted(cx, "* Something is lost: point at a cell to see what, and why there is no rule."));
}
