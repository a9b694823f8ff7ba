//! The choice of what to compare with, the summary sentence, and the filters.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Button, Label, Layout, Stroke, Ui};

use super::listing::ChangeFilter;
use crate::schedule::Revision;
use crate::schedule::revision::DateChange;
use crate::session::{Command, Comparison, ComparisonBasis};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::filters::filter_chip;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{command_button, head, muted};

/// The width from which there is room for words before the choices.
const ROOMY: f32 = 440.0;

/// Title, choices, export. In a narrow window the choices shrink, not the title and the button.
pub fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, comparison: Option<&Comparison>) {
    ui.horizontal(|ui| {
        ui.label(head("Changes"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if comparison.is_some() {
                command_button(ui, cx, Command::ExportChanges);
            }
            if comparison.is_some_and(|comparison| matches!(comparison.basis, ComparisonBasis::ZoneData(_))) {
                command_button(ui, cx, Command::AcceptTimes);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| choices_ui(ui, cx, comparison));
        });
    });
}

fn choices_ui(ui: &mut Ui, cx: &Cx<'_>, comparison: Option<&Comparison>) {
    if ui.available_width() > ROOMY {
        ui.label(muted(cx, "compared with"));
    }
    ui.spacing_mut().item_spacing.x = 4.0;
    let basis = comparison.map(|comparison| &comparison.basis);
    let file = match basis {
        Some(ComparisonBasis::File(_) | ComparisonBasis::Theirs(_)) => basis.map(ComparisonBasis::name),
        _ => None,
    };
    let file_words = file.as_deref().unwrap_or("an earlier file…");
    choice_ui(ui, cx, file_words, file.is_some(), Command::CompareWithFile);
    let version = basis.filter(|basis| matches!(basis, ComparisonBasis::Version { .. })).map(ComparisonBasis::name);
    let version_words = version.as_deref().unwrap_or("a version…");
    choice_ui(ui, cx, version_words, version.is_some(), Command::Versions);
    choice_ui(ui, cx, "the saved plan", basis == Some(&ComparisonBasis::Saved), Command::CompareWithSaved);
    choice_ui(ui, cx, "what was sent", basis == Some(&ComparisonBasis::Sent), Command::CompareWithSent);
    if cx.is_enabled(Command::CompareWithZoneData) {
        let is_on = matches!(basis, Some(ComparisonBasis::ZoneData(_)));
        choice_ui(ui, cx, "earlier zone data", is_on, Command::CompareWithZoneData);
    }
}

fn choice_ui(ui: &mut Ui, cx: &Cx<'_>, words: &str, is_on: bool, command: Command) {
    let (line, fill) = if is_on { (cx.colors.accent, cx.colors.selected) } else { (cx.colors.line, cx.colors.panel) };
    let button = Button::new(words).selected(is_on).fill(fill).stroke(Stroke::new(1.0, line)).truncate();
    let response = ui.add_enabled(cx.is_enabled(command), button);
    if response.accessible_name(command.name()).on_hover_text(command.help()).clicked() {
        cx.run(command);
    }
}

/// The summary, remarks on what it leaves out, and a filter for each kind. Returns whether the filter was changed.
pub fn summary_ui(ui: &mut Ui, cx: &Cx<'_>, revision: &Revision, quick: &mut ChangeFilter) -> bool {
    ui.add_space(8.0);
    ui.add(Label::new(sentence(cx, revision)).wrap());
    let remarks = revision.remarks().join(" · ");
    if !remarks.is_empty() {
        ui.label(muted(cx, remarks));
    }
    ui.add_space(6.0);
    let before = *quick;
    if quick.count(revision) == 0 {
        *quick = ChangeFilter::All;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for choice in ChangeFilter::CHOICES {
            let count = choice.count(revision);
            if count > 0 {
                chip_ui(ui, cx, choice, count, quick);
            }
        }
    });
    *quick != before
}

/// The last part of the sentence is highlighted if notice is broken.
fn sentence(cx: &Cx<'_>, revision: &Revision) -> LayoutJob {
    let (sentence, late) = revision.summary_parts();
    let format = |color| TextFormat { font_id: theme::strong(theme::HEAD), color, ..TextFormat::default() };
    let mut job = LayoutJob::default();
    job.append(&sentence, 0.0, format(cx.colors.text));
    if let Some(late) = late {
        job.append("; ", 0.0, format(cx.colors.text));
        job.append(&late, 0.0, format(cx.colors.error));
    }
    job
}

/// A filter with the number of matching changes; a second click removes it.
fn chip_ui(ui: &mut Ui, cx: &Cx<'_>, choice: ChangeFilter, count: usize, quick: &mut ChangeFilter) {
    let is_on = *quick == choice;
    let color = match choice {
        ChangeFilter::Late => cx.colors.error,
        ChangeFilter::Dates(change) => change_color(cx, change),
        _ => cx.colors.text,
    };
    if filter_chip(ui, cx, choice.name(), count, color, is_on) {
        *quick = if is_on { ChangeFilter::All } else { choice };
    }
}

/// The colour of the change's name.
pub fn change_color(cx: &Cx<'_>, change: DateChange) -> egui::Color32 {
    match change {
        DateChange::Moved => cx.colors.accent,
        DateChange::Cancelled => cx.colors.error,
        DateChange::Added | DateChange::Restored => cx.colors.good,
        DateChange::Changed => cx.colors.text,
        DateChange::OldMonths | DateChange::NewMonths => cx.colors.muted,
    }
}
