//! How likely the work is to fit, in words: the result of the simulated nights.

use egui::{RichText, Ui};

use crate::schedule::chance::play::chance_of_stopping;
use crate::schedule::{Fit, Occurrence, Outlook, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{muted, text};
use crate::ui::parts::{occurrence_text, theme};
use crate::wording::counted;

/// The meaning of the marks on the fit bar.
pub const MARKS_HELP: &str = "The whisker ends where the work is done in 9 of 10 simulated nights; the dashed line is the latest start of a rollback that is 95 % sure to end in time";

/// The lines of the fit card; nothing if the estimates leave no uncertainty.
pub fn outlook_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence, fit: &Fit) {
    if !window.is_uncertain() {
        return;
    }
    ui.add_space(4.0);
    let Some(outlook) = cx.schedule().outlooks.get(window) else {
        let state = if cx.is_calculating_outlooks() {
            "Calculating the probability…"
        } else {
            "The probability was not calculated"
        };
        ui.label(muted(cx, state));
        return;
    };
    let share = outlook.overrun(fit.length);
    let is_too_likely = share * 100.0 > f64::from(cx.plan().policy().overrun_percent);
    let color = if is_too_likely { cx.colors.warning } else { cx.colors.text };
    let overruns = RichText::new(format!("Overruns in {} of nights", percent(share)));
    text(ui, overruns.font(theme::strong(theme::SMALL)).color(color)).on_hover_text(format!(
        "{} were simulated with the best, likely and worst minutes. The policy allows {} %.",
        counted(outlook.runs, "night"),
        cx.plan().policy().overrun_percent,
    ));
    text(ui, muted(cx, format!("Half need at most {}, nine in ten {}", outlook.need(50), outlook.need(90))));
    text(ui, muted(cx, format!("{} to be 95 % sure", sure_deadline(window, occurrence, fit, outlook))));
}

/// How often the play stops, if the window limits how many hosts of a batch may fail.
pub fn play_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let host_failure_percent = cx.plan().policy().host_failure_percent;
    let chance = chance_of_stopping(&window.window, &window.scope.systems, host_failure_percent);
    let (Some(chance), Some(limit)) = (chance, window.window.max_fail_percent) else { return };
    let often = percent(chance);
    let line = muted(cx, format!("The play stops in {often} of nights, if {host_failure_percent} % of hosts fail"));
    text(ui, line).on_hover_text(format!(
        "It stops when more than {limit} % of a batch fail, or all of it. The policy sets how many hosts fail."
    ));
}

/// "Roll back by 22:59": a rollback that starts by then ends in time in 95 % of the simulated nights.
pub fn sure_deadline(window: &WindowSchedule, occurrence: &Occurrence, fit: &Fit, outlook: &Outlook) -> String {
    match outlook.roll_back_by(fit.length) {
        minutes if minutes < 0 => "Even the start is too late to roll back,".to_owned(),
        minutes => format!(
            "Roll back by {}",
            occurrence_text::clock_within(window, occurrence, occurrence.start_at.plus(minutes))
        ),
    }
}

/// "20 %". A small share is never rounded to 0 %, nor a large one to 100 %.
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        percent if percent <= 0.0 => "0 %".to_owned(),
        percent if percent < 1.0 => "under 1 %".to_owned(),
        percent if percent > 99.0 && percent < 100.0 => "over 99 %".to_owned(),
        percent => format!("{percent:.0} %"),
    }
}
