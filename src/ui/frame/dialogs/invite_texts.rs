//! The organizer and texts of invites, with an example of a message beside them.

use chrono::NaiveDate;
use egui::{Align, Frame, Grid, Layout, Margin, RichText, ScrollArea, Ui, Vec2};

use crate::export::invites::{InvitesOrder, MessageText, Occasion, Outgoing, Which, message_text, unknown_fields};
use crate::model::{Edit, InviteRole, InviteTexts, Plan, address};
use crate::schedule::Schedule;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::row;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::modal::{close, done_button, titled_form};
use crate::ui::parts::widgets::{muted, strong, text};
use crate::ui::parts::{fields, theme};

const WIDTH: f32 = 940.0;
const HEIGHT: f32 = 520.0;
const GAP: f32 = 20.0;

/// The example messages, kept while the plan stays the same.
#[derive(Default)]
pub struct TextsState {
    sample: Memo<Pointer<Plan>, Vec<Sample>>,
    /// The organizer is missing, and its field has not got the focus yet.
    begins: bool,
}

/// A message of the plan as its recipient would get it.
struct Sample {
    to: String,
    text: MessageText,
}

pub fn invite_texts_ui(ui: &Ui, cx: &Cx<'_>, state: &mut TextsState, is_new: bool) {
    if is_new {
        state.begins = cx.plan().invites().email.trim().is_empty();
    }
    let closes = titled_form(ui, "Invite texts", WIDTH, |ui| {
        let height = (ui.ctx().content_rect().height() - 170.0).min(HEIGHT);
        let width = (ui.available_width() - GAP) / 2.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            column(ui, "texts", Vec2::new(width, height), |ui| texts_ui(ui, cx, &mut state.begins));
            column(ui, "message", Vec2::new(width, height), |ui| {
                sample_ui(ui, cx, state);
                ui.add_space(8.0);
                legend_ui(ui, cx);
            });
        });
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            usual_ui(ui, cx);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if done_button(ui, cx) {
                    close(cx);
                }
            });
        });
    });
    if closes {
        close(cx);
    }
}

fn column(ui: &mut Ui, salt: &str, size: Vec2, content: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(size);
        ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(8.0, 6.0);
            content(ui);
        });
    });
}

fn texts_ui(ui: &mut Ui, cx: &Cx<'_>, begins: &mut bool) {
    let texts = cx.plan().invites();
    if cx.is_editable() {
        let mut changed = InviteTexts::clone(texts);
        fields_ui(ui, cx, &mut changed, begins);
        if changed != **texts {
            cx.edit(Edit::SetInvites(changed));
        }
    } else {
        ui.label(muted(cx, "This plan is read-only"));
        ui.add_enabled_ui(false, |ui| fields_ui(ui, cx, &mut InviteTexts::clone(texts), &mut false));
    }
}

/// Lists the fields that can be used in braces.
fn legend_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.label(strong("Fields"));
    Grid::new("fields of invites").num_columns(2).min_row_height(15.0).spacing([14.0, 2.0]).show(ui, |ui| {
        for (field, what) in InviteTexts::FIELDS {
            ui.label(RichText::new(format!("{{{field}}}")).font(theme::regular(theme::SMALL)));
            ui.label(muted(cx, what));
            ui.end_row();
        }
    });
}

/// `begins` asks for the focus until the first field has it.
fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, texts: &mut InviteTexts, begins: &mut bool) {
    const ORGANIZER: &str = "Organizer";
    let organizer = row(ui, cx, ORGANIZER, |ui| {
        if *begins && !fields::is_in_use(ui, ORGANIZER) {
            fields::focus(ui, ORGANIZER, &texts.organizer);
        } else {
            *begins = false;
        }
        fields::text(ui, ORGANIZER, &texts.organizer, "Change management")
    });
    if let Some(organizer) = organizer {
        texts.organizer = organizer;
    }
    let hint = "change@example.org";
    let email = row(ui, cx, "E-mail", |ui| fields::parsed(ui, "Organizer's e-mail", &texts.email, hint, read_address));
    if let Some(email) = email {
        texts.email = email;
    }
    if let Some(subject) = row(ui, cx, "Subject", |ui| fields::text(ui, "Subject", &texts.subject, "")) {
        texts.subject = subject;
    }
    unknown_ui(ui, cx, &texts.subject);
    ui.label(muted(cx, "Text"));
    if let Some(body) = fields::paragraph(ui, "Text", &texts.body, "") {
        texts.body = body;
    }
    unknown_ui(ui, cx, &texts.body);
    ui.label(muted(cx, "Text for those who need not answer"));
    if let Some(information) = fields::paragraph(ui, "Text for those who need not answer", &texts.information, "") {
        texts.information = information;
    }
    unknown_ui(ui, cx, &texts.information);
}

fn read_address(text: &str) -> Result<String, String> {
    let text = text.trim();
    match address(text) {
        None if !text.is_empty() => Err("Enter one address such as change@example.org".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

fn unknown_ui(ui: &mut Ui, cx: &Cx<'_>, template: &str) {
    for field in unknown_fields(template) {
        let note = format!("{{{field}}} is an unknown field and is left as typed");
        text(ui, RichText::new(note).font(theme::regular(theme::SMALL)).color(cx.colors.warning));
    }
}

/// The button that restores the default texts.
fn usual_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let texts = cx.plan().invites();
    let InviteTexts { subject, body, information, .. } = InviteTexts::default();
    let usual = InviteTexts { subject, body, information, ..InviteTexts::clone(texts) };
    if ui.add_enabled(cx.is_editable() && **texts != usual, egui::Button::new("Reset to the default texts")).clicked() {
        cx.edit(Edit::SetInvites(usual));
    }
}

fn sample_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut TextsState) {
    let sample = state.sample.get(Pointer::to(cx.plan_pointer()), || samples(cx.schedule(), cx.today()));
    if sample.is_empty() {
        let advice = "No invites yet: nobody with an address must know of a coming occurrence.";
        text(ui, muted(cx, advice));
    }
    for Sample { to, text: message } in &*sample {
        ui.label(muted(cx, format!("Example from this plan, to {to}")));
        let card = Frame::new().fill(cx.colors.background).corner_radius(theme::CARD_RADIUS);
        card.inner_margin(Margin::same(12)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            text(ui, strong(&message.subject));
            ui.add_space(4.0);
            text(ui, RichText::new(&message.body).font(theme::regular(theme::TEXT)));
        });
        ui.add_space(4.0);
    }
}

/// Returns the first message to an owner, and the first to somebody who need not answer: of those that are due, else of
/// those of the last export.
fn samples(schedule: &Schedule, today: NaiveDate) -> Vec<Sample> {
    let [due, again] = [Occasion::Due, Occasion::Again]
        .map(|occasion| Outgoing::new(schedule, today, &InvitesOrder { which: Which::All, occasion }));
    let first = |is_owner: bool| {
        let mut all = due.messages.iter().chain(&again.messages);
        let message = all.find(|message| (message.sent.role == InviteRole::Owner) == is_owner)?;
        Some(Sample { to: message.sent.key.to.clone(), text: message_text(schedule, message) })
    };
    first(true).into_iter().chain(first(false)).collect()
}
