//! Exporting invites: which of them, what goes to whom, and where to.

use std::sync::Arc;

use egui::{Label, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use super::{Buttons, Pressed, close, titled};
use crate::export::invites::{Occasion, Organizer, Outgoing, Which, missing_addresses};
use crate::model::{AreaId, Plan};
use crate::session::{Action, Command, Dialog, Selection};
use crate::ui::cx::Cx;
use crate::ui::form;
use crate::ui::theme;
use crate::ui::widgets::{muted, name, segments, strong, text};

const WIDTH: f32 = 900.0;
/// Of the list of letters.
const HEIGHT: f32 = 300.0;
const HEADS: [&str; 5] = ["Date", "Start", "", "Maintenance window", "Owner"];

/// What is chosen, and what it comes to.
#[derive(Default)]
pub struct InvitesState {
    choice: Choice,
    area: Option<AreaId>,
    preview: Option<Preview>,
}

/// A choice of letters as the dialog offers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Choice {
    #[default]
    All,
    Window,
    Occurrence,
    Area,
    Again,
}

/// What would be written, kept while plan and choice stay the same.
struct Preview {
    plan: Arc<Plan>,
    which: Which,
    occasion: Occasion,
    summary: String,
    missing: Option<String>,
    lines: Vec<[String; 5]>,
}

impl Preview {
    fn of(cx: &Cx<'_>, which: Which, occasion: Occasion) -> Self {
        let session = cx.session;
        let outgoing = Outgoing::of(&session.schedule, session.today(), &which, occasion);
        Self {
            plan: Arc::clone(session.plan()),
            summary: outgoing.summary(),
            missing: missing_addresses(&outgoing.unreachable),
            lines: outgoing.lines().collect(),
            which,
            occasion,
        }
    }
}

pub fn invites_ui(ui: &Ui, cx: &Cx<'_>, state: &mut InvitesState, occasion: Occasion, is_new: bool) {
    if is_new {
        let choice = if occasion == Occasion::Again { Choice::Again } else { Choice::All };
        *state = InvitesState { choice, ..InvitesState::default() };
    }
    let mut pressed = None;
    let problem = Organizer::of(&cx.plan().invites).err();
    let closes = titled(ui, "Export invites", WIDTH, |ui| {
        choice_ui(ui, cx, state);
        let (which, occasion) = chosen(cx, state);
        let is_current = |preview: &Preview| {
            Arc::ptr_eq(&preview.plan, cx.session.plan()) && preview.which == which && preview.occasion == occasion
        };
        let preview = state.preview.take().filter(is_current).unwrap_or_else(|| Preview::of(cx, which, occasion));
        preview_ui(ui, cx, &preview);
        if let Some(problem) = problem.filter(|_| !preview.lines.is_empty()) {
            ui.add_space(6.0);
            text(ui, RichText::new(format!("{problem}.")).color(cx.colors.error));
        }
        let buttons = Buttons {
            yes: (problem.is_none() && !preview.lines.is_empty()).then_some("Choose a folder…"),
            other: Some("Texts of invites…"),
            cancel: if preview.lines.is_empty() { "Close" } else { "Cancel" },
            default: match problem {
                _ if preview.lines.is_empty() => Pressed::Cancel,
                None => Pressed::Yes,
                Some(_) => Pressed::Other,
            },
        };
        pressed = buttons.show(ui, cx, is_new);
        state.preview = Some(preview);
    });
    match pressed {
        Some(Pressed::Yes) => {
            let (which, occasion) = chosen(cx, state);
            cx.send(Action::ChooseInvitesFolder(which, occasion));
        }
        Some(Pressed::Other) => cx.send(Action::OpenDialog(Some(Dialog::InviteTexts))),
        Some(Pressed::Cancel) => close(cx),
        None if closes => close(cx),
        None => {}
    }
}

/// All, or a part of them; what needs a selection is offered with one.
fn choice_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut InvitesState) {
    let mut choices = vec![(Choice::All, "All that is due")];
    if cx.session.selection.window().is_some() {
        choices.push((Choice::Window, "Of the selected window"));
    }
    if matches!(cx.session.selection, Selection::Occurrence(..)) {
        choices.push((Choice::Occurrence, "Of the selected date"));
    }
    choices.push((Choice::Area, "To one area"));
    if !cx.plan().invitations.is_empty() {
        choices.push((Choice::Again, "Last sent, again"));
    }
    ui.horizontal_wrapped(|ui| {
        state.choice = segments(ui, cx, &choices, state.choice).unwrap_or(state.choice);
        if state.choice == Choice::Area {
            ui.add_space(8.0);
            area_ui(ui, cx, state);
        }
    });
    ui.add_space(10.0);
}

fn area_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut InvitesState) {
    let areas = &cx.plan().areas;
    let all = || areas.iter().map(|area| (area.id.clone(), area.name.clone())).collect();
    let name_of = |id: &AreaId| areas.get(id).map_or_else(|| id.to_string(), |area| area.name.clone());
    let chosen = form::optional_id(ui, "Business area", state.area.as_ref(), "All areas", &all, name_of);
    state.area = chosen.unwrap_or_else(|| state.area.clone());
}

fn chosen(cx: &Cx<'_>, state: &InvitesState) -> (Which, Occasion) {
    let which = match (state.choice, &cx.session.selection) {
        (Choice::Window, selection) => selection.window().cloned().map_or(Which::All, Which::Window),
        (Choice::Occurrence, Selection::Occurrence(window, on)) => Which::Occurrence(window.clone(), *on),
        (Choice::Area, _) => state.area.clone().map_or(Which::All, Which::Area),
        _ => Which::All,
    };
    let occasion = if state.choice == Choice::Again { Occasion::Again } else { Occasion::Due };
    (which, occasion)
}

/// The summary, and below it what goes to whom.
fn preview_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &Preview) {
    text(ui, strong(&preview.summary));
    if let Some(missing) = &preview.missing {
        text(ui, RichText::new(missing).font(theme::regular(theme::SMALL)).color(cx.colors.warning));
    }
    if preview.lines.is_empty() {
        return;
    }
    ui.add_space(8.0);
    let height = (ui.ctx().content_rect().height() - 320.0).clamp(80.0, HEIGHT);
    let builder = TableBuilder::new(ui)
        .id_salt("letters")
        .striped(false)
        .column(Column::exact(112.0))
        .column(Column::exact(74.0))
        .column(Column::exact(84.0))
        .column(Column::exact(200.0).clip(true))
        .column(Column::remainder().clip(true))
        .min_scrolled_height(height)
        .max_scroll_height(height)
        .auto_shrink([false, true]);
    let table = builder.header(22.0, |mut header| {
        for head in HEADS {
            header.col(|ui| {
                ui.label(muted(cx, head));
            });
        }
    });
    table.body(|body| {
        body.rows(22.0, preview.lines.len(), |mut row| {
            let line = &preview.lines[row.index()];
            for cell in line {
                row.col(|ui| {
                    ui.add(Label::new(cell).truncate().selectable(false));
                });
            }
            let [on, start, kind, window, owner] = line;
            name(&row.response(), egui::Role::Row, || format!("{kind} of {window}, {on} {start}, to {owner}"));
        });
    });
    ui.add_space(8.0);
    let note = match preview.occasion {
        Occasion::Due => {
            "Each is written as .ics and as a draft of a mail. Once all are on disk, the plan notes them as sent: \
             only changes are due after that."
        }
        Occasion::Again => "The same times with the same SEQUENCE: calendars that have them already stay as they are.",
    };
    text(ui, muted(cx, note));
    let forget = Command::ForgetInvites;
    if preview.occasion == Occasion::Again && cx.session.is_enabled(forget) {
        ui.add_space(6.0);
        if ui.button(forget.name()).on_hover_text(forget.help()).clicked() {
            cx.run(forget);
        }
    }
}
