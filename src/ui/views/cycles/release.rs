//! What happened to the selected release in each group of its ladder: sign-offs, the test result, and holds.

use egui::{Button, CollapsingHeader, Id, TextEdit, Ui};

use super::rows::CycleLine;
use crate::model::{
    DeploymentGroup, Edit, GroupRecord, GroupRecordKey, Hold, Ladder, LadderId, SignOff, SignedOff, TestResult,
};
use crate::session::{Action, Settings};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{head, muted, rule, strong, text};
use crate::ui::parts::{fields, while_shown};
use crate::wording::{self, capitalised};

/// The width of the button beside the reason of a hold.
const HOLD_BUTTON: f32 = 62.0;

/// Draws the records of a release, a section for each group.
pub fn release_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &LadderId, line: &CycleLine) {
    let Some(ladder) = cx.plan().ladders().get(ladder) else { return };
    ui.label(head(format!("Release of {}", line.title)));
    text(ui, muted(cx, "Open a group to record its sign-offs, its tests and holds, with your name and the time"));
    name_ui(ui, cx);
    for group in &ladder.groups {
        ui.push_id(("release", group.id.as_str()), |ui| group_ui(ui, cx, ladder, group, line));
    }
    ui.add_space(12.0);
}

/// The name that is recorded with everything.
fn name_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let who = cx.settings().user_name();
    if who.is_empty() && cx.navigation().names_selection {
        fields::focus(ui, "Your name", who);
    }
    if let Some(name) = fields::text(ui, "Your name", who, "Your name") {
        cx.send(Action::Set(Settings { name, ..cx.settings().clone() }));
    }
}

fn record_of(cx: &Cx<'_>, ladder: &Ladder, group: &DeploymentGroup, line: &CycleLine) -> GroupRecord {
    let release = cx.schedule().zone.local(line.cycle.released_at).date();
    let known = cx.plan().group_records().for_group(&ladder.id, &group.id, release);
    let new = || GroupRecord::new(GroupRecordKey { ladder: ladder.id.clone(), group: group.id.clone(), release });
    known.cloned().unwrap_or_else(new)
}

/// Sends a changed record; one that has become empty is removed.
fn change(cx: &Cx<'_>, record: &GroupRecord, change: impl FnOnce(&mut GroupRecord)) {
    let mut changed = record.clone();
    change(&mut changed);
    let put = Edit::PutGroupRecord(changed.clone());
    if changed == GroupRecord::new(record.key.clone()) {
        let label = put.label(cx.plan());
        cx.edit(Edit::Together { label, edits: vec![Edit::RemoveGroupRecord(record.key.clone())] });
    } else {
        cx.edit(put);
    }
}

/// "2 of 3 signed off, test passed, on hold"; empty if nothing was recorded.
pub fn summary(record: &GroupRecord) -> String {
    let signed = SignOff::ALL.into_iter().filter(|kind| record.sign_off(*kind).is_some()).count();
    let mut parts = Vec::new();
    if record.holds.iter().any(|hold| hold.lifted.is_none()) {
        parts.push("on hold".to_owned());
    }
    if signed > 0 {
        parts.push(format!("{signed} of {} signed off", SignOff::ALL.len()));
    }
    if let Some(test) = &record.test {
        parts.push(if test.is_passed { "test passed" } else { "test failed" }.to_owned());
    }
    parts.join(", ")
}

fn group_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &Ladder, group: &DeploymentGroup, line: &CycleLine) {
    let record = record_of(cx, ladder, group, line);
    rule(ui, cx);
    let is_on_hold = record.holds.iter().any(|hold| hold.lifted.is_none());
    let title = strong(&group.name).color(if is_on_hold { cx.colors.error } else { cx.colors.text });
    CollapsingHeader::new(title).id_salt("group").show_unindented(ui, |ui| {
        ui.add_enabled_ui(cx.is_editable(), |ui| {
            sign_offs_ui(ui, cx, &group.name, &record);
            test_ui(ui, cx, &group.name, &record);
            hold_ui(ui, cx, &group.name, &record);
        });
        ui.add_space(6.0);
    });
    let summary = summary(&record);
    if !summary.is_empty() {
        text(ui, muted(cx, capitalised(&summary)));
    }
}

/// The name of the user and the current time. If the name is missing, its field gets the cursor.
fn signed(cx: &Cx<'_>) -> Option<SignedOff> {
    let by = cx.settings().user_name().to_owned();
    if by.is_empty() {
        cx.send(Action::ShowError("Enter your name first: it is recorded with what you sign off".to_owned()));
        return None;
    }
    Some(SignedOff { by, at: cx.now() })
}

fn who(cx: &Cx<'_>, by: &str, at: crate::model::UtcMinute) -> String {
    format!("{}, {}", crate::export::one_line(by), wording::short_moment(cx.schedule().zone.local(at)))
}

fn sign_offs_ui(ui: &mut Ui, cx: &Cx<'_>, group: &str, record: &GroupRecord) {
    for kind in SignOff::ALL {
        let given = record.sign_off(kind);
        let mut is_on = given.is_some();
        ui.horizontal_wrapped(|ui| {
            let label = match kind {
                SignOff::Deployed => "Deployed, by infrastructure",
                SignOff::Validated => "Validated, by software support",
                SignOff::Assessed => "Assessed, by security",
            };
            let response = ui.checkbox(&mut is_on, label);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(format!("{group}: {}", kind.name())));
            if response.changed() {
                let signed = if is_on { signed(cx) } else { None };
                if signed.is_some() == is_on {
                    change(cx, record, |record| *record.sign_off_mut(kind) = signed);
                }
            }
        });
        if let Some(given) = given {
            text(ui, muted(cx, who(cx, &given.by, given.at)));
        }
    }
}

fn test_ui(ui: &mut Ui, cx: &Cx<'_>, group: &str, record: &GroupRecord) {
    ui.horizontal(|ui| {
        ui.label("Test");
        for (is_passed, word) in [(true, "Passed"), (false, "Failed")] {
            let is_on = record.test.as_ref().is_some_and(|test| test.is_passed == is_passed);
            let response = ui.add(Button::new(word).selected(is_on));
            let name = format!("{group}: test {}", word.to_lowercase());
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name.as_str()));
            let help = if is_on { "Remove the test result" } else { "Record the result of the tests" };
            if !response.on_hover_text(help).clicked() {
                continue;
            }
            if is_on {
                change(cx, record, |record| record.test = None);
            } else if let Some(SignedOff { by, at }) = signed(cx) {
                let notes = record.test.as_ref().map_or_else(String::new, |test| test.notes.clone());
                change(cx, record, |record| record.test = Some(TestResult { is_passed, by, at, notes }));
            }
        }
    });
    let Some(test) = &record.test else { return };
    text(ui, muted(cx, who(cx, &test.by, test.at)));
    let name = format!("{group}: notes of the test");
    if let Some(notes) = fields::text(ui, &name, &test.notes, "What was found") {
        let changed = TestResult { notes, ..test.clone() };
        change(cx, record, |record| record.test = Some(changed));
    }
}

fn hold_ui(ui: &mut Ui, cx: &Cx<'_>, group: &str, record: &GroupRecord) {
    if let Some(standing) = record.holds.iter().position(|hold| hold.lifted.is_none()) {
        let hold = &record.holds[standing];
        text(ui, strong(format!("On hold: {}", crate::export::one_line(&hold.reason))).color(cx.colors.error));
        text(ui, muted(cx, who(cx, &hold.by, hold.from)));
        let button = ui.button("Lift hold");
        ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(format!("{group}: lift hold")));
        if button.on_hover_text("The release may go on to this group").clicked()
            && let Some(lifted) = signed(cx)
        {
            let lifted = SignedOff { at: lifted.at.max(hold.from), ..lifted };
            change(cx, record, |record| record.holds[standing].lifted = Some(lifted));
        }
        return;
    }
    let id = Id::unique(("reason of a hold", group));
    let key = record.key.to_string();
    let mut reason = while_shown::get::<String, String>(ui, id, key);
    ui.horizontal(|ui| {
        let edit = TextEdit::singleline(&mut reason).hint_text("Why, e.g. patch withdrawn");
        let edit = edit.desired_width((ui.available_width() - HOLD_BUTTON).max(80.0));
        if ui.add(edit).accessible_name(format!("{group}: reason of the hold")).changed() {
            while_shown::set::<String, String>(ui, id, reason.clone());
        }
        let is_ready = !reason.trim().is_empty();
        let help = if is_ready { "Mark that the release must not go on to this group" } else { "Enter the reason" };
        let button = ui.add_enabled(is_ready, Button::new("Hold"));
        ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(format!("{group}: hold")));
        if button.on_hover_text(help).clicked()
            && let Some(SignedOff { by, at }) = signed(cx)
        {
            let hold = Hold { reason: reason.trim().to_owned(), by, from: at, lifted: None };
            while_shown::set::<String, String>(ui, id, String::new());
            change(cx, record, |record| record.holds.push(hold));
        }
    });
}
