//! The zones of a table whose rows name none: its titles may have them, a line above them, or the program that wrote it.

use super::columns::{DATE, END, END_DATE, LAYOUT, START, ZONE};
use crate::import::imported::Imported;
use crate::import::tables::table::Table;
use crate::import::tables::title_zones::{NamedInTitle, in_note, in_title};
use crate::import::tables::written_zones::WrittenZone;

/// In which zones the times of a table are written.
#[derive(Debug, Default)]
pub(super) struct TableZones {
    /// As the titles say.
    pub start: Option<WrittenZone>,
    pub end: Option<WrittenZone>,
    /// The zone of rows that name none. None for the plan's.
    pub rows: Option<WrittenZone>,
}

impl TableZones {
    /// Says in which zones times are read and why.
    ///
    /// # Errors
    /// What a person must choose, as a question.
    pub fn of_table(table: &Table, chosen: Option<&str>, imported: &mut Imported) -> Result<Self, String> {
        let mut zones = Self { rows: chosen.map(|zone| WrittenZone::Named(zone.to_owned())), ..Self::default() };
        let is_open = chosen.is_none();
        zones.start = named(table, &[START, DATE], is_open, imported)?;
        zones.end = named(table, &[END, END_DATE], is_open, imported)?;
        let has_column = table.title(ZONE).is_some() && table.cells(ZONE).next().is_some();
        if zones.start.is_none() && is_open {
            zones.rows = above(table, imported)?;
            if zones.rows.is_none() && !has_column && is_service_now(table) {
                let message = "Times are read in UTC, as ServiceNow keeps its field start_date: if they are local \
                               times, choose their zone with the option zone";
                table.note(message.to_owned(), imported);
                zones.rows = Some(WrittenZone::Named("UTC".to_owned()));
            }
        }
        if let Some(zone) = zones.start.as_ref().or(zones.rows.as_ref().filter(|_| is_open)) {
            let field = if table.title(START).is_some() { START } else { DATE };
            imported.note_reading(LAYOUT.fields[field].id, &zone.to_string());
        }
        Ok(zones)
    }
}

fn is_service_now(table: &Table) -> bool {
    let mut titles = [START, DATE, END].into_iter().filter_map(|field| table.title(field));
    titles.any(|title| matches!(title, "start_date" | "planned_start_date"))
}

/// The zone that the first of these titles with one names.
///
/// # Errors
/// It is not known.
fn named(
    table: &Table,
    fields: &[usize],
    is_open: bool,
    imported: &mut Imported,
) -> Result<Option<WrittenZone>, String> {
    for title in fields.iter().filter_map(|field| table.title(*field)) {
        match in_title(title) {
            NamedInTitle::Zone(zone) => {
                if zone != WrittenZone::Local {
                    table.note(format!("Times are read in {zone}, as the title \"{title}\" says"), imported);
                }
                return Ok(Some(zone));
            }
            NamedInTitle::Unknown(problem) if is_open => {
                return Err(format!("{problem}, or choose one with the option zone (title \"{title}\")"));
            }
            NamedInTitle::Other(text) => {
                let message = format!("\"{text}\" in the title \"{title}\" is not read as a time zone");
                table.note(message, imported);
            }
            NamedInTitle::Unknown(_) | NamedInTitle::Nothing => {}
        }
    }
    Ok(None)
}

/// The zone that a line above the titles names.
///
/// # Errors
/// It is not known.
fn above(table: &Table, imported: &mut Imported) -> Result<Option<WrittenZone>, String> {
    for text in &table.above {
        match in_note(text) {
            NamedInTitle::Zone(zone) => {
                table.note(format!("Times are read in {zone}, as \"{text}\" says above the titles"), imported);
                return Ok(Some(zone));
            }
            NamedInTitle::Unknown(problem) => {
                return Err(format!("{problem}, or choose one with the option zone (\"{text}\" above the titles)"));
            }
            NamedInTitle::Other(_) | NamedInTitle::Nothing => {}
        }
    }
    Ok(None)
}
