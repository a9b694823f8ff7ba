//! The days of a change freeze and how often it repeats, shared by the inspector and the lists.

use chrono::NaiveDate;
use egui::{RichText, Ui};

use super::cx::Cx;
use super::fields;
use super::form::row;
use super::widgets::{muted, text};
use crate::model::ChangeFreeze;
use crate::wording;

/// How often a freeze repeats, as offered in the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RepeatInterval {
    Never,
    Monthly,
    Quarterly,
    Yearly,
    /// Every given number of months.
    Months,
}

impl RepeatInterval {
    const ALL: [Self; 5] = [Self::Never, Self::Monthly, Self::Quarterly, Self::Yearly, Self::Months];

    fn new(freeze: &ChangeFreeze) -> Self {
        match freeze.period() {
            None => Self::Never,
            Some(1) => Self::Monthly,
            Some(3) => Self::Quarterly,
            Some(12) => Self::Yearly,
            Some(_) => Self::Months,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Never => "Never",
            Self::Monthly => "Every month",
            Self::Quarterly => "Every quarter",
            Self::Yearly => "Every year",
            Self::Months => "Every … months",
        }
    }

    fn every_months(self) -> Option<u16> {
        match self {
            Self::Never => None,
            Self::Monthly => Some(1),
            Self::Quarterly => Some(3),
            Self::Yearly => Some(12),
            // Half a year, until the user enters a number.
            Self::Months => Some(6),
        }
    }
}

/// Edits the days of `freeze` and how often it repeats.
pub fn days_ui(ui: &mut Ui, cx: &Cx<'_>, freeze: &mut ChangeFreeze) {
    let first_on = freeze.first_on;
    if let Some(on) = row(ui, cx, "First day", |ui| fields::date(ui, cx, "First day", first_on)) {
        // If the first day moves past the last day, the whole freeze moves.
        if on <= freeze.last_on {
            freeze.first_on = on;
        } else {
            *freeze = freeze.moved((on - first_on).num_days());
        }
    }
    let not_before = |on: NaiveDate| {
        let problem = || format!("The last day is before the first, {}", wording::date(first_on));
        (on >= first_on).then_some(()).ok_or_else(problem)
    };
    if let Some(on) = row(ui, cx, "Last day", |ui| fields::date_that(ui, cx, "Last day", freeze.last_on, not_before)) {
        freeze.last_on = on;
    }
    again_ui(ui, cx, freeze);
    if freeze.last_on < freeze.first_on {
        let problem = "It ends before it starts, so it freezes nothing";
        text(ui, RichText::new(problem).small().color(cx.colors.error));
    } else if freeze.never_ends() {
        text(ui, muted(cx, "It repeats before it ends, so it never ends"));
    }
}

fn again_ui(ui: &mut Ui, cx: &Cx<'_>, freeze: &mut ChangeFreeze) {
    let current = RepeatInterval::new(freeze);
    let choices: Vec<(RepeatInterval, String)> =
        RepeatInterval::ALL.map(|again| (again, again.name().to_owned())).into();
    let chosen = row(ui, cx, "Repeats", |ui| {
        ui.horizontal_wrapped(|ui| {
            let chosen = fields::choice(ui, "Repeats", &choices, current);
            if let Some(months) = freeze.every_months.filter(|_| current == RepeatInterval::Months)
                && let Some(months) = fields::count(ui, "Months between", months.into(), 1..=600, "month")
            {
                freeze.every_months = u16::try_from(months).ok();
            }
            chosen
        })
        .inner
    });
    if let Some(again) = chosen.filter(|again| *again != current) {
        freeze.every_months = again.every_months();
    }
}
