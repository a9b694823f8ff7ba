//! The record of a night that is no longer in the plan. It is kept, because the work was done.

use egui::{Align, Layout, RichText, ScrollArea, Ui};

use crate::export::one_line;
use crate::model::{ChecklistBlock, Edit, NightRecord, UtcMinute, WatchOutcome};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, rule, strong, text};
use crate::wording;

/// The maximum number of lines per list: a night has a few dozen, but a file may contain any number.
const MOST: usize = 200;

pub fn record_ui(ui: &mut Ui, cx: &Cx<'_>, record: &NightRecord) {
    let name = cx.plan().windows().get(&record.key.window).map_or(record.key.window.as_str(), |window| &window.name);
    ui.horizontal(|ui| {
        ui.label(RichText::new(name).font(theme::strong(theme::TITLE)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let button = ui.add_enabled(cx.is_editable(), egui::Button::new("Remove record"));
            if button.on_hover_text("Delete the record of this night; can be undone").clicked() {
                cx.edit(Edit::RemoveNight(record.key.clone()));
            }
        });
    });
    let line = format!("{} · no longer in the plan, its record stays", wording::date(record.key.on));
    ui.label(muted(cx, line));
    ui.add_space(8.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        if let Some(ending) = &record.ending {
            let line = format!("{}, {}, {}", ending.outcome.name(), one_line(&ending.by), when(cx, ending.at));
            ui.label(strong(line));
        }
        for block in ChecklistBlock::ALL {
            let ticks = record.ticks.iter().filter(|tick| tick.block == block);
            let lines = ticks.map(|tick| (tick.item.as_str(), tick.by.as_str(), tick.at));
            lines_ui(ui, cx, block.name(), lines);
        }
        let updates = record.status_updates.iter();
        let lines = updates.map(|update| (update.text.as_str(), update.by.as_str(), update.at));
        lines_ui(ui, cx, "Status updates", lines);
        if let Some(watch) = &record.watch {
            let outcome = watch.outcome.map_or("", WatchOutcome::name);
            let parts = [outcome, &watch.logs, &watch.performance].into_iter().filter(|part| !part.is_empty());
            lines_ui(ui, cx, "Watch", parts.map(|part| (part, watch.by.as_str(), watch.at)));
        }
        if !record.notes.is_empty() {
            ui.add_space(10.0);
            ui.label(strong("Notes"));
            rule(ui, cx);
            text(ui, record.notes.as_str());
        }
    });
}

/// A heading with what was done, by whom and when; omitted if there is nothing.
fn lines_ui<'a>(ui: &mut Ui, cx: &Cx<'_>, title: &str, lines: impl Iterator<Item = (&'a str, &'a str, UtcMinute)>) {
    let mut lines = lines.peekable();
    if lines.peek().is_none() {
        return;
    }
    ui.add_space(10.0);
    ui.label(strong(title));
    rule(ui, cx);
    for (what, by, at) in lines.by_ref().take(MOST) {
        ui.horizontal_wrapped(|ui| {
            ui.label(one_line(what));
            ui.label(muted(cx, format!("{}, {}", one_line(by), when(cx, at))));
        });
    }
    let more = lines.count();
    if more > 0 {
        ui.label(muted(cx, wording::and_more(more)));
    }
}

/// In the plan's zone, because the window may no longer exist.
fn when(cx: &Cx<'_>, at: UtcMinute) -> String {
    wording::moment(cx.schedule().zone.local(at))
}
