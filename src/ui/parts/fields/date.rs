//! Fields for dates: typed, stepped by a day, or chosen from a month.

use chrono::{NaiveDate, TimeDelta};
use egui::Ui;
use lucide_icons::Icon;

use super::draft::draft_ui;
use super::line;
use super::month::MonthPicker;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::step_button;
use crate::wording;
use crate::wording::typed::{is_in_range, read_date};

/// Enough for the longest date, "Wed 30 Sep 2027", and the button for the month.
const WIDTH: f32 = 132.0;

/// A date with buttons for a day earlier or later; typed as "2027-03-13" or "13 Mar 2027".
pub fn date(ui: &mut Ui, cx: &Cx<'_>, name: &str, current: NaiveDate) -> Option<NaiveDate> {
    date_that(ui, cx, name, current, |_| Ok(()))
}

/// The same, for a date that must pass `check`, whose error says why a date is rejected.
pub fn date_that(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    current: NaiveDate,
    check: impl Fn(NaiveDate) -> Result<(), String>,
) -> Option<NaiveDate> {
    let mut stepped = None;
    let shown = wording::date(current);
    let parse = |text: &str| read_date(text).and_then(|on| check(on).map(|()| on));
    let typed = draft_ui(ui, name, &shown, parse, |ui, draft, id| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let response = line(ui, draft, id, WIDTH, "2027-03-13");
            let picker = MonthPicker { name, field: &response, current: Some(current), check: &check };
            stepped = picker.show(ui, cx);
            for (icon, label, days) in
                [(Icon::ChevronLeft, "a day earlier", -1), (Icon::ChevronRight, "a day later", 1)]
            {
                let to = current.checked_add_signed(TimeDelta::days(days));
                let to = to.filter(|on| is_in_range(*on) && check(*on).is_ok());
                if step_button(ui, icon, &format!("{name} {label}"), ui.is_enabled() && to.is_some()).clicked() {
                    stepped = to;
                }
            }
            response
        })
        .inner
    });
    stepped.or(typed)
}

/// A date without these buttons, for a line with other fields.
pub fn plain_date(ui: &mut Ui, cx: &Cx<'_>, name: &str, current: NaiveDate) -> Option<NaiveDate> {
    let mut chosen = None;
    let typed = draft_ui(ui, name, &wording::date(current), read_date, |ui, draft, id| {
        let response = line(ui, draft, id, WIDTH, "2027-03-13");
        chosen = MonthPicker { name, field: &response, current: Some(current), check: &|_| Ok(()) }.show(ui, cx);
        response
    });
    chosen.or(typed)
}

/// A date, or empty.
pub fn optional_date(ui: &mut Ui, cx: &Cx<'_>, name: &str, current: Option<NaiveDate>) -> Option<Option<NaiveDate>> {
    optional_date_or(ui, cx, name, current, "not set")
}

/// A date. Empty means what `otherwise` says: "now".
pub fn optional_date_or(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    current: Option<NaiveDate>,
    otherwise: &str,
) -> Option<Option<NaiveDate>> {
    let shown = current.map_or_else(String::new, wording::date);
    let parse = |text: &str| match text.trim() {
        "" => Ok(None),
        text => read_date(text).map(Some),
    };
    let mut chosen = None;
    let typed = draft_ui(ui, name, &shown, parse, |ui, draft, id| {
        let response = line(ui, draft, id, WIDTH, otherwise);
        chosen = MonthPicker { name, field: &response, current, check: &|_| Ok(()) }.show(ui, cx);
        response
    });
    chosen.map(Some).or(typed)
}
