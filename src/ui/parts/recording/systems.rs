//! The result of each system: its outcome, and the numbers of hosts and reboots.

use std::collections::HashSet;
use std::sync::Arc;

use egui::{Align, Button, Layout, RichText, Ui};
use lucide_icons::Icon;

use super::{key, moments, record, words};
use crate::model::{Edit, ResultKey, ResultOutcome, System, SystemId, SystemResult};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::session::Action;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form;
use crate::ui::parts::widgets::{icon_button, muted, strong, text};
use crate::ui::parts::{fields, theme};
use crate::wording::counted;

/// This many systems are listed, and as many more each time somebody asks for them.
const PAGE: usize = 200;
const MOST_HOSTS: i64 = 100_000;

/// A system of the occurrence, and what was recorded of it.
pub struct SystemRow<'a> {
    pub id: &'a SystemId,
    pub name: String,
    /// None if the plan no longer contains it.
    system: Option<&'a Arc<System>>,
    result: Option<&'a SystemResult>,
}

/// The systems that the window covers, then those of other results.
pub fn rows<'a>(cx: &Cx<'a>, window: &'a WindowSchedule, occurrence: &Occurrence) -> Vec<SystemRow<'a>> {
    let plan = cx.plan();
    let results = plan.results().for_occurrence(window.id(), occurrence.original_on());
    let result = |id: &SystemId| {
        let found = results.binary_search_by(|result| result.key.system.cmp(id)).ok()?;
        Some(&*results[found])
    };
    let covered = window.scope.systems.iter();
    let mut rows: Vec<SystemRow<'a>> = covered
        .map(|system| SystemRow {
            id: &system.id,
            name: system.name.clone(),
            system: Some(system),
            result: result(&system.id),
        })
        .collect();
    let is_covered: HashSet<&SystemId> = window.scope.systems.iter().map(|system| &system.id).collect();
    rows.extend(results.iter().filter(|result| !is_covered.contains(&result.key.system)).map(|result| SystemRow {
        id: &result.key.system,
        name: plan.systems().name_of(&result.key.system),
        system: plan.systems().get(&result.key.system),
        result: Some(&**result),
    }));
    rows
}

pub fn systems_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
    let rows = rows(cx, window, occurrence);
    if rows.is_empty() {
        text(ui, muted(cx, "The window covers no systems"));
        return;
    }
    let recorder = Recorder { cx, window, occurrence };
    recorder.bulk_ui(ui, &rows);
    let pages = ui.make_persistent_id("pages");
    let shown = PAGE * ui.data(|data| data.get_temp::<usize>(pages)).unwrap_or(1);
    for row in rows.iter().take(shown) {
        ui.push_id(row.id.as_str(), |ui| recorder.system_ui(ui, row));
    }
    if let Some(more) = rows.len().checked_sub(shown).filter(|more| *more > 0) {
        ui.label(muted(cx, format!("{shown} of {} are listed", counted(rows.len(), "system"))));
        if ui.link(format!("List {} more", more.min(PAGE))).clicked() {
            ui.data_mut(|data| data.insert_temp(pages, shown / PAGE + 1));
        }
    }
}

/// Draws and records the results of an occurrence.
struct Recorder<'a> {
    cx: &'a Cx<'a>,
    window: &'a WindowSchedule,
    occurrence: &'a Occurrence,
}

impl Recorder<'_> {
    /// Buttons that record all systems without a result at once.
    fn bulk_ui(&self, ui: &mut Ui, rows: &[SystemRow<'_>]) {
        let missing: Vec<&Arc<System>> =
            rows.iter().filter(|row| row.result.is_none()).filter_map(|row| row.system).collect();
        let which = if missing.len() == rows.len() { "All" } else { "Others" };
        ui.horizontal(|ui| {
            for outcome in [ResultOutcome::Patched, ResultOutcome::Skipped] {
                let button = Button::new(format!("{which} {}", outcome.name().to_lowercase()));
                let help = format!(
                    "Record all hosts of {} without a result as {}",
                    counted(missing.len(), "system"),
                    outcome.name().to_lowercase()
                );
                if ui.add_enabled(!missing.is_empty(), button).on_hover_text(help).clicked() {
                    let all = missing.iter().map(|system| {
                        let mut result = self.new_result(system);
                        result.set_outcome(outcome);
                        Edit::PutResult(result)
                    });
                    let label = format!(
                        "Record {} {}: {}",
                        counted(missing.len(), "system"),
                        outcome.name().to_lowercase(),
                        words(self.window, self.occurrence)
                    );
                    record(self.cx, self.occurrence, Some(label), all.collect());
                }
            }
        });
    }

    fn new_result(&self, system: &System) -> SystemResult {
        let (window, on) = key(self.window, self.occurrence);
        let key = ResultKey { window, on, system: system.id.clone() };
        SystemResult::new(key, system, self.cx.plan().groups_with(&system.id))
    }

    fn system_ui(&self, ui: &mut Ui, row: &SystemRow<'_>) {
        let details = ui.make_persistent_id("details");
        let mut is_open = ui.data(|data| data.get_temp::<bool>(details)).unwrap_or_default();
        ui.horizontal(|ui| {
            let name = ui.available_width() - 176.0;
            ui.scope(|ui| {
                ui.set_max_width(name.max(60.0));
                ui.add(egui::Label::new(strong(&row.name)).truncate());
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                let icon = if is_open { Icon::ChevronUp } else { Icon::ChevronDown };
                if icon_button(ui, icon, &format!("Details of the result of {}", row.name), true).clicked() {
                    is_open = !is_open;
                    ui.data_mut(|data| data.insert_temp(details, is_open));
                }
                self.outcome_ui(ui, row);
            });
        });
        if let Some(result) = row.result {
            ui.label(muted(self.cx, numbers(result)));
        }
        if is_open {
            self.details_ui(ui, row);
        }
    }

    /// The outcome in its colour, and a list of the others.
    fn outcome_ui(&self, ui: &mut Ui, row: &SystemRow<'_>) {
        let outcome = row.result.map(SystemResult::outcome);
        let shown = outcome.map_or("Not recorded", ResultOutcome::name);
        let color = match outcome {
            None => self.cx.colors.muted,
            Some(ResultOutcome::Patched) => self.cx.colors.good,
            Some(ResultOutcome::Failed) => self.cx.colors.error,
            Some(ResultOutcome::Partly | ResultOutcome::RolledBack | ResultOutcome::Skipped) => self.cx.colors.warning,
        };
        let word = RichText::new(shown).color(color).font(theme::strong(theme::SMALL));
        let mut chosen = None;
        let combo = fields::drop_down("outcome", word, 60.0).show_ui(ui, |ui| {
            // Partly patched follows from the numbers.
            for choice in ResultOutcome::ALL.into_iter().filter(|choice| *choice != ResultOutcome::Partly) {
                if ui.selectable_label(outcome == Some(choice), choice.name()).clicked() && outcome != Some(choice) {
                    chosen = Some(choice);
                }
            }
        });
        combo.response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("Result of {}", row.name));
            info.current_text_value = Some(shown.to_owned());
            info
        });
        if let Some(chosen) = chosen {
            self.change(row, |result| result.set_outcome(chosen));
        }
    }

    /// Sends the result with a change. A contradiction in it is an error, and nothing is changed.
    fn change(&self, row: &SystemRow<'_>, change: impl FnOnce(&mut SystemResult)) {
        let new = || row.system.map(|system| self.new_result(system));
        let Some(mut result) = row.result.cloned().or_else(new) else { return };
        change(&mut result);
        match result.contradiction() {
            Some(contradiction) => {
                self.cx.send(Action::ShowError(format!("Invalid result of {}: {contradiction}", row.name)));
            }
            None => record(self.cx, self.occurrence, None, vec![Edit::PutResult(result)]),
        }
    }

    fn details_ui(&self, ui: &mut Ui, row: &SystemRow<'_>) {
        let empty = || row.system.map(|system| self.new_result(system));
        let Some(result) = row.result.cloned().or_else(empty) else { return };
        self.numbers_ui(ui, row, &result);
        self.times_ui(ui, row, &result);
        let mut is_rolled_back = result.is_rolled_back;
        if ui.checkbox(&mut is_rolled_back, format!("{} was rolled back", row.name)).changed() {
            self.change(row, |result| result.is_rolled_back = is_rolled_back);
        }
        let name = |what: &str| format!("{}, {what}", row.name);
        let label = "Notes";
        if let Some(notes) = form::row(ui, self.cx, label, |ui| fields::text(ui, &name(label), &result.notes, "")) {
            self.change(row, |result| result.notes = notes);
        }
        if row.result.is_some() && ui.button(format!("Remove the result of {}", row.name)).clicked() {
            record(self.cx, self.occurrence, None, vec![Edit::RemoveResult(result.key)]);
        }
        ui.add_space(6.0);
    }

    fn numbers_ui(&self, ui: &mut Ui, row: &SystemRow<'_>, result: &SystemResult) {
        type Set = fn(&mut SystemResult, u32);
        let fields: [(&str, u32, Set); 5] = [
            ("Hosts patched", result.patched, |result, count| {
                result.patched = count;
                result.attempted = count.saturating_add(result.failed);
            }),
            ("Hosts failed", result.failed, |result, count| {
                result.failed = count;
                result.attempted = count.saturating_add(result.patched);
            }),
            ("Hosts skipped", result.skipped, |result, count| result.skipped = count),
            ("Reboots", result.reboots_attempted, |result, count| {
                // Usually all of them succeed.
                let all = result.reboots_successful == result.reboots_attempted;
                result.reboots_attempted = count;
                result.reboots_successful = if all { count } else { result.reboots_successful.min(count) };
            }),
            ("Successful", result.reboots_successful, |result, count| result.reboots_successful = count),
        ];
        for (label, current, set) in fields {
            let name = format!("{}, {}", row.name, label.to_lowercase());
            let typed =
                form::row(ui, self.cx, label, |ui| fields::number(ui, &name, i64::from(current), 0..=MOST_HOSTS));
            if let Some(count) = typed.and_then(|count| u32::try_from(count).ok()) {
                self.change(row, |result| set(result, count));
            }
        }
        if result.skipped > 0 {
            let name = format!("{}, why skipped", row.name);
            let reason = form::row(ui, self.cx, "Why skipped", |ui| fields::text(ui, &name, &result.skip_reason, ""));
            if let Some(reason) = reason {
                self.change(row, |result| result.skip_reason = reason);
            }
        }
    }

    fn times_ui(&self, ui: &mut Ui, row: &SystemRow<'_>, result: &SystemResult) {
        let zone = &self.window.expansion.zone;
        let name = |what: &str| format!("{}, {what}", row.name);
        let started = form::row(ui, self.cx, "Started", |ui| {
            moments::moment(ui, &name("started"), result.started_at, self.occurrence.start_at, zone)
        });
        if let Some(at) = started {
            self.change(row, |result| result.started_at = at);
        }
        let ended = form::row(ui, self.cx, "Ended", |ui| {
            moments::moment(ui, &name("ended"), result.ended_at, self.occurrence.end_at, zone)
        });
        if let Some(at) = ended {
            self.change(row, |result| result.ended_at = at);
        }
    }
}

/// "9 of 10 hosts patched, 1 failed · 9 of 10 reboots"
fn numbers(result: &SystemResult) -> String {
    let mut parts = vec![format!("{} of {} patched", result.patched, counted(result.in_scope(), "host"))];
    for (count, what) in [(result.failed, "failed"), (result.skipped, "skipped")] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let mut text = parts.join(", ");
    if result.reboots_attempted > 0 {
        let reboots = counted(result.reboots_attempted, "reboot");
        text = format!("{text} · {} of {reboots} successful", result.reboots_successful);
    }
    text
}
