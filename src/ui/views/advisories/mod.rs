//! Advisories: their deadlines, the occurrences that install the fixes, and decisions; as a table with a form beside
//! it.

mod decisions;
mod form;
mod lines;
mod table;

use std::rc::Rc;

use egui::{CentralPanel, EventFilter, Frame, Id, Key, Margin, Panel, ScrollArea, Ui};
use lucide_icons::Icon;

use crate::model::{AdvisoryId, Subject};
use crate::session::{Action, Command, Destination};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::{empty_state_button, empty_state_with};
use crate::ui::parts::filters::{filter_chip, filter_field};
use crate::ui::parts::reading_order::RoomRight;
use crate::ui::parts::widgets::{head, muted, primary_button};
use lines::{AdvisoryFilter, Lines, LinesMemo};

/// The state of the view between frames.
#[derive(Default)]
pub struct AdvisoriesState {
    filter: String,
    quick: AdvisoryFilter,
    lines: LinesMemo,
    /// The row to scroll to once.
    follows: Option<usize>,
    /// The row after the one that Tab went to, if that is the last one in sight, or before the first one.
    beyond: Option<usize>,
    /// The selection in the last frame: a new one is scrolled into view.
    selected: Option<AdvisoryId>,
    form: form::FormState,
}

impl AdvisoriesState {
    fn lines(&mut self, cx: &Cx<'_>) -> Rc<Lines> {
        self.lines.lines(cx.document(), &self.filter, self.quick)
    }
}

/// Draws the filters, the table and the form.
pub fn advisories_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut AdvisoriesState) {
    let lines = state.lines(cx);
    keyboard(ui, cx, &lines);
    let selected = selected(cx).cloned();
    if selected != state.selected {
        state.selected.clone_from(&selected);
        state.follows = state.beyond.take().or_else(|| selected.as_ref().and_then(|id| lines.row_of(id)));
    }
    // Above the form, too, so that no form moves its buttons.
    let margin = Margin { left: 12, right: 12, top: 12, bottom: 0 };
    Frame::new().inner_margin(margin).show(ui, |ui| bar_ui(ui, cx, state, &lines));
    let room = RoomRight::new(ui, Id::unique("room for the advisory"));
    let mut view = room.view(ui);
    let margin = Margin { left: 12, right: 12, top: 6, bottom: 12 };
    CentralPanel::default().frame(Frame::new().inner_margin(margin)).show(&mut view, |ui| {
        if cx.plan().advisories().is_empty() {
            let advice = "Import CISA's catalogue or a table, or add one that a vendor has published";
            let buttons = [Command::ImportAdvisories, Command::NewAdvisory];
            let buttons = buttons.map(|command| (command.name(), Action::Run(command)));
            return empty_state_with(ui, cx, Icon::ShieldCheck, "No advisories yet", advice, &buttons);
        }
        let lines = state.lines(cx);
        if lines.len() == 0 {
            let advice = "Other advisories are hidden";
            if empty_state_button(ui, cx, Icon::Search, "No match for these filters", advice, "Remove the filters") {
                (state.filter, state.quick) = (String::new(), AdvisoryFilter::default());
            }
            return;
        }
        state.beyond = table::table_ui(ui, cx, &lines, selected.as_ref(), state.follows.take());
    });
    room.show(ui, |ui| {
        if let Some(advisory) = selected.as_ref().and_then(|id| cx.plan().advisories().get(id)) {
            let panel = Frame::new().fill(cx.colors.panel);
            Panel::right("advisory").default_size(380.0).size_range(340.0..=560.0).frame(panel).show(ui, |ui| {
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    Frame::new().inner_margin(Margin { left: 16, right: 16, top: 14, bottom: 24 }).show(ui, |ui| {
                        let id = advisory.id.as_str();
                        ui.push_id(("advisory", id), |ui| form::form_ui(ui, cx, &mut state.form, advisory));
                    });
                });
            });
        }
    });
}

/// The advisory whose form is shown.
fn selected<'a>(cx: &Cx<'a>) -> Option<&'a AdvisoryId> {
    match &cx.navigation().listed {
        Some(Subject::Advisory(id)) => Some(id),
        _ => None,
    }
}

fn select(cx: &Cx<'_>, id: &AdvisoryId) {
    cx.reveal(Destination::Subject(Subject::Advisory(id.clone())));
}

fn filter_id() -> Id {
    Id::unique("advisories filter")
}

fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut AdvisoriesState, lines: &Lines) {
    ui.horizontal(|ui| {
        ui.label(head("Advisories"));
        ui.label(muted(cx, cx.plan().advisories().len().to_string()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_enabled_ui(cx.is_editable(), |ui| {
                let help = Command::NewAdvisory.help();
                if primary_button(ui, cx, "New").on_hover_text(help).clicked() {
                    cx.run(Command::NewAdvisory);
                }
            });
        });
    });
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        filter_field(ui, filter_id(), "Filter advisories", "Filter by words", 180.0, &mut state.filter);
        ui.add_space(8.0);
        for quick in AdvisoryFilter::CHOICES {
            chip_ui(ui, cx, state, lines, quick);
        }
    });
}

/// A quick filter with the number of matching advisories; a second click removes it.
fn chip_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut AdvisoriesState, lines: &Lines, quick: AdvisoryFilter) {
    let (count, is_on) = (lines.count(quick), state.quick == quick);
    let color = match quick {
        AdvisoryFilter::Overdue if count > 0 => cx.colors.error,
        AdvisoryFilter::WithoutWindow if count > 0 => cx.colors.warning,
        _ => cx.colors.text,
    };
    if filter_chip(ui, cx, quick.name(), count, color, is_on) {
        state.quick = if is_on { AdvisoryFilter::All } else { quick };
    }
}

/// Arrow keys move to another advisory, Enter shows its occurrence; also while the filter has the focus.
fn keyboard(ui: &Ui, cx: &Cx<'_>, lines: &Lines) {
    let row = selected(cx).map(table::row_id).filter(|row| ui.memory(|memory| memory.has_focus(*row)));
    if let Some(row) = row {
        let arrows = EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(row, arrows));
    }
    if !cx.keys_are_free(ui, row.or(Some(filter_id()))) || lines.len() == 0 {
        return;
    }
    let here = selected(cx).and_then(|id| lines.row_of(id));
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    let page = 12;
    for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, page), (Key::PageUp, -page)] {
        if pressed(key)
            && let Some(line) = lines.get(row_after(here, step, lines.len()))
        {
            select(cx, &line.id);
            if row.is_some() {
                ui.memory_mut(|memory| memory.request_focus(table::row_id(&line.id)));
            }
        }
    }
    let occurrence = || here.and_then(|row| lines.get(row)?.occurrence.clone());
    if pressed(Key::Enter)
        && let Some((window, on)) = occurrence()
    {
        cx.reveal(Destination::Occurrence(window, on));
    }
}

fn row_after(here: Option<usize>, step: isize, rows: usize) -> usize {
    here.map_or(0, |here| here.saturating_add_signed(step).min(rows - 1))
}
