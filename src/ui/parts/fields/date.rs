//! Fields for dates.

use chrono::{NaiveDate, TimeDelta};
use egui::Ui;
use lucide_icons::Icon;

use super::{draft_ui, line};
use crate::ui::parts::widgets::icon_button;
use crate::wording;

/// A date with buttons for a day earlier or later; typed as "2027-03-13" or "13 Mar 2027".
pub fn date(ui: &mut Ui, name: &str, current: NaiveDate) -> Option<NaiveDate> {
    date_that(ui, name, current, |_| Ok(()))
}

/// The same, for a date that must pass `check`, whose error says why a date is rejected.
pub fn date_that(
    ui: &mut Ui,
    name: &str,
    current: NaiveDate,
    check: impl Fn(NaiveDate) -> Result<(), String>,
) -> Option<NaiveDate> {
    let mut stepped = None;
    let shown = wording::date(current);
    let typed = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let parse = |text: &str| read_date(text).and_then(|on| check(on).map(|()| on));
            let typed = draft_ui(ui, name, &shown, parse, |ui, draft, id| line(ui, draft, id, 116.0, "2027-03-13"));
            for (icon, label, days) in
                [(Icon::ChevronLeft, "a day earlier", -1), (Icon::ChevronRight, "a day later", 1)]
            {
                let to = current.checked_add_signed(TimeDelta::days(days)).filter(|on| check(*on).is_ok());
                if icon_button(ui, icon, &format!("{name} {label}"), ui.is_enabled() && to.is_some()).clicked() {
                    stepped = to;
                }
            }
            typed
        })
        .inner;
    typed.or(stepped)
}

/// A date, or empty.
pub fn optional_date(ui: &mut Ui, name: &str, current: Option<NaiveDate>) -> Option<Option<NaiveDate>> {
    let shown = current.map_or_else(String::new, wording::date);
    let parse = |text: &str| match text.trim() {
        "" => Ok(None),
        text => read_date(text).map(Some),
    };
    draft_ui(ui, name, &shown, parse, |ui, draft, id| line(ui, draft, id, 116.0, "not set"))
}

/// Reads ISO 8601 and the forms that the program writes. Rejects forms that mean different days in different countries.
pub fn read_date(text: &str) -> Result<NaiveDate, String> {
    const FORMS: [&str; 6] = ["%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%a %d %b %Y", "%d.%m.%Y", "%Y%m%d"];
    let text = text.trim();
    let read = FORMS.iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok());
    read.ok_or_else(|| format!("Invalid date \"{text}\": use e.g. 2027-03-13 or 13 Mar 2027"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_that_mean_one_day_only() {
        for typed in ["2027-03-13", "13 Mar 2027", "Sat 13 Mar 2027", "13 March 2027", "13.03.2027"] {
            assert_eq!(read_date(typed), Ok(NaiveDate::from_ymd_opt(2027, 3, 13).unwrap()), "{typed}");
        }
        assert!(read_date("03/04/2027").is_err() && read_date("Sun 13 Mar 2027").is_err());
    }
}
