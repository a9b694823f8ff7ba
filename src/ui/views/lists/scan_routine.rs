//! The form of a scan routine.

use egui::Ui;

use super::scope::scope_ui;
use crate::model::{Edit, ScanInterval, ScanKind, ScanOutcome, ScanRoutine, ScanRun};
use crate::ui::parts::assignee::assignee;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{named, row, section};
use crate::ui::parts::widgets::{muted, text};
use crate::ui::parts::{fields, theme};
use crate::wording::{counted, date};

/// The longest interval between two runs, in days.
const LONGEST: i64 = 3_660;

pub fn scan_routine_ui(ui: &mut Ui, cx: &Cx<'_>, routine: &ScanRoutine) {
    let mut copy = routine.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &routine.name, font, 300.0) {
        copy.name = name;
    }
    kind_ui(ui, cx, &mut copy);
    if let Some(tool) = row(ui, cx, "Tool", |ui| fields::text(ui, "Tool", &routine.tool, "e.g. Nessus")) {
        copy.tool = tool;
    }
    let who = row(ui, cx, "Responsible", |ui| assignee(ui, cx, "Responsible", routine.who.as_ref(), "Nobody"));
    if let Some(who) = who {
        copy.who = who;
    }
    scope_ui(ui, cx, &mut copy.scope);
    section(ui, "Last run");
    last_ui(ui, cx, &mut copy);
    section(ui, "Notes");
    if let Some(notes) = fields::paragraph(ui, "Notes", &routine.notes, "") {
        copy.notes = notes;
    }
    if copy != *routine {
        cx.edit(Edit::PutScanRoutine(copy));
    }
}

/// The kind and the interval. Another kind brings its usual interval if the interval was the usual one.
fn kind_ui(ui: &mut Ui, cx: &Cx<'_>, routine: &mut ScanRoutine) {
    let kinds = named(ScanKind::ALL, ScanKind::name);
    if let Some(kind) = row(ui, cx, "Kind", |ui| fields::choice(ui, "Kind", &kinds, routine.kind)) {
        if routine.every == routine.kind.usual_interval() {
            routine.every = kind.usual_interval();
        }
        routine.kind = kind;
    }
    let choices: Vec<(Option<ScanInterval>, String)> = [
        (None, "By the calendar"),
        (Some(ScanInterval::EachBuild), "With each build"),
        (Some(ScanInterval::EachCommit), "With each commit"),
    ]
    .map(|(value, name)| (value, name.to_owned()))
    .to_vec();
    let current = Some(routine.every).filter(|every| every.days().is_none());
    if let Some(chosen) = row(ui, cx, "Runs", |ui| fields::choice(ui, "Runs", &choices, current)) {
        routine.every = chosen.unwrap_or(ScanInterval::Days(7));
    }
    if let Some(days) = routine.every.days() {
        let typed =
            row(ui, cx, "Every", |ui| fields::count(ui, "Interval in days", i64::from(days), 1..=LONGEST, "day"));
        if let Some(days) = typed.and_then(|days| u16::try_from(days).ok()) {
            routine.every = ScanInterval::Days(days);
        }
    }
}

fn last_ui(ui: &mut Ui, cx: &Cx<'_>, routine: &mut ScanRoutine) {
    let today = cx.today();
    let Some(run) = &mut routine.last else {
        ui.label(muted(cx, "No run was recorded yet"));
        if ui.button("Record a clean run today").clicked() {
            routine.last = Some(new_run(today));
        }
        return due_ui(ui, cx, routine);
    };
    if let Some(on) = row(ui, cx, "Day", |ui| fields::date(ui, cx, "Day of the last run", run.on)) {
        run.on = on;
    }
    outcome_ui(ui, cx, run);
    for (label, name, value) in [("By", "Recorded by", &mut run.by), ("Remarks", "Remarks on the run", &mut run.notes)]
    {
        if let Some(typed) = row(ui, cx, label, |ui| fields::text(ui, name, value, "")) {
            *value = typed;
        }
    }
    let is_older = run.on < today;
    ui.horizontal(|ui| {
        if is_older && ui.button("Record a clean run today").clicked() {
            routine.last = Some(new_run(today));
        }
        if ui.button("Remove the run").clicked() {
            routine.last = None;
        }
    });
    due_ui(ui, cx, routine);
}

fn new_run(on: chrono::NaiveDate) -> ScanRun {
    ScanRun { on, outcome: ScanOutcome::Clean, by: String::new(), notes: String::new() }
}

fn outcome_ui(ui: &mut Ui, cx: &Cx<'_>, run: &mut ScanRun) {
    let choices = ["Clean", "Findings are open", "Failed"];
    let choices: Vec<(usize, String)> = choices.iter().enumerate().map(|(at, name)| (at, (*name).to_owned())).collect();
    let current = match run.outcome {
        ScanOutcome::Clean => 0,
        ScanOutcome::Open(_) => 1,
        ScanOutcome::Failed => 2,
    };
    if let Some(chosen) = row(ui, cx, "Result", |ui| fields::choice(ui, "Result of the run", &choices, current)) {
        run.outcome = [ScanOutcome::Clean, ScanOutcome::Open(1), ScanOutcome::Failed][chosen.min(2)];
    }
    if let ScanOutcome::Open(open) = run.outcome {
        let typed = row(ui, cx, "Open", |ui| {
            fields::count(ui, "Open findings", i64::from(open), 1..=i64::from(u32::MAX), "finding")
        });
        if let Some(open) = typed.and_then(|open| u32::try_from(open).ok()) {
            run.outcome = ScanOutcome::Open(open);
        }
    }
}

/// When it must run again, or why that cannot be calculated.
fn due_ui(ui: &mut Ui, cx: &Cx<'_>, routine: &ScanRoutine) {
    let Some(from) = cx.plan().policy().recording_from else {
        text(ui, muted(cx, "Lateness is not reported: the policy has no day from which results are recorded"));
        return;
    };
    let said = match (routine.days_late(from, cx.today()), routine.due_on(from)) {
        (Some(late), _) => format!("{} late", counted(late, "day")),
        (None, Some(on)) => format!("Due by {}", date(on)),
        (None, None) => format!("It runs {}, so no day is due", routine.every),
    };
    text(ui, muted(cx, said));
}
