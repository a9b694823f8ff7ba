//! The choice of a window's checklist.

use egui::Ui;

use super::change;
use super::headings::section;
use crate::model::{ChecklistChoice, ChecklistSource, EffectiveChecklist, MaintenanceWindow, Plan, Subject};
use crate::schedule::WindowSchedule;
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::widgets::{muted, text};
use crate::wording::counted;

pub fn checklist_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let (plan, record) = (cx.plan(), &window.window);
    section(ui, cx, "Checklist", &in_words(plan, record), |ui| {
        let usual = MaintenanceWindow { checklist: ChecklistChoice::Usual, ..MaintenanceWindow::clone(record) };
        let mut choices = vec![(ChecklistChoice::Usual, format!("Default: {}", in_words(plan, &usual)))];
        let template =
            |id: &crate::model::ChecklistId, name: &str| (ChecklistChoice::Template(id.clone()), name.to_owned());
        choices.extend(plan.checklists().iter().map(|each| template(&each.id, &each.name)));
        if let EffectiveChecklist::Unknown(id) = plan.effective_checklist(record) {
            choices.push(template(id, &in_words(plan, record)));
        }
        choices.push((ChecklistChoice::Without, "None".to_owned()));
        if let Some(checklist) = fields::choice(ui, "Checklist of the window", &choices, record.checklist.clone()) {
            change(cx, record, |window| window.checklist = checklist);
        }
        match plan.effective_checklist(record) {
            EffectiveChecklist::Template(template) => {
                if ui.button("Show its items").clicked() {
                    cx.reveal(Destination::List(Subject::Checklist(template.id.clone())));
                }
            }
            EffectiveChecklist::Handbook => {
                text(ui, muted(cx, "Your own checklists are under Lists, Checklists."));
            }
            EffectiveChecklist::Unknown(_) | EffectiveChecklist::Without => {}
        }
    });
}

/// "the handbook's 25 items", "Night, 12 items (from the group Production)", "None".
fn in_words(plan: &Plan, window: &MaintenanceWindow) -> String {
    let from = match plan.checklist_source(window) {
        ChecklistSource::Group(_, group) => format!(" (from the group {})", group.name),
        ChecklistSource::WindowType => format!(" (of all {} windows)", window.kind.name()),
        ChecklistSource::Window | ChecklistSource::Handbook => String::new(),
    };
    let checklist = match plan.effective_checklist(window) {
        EffectiveChecklist::Handbook => "the handbook's 25 items".to_owned(),
        EffectiveChecklist::Template(template) => {
            format!("{}, {}", template.name, counted(template.items.len(), "item"))
        }
        EffectiveChecklist::Unknown(id) => format!("\"{id}\", which does not exist"),
        EffectiveChecklist::Without => "None".to_owned(),
    };
    checklist + &from
}
