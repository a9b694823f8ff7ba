//! The mapping of a table: which of its columns hold what. A person is asked where titles do not say it, and what they
//! answer is remembered by the titles.

use super::assigned::{Assigned, mapping_key};
use super::layout::{Column, Header, Layout};
use super::options::{COLUMN, DATES};
use super::sheet::Sheet;
use super::table_preview::TablePreview;
use crate::import::error::ImportError;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::text::words_on_one_line;
use crate::model::{Edit, TableMapping};

/// The visible sheet whose likely titles name the most fields, with that row.
fn likely<'a>(sheets: &'a [Sheet], layout: &Layout, assigned: Assigned<'_>) -> Option<(&'a Sheet, Header)> {
    let visible = sheets.iter().filter(|sheet| !sheet.is_hidden || sheets.len() == 1);
    let found = visible.filter_map(|sheet| Some((sheet, layout.chosen_or_likely(&sheet.rows, assigned)?)));
    let count = |header: &Header| header.columns.iter().flatten().count();
    found.reduce(|best, next| if count(&next.1) > count(&best.1) { next } else { best })
}

/// The titles of the best sheet, as a list.
pub fn likely_titles(sheets: &[Sheet], layout: &Layout, assigned: Assigned<'_>) -> String {
    titles_of(likely(sheets, layout, assigned).as_ref())
}

fn titles_of(found: Option<&(&Sheet, Header)>) -> String {
    let cells = found.and_then(|(sheet, header)| Some(&sheet.rows.get(header.row?)?.cells)).into_iter().flatten();
    cells.map(|cell| words_on_one_line(cell)).collect::<Vec<_>>().join(", ").chars().take(200).collect()
}

/// Asks a person which columns hold the required fields.
///
/// # Errors
/// There are no rows.
pub fn ask_for_columns(
    sheets: &[Sheet],
    layout: &Layout,
    assigned: Assigned<'_>,
    imported: &mut Imported,
) -> Result<(), ImportError> {
    let found = likely(sheets, layout, assigned);
    let titles = titles_of(found.as_ref());
    let Some((sheet, header)) = found else { return Err(ImportError::Empty) };
    let missing: Vec<String> = layout.lacking(&header.columns).map(|any| layout.names(any)).collect();
    let missing = missing.join(" and ");
    imported.ask(ImportError::MissingColumns { missing, found: titles }.to_string());
    note_columns(sheet, &header, layout, assigned, imported);
    Ok(())
}

/// Adds the preview of the first table.
pub fn note_columns(sheet: &Sheet, header: &Header, layout: &Layout, assigned: Assigned<'_>, imported: &mut Imported) {
    if let Some(preview) = &mut imported.table {
        preview.other_sheets += 1;
        return;
    }
    let mut preview = TablePreview::new(sheet, header, layout);
    let titles = header.row.and_then(|row| sheet.rows.get(row));
    preview.mapping = titles.and_then(|row| assigned.mapping(&row.cells)).map(|mapping| mapping.key.clone());
    imported.table = Some(preview);
}

/// Remembers what a person assigned, and the order of dates that they chose, or forgets it if they chose the titles alone.
pub fn remember(sheet: &Sheet, header: &Header, layout: &Layout, input: &Input<'_>, imported: &mut Imported) {
    let (columns, order) = (input.options.columns(&COLUMN), input.options.day_order(&DATES));
    let Some(titles) = header.row.and_then(|row| sheet.rows.get(row)) else { return };
    let key = mapping_key(layout.topic, &titles.cells);
    let old = input.plan().mappings().get(&key);
    let dates = order.or(old.and_then(|old| old.dates));
    let fields = match columns {
        Some([]) => {
            imported.remembered.extend(old.map(|_| Edit::RemoveMapping(key)));
            return;
        }
        Some(_) => {
            let holds = |index: usize| {
                let is_it = |column: &Option<Column>| column.as_ref().is_some_and(|column| column.index == index);
                header.columns.iter().position(is_it).map_or_else(String::new, |at| layout.fields[at].id.to_owned())
            };
            (0..key.titles.len()).map(holds).collect()
        }
        None if order.is_some() => old.map(|old| old.fields.clone()).unwrap_or_default(),
        None => return,
    };
    let mapping = TableMapping { key, fields, dates };
    if old.is_none_or(|old| **old != mapping) {
        imported.remembered.push(Edit::PutMapping(mapping));
    }
}
