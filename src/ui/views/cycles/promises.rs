//! Which deadlines a ladder can meet: for each severity, the number of late days and what would help.

use egui::Ui;

use crate::model::{LadderId, Minutes, Plan};
use crate::schedule::ladders::reachability::{LadderReachability, SeverityReachability};
use crate::schedule::ladders::standby::{Standby, StandbyWindows, soak};
use crate::schedule::{EmergencyReachability, FreezeTimes};
use crate::session::state::clock::unique_word;
use crate::session::{Action, PolicyPage, Proposal};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::deadlines::{Deadlines, count};
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::widgets::{head, muted, rule, strong, text};
use crate::wording::{self, counted, days_and_hours_rounded_up};

/// The state of the panel between frames.
#[derive(Default)]
pub struct DeadlinePanelState {
    deadlines: Deadlines,
    /// The standby windows that would help each severity, in the order of the severities.
    standbys: Memo<(Pointer<Plan>, LadderId), Vec<Standby>>,
    /// The days by the emergency lane.
    lane: Memo<(Pointer<Plan>, LadderId), Option<EmergencyReachability>>,
}

fn standbys(cx: &Cx<'_>, ladder: &LadderId, days: Option<&LadderReachability>) -> Vec<Standby> {
    let (Some(reach), Some(days)) = (cx.schedule().reach(ladder), days) else { return Vec::new() };
    let schedule = cx.schedule();
    let freezes = FreezeTimes::all(schedule);
    days.severities.iter().map(|severity| Standby::find(schedule, reach, &freezes, days, severity)).collect()
}

/// Draws the panel beside the cycles.
pub fn promises_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &LadderId, state: &mut DeadlinePanelState) {
    let days = state.deadlines.days(cx, ladder);
    let inputs = || (Pointer::to(cx.plan_pointer()), ladder.clone());
    let standbys = state.standbys.get(inputs(), || standbys(cx, ladder, days.as_ref().as_ref()));
    let lane = state.lane.get(inputs(), || lane(cx, ladder));
    ui.label(head("Can deadlines be met?"));
    match &*days {
        Some(days) => {
            days_ui(ui, cx, ladder, days, &standbys);
            lane_ui(ui, cx, lane.as_ref().as_ref());
        }
        None => {
            text(ui, muted(cx, "No systems on this ladder yet"));
        }
    }
}

fn days_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &LadderId, days: &LadderReachability, standbys: &[Standby]) {
    ui.spacing_mut().item_spacing.y = 4.0;
    text(ui, muted(cx, "Is a fix that is published at the start of a day installed on all groups in time?"));
    if let (Some(worst), Some(mean)) = (days.worst(), days.mean()) {
        text(
            ui,
            format!(
                "It takes {} on average, {} at worst",
                days_and_hours_rounded_up(mean.0),
                days_and_hours_rounded_up(worst.0)
            ),
        );
    }
    for (severity, standby) in days.severities.iter().zip(standbys) {
        ui.add_space(6.0);
        rule(ui, cx);
        ui.add_space(4.0);
        severity_ui(ui, cx, days, severity);
        ui.push_id(&severity.name, |ui| standby_ui(ui, cx, ladder, severity, standby));
    }
}

fn lane(cx: &Cx<'_>, ladder: &LadderId) -> Option<EmergencyReachability> {
    let schedule = cx.schedule();
    EmergencyReachability::derive(schedule, schedule.reach(ladder)?, &FreezeTimes::all(schedule))
}

/// What is exploited, by the emergency lane. Nothing if the policy has none.
fn lane_ui(ui: &mut Ui, cx: &Cx<'_>, days: Option<&EmergencyReachability>) {
    let (Some(days), Some(lane)) = (days, &cx.plan().policy().emergency) else { return };
    ui.add_space(6.0);
    rule(ui, cx);
    ui.add_space(4.0);
    severity_ui(ui, cx, days.days(), days.severity());
    text(ui, muted(cx, format!("By the emergency lane: {}", lane.in_words())));
    if let Some(worst) = days.days().worst() {
        text(ui, muted(cx, format!("It takes {} at worst", days_and_hours_rounded_up(worst.0))));
    }
    if days.severity().late() > 0 && ui.link("Change the emergency lane").clicked() {
        cx.open_policy(PolicyPage::Ladders);
    }
}

fn severity_ui(ui: &mut Ui, cx: &Cx<'_>, days: &LadderReachability, severity: &SeverityReachability) {
    ui.horizontal(|ui| {
        ui.label(strong(&severity.name));
        ui.label(muted(cx, format!("within {}", severity.within)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let color = if severity.late() > 0 { cx.colors.error } else { cx.colors.good };
            ui.label(strong(count(severity)).color(color)).on_hover_text("Days on which it cannot be met");
        });
    });
    match days.largest_gap(severity) {
        Some(gap) if gap.days == 1 => {
            text(ui, muted(cx, format!("Longest gap: {}", wording::date(gap.from))));
        }
        Some(gap) => {
            let dates = wording::dates(gap.from, gap.to);
            text(ui, muted(cx, format!("Longest gap: {}, {dates}", counted(gap.days, "day"))));
        }
        None => {
            text(ui, muted(cx, "Every day that can be checked is in time"));
        }
    }
}

fn standby_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &LadderId, severity: &SeverityReachability, standby: &Standby) {
    match standby {
        Standby::NotNeeded => {}
        Standby::Impossible { soak } => {
            text(ui, format!("No window can help: the soak times alone take {}", days_and_hours_rounded_up(soak.0)));
            if ui.link("Change soak times").clicked() {
                cx.open_policy(PolicyPage::Ladders);
            }
        }
        Standby::TooManyGroups => {
            text(ui, format!("Standby windows are only calculated for up to {} groups", Standby::MOST_GROUPS));
        }
        Standby::Windows(windows) if windows.list.is_empty() => {
            text(
                ui,
                "No window can help: with the soak times it ends too late, or freezes and other windows block its dates",
            );
        }
        Standby::Windows(windows) if !windows.is_few() => {
            let Some(reach) = cx.schedule().reach(ladder) else { return };
            text(ui, too_many(windows.list.len(), soak(cx.schedule(), reach), severity));
            if ui.link("Change soak times").clicked() {
                cx.open_policy(PolicyPage::Ladders);
            }
        }
        Standby::Windows(windows) => windows_ui(ui, cx, ladder, severity, windows),
    }
}

/// Why no standby windows are offered: more would be needed than can be booked.
fn too_many(dates: usize, soak: Minutes, severity: &SeverityReachability) -> String {
    let dates = counted(dates, "standby date");
    let within = severity.within;
    let cause = match soak.0 {
        0 => "Plan more windows".to_owned(),
        _ => format!(
            "The soak times take {} of the {within}. Shorten them, or plan more windows",
            days_and_hours_rounded_up(soak.0)
        ),
    };
    format!("{dates} would be needed, more than can be booked. {cause}.")
}

fn windows_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &LadderId, severity: &SeverityReachability, found: &StandbyWindows) {
    let Some(reach) = cx.schedule().reach(ladder) else { return };
    let windows = counted(found.window_count(), "standby window");
    let dates = counted(found.list.len(), "date");
    let effect = match found.left {
        0 => "would meet it on every day".to_owned(),
        left => format!("would leave {} on which it cannot be met", counted(left, "day")),
    };
    text(ui, format!("{windows} with {dates} {effect}"));
    egui::CollapsingHeader::new("Dates").id_salt("dates").show(ui, |ui| {
        for window in &found.list {
            let group = &reach.ladder.groups[window.group].name;
            ui.label(muted(cx, format!("{}  {group}", wording::date(window.on))));
        }
    });
    let response = ui.add_enabled(cx.is_editable(), egui::Button::new(format!("Add {windows}…")));
    // Two severities may need the same number of windows, so the name says which severity the button is for.
    let name = format!("Add {windows} with {dates} for {}…", severity.name);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
    if response.on_hover_text("See which findings it causes before you add an emergency window per group").clicked()
        && let Some(edit) = found.edit(cx.schedule(), reach)
    {
        cx.send(Action::Propose(Box::new(Proposal {
            edit: edit.with_unique_ids(cx.plan(), &unique_word()),
            title: format!("Add {windows} with {dates}?"),
            text: format!(
                "With them, a fix of the severity {} is late on {}.",
                severity.name,
                match found.left {
                    0 => "no day".to_owned(),
                    left => counted(left, "day"),
                }
            ),
            details: Vec::new(),
            verb: "Add".to_owned(),
        })));
    }
}
