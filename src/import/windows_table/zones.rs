//! The zone of a table whose rows name none: its titles may have it, or the program that wrote it.

use super::columns::{DATE, END, LAYOUT, START, ZONE};
use crate::import::imported::Imported;
use crate::import::tables::layout::in_brackets;
use crate::import::tables::table::Table;
use crate::import::zone_names::iana_name;

/// An IANA name, from "Start (UTC)" or from `ServiceNow`'s raw field names. Says which and why.
pub(super) fn of_table(table: &Table, imported: &mut Imported) -> Option<String> {
    if table.title(ZONE).is_some() && table.cells(ZONE).next().is_some() {
        return None;
    }
    let titles = || [START, DATE, END].into_iter().filter_map(|field| table.title(field));
    for title in titles() {
        if let Some(zone) = in_brackets(title).filter(|text| text.len() >= 3).and_then(iana_name) {
            note(table, &zone, imported);
            table.note(format!("Times are read in {zone}, as the title \"{title}\" says"), imported);
            return Some(zone);
        }
    }
    if titles().any(|title| matches!(title, "start_date" | "planned_start_date")) {
        let message = "Times are read in UTC, as ServiceNow keeps its field start_date: if they are local times, choose \
                       their zone with the option zone";
        table.note(message.to_owned(), imported);
        note(table, "UTC", imported);
        return Some("UTC".to_owned());
    }
    None
}

/// Says at the column of the start in which zone it is read.
fn note(table: &Table, zone: &str, imported: &mut Imported) {
    let field = if table.title(START).is_some() { START } else { DATE };
    imported.note_reading(LAYOUT.fields[field].id, zone);
}
