//! The dialog for accepting a finding: to what extent, why, who is responsible, and until when.

use chrono::{Months, NaiveDate};
use egui::{Key, Label, TextEdit, Ui};

use crate::checks::{AcceptanceExtent, Finding};
use crate::model::{Acceptance, Edit};
use crate::session::{Action, CurrentFinding, Settings};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;
use crate::ui::parts::modal::{DialogButton, close, titled};
use crate::ui::parts::reading_order::at_right_end;
use crate::ui::parts::widgets::{muted, primary_button, text};
use crate::wording;

const WIDTH: f32 = 480.0;
/// For how long a finding without a date is accepted by default.
const USUAL_MONTHS: Months = Months::new(3);

/// The values entered so far.
#[derive(Default)]
pub struct AcceptDraft {
    extent: Option<AcceptanceExtent>,
    reason: String,
    by: String,
    until: NaiveDate,
    /// Whether a person chose that day.
    is_until_chosen: bool,
}

impl AcceptDraft {
    fn new(cx: &Cx<'_>, current: &CurrentFinding) -> Self {
        let extents = AcceptanceExtent::for_finding(&current.finding);
        let extent = if current.is_cause { extents.last() } else { extents.first() }.copied();
        Self {
            extent,
            reason: String::new(),
            by: cx.settings().answers.clone(),
            until: extent.map_or(cx.today(), |extent| usual_until(cx, &current.finding, extent)),
            is_until_chosen: false,
        }
    }

    /// Returns the acceptance once every field is filled in.
    fn acceptance(&self, cx: &Cx<'_>, finding: &Finding) -> Option<Acceptance> {
        let (reason, by) = (self.reason.trim().to_owned(), self.by.trim().to_owned());
        let acceptance = Acceptance::for_finding(cx.plan(), finding, self.extent?, self.until);
        (!reason.is_empty() && !by.is_empty()).then_some(Acceptance { reason, by, ..acceptance })
    }
}

/// The last day on which something accepted takes place. Before that, the finding would come back.
fn usual_until(cx: &Cx<'_>, finding: &Finding, extent: AcceptanceExtent) -> NaiveDate {
    let today = cx.today();
    let covers = Acceptance::for_finding(cx.plan(), finding, extent, today);
    let covered = cx.findings().open().filter(|each| covers.covers(each));
    let last = covered.filter_map(|each| each.takes_place_on(cx.schedule())).max();
    last.or_else(|| today.checked_add_months(USUAL_MONTHS)).unwrap_or(today).max(today)
}

pub fn accept_ui(ui: &Ui, cx: &Cx<'_>, draft: &mut AcceptDraft, current: &CurrentFinding, is_new: bool) {
    let finding = &*current.finding;
    if is_new {
        *draft = AcceptDraft::new(cx, current);
    }
    let mut pressed = None;
    let title = format!("Accept {}", finding.rule.code);
    let closes = titled(ui, &title, WIDTH, |ui| {
        text(ui, finding.message.as_str());
        ui.add_space(10.0);
        extent_ui(ui, cx, draft, finding);
        let is_entered = fields_ui(ui, cx, draft, is_new);
        ui.add_space(6.0);
        ui.add(Label::new(muted(cx, "It counts as accepted until the end of that day.")).wrap());
        let is_complete = draft.acceptance(cx, finding).is_some();
        pressed = buttons_ui(ui, cx, is_complete).or((is_entered && is_complete).then_some(DialogButton::Yes));
    });
    match pressed {
        Some(DialogButton::Yes) => accept(cx, draft, finding),
        Some(DialogButton::Other | DialogButton::Cancel) => close(cx),
        None if closes => close(cx),
        None => {}
    }
}

/// Cancel, and the Accept button, enabled once every field is filled in.
fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, is_complete: bool) -> Option<DialogButton> {
    let mut pressed = None;
    ui.add_space(16.0);
    at_right_end(ui, "buttons", |ui| {
        if ui.button("Cancel").clicked() {
            pressed = Some(DialogButton::Cancel);
        }
        let accept = ui.add_enabled_ui(is_complete, |ui| primary_button(ui, cx, "Accept"));
        if accept.inner.clicked() {
            pressed = Some(DialogButton::Yes);
        }
    });
    pressed
}

fn accept(cx: &Cx<'_>, draft: &AcceptDraft, finding: &Finding) {
    let Some(acceptance) = draft.acceptance(cx, finding) else { return };
    if acceptance.by != cx.settings().answers {
        cx.send(Action::Set(Settings { answers: acceptance.by.clone(), ..cx.settings().clone() }));
    }
    cx.edit(Edit::PutAcceptance(acceptance));
    close(cx);
}

fn extent_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut AcceptDraft, finding: &Finding) {
    let extents = AcceptanceExtent::for_finding(finding);
    if extents.len() < 2 {
        return;
    }
    row(ui, cx, "Extent", |ui| {
        for extent in extents {
            let covers = Acceptance::for_finding(cx.plan(), finding, extent, draft.until);
            let count = cx.findings().open().filter(|each| covers.covers(each)).count();
            let words = format!("{} ({count})", extent_in_words(cx, finding, extent));
            if ui.radio(draft.extent == Some(extent), words).clicked() {
                draft.extent = Some(extent);
                if !draft.is_until_chosen {
                    draft.until = usual_until(cx, finding, extent);
                }
            }
        }
    });
}

fn extent_in_words(cx: &Cx<'_>, finding: &Finding, extent: AcceptanceExtent) -> String {
    let plan = cx.plan();
    let window =
        finding.window.as_ref().and_then(|id| plan.windows().get(id)).map_or("", |window| window.name.as_str());
    match (extent, finding.takes_place_on(cx.schedule())) {
        (AcceptanceExtent::Occurrence, Some(on)) => format!("Only {window}, {}", wording::date(on)),
        (AcceptanceExtent::Occurrence | AcceptanceExtent::Window, _) => format!("All of {window}"),
        (AcceptanceExtent::Cause, _) => {
            let cause = finding.cause();
            format!("All of {} {}", cause.noun(), cause.name(plan))
        }
    }
}

/// Returns whether Enter was pressed in one of the fields.
fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut AcceptDraft, is_new: bool) -> bool {
    let mut is_entered = false;
    let mut line = |ui: &mut Ui, name: &str, draft: &mut String, hint: &str, takes_focus: bool| {
        let response = ui.add(TextEdit::singleline(draft).hint_text(hint).desired_width(300.0)).accessible_name(name);
        if takes_focus {
            response.request_focus();
        }
        is_entered |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    };
    row(ui, cx, "Reason", |ui| line(ui, "Reason", &mut draft.reason, "Why it is acceptable", is_new));
    row(ui, cx, "Name", |ui| line(ui, "Name", &mut draft.by, "Name of the person responsible", false));
    let today = cx.today();
    let not_over = |on: NaiveDate| (on >= today).then_some(()).ok_or_else(|| "That day is in the past".to_owned());
    if let Some(on) = row(ui, cx, "Until", |ui| fields::date_that(ui, cx, "Until", draft.until, not_over)) {
        (draft.until, draft.is_until_chosen) = (on, true);
    }
    is_entered
}
