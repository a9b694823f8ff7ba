//! Recording of results and scans, and the gates of ladders.

use egui::{Ui, Vec2};

use super::{PolicyChange, section, setting};
use crate::model::{LadderGate, LadderId, Policy, ProcessStage, SignOff, StageOwner};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::widgets::muted;

/// The width of the field for a person or team.
const WIDTH: f32 = 200.0;

pub fn recording_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    section(ui, cx, "Recording", "Results and follow-up scans");
    let hover = "Reports a missing scan for occurrences that end on this day or later; the first result sets it";
    let typed = setting(ui, cx, "Recorded from", "", hover, |ui| {
        fields::optional_date_or(ui, cx, "Recorded from", policy.recording_from, "nothing is missed")
    });
    if let Some(from) = typed.flatten() {
        change(&|policy| policy.recording_from = from);
    }
    section(ui, cx, "Gates", "What must be there before the next group of a ladder starts");
    if cx.plan().ladders().is_empty() {
        ui.label(muted(cx, "The plan has no ladders"));
    }
    for ladder in cx.plan().ladders() {
        gate_ui(ui, cx, policy, (&ladder.id, &ladder.name), change);
    }
    responsible_ui(ui, cx, policy, change);
}

/// A name for each stage of the process; empty if nobody is responsible.
fn responsible_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    section(ui, cx, "Process", "Who is responsible for a stage of an advisory");
    for stage in ProcessStage::ALL {
        let current = policy.responsible_for(stage).unwrap_or_default();
        let name = format!("Responsible for {}", stage.name());
        let typed = setting(ui, cx, stage.name(), stage.output(), stage.output(), |ui| {
            ui.allocate_ui(Vec2::new(WIDTH, 24.0), |ui| fields::text(ui, &name, current, "")).inner
        });
        if let Some(who) = typed.flatten() {
            change(&|policy| {
                policy.responsible.retain(|owner| owner.stage != stage);
                if !who.trim().is_empty() {
                    policy.responsible.push(StageOwner { stage, who: who.trim().to_owned() });
                }
                policy.responsible.sort_by_key(|owner| owner.stage);
            });
        }
    }
}

/// Whether a ladder has a gate, and which sign-offs it asks for.
fn gate_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, (id, name): (&LadderId, &str), change: &mut PolicyChange<'_>) {
    let gate = policy.gate(id);
    let mut is_on = gate.is_some();
    let help = "The next group waits for a passed test of the group before, its soak time and the end of holds";
    if ui.checkbox(&mut is_on, format!("Gate for {name}")).on_hover_text(help).clicked() {
        change(&|policy| set_gate(policy, id, is_on.then(|| SignOff::ALL.to_vec())));
    }
    let Some(gate) = gate else { return };
    ui.horizontal(|ui| {
        ui.add_space(24.0);
        ui.label(muted(cx, "Signed off as"));
        for kind in SignOff::ALL {
            let mut is_asked = gate.sign_offs.contains(&kind);
            let tick = ui.checkbox(&mut is_asked, kind.name());
            ui.ctx().accesskit_node_builder(tick.id, |node| node.set_label(format!("{}, {name}", kind.name())));
            if tick.clicked() {
                let asked = |each: &SignOff| if *each == kind { is_asked } else { gate.sign_offs.contains(each) };
                let sign_offs: Vec<SignOff> = SignOff::ALL.into_iter().filter(asked).collect();
                change(&|policy| set_gate(policy, id, Some(sign_offs.clone())));
            }
        }
    });
}

/// Gives a ladder a gate with these sign-offs, or none. Gates are sorted by ladder.
fn set_gate(policy: &mut Policy, ladder: &LadderId, sign_offs: Option<Vec<SignOff>>) {
    policy.gates.retain(|gate| gate.ladder != *ladder);
    policy.gates.extend(sign_offs.map(|sign_offs| LadderGate { ladder: ladder.clone(), sign_offs }));
    policy.gates.sort_by(|a, b| a.ladder.cmp(&b.ladder));
}
