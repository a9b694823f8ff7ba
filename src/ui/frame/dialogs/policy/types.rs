//! The window types: usual lengths, notice, and what each type requires.

use egui::{Grid, Ui};

use super::{PolicyChange, headings, section, setting};
use crate::model::{Minutes, Policy, WindowType};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::picker::optional_id;

const COLUMNS: [(&str, &str); 7] = [
    ("Type", "The type of a window"),
    ("Shortest", "Warns about shorter windows of this type; empty for no limit"),
    ("Longest", "Warns about longer windows of this type; empty for no limit"),
    ("Notice, days", "Days before the start by which owners must be notified; empty if notice is informational"),
    ("Tester", "Whether a tester must be booked"),
    ("Checklist", "Whether a window of the type must have a checklist"),
    ("Usual checklist", "The checklist of its windows, unless they or their groups choose another"),
];

pub fn types_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    section(ui, cx, "Types of window", "Usual lengths; warns about others");
    Grid::new("window types").num_columns(COLUMNS.len()).min_col_width(76.0).spacing([8.0, 6.0]).show(ui, |ui| {
        headings(ui, cx, &COLUMNS);
        for (at, each) in policy.window_types.iter().enumerate() {
            ui.label(each.kind.name());
            numbers_ui(ui, at, each, change);
            needs_ui(ui, cx, at, each, change);
            ui.end_row();
        }
    });
    section(ui, cx, "Notice and reminders", "When owners and others are informed");
    let hover = "Warns about missing notice that is due within this many days; after that day it is an error";
    let typed = setting(ui, cx, "Reminder of notice", "before it is due", hover, |ui| {
        fields::count(ui, "Reminder of notice", policy.notice_reminder_days.into(), 0..=366, "day")
    });
    if let Some(days) = typed.flatten() {
        change(&|policy| policy.notice_reminder_days = days as u16);
    }
    let hover = "The ledger shows an owner as silent who has not answered for this many days";
    let typed = setting(ui, cx, "Silent after", "without an answer", hover, |ui| {
        fields::count(ui, "Silent after", policy.silent_after_days.into(), 0..=366, "day")
    });
    if let Some(days) = typed.flatten() {
        change(&|policy| policy.silent_after_days = days as u16);
    }
    let hover = "The printed checklist has a row for each update of the status page";
    let typed = setting(ui, cx, "Status updates", "between updates while a window is in progress", hover, |ui| {
        let read = |text: &str| match text.parse::<Minutes>() {
            Ok(every) if every.is_zero() => Err("Enter the time between two updates, e.g. 30m".to_owned()),
            every => every.map_err(|error| error.to_string()),
        };
        fields::parsed(ui, "Status updates", &policy.status_every.to_string(), "30m", read)
    });
    if let Some(every) = typed.flatten() {
        change(&|policy| policy.status_every = every);
    }
}

fn numbers_ui(ui: &mut Ui, at: usize, each: &WindowType, change: &mut PolicyChange<'_>) {
    let name = each.kind.name();
    if let Some(shortest) = fields::optional_length(ui, &format!("{name}, shortest"), each.shortest) {
        change(&|policy| policy.window_types[at].shortest = shortest);
    }
    if let Some(longest) = fields::optional_length(ui, &format!("{name}, longest"), each.longest) {
        change(&|policy| policy.window_types[at].longest = longest);
    }
    let days = each.notice_days.map(i64::from);
    if let Some(days) = fields::optional_number(ui, &format!("{name}, days of notice"), days, 0..=366) {
        change(&|policy| policy.window_types[at].notice_days = days.map(|days| days as u16));
    }
}

fn needs_ui(ui: &mut Ui, cx: &Cx<'_>, at: usize, each: &WindowType, change: &mut PolicyChange<'_>) {
    let name = each.kind.name();
    if let Some(needed) = tick(ui, &format!("{name} needs a tester"), each.needs_tester) {
        change(&|policy| policy.window_types[at].needs_tester = needed);
    }
    if let Some(needed) = tick(ui, &format!("{name} needs a checklist"), each.needs_checklist) {
        change(&|policy| policy.window_types[at].needs_checklist = needed);
    }
    let plan = cx.plan();
    let all = || plan.checklists().names();
    let name_of = |id: &_| plan.checklists().name_of(id);
    let (label, current) = (format!("{name}, usual checklist"), each.checklist.as_ref());
    if let Some(checklist) = optional_id(ui, &label, current, "The handbook's", &all, name_of) {
        change(&|policy| policy.window_types[at].checklist.clone_from(&checklist));
    }
}

/// A check box without a visible label; its name is for screen readers.
fn tick(ui: &mut Ui, name: &str, is_on: bool) -> Option<bool> {
    let mut is_on = is_on;
    let response = ui.checkbox(&mut is_on, "");
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
    response.clicked().then_some(is_on)
}
