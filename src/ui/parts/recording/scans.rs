//! The scans that followed an occurrence: clean, or still open on some systems.

use egui::{Button, Ui};

use super::systems::rows;
use super::{key, moments, record};
use crate::model::{Edit, FollowUpScan, ScanKey, SystemId, WindowId};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::row;
use crate::ui::parts::widgets::{muted, rule, strong, text};
use crate::ui::parts::{fields, picker};
use crate::wording;

/// The scans of an occurrence, by time.
pub fn of_occurrence<'a>(cx: &Cx<'a>, window: &WindowId, occurrence: &Occurrence) -> Vec<&'a FollowUpScan> {
    let on = occurrence.original_on();
    cx.plan().scans().for_window(window).iter().map(|scan| &**scan).filter(|scan| scan.key.on == on).collect()
}

pub fn scans_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
    let scans = of_occurrence(cx, window.id(), occurrence);
    ui.label(strong("Follow-up scan"));
    rule(ui, cx);
    if scans.is_empty() {
        text(ui, muted(cx, "None recorded. A scan with credentials shows what is really installed."));
    }
    for scan in &scans {
        ui.push_id(("scan", scan.key.at.0), |ui| scan_ui(ui, cx, window, occurrence, scan));
        ui.add_space(4.0);
    }
    let (window_id, on) = key(window, occurrence);
    let new = ScanKey { window: window_id, on, at: cx.now() };
    let is_new = !scans.iter().any(|scan| scan.key == new);
    let button = ui.add_enabled(is_new, Button::new("Record a scan"));
    if button.on_hover_text("Record a clean scan with the current time; then change what is different").clicked() {
        record(cx, occurrence, None, vec![Edit::PutScan(FollowUpScan::new(new))]);
    }
}

fn scan_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence, scan: &FollowUpScan) {
    let zone = &window.expansion.zone;
    let when = wording::short_moment(zone.local(scan.key.at));
    let name = |what: &str| format!("Scan of {when}, {what}");
    let put = |scan: FollowUpScan| record(cx, occurrence, None, vec![Edit::PutScan(scan)]);
    let at = row(ui, cx, "Scanned at", |ui| moments::moment(ui, &name("time"), Some(scan.key.at), scan.key.at, zone));
    if let Some(Some(at)) = at {
        let moved = FollowUpScan { key: ScanKey { at, ..scan.key.clone() }, ..scan.clone() };
        record(cx, occurrence, None, vec![Edit::PutScan(moved), Edit::RemoveScan(scan.key.clone())]);
    }
    let systems = cx.plan().systems();
    let choices = || rows(cx, window, occurrence).iter().map(|row| (row.id.clone(), row.name.clone())).collect();
    let open = row(ui, cx, "Still open on", |ui| {
        let name_of = |id: &SystemId| systems.name_of(id);
        picker::ids(ui, &name("still open on"), &scan.open, "None: it was clean", &choices, name_of)
    });
    if let Some(open) = open {
        put(FollowUpScan { open, ..scan.clone() });
    }
    let mut is_authenticated = scan.is_authenticated;
    if ui.checkbox(&mut is_authenticated, "With credentials").changed() {
        put(FollowUpScan { is_authenticated, ..scan.clone() });
    }
    if let Some(by) = row(ui, cx, "Scanned by", |ui| fields::text(ui, &name("by"), &scan.by, "Person or tool")) {
        put(FollowUpScan { by, ..scan.clone() });
    }
    if ui.button("Remove the scan").clicked() {
        record(cx, occurrence, None, vec![Edit::RemoveScan(scan.key.clone())]);
    }
}
