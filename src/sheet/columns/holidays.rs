//! The columns of holiday calendars.

use crate::cells::choices;
use crate::model::{Holiday, HolidayCalendar, day_number};
use crate::sheet::column::Column;
use crate::wording::date;

use super::{id_column, name_column};

pub const COLUMNS: &[Column<HolidayCalendar>] = &[
    name_column!(HolidayCalendar),
    Column::new("First", |_, calendar: &HolidayCalendar| day_text(calendar.days.first()))
        .usual()
        .sorted_by(|_, calendar| day_key(calendar.days.first())),
    Column::new("Last", |_, calendar: &HolidayCalendar| day_text(calendar.days.last()))
        .usual()
        .sorted_by(|_, calendar| day_key(calendar.days.last())),
    Column::new("Days", |_, calendar: &HolidayCalendar| calendar.days.len().to_string())
        .usual()
        .number(|_, calendar| calendar.days.len() as i64),
    Column::new("Regions", |_, calendar: &HolidayCalendar| {
        let regions: std::collections::BTreeSet<&str> = calendar.days.iter().map(|day| day.region.as_str()).collect();
        regions.into_iter().filter(|region| !region.is_empty()).collect::<Vec<_>>().join(", ")
    })
    .usual(),
    id_column!(HolidayCalendar),
];

fn day_text(day: Option<&Holiday>) -> String {
    day.map_or_else(String::new, |day| date(day.on))
}

fn day_key(day: Option<&Holiday>) -> i64 {
    day.map_or(0, |day| day_number(day.on).into())
}
