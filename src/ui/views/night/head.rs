//! Which night is shown, its progress, and the name recorded with ticks.

use egui::{Align, Label, Layout, RichText, Ui};
use lucide_icons::Icon;

use super::page::Page;
use crate::model::Outcome;
use crate::schedule::Origin;
use crate::schedule::night::Phase;
use crate::session::{Action, Settings};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{icon_text, muted};
use crate::ui::parts::{fields, occurrence_text, theme};
use crate::wording;

const NAME_WIDTH: f32 = 170.0;
/// Below this width the name has a row of its own.
const NARROW: f32 = 620.0;

pub fn head_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    let right_to_left = Layout::right_to_left(Align::Center);
    if ui.available_width() < NARROW {
        ui.horizontal(|ui| title_ui(ui, cx, page));
        ui.horizontal(|ui| ui.with_layout(right_to_left, |ui| who_ui(ui, cx, page)));
    } else {
        ui.horizontal(|ui| {
            ui.with_layout(right_to_left, |ui| {
                who_ui(ui, cx, page);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| title_ui(ui, cx, page));
            });
        });
    }
    let (window, occurrence) = (page.night.window, page.night.occurrence);
    let zone = &window.expansion.zone;
    let when =
        format!("{}, {} {}", wording::date(occurrence.on()), occurrence_text::hours(window, occurrence), zone.name());
    let stage = window.scope.stage.map_or("", crate::model::Stage::name);
    let parts = [when.as_str(), &window.window.change_ticket, stage];
    let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    ui.add(Label::new(muted(cx, line)).truncate());
}

/// The window's name, shortened if necessary, and how far the night is.
fn title_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    let (phase, color) = phase(cx, page);
    let font = theme::strong(theme::TEXT);
    let taken = ui.painter().layout_no_wrap(phase.to_owned(), font.clone(), color).size().x + 12.0;
    let title = RichText::new(&page.night.window.window.name).font(theme::strong(theme::TITLE));
    ui.scope(|ui| {
        ui.set_max_width((ui.available_width() - taken).max(40.0));
        ui.add(Label::new(title).truncate());
    });
    ui.label(RichText::new(phase).font(font).color(color));
}

/// The name recorded with ticks.
fn who_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    let who = cx.settings().user_name();
    let takes = |name: String| cx.send(Action::Set(Settings { name, ..cx.settings().clone() }));
    ui.scope(|ui| {
        ui.set_max_width(NAME_WIDTH);
        if who.is_empty() {
            ui.visuals_mut().widgets.inactive.bg_stroke.color = cx.colors.warning;
        }
        if who.is_empty() && cx.navigation().names_selection {
            fields::focus(ui, "Your name", who);
        }
        if let Some(name) = fields::text(ui, "Your name", who, "Your name") {
            takes(name);
        }
    });
    let booked = booked(cx, page);
    if !booked.is_empty() {
        let words = ("Booked", icon_text(Icon::ChevronDown, 12.0).color(cx.colors.muted));
        let menu = ui.menu_button(words, |ui| {
            for name in booked {
                if ui.button(name).clicked() {
                    takes(name.to_owned());
                }
            }
        });
        let menu = menu.response.on_hover_text("Choose from the people who work and test that night");
        menu.accessible_name("Booked");
    }
    let label = if who.is_empty() { "Enter your name to tick" } else { "Ticked by" };
    let color = if who.is_empty() { cx.colors.warning } else { cx.colors.muted };
    ui.label(RichText::new(label).font(theme::regular(theme::SMALL)).color(color));
}

/// The people who work or test in that night, without duplicates.
fn booked<'a>(cx: &Cx<'a>, page: &Page<'_>) -> Vec<&'a str> {
    let (rota, occurrence) = (&cx.schedule().rota, page.night.occurrence);
    let shifts = rota.shifts_at(page.night.window.id(), occurrence.original_on());
    let mut names: Vec<&str> = Vec::new();
    for shift in shifts {
        let name = rota.person(shift).name.trim();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn phase(cx: &Cx<'_>, page: &Page<'_>) -> (&'static str, egui::Color32) {
    if page.night.occurrence.origin == Origin::Skipped {
        return ("Skipped", cx.colors.muted);
    }
    match page.night.phase(page.now) {
        Phase::Before => ("Not begun", cx.colors.muted),
        Phase::Running => ("Running", cx.colors.good),
        Phase::AfterCutoff => ("No new batch", cx.colors.warning),
        Phase::AfterRollback => ("Too late to roll back", cx.colors.error),
        Phase::AfterEnd if page.night.runs(page.now) => ("Past its end", cx.colors.error),
        Phase::AfterEnd => ("Over, not recorded", cx.colors.muted),
        Phase::Over(outcome @ Outcome::Done) => (outcome.name(), cx.colors.good),
        Phase::Over(outcome) => (outcome.name(), cx.colors.warning),
    }
}
