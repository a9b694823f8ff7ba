//! The kept versions of the plan: what each changed, to compare with one or to restore it.

use std::sync::Arc;

use egui::{Align, Button, Key, Label, Layout, RichText, ScrollArea, Ui, Vec2};

use crate::session::{Action, ComparisonBasis, Session};
use crate::store::VersionEntry;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{Buttons, DialogButton, body, close, titled};
use crate::ui::parts::widgets::{job_bar, muted};
use crate::wording::file_size;

const WIDTH: f32 = 720.0;
/// Height of the list.
const HEIGHT: f32 = 320.0;
const ROW: f32 = 30.0;
/// Width of the progress bar.
const BAR: f32 = 320.0;

/// The state of the dialog between frames.
#[derive(Default)]
pub struct VersionsState {
    /// The index of the chosen version.
    chosen: usize,
    /// Whether a row of the open dialog had the focus.
    had_focus: bool,
}

pub fn versions_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    session: &Session,
    state: &mut VersionsState,
    entries: Option<&Arc<[VersionEntry]>>,
    is_new: bool,
) {
    if is_new {
        *state = VersionsState::default();
    }
    let mut pressed = None;
    let closes = titled(ui, "Versions", WIDTH, |ui| {
        match entries.map(|entries| &**entries) {
            None => waiting_ui(ui, cx, session),
            Some([]) => body(ui, "No version of this plan is kept on this computer yet. Each save keeps one."),
            Some(entries) => pressed = list_ui(ui, cx, state, entries),
        }
        let chosen = entries.and_then(|entries| entries.get(state.chosen));
        let buttons = Buttons {
            yes: chosen.map(|_| "Compare"),
            other: chosen.map(|_| "Restore"),
            cancel: "Close",
            default: if chosen.is_some() { DialogButton::Yes } else { DialogButton::Cancel },
            is_blocked: chosen.is_some_and(|entry| !entry.is_readable),
        };
        pressed = buttons.show(ui, cx, is_new && chosen.is_none()).or(pressed);
    });
    let chosen = entries.and_then(|entries| entries.get(state.chosen)).filter(|entry| entry.is_readable);
    match (pressed, chosen) {
        (Some(DialogButton::Yes), Some(VersionEntry { version, saved, .. })) => {
            cx.send(Action::Compare(ComparisonBasis::Version { version: version.clone(), saved: saved.clone() }));
        }
        (Some(DialogButton::Other), Some(entry)) => cx.send(Action::RestoreVersion(entry.clone())),
        (Some(DialogButton::Cancel), _) => close(cx),
        _ if closes => close(cx),
        _ => {}
    }
}

fn waiting_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session) {
    match session.jobs.shown() {
        Some(job) => job_bar(ui, cx, &job, BAR),
        None => body(ui, "Reading the versions"),
    }
}

/// A row for each version. The row with the focus is the chosen one; Enter and a double click compare with it.
fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut VersionsState, entries: &[VersionEntry]) -> Option<DialogButton> {
    let advice = "The last saved versions of this plan, and what each changed. Restoring one can be undone, and is not \
                  saved until you save the plan.";
    ui.add(Label::new(muted(cx, advice)).wrap());
    ui.add_space(8.0);
    let mut pressed = None;
    ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
        ui.with_layout(Layout::top_down_justified(Align::LEFT), |ui| {
            for (index, entry) in entries.iter().enumerate() {
                let response = row_ui(ui, cx, entry, index == state.chosen);
                if !state.had_focus && index == state.chosen {
                    response.request_focus();
                    state.had_focus = true;
                }
                if response.clicked() || response.gained_focus() {
                    state.chosen = index;
                }
                let is_entered = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                if response.double_clicked() || is_entered {
                    pressed = Some(DialogButton::Yes);
                }
            }
        });
    });
    pressed
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, entry: &VersionEntry, is_chosen: bool) -> egui::Response {
    let size = file_size(entry.version.size());
    let name = format!("{}, {size}: {}", entry.saved, entry.changes);
    let color = if entry.is_readable { cx.colors.text } else { cx.colors.error };
    let words = RichText::new(format!("{}   {}", entry.saved, entry.changes)).color(color);
    let button = Button::selectable(is_chosen, words)
        .right_text(muted(cx, size))
        .truncate()
        .min_size(Vec2::new(ui.available_width(), ROW));
    ui.add(button).accessible_name(&name).on_hover_text(&entry.changes)
}
