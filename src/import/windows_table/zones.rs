//! The zones of a table whose rows name none: its titles may have them, a line above or below, the name of
//! its sheet, or the program that wrote it.

use super::columns::{DATE, END, END_DATE, LAYOUT, START, ZONE};
use crate::import::imported::Imported;
use crate::import::tables::table::Table;
use crate::import::tables::title_zones::{NamedInTitle, in_note, in_title, speaks_of_all_times};
use crate::import::tables::written_zones::WrittenZone;
use crate::import::text::words_on_one_line;

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
            zones.rows = noted(table, imported)?;
            if zones.rows.is_none() && !has_column && is_service_now(table) {
                zones.rows = of_service_now(table, imported);
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

/// The zone of an export of `ServiceNow`: UTC if it has the values as they are kept, and none if it has display values, which
/// are in the zone and the date format of the user who exported them (its property `glide.export.csv.raw.value`).
fn of_service_now(table: &Table, imported: &mut Imported) -> Option<WrittenZone> {
    let state = LAYOUT.fields.iter().position(|field| field.id == "state");
    let words = state.and_then(|field| table.cells(field).find(|cell| cell.contains(char::is_alphabetic)));
    // "2027-03-13 21:00:00"
    let shape = |cell: &str| cell.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
    let is_kept = |cell: &&str| shape(cell) == "0000-00-00 00:00:00";
    let other = [START, DATE, END].into_iter().flat_map(|field| table.cells(field)).find(|cell| !is_kept(cell));
    let reason = match (words, other) {
        (Some(state), _) => format!("such as the state \"{}\"", words_on_one_line(state)),
        (None, Some(cell)) => format!("such as \"{}\"", words_on_one_line(cell)),
        (None, None) => {
            let message = "Times are read in UTC, as ServiceNow keeps its field start_date: if they are local times, \
                           choose their zone with the option zone";
            table.note(message.to_owned(), imported);
            return Some(WrittenZone::Named("UTC".to_owned()));
        }
    };
    let message = format!(
        "Times are read in the plan's zone: this export of ServiceNow has display values, {reason}, which are in the zone \
         of the person who exported them. If that is another, choose it with the option zone"
    );
    table.note(message, imported);
    None
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

/// The zone that a line above the titles or below the table names, or the name of its sheet.
///
/// # Errors
/// It is not known.
fn noted(table: &Table, imported: &mut Imported) -> Result<Option<WrittenZone>, String> {
    let above = table.above.iter().map(|text| (text, in_note(text), "above the titles"));
    let sheet = table.sheet_name.iter().map(|text| (text, in_title(text), "in the name of the sheet"));
    let below = table.below.iter().map(|text| (text, in_note(text), "below the table"));
    for (text, named, where_it_is) in above.chain(sheet).chain(below) {
        match named {
            NamedInTitle::Zone(zone) => {
                table.note(format!("Times are read in {zone}, as \"{text}\" says {where_it_is}"), imported);
                return Ok(Some(zone));
            }
            NamedInTitle::Unknown(problem) if speaks_of_all_times(text) => {
                return Err(format!("{problem}, or choose one with the option zone (\"{text}\" {where_it_is})"));
            }
            NamedInTitle::Unknown(_) | NamedInTitle::Other(_) | NamedInTitle::Nothing => {}
        }
    }
    Ok(None)
}
