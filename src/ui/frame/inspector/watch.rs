//! The watch after the occurrences of a window: its length and the baseline.

use egui::Ui;

use super::change;
use crate::model::{MaintenanceWindow, Watch};
use crate::schedule::night::watch_times;
use crate::schedule::{Occurrence, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::widgets::{muted, text};
use crate::wording::moment;

/// Usual lengths: one to three days.
const HINT: &str = "Usually 24 h to 72 h. A number alone is hours. Leave it empty if nobody watches";

pub fn watch_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: Option<&Occurrence>) {
    let watch = window.window.watch.as_ref();
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label("Watch for").on_hover_text(HINT);
        let typed = fields::optional_watch(ui, "Length of the watch", watch.map(|watch| watch.length));
        if let Some(length) = typed {
            let baseline = watch.map(|watch| watch.baseline.clone()).unwrap_or_default();
            set(cx, &window.window, length.map(|length| Watch { length, baseline }));
        }
        ui.label(muted(cx, "after the end"));
    });
    let Some(watch) = watch else { return };
    if let Some((_, ends_at)) = occurrence.and_then(|occurrence| watch_times(cx.plan(), window, occurrence)) {
        text(ui, muted(cx, format!("Until {}", moment(window.local(ends_at)))));
    }
    let hint = "What performance is compared with, e.g. 120 orders a minute, answers under 300 ms";
    if let Some(baseline) = fields::paragraph(ui, "Baseline of the watch", &watch.baseline, hint) {
        set(cx, &window.window, Some(Watch { baseline, ..watch.clone() }));
    }
}

fn set(cx: &Cx<'_>, window: &MaintenanceWindow, watch: Option<Watch>) {
    change(cx, window, |window| window.watch = watch);
}
