//! The severities: the CVSS score from which each applies, and the time limit for a fix.

use egui::{Grid, Ui, Vec2};
use lucide_icons::Icon;

use super::{PolicyChange, headings, section};
use crate::model::{Minutes, Policy, SeverityDeadline};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::widgets::icon_button;

const COLUMNS: [(&str, &str); 4] = [
    ("Severity", "Its name"),
    ("CVSS from", "Lowest base score, 0.0 to 10.0; the next severity starts where this one ends"),
    ("Due within", "Time from the release until a fix must be installed everywhere, in hours or days: 72 h, 30 d"),
    ("Response", "How to respond, in words"),
];

pub fn severities_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    section(ui, cx, "Severities", "Time limit for a fix, from its release");
    Grid::new("severities").num_columns(5).min_col_width(76.0).spacing([12.0, 6.0]).show(ui, |ui| {
        headings(ui, cx, &COLUMNS);
        for (at, severity) in policy.severities.iter().enumerate() {
            severity_ui(ui, policy, at, severity, change);
            ui.end_row();
        }
    });
    let add = ui.button("Add severity").on_hover_text("It starts at CVSS 0.0: set its name and score");
    if add.clicked() {
        change(&|policy| {
            policy.severities.push(new_severity(policy));
            policy.sort_severities();
        });
    }
}

fn severity_ui(ui: &mut Ui, policy: &Policy, at: usize, severity: &SeverityDeadline, change: &mut PolicyChange<'_>) {
    let called = called(policy, at);
    let parse = |text: &str| match text.trim() {
        "" => Err("Enter a name".to_owned()),
        text => Ok(text.to_owned()),
    };
    let renamed = ui.allocate_ui(Vec2::new(116.0, 24.0), |ui| {
        fields::parsed(ui, &format!("{called}, name"), &severity.name, "", parse)
    });
    if let Some(name) = renamed.inner {
        change(&|policy| policy.severities[at].name.clone_from(&name));
    }
    if let Some(tenths) = fields::score(ui, &format!("{called}, CVSS from"), severity.cvss_from_tenths) {
        change(&|policy| {
            policy.severities[at].cvss_from_tenths = tenths;
            policy.sort_severities();
        });
    }
    if let Some(within) = fields::minutes(ui, &format!("{called}, due within"), severity.within) {
        change(&|policy| policy.severities[at].within = within);
    }
    let response = ui.allocate_ui(Vec2::new(190.0, 24.0), |ui| {
        fields::text(ui, &format!("{called}, response"), &severity.response, "")
    });
    if let Some(response) = response.inner {
        change(&|policy| policy.severities[at].response.clone_from(&response));
    }
    let is_removable = ui.is_enabled() && policy.severities.len() > 1;
    if icon_button(ui, Icon::X, &format!("Remove {called}"), is_removable).clicked() {
        change(&|policy| drop(policy.severities.remove(at)));
    }
}

/// A unique name for the fields of a severity, even if the file has two severities of the same name.
fn called(policy: &Policy, at: usize) -> String {
    let name = &policy.severities[at].name;
    match policy.severities[..at].iter().filter(|other| other.name == *name).count() {
        0 => name.clone(),
        before => format!("{name} ({})", before + 1),
    }
}

/// A severity with an unused name. It starts at CVSS 0.0.
fn new_severity(policy: &Policy) -> SeverityDeadline {
    let is_taken = |name: &str| policy.severities.iter().any(|severity| severity.name == name);
    let numbered = (2..).map(|number| format!("New severity {number}"));
    let mut names = std::iter::once("New severity".to_owned()).chain(numbered);
    SeverityDeadline {
        name: names.find(|name| !is_taken(name)).unwrap_or_default(),
        cvss_from_tenths: 0,
        within: Minutes::days(30),
        response: String::new(),
    }
}
