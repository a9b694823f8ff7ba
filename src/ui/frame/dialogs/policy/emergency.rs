//! The emergency lane: the stages that come first, the wait after them, and the notice.

use egui::Ui;

use super::{PolicyChange, section, setting};
use crate::model::{EmergencyLane, Policy, Stage};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;

pub fn lane_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    section(ui, cx, "Emergency lane", "For what is exploited, and for Emergency windows");
    let hover = "Groups wait for fewer groups, and not as long; Emergency windows need the notice given here";
    let mut has_lane = policy.emergency.is_some();
    let what = "Use an emergency lane";
    let clicked = setting(ui, cx, "Emergencies", "", hover, |ui| ui.checkbox(&mut has_lane, what).clicked());
    if clicked == Some(true) {
        change(&|policy| policy.emergency = has_lane.then(EmergencyLane::default));
    }
    let Some(lane) = &policy.emergency else { return };
    let hover = "The groups of these stages must be finished first; all others follow at once";
    setting(ui, cx, "First", "", hover, |ui| {
        for stage in Stage::ALL {
            let mut is_first = lane.stages.contains(&stage);
            let tick = ui.checkbox(&mut is_first, stage.name());
            ui.ctx().accesskit_node_builder(tick.id, |node| node.set_label(format!("{} comes first", stage.name())));
            if tick.clicked() {
                change_lane(change, &|lane| lane.set_stage(stage, is_first));
            }
        }
    });
    let hover = "Wait after each of these groups, in hours or days: 4 h";
    let typed = setting(ui, cx, "Soak", "after each of these groups", hover, |ui| {
        fields::minutes(ui, "Soak time in emergencies", lane.soak)
    });
    if let Some(soak) = typed.flatten() {
        change_lane(change, &|lane| lane.soak = soak);
    }
    let hover =
        "Days before the start of an Emergency window by which owners must be notified; 0 for as soon as possible";
    let typed = setting(ui, cx, "Notice", "before Emergency windows", hover, |ui| {
        fields::count(ui, "Notice in emergencies", lane.notice_days.into(), 0..=366, "day")
    });
    if let Some(days) = typed.flatten() {
        change_lane(change, &|lane| lane.notice_days = days as u16);
    }
}

fn change_lane(change: &mut PolicyChange<'_>, with: &dyn Fn(&mut EmergencyLane)) {
    change(&|policy| with(policy.emergency.get_or_insert_default()));
}
