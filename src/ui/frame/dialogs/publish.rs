//! Publishing the year calendar: the address, the user, and the result.

use egui::{Button, Key, Label, Popup, RichText, TextEdit, Ui};
use lucide_icons::Icon;

use super::question::details_ui;
use crate::model::UtcMinute;
use crate::publish::{ResourceProblem, Secret, Target, TargetError, TypedTarget, Url};
use crate::session::{Action, Publication, PublicationResult, PublishedTarget, Session};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::row;
use crate::ui::parts::modal::{DialogButton, body, close, titled};
use crate::ui::parts::reading_order::at_right_end;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_button, job_bar, muted, primary_button, rule, strong};
use crate::wording::moment;

const WIDTH: f32 = 540.0;
const FIELD: f32 = 340.0;
/// The height of a list.
const LIST: f32 = 220.0;

/// The values entered so far. The password stays here until it is sent or the dialog is closed.
#[derive(Default)]
pub struct PublishDraft {
    calendar: PublishedTarget,
    password: String,
    remembers: bool,
    allows_unencrypted: bool,
}

impl PublishDraft {
    fn new(session: &Session) -> Self {
        let calendar = session.published().first().cloned();
        let calendar = calendar.unwrap_or_else(|| PublishedTarget { with_freezes: true, ..PublishedTarget::default() });
        Self { calendar, ..Self::default() }
    }

    fn publication(&self, overwrites: bool) -> Publication {
        Publication {
            calendar: self.calendar.clone(),
            password: Secret::new(&*self.password),
            remembers: self.remembers,
            overwrites,
            allows_unencrypted: self.allows_unencrypted,
        }
    }
}

pub fn publish_ui(ui: &Ui, cx: &Cx<'_>, session: &Session, draft: &mut PublishDraft, is_new: bool) {
    if is_new {
        *draft = PublishDraft::new(session);
    }
    let mut pressed = None;
    let closes = titled(ui, "Publish calendar", WIDTH, |ui| {
        body(
            ui,
            "Write the calendar to a file or a calendar server that others subscribe to. Only changes are sent, and entries \
             that others changed are not overwritten.",
        );
        ui.add_space(12.0);
        let typed = Target::parse(&draft.calendar.to);
        let is_entered =
            ui.add_enabled_ui(!session.is_publishing(), |ui| fields_ui(ui, cx, session, draft, &typed, is_new)).inner;
        let may = typed.as_ref().is_ok_and(|typed| draft.allows_unencrypted || typed.target.check_encryption().is_ok());
        ui.add_space(6.0);
        rule(ui, cx);
        ui.add_space(6.0);
        if let (Err(error), false) = (&typed, draft.calendar.to.trim().is_empty()) {
            ui.add(Label::new(RichText::new(format!("{error}.")).color(cx.colors.error)).wrap());
        } else {
            outcome_ui(ui, cx, session, draft);
        }
        pressed = buttons_ui(ui, cx, session, draft, may).or((is_entered && may).then_some(DialogButton::Yes));
    });
    match pressed {
        Some(DialogButton::Yes) => send(cx, session, draft, false),
        Some(DialogButton::Other) => send(cx, session, draft, true),
        Some(DialogButton::Cancel) => leave(cx, draft),
        None if closes => leave(cx, draft),
        None => {}
    }
}

fn send(cx: &Cx<'_>, session: &Session, draft: &PublishDraft, overwrites: bool) {
    if !session.is_publishing() {
        cx.send(Action::Publish(draft.publication(overwrites)));
    }
}

fn leave(cx: &Cx<'_>, draft: &mut PublishDraft) {
    *draft = PublishDraft::default();
    close(cx);
}

/// Returns whether Enter was pressed in one of the fields.
fn fields_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    session: &Session,
    draft: &mut PublishDraft,
    typed: &Result<TypedTarget, TargetError>,
    is_new: bool,
) -> bool {
    let mut is_entered = false;
    ui.spacing_mut().item_spacing.y = 8.0;
    row(ui, cx, "Publish to", |ui| {
        ui.horizontal(|ui| {
            let hint = "https://… or the path of an .ics file";
            let response = line(ui, &mut draft.calendar.to, "Publish to", hint, false, &mut is_entered);
            if is_new {
                response.request_focus();
            }
            recent_ui(ui, session, draft);
        });
    });
    row(ui, cx, "", |ui| {
        ui.checkbox(&mut draft.calendar.with_freezes, "With change freezes");
    });
    if let Some(url) = typed.as_ref().ok().and_then(|typed| typed.target.url()) {
        let user = typed.as_ref().ok().and_then(|typed| typed.user.as_deref()).unwrap_or("User name");
        row(ui, cx, "User", |ui| line(ui, &mut draft.calendar.user, "User", user, false, &mut is_entered));
        row(ui, cx, "Password", |ui| {
            line(ui, &mut draft.password, "Password", "The one in the keyring", true, &mut is_entered);
            ui.add_enabled(
                !draft.password.is_empty(),
                egui::Checkbox::new(&mut draft.remembers, "Remember it in the keyring"),
            );
        });
        clear_text_ui(ui, cx, draft, url);
    }
    is_entered
}

fn line(
    ui: &mut Ui,
    text: &mut String,
    name: &str,
    hint: &str,
    is_secret: bool,
    is_entered: &mut bool,
) -> egui::Response {
    let field = TextEdit::singleline(text).hint_text(hint.to_owned()).password(is_secret).desired_width(FIELD);
    let response = ui.add(field).accessible_name(name);
    *is_entered |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    response
}

/// A menu of earlier addresses.
fn recent_ui(ui: &mut Ui, session: &Session, draft: &mut PublishDraft) {
    let published = session.published();
    if published.len() < 2 {
        return;
    }
    let button = icon_button(ui, Icon::ChevronDown, "Published before", true);
    Popup::menu(&button).width(FIELD).show(|ui| {
        for calendar in published {
            if ui.add(Button::new(&calendar.to).truncate()).clicked() {
                draft.calendar = calendar.clone();
            }
        }
    });
}

/// The warning for an address without encryption, and the check box that allows it.
fn clear_text_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut PublishDraft, url: &Url) {
    if url.is_encrypted() || url.is_loopback() {
        return;
    }
    row(ui, cx, "", |ui| {
        let warning = "http:// sends the password unencrypted; anyone on the network can read it. Use https:// if the server supports it.";
        ui.add(Label::new(RichText::new(warning).font(theme::regular(theme::SMALL)).color(cx.colors.warning)).wrap());
        ui.checkbox(&mut draft.allows_unencrypted, "This network is safe");
    });
}

/// Shows the progress, or the result.
fn outcome_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, draft: &PublishDraft) {
    let to = draft.calendar.to.trim();
    if let Some(job) = session.publishing_job() {
        ui.horizontal(|ui| {
            job_bar(ui, cx, &job, FIELD);
            if ui.button("Stop").clicked() {
                cx.send(Action::CancelJob(job.id));
            }
        });
    } else if session.has_stopped_publishing() {
        body(ui, "Stopped. What was sent so far is there; publish again to send the rest.");
    } else if let Some(outcome) = session.publishing.outcome.as_ref().filter(|outcome| outcome.to == to) {
        report_ui(ui, cx, outcome);
    } else if let Some((_, last)) = session.publishing.last.as_ref().filter(|(at, _)| at == to) {
        let words = match &last.stopped {
            Some(reason) => format!("{reason}."),
            None => last.counts.in_words(),
        };
        let at = session.schedule().zone.local(UtcMinute(last.at));
        ui.add(Label::new(muted(cx, format!("Last published {}: {words}", moment(at)))).wrap());
    } else {
        ui.label(muted(cx, "Not published there yet"));
    }
}

fn report_ui(ui: &mut Ui, cx: &Cx<'_>, outcome: &PublicationResult) {
    let report = &outcome.report;
    let color = match (&report.stopped, report.is_complete()) {
        (Some(_), _) => cx.colors.error,
        (None, false) => cx.colors.warning,
        (None, true) => cx.colors.good,
    };
    let at = moment(cx.schedule().zone.local(outcome.at));
    let words = match &report.stopped {
        Some(reason) => format!("{reason}."),
        None => format!("Published {at}: {}", report.counts.in_words()),
    };
    ui.add(Label::new(RichText::new(words).font(theme::strong(theme::TEXT)).color(color)).wrap());
    for note in &report.notes {
        ui.add(Label::new(muted(cx, note)).wrap());
    }
    problems_ui(ui, cx, "Changed there by somebody else, not overwritten", &report.conflicts);
    problems_ui(ui, cx, "Rejected by the server", &report.refused);
}

fn problems_ui(ui: &mut Ui, cx: &Cx<'_>, title: &str, problems: &[ResourceProblem]) {
    if problems.is_empty() {
        return;
    }
    ui.add_space(6.0);
    ui.label(strong(title));
    let lines: Vec<String> = problems.iter().map(|problem| format!("{}: {}", problem.title, problem.reason)).collect();
    details_ui(ui, cx, &lines, LIST);
}

/// Close, and Publish, enabled once the address is valid; after conflicts also a button that overwrites them.
fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, draft: &PublishDraft, may: bool) -> Option<DialogButton> {
    let mut pressed = None;
    let may = may && !session.is_publishing();
    let outcome = session.publishing.outcome.as_ref().filter(|outcome| outcome.to == draft.calendar.to.trim());
    let has_conflicts = outcome.is_some_and(|outcome| !outcome.report.conflicts.is_empty());
    let again = outcome.is_some() || session.published().iter().any(|calendar| calendar.to == draft.calendar.to.trim());
    ui.add_space(16.0);
    at_right_end(ui, "buttons", |ui| {
        if ui.button("Close").clicked() {
            pressed = Some(DialogButton::Cancel);
        }
        if has_conflicts && ui.add_enabled(may, Button::new("Overwrite their changes")).clicked() {
            pressed = Some(DialogButton::Other);
        }
        let words = if again { "Publish again" } else { "Publish" };
        if ui.add_enabled_ui(may, |ui| primary_button(ui, cx, words)).inner.clicked() {
            pressed = Some(DialogButton::Yes);
        }
    });
    pressed
}
