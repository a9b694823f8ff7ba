//! The watch after the night: what the logs and the performance show, and how it ended.

use egui::{Button, RichText, Ui, Vec2};

use super::page::Page;
use crate::model::WatchOutcome;
use crate::session::{Action, NightStep, WatchNote};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{muted, rule, strong, text};
use crate::ui::parts::{fields, theme};

/// Nothing for a window without a watch, unless something was written down.
pub fn watch_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    let (watch, record) = (page.night.window.window.watch.as_ref(), page.night.record);
    let record = record.and_then(|record| record.watch.as_ref());
    if watch.is_none() && record.is_none() {
        return;
    }
    ui.add_space(16.0);
    ui.horizontal(|ui| {
        ui.label(strong("Watch"));
        if let Some((from, until)) = page.night.watch_times() {
            ui.label(muted(cx, format!("{} – {}", page.clock(from), page.clock(until))));
        }
    });
    rule(ui, cx);
    ui.add_space(4.0);
    if let Some(watch) = watch.filter(|watch| !watch.baseline.is_empty()) {
        text(ui, muted(cx, format!("Baseline: {}", watch.baseline)));
    }
    // A watch that has not begun has found nothing.
    if record.is_none() && page.now < page.night.ended_at() {
        text(ui, muted(cx, "It begins when the window ends."));
        return;
    }
    let logs = record.map_or("", |record| &record.logs);
    ui.label("Errors and warnings in the logs");
    if let Some(logs) = fields::paragraph(ui, "Errors and warnings in the logs", logs, "None, or what was new") {
        send(cx, page, WatchNote::Logs(logs));
    }
    let performance = record.map_or("", |record| &record.performance);
    ui.label("Performance against the baseline");
    let hint = "As before, or what is slower";
    if let Some(performance) = fields::paragraph(ui, "Performance against the baseline", performance, hint) {
        send(cx, page, WatchNote::Performance(performance));
    }
    outcome_ui(ui, cx, page, record.and_then(|record| record.outcome));
    if let Some(record) = record {
        let who = crate::export::one_line(&record.by);
        ui.add(egui::Label::new(muted(cx, format!("{who}, {}", page.clock(record.at)))).truncate());
    }
}

fn outcome_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>, outcome: Option<WatchOutcome>) {
    let color = |outcome| match outcome {
        WatchOutcome::Quiet => cx.colors.good,
        WatchOutcome::Faults => cx.colors.error,
    };
    if let Some(outcome) = outcome {
        ui.horizontal(|ui| {
            ui.label(RichText::new(outcome.name()).font(theme::strong(theme::HEAD)).color(color(outcome)));
            if ui.button("Clear result of the watch").on_hover_text("Remove the result: the watch continues").clicked()
            {
                send(cx, page, WatchNote::Outcome(None));
            }
        });
        return;
    }
    ui.horizontal(|ui| {
        let width = (ui.available_width() - ui.spacing().item_spacing.x) / 2.0;
        for outcome in WatchOutcome::ALL {
            let name = RichText::new(outcome.name()).font(theme::strong(theme::TEXT)).color(color(outcome));
            if ui.add(Button::new(name).min_size(Vec2::new(width, 30.0))).clicked() {
                send(cx, page, WatchNote::Outcome(Some(outcome)));
            }
        }
    });
}

fn send(cx: &Cx<'_>, page: &Page<'_>, note: WatchNote) {
    cx.send(Action::Note(page.key.clone(), NightStep::Watch(note)));
}
