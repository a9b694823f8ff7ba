//! The columns of release calendars.

use crate::cells::choices;
use crate::model::ReleaseCalendar;
use crate::sheet::column::Column;

use super::{id_column, name_column, text_column};

pub const COLUMNS: &[Column<ReleaseCalendar>] = &[
    name_column!(ReleaseCalendar),
    text_column!(ReleaseCalendar, "Vendor", vendor).usual(),
    Column::new("First rule", |_, calendar: &ReleaseCalendar| {
        calendar.cadences.first().map_or_else(String::new, |cadence| cadence.on.in_words())
    })
    .usual(),
    Column::new("Rules", |_, calendar: &ReleaseCalendar| calendar.cadences.len().to_string())
        .usual()
        .number(|_, calendar| calendar.cadences.len() as i64),
    id_column!(ReleaseCalendar),
];
