//! The heading of the selection: name, stage, ticket, date.

use egui::{CornerRadius, Rect, RichText, Sense, Ui, Vec2};
use lucide_icons::Icon;

use super::{change, changes};
use crate::model::WindowKind;
use crate::schedule::{Occurrence, Origin, WindowSchedule};
use crate::session::{Command, ViewKind};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{icon_button, muted, strong, text};
use crate::ui::parts::{fields, occurrence_text, theme};
use crate::wording;

pub fn head_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: Option<&Occurrence>, is_chosen: bool) {
    let top = ui.cursor().top();
    let left = ui.cursor().left();
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        ui.vertical(|ui| {
            name_ui(ui, cx, window);
            subtitle_ui(ui, cx, window);
        });
    });
    let stripe = Rect::from_min_max(egui::pos2(left, top + 2.0), egui::pos2(left + 4.0, ui.cursor().top() - 6.0));
    ui.painter().rect_filled(stripe, CornerRadius::same(2), cx.colors.stage(window.scope.stage).ink);
    ui.add_space(4.0);
    match occurrence {
        Some(occurrence) => when_ui(ui, cx, window, occurrence, is_chosen),
        None => {
            ui.label(strong("No date in the plan's months"));
        }
    }
    ui.add(egui::Label::new(muted(cx, rule_and_length(cx, window))).wrap());
    ui.add_space(4.0);
}

/// "second Saturday · 4 h · 2 dated changes"
fn rule_and_length(cx: &Cx<'_>, window: &WindowSchedule) -> String {
    let record = &window.window;
    let text = format!("{} · {}", cx.plan().rule_in_words(record), record.duration);
    match record.changes.len() {
        0 => text,
        count => format!("{text} · {}", wording::counted(count as i64, "dated change")),
    }
}

fn name_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let font = theme::strong(theme::TITLE - 1.0);
    let width = ui.available_width();
    let changed = fields::record_name(ui, cx, "Name", &window.window.name, font, width);
    if let Some(name) = changed {
        change(cx, &window.window, |window| window.name = name);
    }
}

/// Stage, type and change ticket.
fn subtitle_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let stage = window.scope.stage.map_or("No group", crate::model::Stage::name);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(muted(cx, stage));
        let kinds: Vec<_> = WindowKind::ALL.iter().map(|kind| (*kind, kind.name().to_owned())).collect();
        ui.add_enabled_ui(cx.is_editable(), |ui| {
            if let Some(kind) = fields::choice(ui, "Window type", &kinds, window.window.kind) {
                change(cx, &window.window, |window| window.kind = kind);
            }
            ui.add_sized(Vec2::new(110.0, 22.0), |ui: &mut Ui| {
                ui.scope(|ui| {
                    if let Some(ticket) =
                        fields::text(ui, "Change ticket", &window.window.change_ticket, "Change ticket")
                    {
                        change(cx, &window.window, |window| window.change_ticket = ticket);
                    }
                })
                .response
            });
        });
    });
}

fn when_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence, is_chosen: bool) {
    let when = format!("{}, {}", wording::date(occurrence.on()), occurrence_text::hours(window, occurrence));
    ui.horizontal(|ui| {
        let color = if occurrence.origin == Origin::Skipped { cx.colors.muted } else { cx.colors.text };
        let label = RichText::new(when).font(theme::strong(theme::HEAD)).color(color);
        ui.label(if occurrence.origin == Origin::Skipped { label.strikethrough() } else { label });
    });
    let zone = &window.expansion.zone;
    if zone.name() != cx.schedule().zone.name() {
        let here = wording::short_moment(cx.schedule().zone.local(occurrence.start_at));
        ui.label(muted(
            cx,
            format!("{} ({}); {here} in {}", zone.name(), zone.abbreviation(occurrence.start_at), cx.plan().zone()),
        ));
    }
    if occurrence.real_length() != occurrence.duration {
        let length = occurrence.real_length();
        text(ui, RichText::new(format!("{length} long because of the clock change")).color(cx.colors.warning));
    }
    if !is_chosen {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (icon, command) in [
            (Icon::ChevronsLeft, Command::WeekEarlier),
            (Icon::ChevronLeft, Command::DayEarlier),
            (Icon::ChevronRight, Command::DayLater),
            (Icon::ChevronsRight, Command::WeekLater),
            (Icon::Ban, Command::SkipOccurrence),
            (Icon::RotateCcw, Command::RestoreOccurrence),
            (Icon::CalendarPlus, Command::AddDate),
            (Icon::Printer, Command::Print),
            (Icon::MoonStar, Command::Show(ViewKind::Night)),
        ] {
            let only_looks = matches!(command, Command::Print | Command::Show(ViewKind::Night));
            let enabled = cx.is_enabled(command) && (cx.is_editable() || only_looks);
            if icon_button(ui, icon, command.name(), enabled).clicked() {
                cx.run(command);
            }
        }
    });
    ui.add_enabled_ui(cx.is_editable(), |ui| changes::times_ui(ui, cx, window, occurrence));
    changed_ui(ui, cx, window, occurrence);
}

/// How this date was changed, and why.
fn changed_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
    use crate::model::{Edit, OccurrenceChange};
    let original = occurrence.original_on();
    match window.window.exception(original).map(|exception| &exception.change) {
        Some(OccurrenceChange::Moved { .. }) => {
            let usual = window.window.usual_times(original);
            let usual_on = usual.date(original);
            let was = if occurrence.on() == usual_on {
                format!("Usually {} for {}", wording::time(usual.start), usual.duration)
            } else {
                format!("Moved from {}", wording::date(usual_on))
            };
            ui.label(muted(cx, was));
        }
        Some(OccurrenceChange::Added { .. }) => {
            ui.label(muted(cx, "Added to the rule's dates"));
        }
        Some(OccurrenceChange::Skipped { reason }) => {
            ui.horizontal(|ui| {
                ui.label(muted(cx, "Skipped"));
                if let Some(reason) = fields::text(ui, "Reason for skipping", reason, "Why?") {
                    cx.edit(Edit::SkipOccurrence { window: window.id().clone(), on: original, reason });
                }
            });
        }
        Some(OccurrenceChange::Restored) | None => {}
    }
    let _ = ui.allocate_exact_size(Vec2::new(1.0, 2.0), Sense::hover());
}
