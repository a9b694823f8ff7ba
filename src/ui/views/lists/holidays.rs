//! The form of a holiday calendar.

use std::cell::Cell;

use egui::{Id, ScrollArea, Ui, Vec2};
use lucide_icons::Icon;

use crate::model::{Edit, Holiday, HolidayCalendar, HolidayId};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::section;
use crate::ui::parts::widgets::icon_button;
use crate::ui::parts::{fields, theme};
use crate::wording;

/// A field of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DayField {
    Date,
    Name,
    Region,
}

impl DayField {
    /// The name of the field of the day with that number.
    fn of_day(self, number: usize) -> String {
        match self {
            Self::Date => format!("Date of day {number}"),
            Self::Name => format!("Name of day {number}"),
            Self::Region => format!("Region of day {number}"),
        }
    }

    fn text(self, day: &Holiday) -> String {
        match self {
            Self::Date => wording::date(day.on),
            Self::Name => day.name.clone(),
            Self::Region => day.region.clone(),
        }
    }
}

/// The field that gets the focus in the next frame. A day whose date was changed is another row, and may be above or below
/// others: what is typed next must not be lost, nor get into another day.
#[derive(Clone, PartialEq)]
struct NextField {
    calendar: HolidayId,
    day: Holiday,
    field: DayField,
}

impl NextField {
    fn id() -> Id {
        Id::unique("field of a holiday that is next")
    }
}

pub fn holidays_ui(ui: &mut Ui, cx: &Cx<'_>, calendar: &HolidayCalendar) {
    let mut copy = calendar.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &calendar.name, font, 300.0) {
        copy.name = name;
    }
    section(ui, "Days");
    let next = ui.data(|data| data.get_temp::<NextField>(NextField::id()));
    ui.data_mut(|data| data.remove::<NextField>(NextField::id()));
    let next = next.filter(|next| next.calendar == calendar.id);
    let mut goes_on = None;
    let mut removed = None;
    ScrollArea::vertical().max_height(480.0).show(ui, |ui| {
        for (index, day) in copy.days.iter_mut().enumerate() {
            let field = next.as_ref().filter(|next| next.day == *day).map(|next| next.field);
            let shown = ui.push_id((day.on, index), |ui| day_ui(ui, cx, index + 1, day, field)).inner;
            if shown.is_removed {
                removed = Some(index);
            }
            if let Some(field) = shown.goes_on {
                goes_on = Some((day.clone(), field));
            }
        }
    });
    if let Some(index) = removed {
        copy.days.remove(index);
    }
    if ui.button("Add day").clicked() {
        let on = copy.days.last().map_or(cx.plan().horizon().from, |last| last.on.succ_opt().unwrap_or(last.on));
        let day = Holiday { on, name: "New holiday".to_owned(), region: String::new() };
        goes_on = Some((day.clone(), DayField::Date));
        copy.days.push(day);
    }
    if let Some((day, field)) = goes_on {
        let next = NextField { calendar: calendar.id.clone(), day, field };
        ui.data_mut(|data| data.insert_temp(NextField::id(), next));
    }
    if copy != *calendar {
        copy.days.sort();
        cx.edit(Edit::PutHolidays(copy));
    }
}

/// What the user did with a day.
#[derive(Default)]
struct DayResponse {
    is_removed: bool,
    /// The field that has got the focus, if the date was changed.
    goes_on: Option<DayField>,
}

/// Edits one day, in one row. `focus` is the field that gets the focus.
fn day_ui(ui: &mut Ui, cx: &Cx<'_>, number: usize, day: &mut Holiday, focus: Option<DayField>) -> DayResponse {
    /// The widths of the region and of the button.
    const REGION: f32 = 88.0;
    const BUTTON: f32 = 30.0;
    let mut shown = DayResponse::default();
    let before = day.clone();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        // Tab gives the focus to the next field while that is drawn, so both before and after count.
        let (used_before, used_after) = (Cell::new(None), Cell::new(None));
        let begin = |ui: &Ui, field: DayField| {
            let name = field.of_day(number);
            if focus == Some(field) {
                fields::focus(ui, &name, &field.text(&before));
            }
            if fields::is_in_use(ui, &name) {
                used_before.set(Some(field));
            }
            name
        };
        let end = |ui: &Ui, field: DayField| {
            if fields::is_in_use(ui, &field.of_day(number)) {
                used_after.set(Some(field));
            }
        };
        let name = begin(ui, DayField::Date);
        if let Some(on) = fields::plain_date(ui, cx, &name, day.on) {
            day.on = on;
        }
        end(ui, DayField::Date);
        let width = (ui.available_width() - REGION - BUTTON - 16.0).max(80.0);
        let named = ui.allocate_ui(Vec2::new(width, 26.0), |ui| {
            let name = begin(ui, DayField::Name);
            let text = fields::text(ui, &name, &day.name, "Holiday");
            end(ui, DayField::Name);
            text
        });
        if let Some(name) = named.inner {
            day.name = name;
        }
        let region = ui.allocate_ui(Vec2::new(REGION, 26.0), |ui| {
            let name = begin(ui, DayField::Region);
            let text = fields::text(ui, &name, &day.region, "Everywhere");
            end(ui, DayField::Region);
            text
        });
        if let Some(region) = region.inner {
            day.region = region;
        }
        shown.goes_on = used_after.get().or(used_before.get()).filter(|_| day.on != before.on);
        shown.is_removed = icon_button(ui, Icon::X, &format!("Remove day {number}"), cx.is_editable()).clicked();
    });
    shown
}
