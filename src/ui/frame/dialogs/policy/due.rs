//! The deadline of an advisory: by severity, by the response matrix, or by exploitation.

use egui::{Button, Grid, Ui};

use super::{PolicyChange, section, setting};
use crate::model::{DueBy, Minutes, PRESETS, Policy, ResponseMatrix};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::widgets::muted;

/// The kinds of [`DueBy`].
#[derive(Clone, Copy, PartialEq)]
enum By {
    Severity,
    Matrix,
    Exploited,
}

pub fn due_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    section(ui, cx, "Advisories", "Deadline of an advisory");
    presets_ui(ui, cx, policy, change);
    let choices = [
        (By::Severity, "By severity".to_owned()),
        (By::Matrix, "By the response matrix".to_owned()),
        (By::Exploited, "By exploitation".to_owned()),
    ];
    let current = match policy.due_by {
        DueBy::Severity => By::Severity,
        DueBy::Matrix => By::Matrix,
        DueBy::Exploited { .. } => By::Exploited,
    };
    let hover = "What sets the time limit, counted from the publication";
    let chosen = setting(ui, cx, "Due", "", hover, |ui| fields::choice(ui, "Advisories are due", &choices, current));
    if let Some(by) = chosen.flatten() {
        let due_by = match by {
            By::Severity => DueBy::Severity,
            By::Matrix => DueBy::Matrix,
            By::Exploited => DueBy::EXPLOITED,
        };
        change(&|policy| policy.due_by = due_by);
    }
    match policy.due_by {
        DueBy::Severity => {}
        DueBy::Matrix => {
            matrix_ui(ui, cx, &policy.matrix, change);
            exposure_ui(ui, cx, policy.internet_is_active, change);
        }
        DueBy::Exploited { exploited, other } => exploited_ui(ui, cx, exploited, other, change),
    }
    at_most_ui(ui, cx, policy, change);
    let hover = "For example in CISA's catalogue: the date in the advisory takes precedence";
    let mut counts = policy.publishers_dates;
    let what = "The publisher's date takes precedence";
    let clicked = setting(ui, cx, "Publishers", "", hover, |ui| ui.checkbox(&mut counts, what).clicked());
    if clicked == Some(true) {
        change(&|policy| policy.publishers_dates = counts);
    }
}

/// Whether what can be reached from the internet takes the column of what is exploited.
fn exposure_ui(ui: &mut Ui, cx: &Cx<'_>, mut is_active: bool, change: &mut PolicyChange<'_>) {
    let hover = "Advisories that can be reached from the internet take the time of those that are exploited";
    let what = "Counts as exploited if reachable from the internet";
    let clicked = setting(ui, cx, "Exposure", "", hover, |ui| ui.checkbox(&mut is_active, what).clicked());
    if clicked == Some(true) {
        change(&|policy| policy.internet_is_active = is_active);
    }
}

/// Deadlines from sources that others check against. A marked one is met already.
fn presets_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    super::labelled_row(ui, cx, "Presets", |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for preset in &PRESETS {
                let help = format!("{}.\nSource: {}", preset.help, preset.source.in_words());
                let button = ui.add(Button::selectable(preset.is_met_by(policy), preset.name));
                if button.on_hover_text(help).clicked() {
                    change(&|policy| preset.apply_to(policy));
                }
            }
        });
    });
}

/// The longest time for what is exploited, besides the deadline of its severity or the matrix.
fn at_most_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    let hover =
        "What is exploited is due within this time at most, also if its severity gives more; empty for no limit";
    let typed = setting(ui, cx, "Exploited, at most", "from its publication", hover, |ui| {
        fields::minutes_or(ui, "Exploited, at most", policy.exploited_within, "no limit")
    });
    if let Some(within) = typed.flatten() {
        change(&|policy| policy.exploited_within = within);
    }
}

fn exploited_ui(ui: &mut Ui, cx: &Cx<'_>, exploited: Minutes, other: Minutes, change: &mut PolicyChange<'_>) {
    let hover = "Time limit for advisories exploited in the wild";
    let typed = setting(ui, cx, "Exploited", "from its publication", hover, |ui| {
        fields::minutes(ui, "Exploited, due within", exploited)
    });
    if let Some(exploited) = typed.flatten() {
        change(&|policy| policy.due_by = DueBy::Exploited { exploited, other });
    }
    let hover = "Time limit for all others";
    let typed = setting(ui, cx, "All others", "from its publication", hover, |ui| {
        fields::minutes(ui, "All others, due within", other)
    });
    if let Some(other) = typed.flatten() {
        change(&|policy| policy.due_by = DueBy::Exploited { exploited, other });
    }
}

/// Asset value in rows, exploitability in columns.
fn matrix_ui(ui: &mut Ui, cx: &Cx<'_>, matrix: &ResponseMatrix, change: &mut PolicyChange<'_>) {
    type Cell = (&'static str, fn(&mut ResponseMatrix) -> &mut Minutes);
    let rows: [(&str, [Cell; 2]); 2] = [
        (
            "Asset of high value",
            [
                ("High value and exploited, due within", |matrix| &mut matrix.high_active),
                ("High value and theoretical, due within", |matrix| &mut matrix.high_theoretical),
            ],
        ),
        (
            "Asset of low value",
            [
                ("Low value and exploited, due within", |matrix| &mut matrix.low_active),
                ("Low value and theoretical, due within", |matrix| &mut matrix.low_theoretical),
            ],
        ),
    ];
    Grid::new("response matrix").num_columns(3).min_col_width(128.0).spacing([12.0, 6.0]).show(ui, |ui| {
        for (title, what) in [
            ("", "Asset value: how critical the affected systems are"),
            ("Exploited", "Exploited in the wild"),
            ("Theoretical", "No known exploitation"),
        ] {
            ui.label(muted(cx, title)).on_hover_text(what);
        }
        ui.end_row();
        for (label, cells) in rows {
            ui.label(muted(cx, label)).on_hover_text("The highest criticality of the affected systems");
            for (name, cell) in cells {
                let current = *cell(&mut matrix.clone());
                if let Some(within) = fields::minutes(ui, name, current) {
                    change(&|policy| *cell(&mut policy.matrix) = within);
                }
            }
            ui.end_row();
        }
    });
}
