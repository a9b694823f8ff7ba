//! What lies over the screen: one dialog at a time. Escape cancels, Enter does what the marked button says.

mod accept;
mod calendar;
mod choose_kind;
mod import;
mod import_options;
mod invite_texts;
mod invites;
mod policy;
mod print;
mod publish;
mod question;
mod settings;
mod shortcuts;

use std::mem::Discriminant;

use egui::{Align, Button, Frame, Id, Key, Layout, Margin, Modal, Modifiers, Response, RichText, Ui};

use super::app::Views;
use super::cx::Cx;
use super::widgets::{head, primary_button};
use super::{palette, paths, theme};
use crate::session::{Action, Dialog, Question};

/// What dialogs remember between frames.
#[derive(Default)]
pub struct DialogState {
    /// The page of the plan's settings that is open.
    settings: settings::Page,
    /// What is being typed about a finding that is accepted.
    accept: accept::AcceptDraft,
    invites: invites::InvitesState,
    texts: invite_texts::TextsState,
    print: print::PrintState,
    /// What is being typed about where to publish.
    publish: publish::PublishDraft,
    /// Which kind of dialog was drawn last: a new one takes the focus.
    shown: Option<Kind>,
}

type Kind = (Discriminant<Dialog>, Option<Discriminant<Question>>);

/// Draws the dialog that is open, if any.
pub fn dialogs_ui(ui: &mut Ui, cx: &Cx<'_>, views: &mut Views) {
    let dialog = cx.session.dialog.as_ref();
    let kind = dialog.map(kind_of);
    let is_new = kind != views.dialogs.shown;
    views.dialogs.shown = kind;
    match dialog {
        None => {}
        Some(Dialog::ChooseKind { paths, kinds }) => choose_kind::choose_kind_ui(ui, cx, paths, kinds),
        Some(Dialog::Palette) => palette::palette_ui(ui, cx, &mut views.palette, is_new),
        Some(Dialog::Shortcuts) => shortcuts::shortcuts_ui(ui, cx),
        Some(Dialog::PlanSettings) => settings::settings_ui(ui, cx, &mut views.dialogs.settings),
        Some(Dialog::Invites(occasion)) => invites::invites_ui(ui, cx, &mut views.dialogs.invites, *occasion, is_new),
        Some(Dialog::InviteTexts) => invite_texts::invite_texts_ui(ui, cx, &mut views.dialogs.texts),
        Some(Dialog::Path(request)) => paths::path_ui(ui, cx, &mut views.paths, request, is_new),
        Some(Dialog::Print(order)) => print::print_ui(ui, cx, &mut views.dialogs.print, order, is_new),
        Some(Dialog::Calendar(dialog)) => calendar::calendar_ui(ui, cx, dialog, is_new),
        Some(Dialog::Accept(pointed)) => accept::accept_ui(ui, cx, &mut views.dialogs.accept, pointed, is_new),
        Some(Dialog::Publish) => publish::publish_ui(ui, cx, &mut views.dialogs.publish, is_new),
        Some(Dialog::Question(Question::Import(preview))) => import::import_ui(ui, cx, preview, is_new),
        Some(Dialog::Question(question)) => question::question_ui(ui, cx, question, is_new),
    }
}

fn kind_of(dialog: &Dialog) -> Kind {
    let question = match dialog {
        Dialog::Question(question) => Some(std::mem::discriminant(question)),
        _ => None,
    };
    (std::mem::discriminant(dialog), question)
}

/// A card in the middle of the screen, which is dimmed; whether it is to be closed (Escape, a click beside it).
pub fn modal(ui: &Ui, name: &str, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(16)).corner_radius(theme::CARD_RADIUS);
    let width = width.min(ui.ctx().content_rect().width() - 48.0);
    let modal = Modal::new(Id::unique(("dialog", name))).frame(frame);
    let shown = modal.show(ui.ctx(), |ui| {
        ui.set_width(width);
        content(ui);
    });
    shown.should_close()
}

/// A dialog with a title over its content.
pub fn titled(ui: &Ui, title: &str, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
    modal(ui, title, width, |ui| {
        ui.add(egui::Label::new(head(title)).wrap());
        ui.add_space(8.0);
        content(ui);
    })
}

/// The words on the buttons of a dialog. `default` is what Enter does.
pub struct Buttons<'a> {
    pub yes: Option<&'a str>,
    pub other: Option<&'a str>,
    pub cancel: &'a str,
    pub default: Pressed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    Yes,
    Other,
    Cancel,
}

impl Buttons<'_> {
    /// Draws them from the right, the usual one marked; gives back which was pressed. Enter presses the one that has
    /// the focus, which at first (`is_new`) is the usual one.
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>, is_new: bool) -> Option<Pressed> {
        let mut pressed = None;
        ui.add_space(16.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let all = [(Pressed::Yes, self.yes), (Pressed::Other, self.other), (Pressed::Cancel, Some(self.cancel))];
            for (which, text) in all {
                let Some(text) = text else { continue };
                let is_default = which == self.default;
                let response = if is_default { primary_button(ui, cx, text) } else { ui.add(Button::new(text)) };
                if is_default && is_new {
                    response.request_focus();
                }
                if response.clicked() || (is_default && enter_is_free(ui, &response)) {
                    pressed = Some(which);
                }
            }
        });
        pressed
    }
}

/// Enter was pressed and nothing in the dialog has a use for it.
fn enter_is_free(ui: &Ui, default: &Response) -> bool {
    let is_free = ui.memory(|memory| memory.focused().is_none_or(|id| id == default.id));
    is_free && !default.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
}

/// Closes the dialog that is open.
pub fn close(cx: &Cx<'_>) {
    cx.send(Action::OpenDialog(None));
}

/// Body text of a dialog.
fn body(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(RichText::new(text)).wrap());
}
