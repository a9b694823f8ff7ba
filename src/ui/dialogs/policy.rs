//! The policy as tables: deadlines by severity, types of window, soak times, limits.

use egui::{Grid, Ui};

use super::settings::row;
use crate::model::{Edit, Policy, Stage};
use crate::ui::cx::Cx;
use crate::ui::fields;
use crate::ui::widgets::{head, muted, rule};

/// Draws all of it; a change of any field is one edit of the whole policy.
pub fn policy_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let policy = &cx.plan().policy;
    let mut changed: Option<Policy> = None;
    let mut change = |with: &dyn Fn(&mut Policy)| with(changed.get_or_insert_with(|| Policy::clone(policy)));
    section(ui, cx, "Deadlines", "By when a fix must be in, from its release on");
    severities_ui(ui, cx, policy, &mut change);
    section(ui, cx, "Types of window", "Lengths and notice that are usual; others are warned about");
    types_ui(ui, cx, policy, &mut change);
    section(ui, cx, "Soak times", "How long a group is watched before the next one");
    soak_ui(ui, cx, policy, &mut change);
    section(ui, cx, "Limits", "What counts as thin, as old, and how often owners hear something");
    limits_ui(ui, cx, policy, &mut change);
    ui.add_space(4.0);
    let is_default = **policy == Policy::default();
    if ui.add_enabled(!is_default, egui::Button::new("Back to the handbook's numbers")).clicked() {
        change(&|policy| *policy = Policy::default());
    }
    if let Some(policy) = changed {
        cx.edit(Edit::SetPolicy(policy));
    }
}

type Change<'a> = dyn FnMut(&dyn Fn(&mut Policy)) + 'a;

fn section(ui: &mut Ui, cx: &Cx<'_>, title: &str, what: &str) {
    ui.add_space(4.0);
    rule(ui, cx);
    ui.horizontal(|ui| {
        ui.label(head(title));
        ui.label(muted(cx, what));
    });
}

fn headings(ui: &mut Ui, cx: &Cx<'_>, titles: &[&str]) {
    for title in titles {
        ui.label(muted(cx, *title));
    }
    ui.end_row();
}

fn severities_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut Change<'_>) {
    Grid::new("severities").num_columns(4).min_col_width(92.0).spacing([12.0, 6.0]).show(ui, |ui| {
        headings(ui, cx, &["Severity", "CVSS from", "Due within", "Response"]);
        for (at, severity) in policy.severities.iter().enumerate() {
            let name = &severity.name;
            ui.label(name);
            if let Some(tenths) = fields::score(ui, &format!("{name}, CVSS from"), severity.cvss_from_tenths) {
                change(&|policy| {
                    policy.severities[at].cvss_from_tenths = tenths;
                    policy.severities.sort_by_key(|severity| std::cmp::Reverse(severity.cvss_from_tenths));
                });
            }
            if let Some(within) = fields::minutes(ui, &format!("{name}, due within"), severity.within) {
                change(&|policy| policy.severities[at].within = within);
            }
            if let Some(response) = fields::text(ui, &format!("{name}, response"), &severity.response, "") {
                change(&|policy| policy.severities[at].response.clone_from(&response));
            }
            ui.end_row();
        }
    });
}

fn types_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut Change<'_>) {
    Grid::new("window types").num_columns(4).min_col_width(92.0).spacing([12.0, 6.0]).show(ui, |ui| {
        headings(ui, cx, &["Type", "Shortest", "Longest", "Days of notice"]);
        for (at, each) in policy.window_types.iter().enumerate() {
            let name = each.kind.name();
            ui.label(name);
            if let Some(shortest) = fields::optional_minutes(ui, &format!("{name}, shortest"), each.shortest) {
                change(&|policy| policy.window_types[at].shortest = shortest);
            }
            if let Some(longest) = fields::optional_minutes(ui, &format!("{name}, longest"), each.longest) {
                change(&|policy| policy.window_types[at].longest = longest);
            }
            let days = each.notice_days.map(i64::from);
            if let Some(days) = fields::optional_number(ui, &format!("{name}, days of notice"), days, 0..=366) {
                change(&|policy| policy.window_types[at].notice_days = days.map(|days| days as u16));
            }
            ui.end_row();
        }
    });
}

fn soak_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut Change<'_>) {
    Grid::new("soak times").num_columns(Stage::ALL.len()).min_col_width(92.0).spacing([12.0, 6.0]).show(ui, |ui| {
        headings(ui, cx, &Stage::ALL.map(Stage::name));
        for stage in Stage::ALL {
            let name = format!("Soak time after {}", stage.name());
            if let Some(soak) = fields::minutes(ui, &name, policy.soak.after(stage)) {
                change(&|policy| {
                    let times = &mut policy.soak;
                    match stage {
                        Stage::Test => times.test = soak,
                        Stage::Uat => times.uat = soak,
                        Stage::Pilot => times.pilot = soak,
                        Stage::Rest => times.rest = soak,
                        Stage::Production => times.production = soak,
                    }
                });
            }
        }
        ui.end_row();
    });
}

fn limits_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut Change<'_>) {
    row(ui, cx, "Buffer", |ui| {
        if let Some(percent) = fields::number(ui, "Buffer", policy.buffer_percent.into(), 0..=100, " %") {
            change(&|policy| policy.buffer_percent = percent as u8);
        }
        ui.label(muted(cx, "of the window: a smaller margin is thin"));
    });
    row(ui, cx, "Rollback tests", |ui| {
        let days = policy.rollback_test_days.into();
        if let Some(days) = fields::number(ui, "Rollback tests", days, 1..=3_650, " days") {
            change(&|policy| policy.rollback_test_days = days as u16);
        }
        ui.label(muted(cx, "after which a rollback counts as untested"));
    });
    row(ui, cx, "Status updates", |ui| {
        let every = fields::minutes(ui, "Status updates", policy.status_every);
        if let Some(every) = every.filter(|every| !every.is_zero()) {
            change(&|policy| policy.status_every = every);
        }
        ui.label(muted(cx, "apart while a window is under way"));
    });
}
