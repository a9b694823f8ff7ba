//! How the night ended, and notes about it.

use egui::{Button, RichText, Ui, Vec2};
use lucide_icons::Icon;

use super::page::Page;
use crate::model::Outcome;
use crate::session::{Action, Command, NightStep};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{command_button, icon_text, muted, rule, strong, text};
use crate::ui::parts::{fields, theme};

const GAP: f32 = 8.0;
const HEIGHT: f32 = 36.0;

pub fn ending_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    ui.label(strong("How it ended"));
    rule(ui, cx);
    ui.add_space(4.0);
    match page.night.record.and_then(|record| record.ending.as_ref()) {
        Some(ending) => {
            ui.horizontal(|ui| {
                let (icon, color) = look(cx, ending.outcome);
                ui.label(icon_text(icon, 18.0).color(color));
                ui.label(RichText::new(ending.outcome.name()).font(theme::strong(theme::HEAD)).color(color));
                let who = crate::export::one_line(&ending.by);
                ui.add(egui::Label::new(muted(cx, format!("{who}, {}", page.clock(ending.at)))).truncate());
            });
            if ui.button("Clear outcome").on_hover_text("Remove the outcome: the night continues").clicked() {
                cx.send(Action::Note(page.key.clone(), NightStep::Reopen));
            }
        }
        None => buttons_ui(ui, cx, page),
    }
    ui.add_space(16.0);
    ui.label(strong("Notes"));
    rule(ui, cx);
    ui.add_space(4.0);
    let notes = page.night.record.map_or("", |record| &record.notes);
    if let Some(notes) = fields::paragraph(ui, "Notes of the night", notes, "What happened, lessons learned") {
        cx.send(Action::Note(page.key.clone(), NightStep::Notes(notes)));
    }
    ui.add_space(12.0);
    command_button(ui, cx, Command::Print);
    text(ui, muted(cx, "The printed checklist is the record of the night: ticks, status updates and outcome."));
}

fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    // A night that has not started cannot have ended.
    let has_begun = page.now >= page.night.starts_at();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let width = (ui.available_width() - 2.0 * GAP) / 3.0;
        for outcome in Outcome::ALL {
            let text = RichText::new(outcome.name()).font(theme::strong(theme::TEXT)).color(look(cx, outcome).1);
            let button = ui.add_enabled(has_begun, Button::new(text).min_size(Vec2::new(width, HEIGHT)));
            if button.on_disabled_hover_text("The night has not started yet").clicked() {
                cx.send(Action::Note(page.key.clone(), NightStep::End(outcome)));
            }
        }
    });
}

fn look(cx: &Cx<'_>, outcome: Outcome) -> (Icon, egui::Color32) {
    match outcome {
        Outcome::Done => (Icon::CircleCheck, cx.colors.good),
        Outcome::RolledBack => (Icon::Undo2, cx.colors.warning),
        Outcome::Overran => (Icon::Hourglass, cx.colors.error),
    }
}
