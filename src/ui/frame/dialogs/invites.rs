//! The export of invites: which ones, what is sent to whom, and where to write them.

use egui::{Label, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use crate::export::invites::{InvitesOrder, Occasion, Organizer, Which};
use crate::model::{AreaId, InformedOf, Plan, address};
use crate::output::Order;
use crate::session::{Action, Command, Dialog, InvitesPreview, Preview, Selection, Session};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{Buttons, DialogButton, close, titled};
use crate::ui::parts::widgets::{job_bar, muted, name, segments, strong, text};
use crate::ui::parts::{picker, theme};

const WIDTH: f32 = 900.0;
/// Width of the progress bar.
const BAR: f32 = 320.0;
/// Height of the list of messages.
const HEIGHT: f32 = 300.0;
const HEADS: [&str; 5] = ["Date", "Start", "", "Maintenance window", "To"];

/// The current choice.
#[derive(Default)]
pub struct InvitesState {
    choice: Choice,
    area: Option<AreaId>,
    /// The address of a person or team who is informed.
    informed: Option<String>,
}

/// The choices of messages that the dialog offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Choice {
    #[default]
    All,
    Window,
    Occurrence,
    Area,
    /// To a person or team who is informed.
    Informed,
    Again,
}

pub fn invites_ui(ui: &Ui, cx: &Cx<'_>, session: &Session, state: &mut InvitesState, occasion: Occasion, is_new: bool) {
    if is_new {
        let choice = if occasion == Occasion::Again { Choice::Again } else { Choice::All };
        *state = InvitesState { choice, ..InvitesState::default() };
    }
    let mut pressed = None;
    let problem = Organizer::from_texts(cx.plan().invites()).err();
    let closes = titled(ui, "Export invites", WIDTH, |ui| {
        choice_ui(ui, cx, state);
        let order = chosen(cx, state);
        let preview = session.invites_preview(&order);
        let is_empty = !matches!(preview, Preview::Ready(preview) if !preview.lines.is_empty());
        match preview {
            Preview::Ready(preview) => preview_ui(ui, cx, preview, order.occasion),
            waiting => waiting_ui(ui, cx, &waiting, order),
        }
        if let Some(problem) = problem.filter(|_| !is_empty) {
            ui.add_space(6.0);
            text(ui, RichText::new(format!("{problem}.")).color(cx.colors.error));
        }
        let buttons = Buttons {
            yes: (problem.is_none() && !is_empty).then_some("Choose a folder…"),
            other: Some("Invite texts…"),
            cancel: if is_empty { "Close" } else { "Cancel" },
            default: match problem {
                _ if is_empty => DialogButton::Cancel,
                None => DialogButton::Yes,
                Some(_) => DialogButton::Other,
            },
            is_blocked: false,
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    match pressed {
        Some(DialogButton::Yes) => {
            cx.send(Action::ChooseDestination(Order::Invites(chosen(cx, state))));
        }
        Some(DialogButton::Other) => cx.send(Action::OpenDialog(Some(Dialog::InviteTexts))),
        Some(DialogButton::Cancel) => close(cx),
        None if closes => close(cx),
        None => {}
    }
}

/// The choice between all messages and a part of them. Choices that need a selection are offered only with one.
fn choice_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut InvitesState) {
    let mut choices = vec![(Choice::All, "Everything that is due")];
    if cx.selection().window().is_some() {
        choices.push((Choice::Window, "For the selected window"));
    }
    if matches!(cx.selection(), Selection::Occurrence(..)) {
        choices.push((Choice::Occurrence, "For the selected date"));
    }
    choices.push((Choice::Area, "To one area"));
    if !informed(cx.plan()).is_empty() {
        choices.push((Choice::Informed, "To one person or team"));
    }
    if !cx.plan().sent_invites().is_empty() {
        choices.push((Choice::Again, "The last ones again"));
    }
    ui.horizontal_wrapped(|ui| {
        state.choice = segments(ui, cx, &choices, state.choice).unwrap_or(state.choice);
        if state.choice == Choice::Area {
            ui.add_space(8.0);
            area_ui(ui, cx, state);
        } else if state.choice == Choice::Informed {
            ui.add_space(8.0);
            informed_ui(ui, cx, state);
        }
    });
    ui.add_space(10.0);
}

fn area_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut InvitesState) {
    let areas = cx.plan().areas();
    let all = || areas.names();
    let name_of = |id: &_| areas.name_of(id);
    let chosen = picker::optional_id(ui, "Business area", state.area.as_ref(), "All areas", &all, name_of);
    state.area = chosen.unwrap_or_else(|| state.area.clone());
}

/// The addresses of the people and teams who are informed of something, each with their name, sorted by name.
fn informed(plan: &Plan) -> Vec<(String, String)> {
    let people = plan.people().iter().map(|person| (&person.informed_of, &person.email, &person.name));
    let teams = plan.teams().iter().map(|team| (&team.informed_of, &team.email, &team.name));
    let some = people.chain(teams).filter(|(informed_of, ..)| **informed_of != InformedOf::Nothing);
    let mut all: Vec<(String, String)> =
        some.filter_map(|(_, email, name)| Some((address(email)?, name.clone()))).collect();
    all.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    all
}

fn informed_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut InvitesState) {
    let all = || informed(cx.plan());
    let name_of =
        |to: &String| all().into_iter().find(|(each, _)| each == to).map_or_else(|| to.clone(), |(_, name)| name);
    let chosen = picker::optional_id(ui, "Person or team", state.informed.as_ref(), "Everybody", &all, name_of);
    state.informed = chosen.unwrap_or_else(|| state.informed.clone());
}

fn chosen(cx: &Cx<'_>, state: &InvitesState) -> InvitesOrder {
    let which = match (state.choice, cx.selection()) {
        (Choice::Window, selection) => selection.window().cloned().map_or(Which::All, Which::Window),
        (Choice::Occurrence, Selection::Occurrence(window, on)) => Which::Occurrence(window.clone(), *on),
        (Choice::Area, _) => state.area.clone().map_or(Which::All, Which::Area),
        (Choice::Informed, _) => state.informed.clone().map_or(Which::All, Which::To),
        _ => Which::All,
    };
    let occasion = if state.choice == Choice::Again { Occasion::Again } else { Occasion::Due };
    InvitesOrder { which, occasion }
}

/// Shown while all dates of a large plan are checked.
fn waiting_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &Preview<'_>, order: InvitesOrder) {
    let begin = |order| cx.send(Action::PreviewInvites(order));
    match preview {
        Preview::Running(job) => {
            text(ui, muted(cx, job.label));
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                job_bar(ui, cx, job, BAR);
                if ui.button("Stop").clicked() {
                    cx.send(Action::CancelJob(job.id));
                }
            });
        }
        Preview::Stopped => {
            text(ui, "Stopped before all dates were checked.");
            ui.add_space(6.0);
            if ui.button("Restart").clicked() {
                begin(order);
            }
        }
        Preview::NotAsked | Preview::Ready(_) => begin(order),
    }
}

/// The summary, and below it the list of messages.
fn preview_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &InvitesPreview, occasion: Occasion) {
    text(ui, strong(&preview.summary));
    for missing in preview.errors.iter().chain(&preview.missing) {
        text(ui, RichText::new(missing).font(theme::regular(theme::SMALL)).color(cx.colors.warning));
    }
    if preview.lines.is_empty() {
        return;
    }
    ui.add_space(8.0);
    messages_ui(ui, cx, &preview.lines);
    ui.add_space(8.0);
    let note = match occasion {
        Occasion::Due => {
            "Each is written as an .ics file and as an e-mail draft. Once all are on disk, the plan records them as sent; after that only changes are due."
        }
        Occasion::Again => "The same times and the same version: calendars that already have them do not change.",
    };
    text(ui, muted(cx, note));
    let forget = Command::ForgetInvites;
    if occasion == Occasion::Again && cx.is_enabled(forget) {
        ui.add_space(6.0);
        if ui.button(forget.name()).on_hover_text(forget.help()).clicked() {
            cx.run(forget);
        }
    }
}

/// The list of messages: date, start, kind, window and recipient.
fn messages_ui(ui: &mut Ui, cx: &Cx<'_>, lines: &[[String; 5]]) {
    let height = (ui.ctx().content_rect().height() - 320.0).clamp(80.0, HEIGHT);
    let builder = TableBuilder::new(ui)
        .id_salt("messages")
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
        body.rows(22.0, lines.len(), |mut row| {
            let line = &lines[row.index()];
            for cell in line {
                row.col(|ui| {
                    ui.add(Label::new(cell).truncate().selectable(false));
                });
            }
            let [on, start, kind, window, to] = line;
            name(&row.response(), egui::Role::Row, || format!("{kind} of {window}, {on} {start}, to {to}"));
        });
    });
}
