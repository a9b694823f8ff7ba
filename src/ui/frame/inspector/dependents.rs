//! The owners of systems that depend on those in the window: whether they were told of an occurrence.

use egui::{Align, Id, Layout, Ui};

use crate::model::{Agreement, Edit};
use crate::schedule::agreement::answers::{Answer, answer, key};
use crate::schedule::agreement::dependents::{DependentArea, Dependents};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Pointer, kept};
use crate::ui::parts::widgets::{muted, strong, text};
use crate::wording::{counted, date, list_in_sentence, short_date};

/// At most this many systems of an area are named.
const MOST_SYSTEMS: usize = 3;

/// A line for each area that must be told; nothing if there is none.
pub fn dependents_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: Option<&Occurrence>) {
    let inputs = Pointer::to(cx.plan_pointer());
    let dependents = kept(ui.ctx(), Id::unique("dependents"), inputs, || Dependents::new(cx.plan()));
    let areas = dependents.areas(cx.plan(), &window.scope);
    if areas.is_empty() {
        return;
    }
    ui.add_space(4.0);
    let count = counted(areas.len(), "area");
    text(ui, muted(cx, format!("To be told: {count} with systems that depend on those in this window")));
    for dependent in &areas {
        match occurrence {
            Some(occurrence) => {
                let answer = answer(cx.plan(), window, occurrence, dependent.area);
                ui.push_id((dependent.area.id.as_str(), occurrence.original_on(), "told"), |ui| {
                    dependent_ui(ui, cx, window, occurrence, dependent, &answer);
                });
            }
            None => {
                ui.label(strong(&dependent.area.name));
            }
        }
    }
}

/// Name and systems of an area, and a button that says that it was told.
fn dependent_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    dependent: &DependentArea<'_>,
    answer: &Answer<'_>,
) {
    let area = dependent.area;
    let key = || key(window, occurrence, area);
    ui.horizontal(|ui| {
        ui.label(strong(&area.name));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_told = *answer.agreement() != Agreement::NotAsked;
            let word = if is_told { "Mark as not told" } else { "Mark as told" };
            let can_undo = !is_told || answer.entry.is_some();
            let button = ui.add_enabled(can_undo, egui::Button::new(word).small());
            ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(format!("{word}: {}", area.name)));
            if button.on_hover_text("Record whether the owner knows of this date").clicked() {
                cx.edit(if is_told {
                    Edit::RemoveEntry(key())
                } else {
                    Edit::PutEntry(answer.ledger_entry(key(), Agreement::Asked { on: cx.today() }))
                });
            }
        });
    });
    let systems = list_in_sentence(dependent.systems.iter().map(|system| system.name.as_str()), MOST_SYSTEMS);
    let told = match (answer.agreement(), answer.notice) {
        (Agreement::Asked { on } | Agreement::Agreed { on, .. } | Agreement::Declined { on, .. }, _) => {
            format!("told {}", short_date(*on))
        }
        (Agreement::NotAsked, Some(notice)) => format!("not told yet; due {}", date(notice.due_on)),
        (Agreement::NotAsked, None) => "not told yet".to_owned(),
    };
    let is_late = *answer.agreement() == Agreement::NotAsked
        && answer.notice.is_some_and(|notice| notice.due_on < cx.today() && occurrence.on() >= cx.today());
    let line = muted(cx, format!("{systems} · {told}"));
    text(ui, if is_late { line.color(cx.colors.warning) } else { line });
}
