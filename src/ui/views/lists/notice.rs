//! The form of a carrier's notice.

use egui::Ui;

use crate::model::{CarrierNotice, Edit, LocalMinute, NoticeImpact, NoticeStatus, UtcMinute};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{named, row, section};
use crate::ui::parts::widgets::muted;
use crate::ui::parts::{fields, theme};

pub fn notice_ui(ui: &mut Ui, cx: &Cx<'_>, notice: &CarrierNotice) {
    let mut copy = notice.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &notice.name, font, 300.0) {
        copy.name = name;
    }
    carrier_ui(ui, cx, &mut copy);
    section(ui, "Work");
    work_ui(ui, cx, &mut copy);
    section(ui, "Circuits");
    circuits_ui(ui, cx, &mut copy);
    if !notice.text.is_empty() {
        section(ui, "Text of the carrier");
        ui.label(muted(cx, &notice.text));
    }
    section(ui, "Notes");
    if let Some(notes) = fields::paragraph(ui, "Notes", &notice.notes, "") {
        copy.notes = notes;
    }
    if copy != *notice {
        cx.edit(Edit::PutNotice(copy));
    }
}

fn carrier_ui(ui: &mut Ui, cx: &Cx<'_>, notice: &mut CarrierNotice) {
    for (label, hint, value) in [
        ("Carrier", "e.g. carrier.example", &mut notice.provider),
        ("Number", "As the carrier calls the work", &mut notice.number),
        ("Account", "", &mut notice.account),
    ] {
        if let Some(text) = row(ui, cx, label, |ui| fields::text(ui, label, value, hint)) {
            *value = text;
        }
    }
    let statuses = named(NoticeStatus::ALL, NoticeStatus::name);
    if let Some(status) = row(ui, cx, "Status", |ui| fields::choice(ui, "Status", &statuses, notice.status)) {
        notice.status = status;
    }
}

fn work_ui(ui: &mut Ui, cx: &Cx<'_>, notice: &mut CarrierNotice) {
    if let Some(at) = moment_ui(ui, cx, ["From", "Start"], notice.starts_at) {
        notice.starts_at = at;
    }
    if let Some(at) = moment_ui(ui, cx, ["To", "End"], notice.ends_at) {
        notice.ends_at = at;
    }
    ui.label(muted(cx, format!("On the plan's clock ({})", cx.plan().zone())));
    if notice.ends_at <= notice.starts_at {
        ui.label(muted(cx, "It ends before it starts, so it affects no window"));
    }
}

/// Edits a moment on the plan's clock.
fn moment_ui(ui: &mut Ui, cx: &Cx<'_>, [label, name]: [&str; 2], at: UtcMinute) -> Option<UtcMinute> {
    let zone = &cx.schedule().zone;
    let local = zone.local(at);
    let new = row(ui, cx, label, |ui| {
        ui.horizontal(|ui| {
            let on = fields::date(ui, cx, &format!("{name} date"), local.date());
            let time = fields::time(ui, &format!("{name} time"), local.time());
            (on.is_some() || time.is_some())
                .then(|| LocalMinute::new(on.unwrap_or(local.date()), time.unwrap_or(local.time())))
        })
        .inner
    });
    new.map(|local| zone.resolve(local).at)
}

fn circuits_ui(ui: &mut Ui, cx: &Cx<'_>, notice: &mut CarrierNotice) {
    let impacts = named(NoticeImpact::ALL, NoticeImpact::name);
    if let Some(impact) = row(ui, cx, "Impact", |ui| fields::choice(ui, "Impact", &impacts, notice.impact)) {
        notice.impact = impact;
    }
    let ids = notice.circuits.iter().map(|circuit| circuit.id.as_str()).collect::<Vec<_>>().join(", ");
    let typed =
        row(ui, cx, "Circuits", |ui| fields::text(ui, "Circuits", &ids, "As systems name them, e.g. IC-111111"));
    if let Some(text) = typed {
        notice.set_circuits(&text);
    }
    for circuit in notice.circuits.iter().filter_map(|circuit| Some((&circuit.id, circuit.impact?))) {
        ui.label(muted(cx, format!("{}: {}", circuit.0, circuit.1)));
    }
}
