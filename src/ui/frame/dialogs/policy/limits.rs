//! The remaining limits of the policy: soak times and gaps, fit, and limits for a night and a person.

use egui::{Grid, Ui};

use super::{PolicyChange, emergency, headings, section, setting};
use crate::model::{Minutes, NightLimits, Policy, SoakTimes, Stage};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;

pub fn ladders_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    section(ui, cx, "Soak times", "Time to watch a group before the next one");
    Grid::new("soak times").num_columns(Stage::ALL.len()).min_col_width(92.0).spacing([12.0, 6.0]).show(ui, |ui| {
        let what = "Wait after a group of this stage before the next group, in hours or days: 24 h, 3 d";
        headings(ui, cx, &Stage::ALL.map(|stage| (stage.name(), what)));
        for stage in Stage::ALL {
            let name = format!("Soak time after {}", stage.name());
            if let Some(soak) = fields::minutes(ui, &name, policy.soak.after(stage)) {
                change(&|policy| *soak_after(&mut policy.soak, stage) = soak);
            }
        }
        ui.end_row();
    });
    emergency::lane_ui(ui, cx, policy, change);
    section(ui, cx, "Cadence", "Longest time between windows of a group");
    let hover = "Warns about a longer time between two windows of a group; a group can set its own";
    number(
        ui,
        cx,
        policy,
        change,
        ["Longest gap", "day", "between two windows of a group", hover],
        (1, 3_650),
        |policy| &mut policy.longest_gap_days,
    );
    section(ui, cx, "First group", "How much a bad patch may take down at once");
    let hover = "Notes a first group that holds more of the ladder's hosts";
    percent(ui, cx, policy, change, ["First group", "of the ladder's hosts at most", hover], |policy| {
        &mut policy.first_group_percent
    });
}

fn soak_after(soak: &mut SoakTimes, stage: Stage) -> &mut Minutes {
    match stage {
        Stage::Test => &mut soak.test,
        Stage::Uat => &mut soak.uat,
        Stage::Pilot => &mut soak.pilot,
        Stage::Rest => &mut soak.rest,
        Stage::Production => &mut soak.production,
    }
}

pub fn fit_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    section(ui, cx, "Fit", "Margins and rollback tests");
    let hover = "Time to spare after work and rollback, as a share of the window's length; warns below it";
    percent(ui, cx, policy, change, ["Buffer", "of the window: a smaller margin is thin", hover], |policy| {
        &mut policy.buffer_percent
    });
    let hover = "Warns about a rollback that was tested longer ago than this, or never";
    let words = ["Rollback tests", "day", "after which a rollback counts as untested", hover];
    number(ui, cx, policy, change, words, (1, 3_650), |policy| &mut policy.rollback_test_days);
    section(ui, cx, "Chance", "Simulation of estimates");
    let hover = "Warns about a window that overruns with a higher probability than this";
    percent(ui, cx, policy, change, ["Overrun", "acceptable probability of an overrun", hover], |policy| {
        &mut policy.overrun_percent
    });
    let hover = "Correlation between the phases of one night: 0 % none, 100 % full";
    percent(ui, cx, policy, change, ["Correlation", "correlation between the phases of a night", hover], |policy| {
        &mut policy.correlation_percent
    });
    let hover = "Hosts that fail to patch, of 100; gives the probability that a play stops";
    percent(ui, cx, policy, change, ["Failing hosts", "of the hosts fail to patch", hover], |policy| {
        &mut policy.host_failure_percent
    });
}

/// Selects one of the limits of a night.
type NightLimit = fn(&mut NightLimits) -> &mut Option<u32>;

pub fn nights_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    section(ui, cx, "One night", "From noon to noon in the plan's zone; empty for no limit");
    let limits: [(&str, &str, &str, NightLimit); 3] = [
        ("Windows per night", "windows", "Warns about more windows than this in one night", |night| &mut night.windows),
        (
            "Changes per night",
            "changes",
            "Systems worked on, counted once per window; warns about more than this",
            |night| &mut night.changes,
        ),
        ("Hosts per night", "hosts", "Warns about more hosts than this in one night", |night| &mut night.hosts),
    ];
    for (label, unit, hover, field) in limits {
        let current = field(&mut policy.night.clone()).map(i64::from);
        let typed =
            setting(ui, cx, label, unit, hover, |ui| fields::optional_number(ui, label, current, 0..=1_000_000));
        if let Some(most) = typed.flatten() {
            change(&|policy| *field(&mut policy.night) = most.map(|most| most as u32));
        }
    }
    section(ui, cx, "One person", "Limits for night work");
    let hover = "Warns if somebody is booked for more nights in a row";
    let words = ["Nights in a row", "night", "at most", hover];
    number(ui, cx, policy, change, words, (0, 366), |policy| &mut policy.people.nights_in_a_row);
    let hover = "Warns if somebody is booked for more nights in a calendar month";
    let words = ["Nights per month", "night", "at most", hover];
    number(ui, cx, policy, change, words, (0, 31), |policy| &mut policy.people.nights_a_month);
    let hover =
        "Warns about less time between two duties; 11 h is the daily rest of the European Working Time Directive";
    let typed = setting(ui, cx, "Rest", "at least, between two duties", hover, |ui| {
        fields::length(ui, "Rest", policy.people.rest)
    });
    if let Some(rest) = typed.flatten() {
        change(&|policy| policy.people.rest = rest);
    }
}

/// The words are the label, a short description and the tooltip.
fn percent(
    ui: &mut Ui,
    cx: &Cx<'_>,
    policy: &Policy,
    change: &mut PolicyChange<'_>,
    [label, what, hover]: [&str; 3],
    field: fn(&mut Policy) -> &mut u8,
) {
    let current = i64::from(*field(&mut policy.clone()));
    let typed = setting(ui, cx, label, what, hover, |ui| fields::percent(ui, label, current, 0..=100));
    if let Some(percent) = typed.flatten() {
        change(&|policy| *field(policy) = percent as u8);
    }
}

/// The words are the label, what is counted, a short description and the tooltip.
fn number(
    ui: &mut Ui,
    cx: &Cx<'_>,
    policy: &Policy,
    change: &mut PolicyChange<'_>,
    [label, noun, what, hover]: [&str; 4],
    (least, most): (i64, i64),
    field: fn(&mut Policy) -> &mut u16,
) {
    let current = i64::from(*field(&mut policy.clone()));
    let typed = setting(ui, cx, label, what, hover, |ui| fields::count(ui, label, current, least..=most, noun));
    if let Some(number) = typed.flatten() {
        change(&|policy| *field(policy) = number as u16);
    }
}
