//! How many hosts are patched at a time, and how many of them may fail.

use egui::Ui;

use super::change;
use crate::model::{Batch, BatchSize, ParseBatchSizeError};
use crate::schedule::WindowSchedule;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::widgets::{muted, text};

pub fn batches_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    ui.horizontal(|ui| {
        ui.label("Hosts at a time");
        if let Some(batch) = kind_ui(ui, window) {
            change(cx, &window.window, |window| window.batch = batch);
        }
        if let Some(batch) = size_ui(ui, &window.window.batch) {
            change(cx, &window.window, |window| window.batch = batch);
        }
    });
    if let Batch::List(sizes) = &window.window.batch {
        let shown = Batch::list_in_words(sizes);
        let read = |text: &str| Batch::read_list(text).map_err(|error: ParseBatchSizeError| error.to_string());
        if let Some(batch) = fields::parsed(ui, "Sequential batches", &shown, "1, 5, 20 %", read) {
            change(cx, &window.window, |window| window.batch = batch);
        }
        text(ui, muted(cx, "In this order; the last size is used for all remaining hosts"));
    }
    limit_ui(ui, cx, window);
}

/// The kind of batches. Switching the kind starts with the closest equivalent of the current batches.
fn kind_ui(ui: &mut Ui, window: &WindowSchedule) -> Option<Batch> {
    let batch = &window.window.batch;
    let number = match batch {
        Batch::Hosts(number) => *number,
        Batch::All | Batch::Share(_) | Batch::List(_) => batch.size(window.scope.hosts().max(1)),
    };
    let share = if let Batch::Share(percent) = batch { *percent } else { 25 };
    let list = match batch {
        Batch::List(sizes) => sizes.clone(),
        Batch::Share(percent) => vec![BatchSize::Hosts(1), BatchSize::Share(*percent)],
        Batch::All | Batch::Hosts(_) => vec![BatchSize::Hosts(1), BatchSize::Hosts(number)],
    };
    let kinds = [
        (Batch::All, "all".to_owned()),
        (Batch::Hosts(number), "a number".to_owned()),
        (Batch::Share(share), "a share".to_owned()),
        (Batch::List(list), "growing".to_owned()),
    ];
    fields::choice(ui, "How many hosts at a time", &kinds, batch.clone())
}

/// The number of hosts, or the percentage.
fn size_ui(ui: &mut Ui, batch: &Batch) -> Option<Batch> {
    match batch {
        Batch::All | Batch::List(_) => None,
        Batch::Hosts(number) => fields::count(ui, "Hosts in a batch", (*number).into(), 1..=100_000, "host")
            .map(|number| Batch::Hosts(number as u32)),
        Batch::Share(percent) => fields::percent(ui, "Percent in a batch", (*percent).into(), 1..=100)
            .map(|percent| Batch::Share(percent as u8)),
    }
}

/// How many hosts of a batch may fail before the play stops.
fn limit_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let limit = window.window.max_fail_percent;
    ui.horizontal(|ui| {
        ui.label("Stop when more than");
        let changed = fields::optional_number(ui, "Most failed hosts of a batch", limit.map(i64::from), 0..=100);
        if let Some(limit) = changed {
            change(cx, &window.window, |window| window.max_fail_percent = limit.map(|percent| percent as u8));
        }
        ui.label(muted(cx, "% of a batch fail"));
    });
}
