//! The heading of the selection: name, stage, ticket, date.

use egui::{CornerRadius, Rect, RichText, Sense, Stroke, Ui, Vec2};
use lucide_icons::Icon;

use super::{change, changes};
use crate::model::{WindowKind, check_short_name};
use crate::schedule::{Occurrence, Origin, WindowSchedule};
use crate::session::{Command, ViewKind};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::short_names::short_name;
use crate::ui::parts::widgets::{icon_button_with_help, muted, strong, text};
use crate::ui::parts::{fields, keys, occurrence_text, theme};
use crate::wording;

const CROSS: f32 = 28.0;

/// What stays in sight: name, stage and type, and the date with its fit.
pub fn title_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: Option<&Occurrence>) {
    let (top, left) = (ui.cursor().top(), ui.cursor().left());
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        ui.vertical(|ui| {
            name_ui(ui, cx, window);
            subtitle_ui(ui, cx, window);
        });
    });
    let stripe = Rect::from_min_max(egui::pos2(left, top + 2.0), egui::pos2(left + 4.0, ui.cursor().top() - 6.0));
    ui.painter().rect_filled(stripe, CornerRadius::same(2), cx.colors.stage(window.scope.stage).ink);
    match occurrence {
        Some(occurrence) => when_ui(ui, cx, window, occurrence),
        None => {
            ui.label(strong("No date in the plan's months"));
        }
    }
}

/// The rest of the head: times in other zones, what can be done with the date, ticket and short name.
pub fn head_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: Option<&Occurrence>, is_chosen: bool) {
    if let Some(occurrence) = occurrence {
        clocks_ui(ui, cx, window, occurrence);
        if is_chosen {
            ui.add_enabled_ui(cx.is_editable(), |ui| changes::times_ui(ui, cx, window, occurrence));
            // Who skips a date writes why next.
            if occurrence.origin == Origin::Skipped {
                changed_ui(ui, cx, window, occurrence);
                commands_ui(ui, cx);
            } else {
                commands_ui(ui, cx);
                changed_ui(ui, cx, window, occurrence);
            }
        }
    }
    ui.add(egui::Label::new(muted(cx, rule_and_length(cx, window))).wrap());
    ui.add_enabled_ui(cx.is_editable(), |ui| ticket_and_short_name_ui(ui, cx, window));
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
    // Beside it is the cross that closes the inspector.
    let width = ui.available_width() - CROSS;
    let changed = fields::record_name(ui, cx, "Name", &window.window.name, font, width);
    if let Some(name) = changed {
        change(cx, &window.window, |window| window.name = name);
    }
}

/// Stage and type.
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
        });
    });
}

fn ticket_and_short_name_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let record = &window.window;
    let derived = short_name(ui.ctx(), cx, &record.id);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.scope(|ui| {
            ui.set_max_width(130.0);
            if let Some(ticket) = fields::text(ui, "Change ticket", &record.change_ticket, "Change ticket") {
                change(cx, record, |window| window.change_ticket = ticket);
            }
        });
        ui.label(muted(cx, "Short name")).on_hover_text("Shown instead of the name if that is too long");
        ui.scope(|ui| {
            ui.set_max_width(64.0);
            let check = |text: &str| check_short_name(text, &record.id, cx.plan().windows());
            if let Some(short_name) = fields::parsed(ui, "Short name", &record.short_name, &derived, check) {
                change(cx, record, |window| window.short_name = short_name);
            }
        });
    });
}

/// The date with its hours, and whether the work fits.
fn when_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
    let when = format!("{}, {}", wording::date(occurrence.on()), occurrence_text::hours(window, occurrence));
    let color = if occurrence.origin == Origin::Skipped { cx.colors.muted } else { cx.colors.text };
    let label = RichText::new(when).font(theme::strong(theme::HEAD)).color(color);
    ui.label(if occurrence.origin == Origin::Skipped { label.strikethrough() } else { label });
    if let Ok(fit) = window.fit(occurrence)
        && occurrence.origin != Origin::Skipped
    {
        let (words, verdict) = occurrence_text::fit_in_words(cx.plan(), &fit);
        ui.label(RichText::new(words).font(theme::strong(theme::SMALL)).color(cx.colors.verdict(verdict)));
    }
}

/// The time in the plan's zone if the window has another one, and the real length when the clocks change.
fn clocks_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
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
}

/// What can be done with the date, in groups: moving it, changing it otherwise, looking at it elsewhere.
fn commands_ui(ui: &mut Ui, cx: &Cx<'_>) {
    const GROUPS: [&[(Icon, Command)]; 3] = [
        &[
            (Icon::ChevronsLeft, Command::WeekEarlier),
            (Icon::ChevronLeft, Command::DayEarlier),
            (Icon::ChevronRight, Command::DayLater),
            (Icon::ChevronsRight, Command::WeekLater),
        ],
        &[
            (Icon::Ban, Command::SkipOccurrence),
            (Icon::RotateCcw, Command::RestoreOccurrence),
            (Icon::CalendarPlus, Command::AddDate),
        ],
        &[(Icon::Printer, Command::Print), (Icon::MoonStar, Command::Show(ViewKind::Night))],
    ];
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (nth, group) in GROUPS.into_iter().enumerate() {
            if nth > 0 {
                let (rect, _) = ui.allocate_exact_size(Vec2::new(13.0, 26.0), Sense::hover());
                let line = rect.shrink2(Vec2::new(0.0, 5.0)).y_range();
                ui.painter().vline(rect.center().x, line, Stroke::new(1.0, cx.colors.line));
            }
            for (icon, command) in group {
                let only_looks = matches!(command, Command::Print | Command::Show(ViewKind::Night));
                let enabled = cx.is_enabled(*command) && (cx.is_editable() || only_looks);
                let help = keys::with_keys(ui.ctx(), command.name(), *command);
                if icon_button_with_help(ui, *icon, command.name(), &help, enabled).clicked() {
                    cx.run(*command);
                }
            }
        }
    });
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
