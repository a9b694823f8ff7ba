//! The fields of one answer in the ledger: date, name, reason, and reserve date.

use chrono::NaiveDate;
use egui::Ui;

use crate::model::{Agreement, Edit, LedgerEntry, LedgerKey};
use crate::schedule::agreement::answers::Answer;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;

/// Draws the fields; `key` is the ledger key of `answer`.
pub fn answer_form_ui(ui: &mut Ui, cx: &Cx<'_>, key: &LedgerKey, answer: &Answer<'_>) {
    let before = answer.ledger_entry(key.clone(), answer.agreement().clone());
    let mut entry = before.clone();
    let name = &answer.area.name;
    agreement_ui(ui, cx, name, &mut entry.agreement);
    let label = "Reserve date";
    let reserve = row(ui, cx, label, |ui| fields::optional_date(ui, cx, &format!("{name}, {label}"), entry.reserve_on));
    if let Some(on) = reserve {
        entry.reserve_on = on;
    }
    let label = "Notes";
    if let Some(notes) = row(ui, cx, label, |ui| fields::text(ui, &format!("{name}, {label}"), &entry.notes, "")) {
        entry.notes = notes;
    }
    if entry != before {
        cx.edit(Edit::PutEntry(LedgerEntry { key: key.clone(), ..entry }));
    }
}

fn agreement_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, agreement: &mut Agreement) {
    match agreement {
        Agreement::NotAsked => {}
        Agreement::Asked { on } => date_ui(ui, cx, name, "Asked on", on),
        Agreement::Agreed { on, by } => {
            date_ui(ui, cx, name, "Agreed on", on);
            line_ui(ui, cx, name, "Agreed by", by);
        }
        Agreement::Declined { on, by, reason } => {
            date_ui(ui, cx, name, "Declined on", on);
            line_ui(ui, cx, name, "Declined by", by);
            line_ui(ui, cx, name, "Reason", reason);
        }
    }
}

fn date_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, label: &str, on: &mut NaiveDate) {
    if let Some(typed) = row(ui, cx, label, |ui| fields::date(ui, cx, &format!("{name}, {label}"), *on)) {
        *on = typed;
    }
}

fn line_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, label: &str, line: &mut String) {
    if let Some(typed) = row(ui, cx, label, |ui| fields::text(ui, &format!("{name}, {label}"), line, "")) {
        *line = typed;
    }
}
