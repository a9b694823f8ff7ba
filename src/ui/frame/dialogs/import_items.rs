//! What a table brings, as a list: each record with the dates and numbers that a person compares with the table.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, Vec2};

use crate::model::{Edit, Holiday, MaintenanceWindow, Plan, Rule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::muted;
use crate::wording::{counted, date, dates, list, time};

const ROW: f32 = 20.0;
/// The list gets what the rest of the dialog leaves, within limits.
const REST: f32 = 636.0;
const HEIGHTS: std::ops::RangeInclusive<f32> = 60.0..=200.0;
/// Width of the names.
const NAME: f32 = 220.0;

/// A row of the list.
enum ItemRow<'a> {
    Edit(&'a Edit),
    Holiday(&'a Holiday),
}

/// Draws only the rows in view.
pub fn items_ui(ui: &mut Ui, cx: &Cx<'_>, edits: &[Edit]) {
    let rows: Vec<ItemRow<'_>> = edits.iter().flat_map(rows).collect();
    let tallest = (ui.ctx().content_rect().height() - REST).clamp(*HEIGHTS.start(), *HEIGHTS.end());
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("items").max_height(tallest).auto_shrink([false, true]);
        area.show_rows(ui, ROW, rows.len(), |ui, shown| {
            for row in rows.get(shown).unwrap_or_default() {
                let (name, details) = in_words(cx.plan(), row);
                ui.allocate_ui_with_layout(
                    Vec2::new(ui.available_width(), ROW),
                    Layout::left_to_right(Align::Center),
                    |ui| {
                        let width = NAME.min(ui.available_width() / 2.0);
                        ui.allocate_ui_with_layout(Vec2::new(width, ROW), Layout::left_to_right(Align::Center), |ui| {
                            ui.set_min_width(width);
                            ui.add(Label::new(RichText::new(name).font(theme::regular(theme::TEXT))).truncate());
                        });
                        ui.add(Label::new(muted(cx, details)).truncate());
                    },
                );
            }
        });
    });
}

/// Each day of a holiday calendar is a row.
fn rows(edit: &Edit) -> Vec<ItemRow<'_>> {
    match edit {
        Edit::PutHolidays(calendar) => calendar.days.iter().map(ItemRow::Holiday).collect(),
        edit => vec![ItemRow::Edit(edit)],
    }
}

/// A name, and what should be compared with the table.
fn in_words(plan: &Plan, row: &ItemRow<'_>) -> (String, String) {
    let edit = match row {
        ItemRow::Holiday(day) => {
            let parts = [date(day.on), day.region.clone()];
            return (day.name.clone(), joined(parts));
        }
        ItemRow::Edit(edit) => edit,
    };
    match edit {
        Edit::PutWindow(window) => (window.name.clone(), window_in_words(plan, window)),
        Edit::PutFreeze(freeze) => (freeze.name.clone(), dates(freeze.first_on, freeze.last_on)),
        Edit::PutSystem(system) => {
            let area = system.area.as_ref().and_then(|id| plan.areas().get(id)).map(|area| area.name.clone());
            let parts = [system.platform.clone(), counted(i64::from(system.hosts), "host"), area.unwrap_or_default()];
            (system.name.clone(), joined(parts))
        }
        Edit::PutArea(area) => (area.name.clone(), joined([area.owner.clone(), area.email.clone()])),
        Edit::PutPerson(person) => (person.name.clone(), joined([person.email.clone(), person.phone.clone()])),
        Edit::PutTeam(team) => (team.name.clone(), counted(team.people.len(), "person")),
        Edit::PutAdvisory(advisory) => {
            let published = format!("published {}", date(advisory.published_on));
            (advisory.number(), joined([advisory.title.clone(), published]))
        }
        edit => (edit.label(plan), String::new()),
    }
}

/// "Sat 13 Mar 2027 · 22:00 for 4 h", "12 dates, 13 Mar to 11 Dec 2027 · 22:00 for 4 h"
fn window_in_words(plan: &Plan, window: &MaintenanceWindow) -> String {
    let when = match &window.rule {
        Rule::Dates(listed) => match listed.as_slice() {
            [] => String::new(),
            [one] => date(one.on),
            [first, .., last] => format!("{}: {}", counted(listed.len(), "date"), dates(first.on, last.on)),
        },
        _ => plan.rule_in_words(window),
    };
    let zone = window.zone.as_ref().map(|zone| format!(" ({zone})")).unwrap_or_default();
    let systems = window.systems.iter().filter_map(|id| plan.systems().get(id)).map(|system| &system.name);
    joined([when, format!("{} for {}{zone}", time(window.start), window.duration), list(systems, 3)])
}

/// The parts that are not empty, with dots between them.
fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
