//! Hosts in tables of programs that manage devices: their columns have known titles.

use super::collected::Inventory;
use super::host_row::HostRow;
use super::words;
use crate::connect::documents::table::{Column, TableReader};
use crate::connect::documents::titles::Titles;
use crate::import::{ImportError, ImportKind, Imported, Input};

/// The titles of a program's columns, as letters and digits in lower case; the first that a table has counts.
pub struct DeviceColumns {
    pub are_titles: fn(&Titles) -> bool,
    pub name: &'static [&'static str],
    /// Other names and addresses, from several columns.
    pub other_names: &'static [&'static [&'static str]],
    pub class: &'static [&'static str],
    pub environment: &'static [&'static str],
    pub criticality: &'static [&'static str],
    pub area: &'static [&'static str],
    pub owner: &'static [&'static str],
    pub platform: &'static [&'static str],
    pub vendor: &'static [&'static str],
    pub model: &'static [&'static str],
    pub group: &'static [&'static str],
    /// Columns of states. Each has words and codes of its own.
    pub states: &'static [StateColumn],
    /// What tells hosts of the same name apart.
    pub identity: &'static [&'static str],
    /// Judges the rest of a row.
    pub complete: fn(&mut HostRow),
}

/// A column that says whether a row is a system.
pub struct StateColumn {
    pub titles: &'static [&'static str],
    /// Why a row with this state is not a system, if it is not.
    pub left_out: fn(&str) -> Option<&'static str>,
}

/// Reads the devices of the only file.
///
/// # Errors
/// The file cannot be read, has other titles, or too many rows.
pub fn read(input: &Input<'_>, kind: &'static ImportKind, columns: &DeviceColumns) -> Result<Imported, ImportError> {
    let mut table = TableReader::new(input, kind.name, columns.are_titles)?;
    let mut inventory = Inventory::new(kind.id, input)?;
    let column = |titles: &[&str]| table.column(titles);
    let (name, class, environment) = (column(columns.name), column(columns.class), column(columns.environment));
    let (criticality, area, owner) = (column(columns.criticality), column(columns.area), column(columns.owner));
    let (platform, vendor, model) = (column(columns.platform), column(columns.vendor), column(columns.model));
    let group = column(columns.group);
    let others: Vec<Column> = columns.other_names.iter().map(|titles| column(titles)).collect();
    let states: Vec<(&StateColumn, Column)> =
        columns.states.iter().map(|state| (state, column(state.titles))).collect();
    let identity = column(columns.identity);
    let mut keys = 0;
    while let Some(row) = table.next()? {
        // References of raw exports are keys of other tables.
        let mut words_of = |column: &Column| {
            let text = row.text(column);
            let is_key = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            keys += usize::from(is_key);
            if is_key { String::new() } else { text.to_owned() }
        };
        let (area, owner) = (words_of(&area), words_of(&owner));
        let (vendor, model) = (words_of(&vendor), words_of(&model));
        let mut host = HostRow {
            name: row.text(&name).to_owned(),
            identity: row.text(&identity).to_owned(),
            other_names: others
                .iter()
                .map(|column| row.text(column))
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
                .collect(),
            groups: Vec::from_iter(Some(words_of(&group)).filter(|text| !text.is_empty())),
            class: words::class(row.text(&class)),
            environment: words::environment(row.text(&environment)),
            availability: words::level(row.text(&criticality)),
            area,
            owner,
            platform: row.text(&platform).to_owned(),
            vendor,
            model,
            left_out: states.iter().find_map(|(state, column)| (state.left_out)(row.text(column))),
            ..HostRow::default()
        };
        (columns.complete)(&mut host);
        inventory.add(host)?;
    }
    inventory.leave_out("rows that cannot be read", table.skipped());
    table.remarks().into_iter().for_each(|remark| inventory.warn(None, remark));
    if keys > 0 {
        inventory.warn(None, "Some cells are keys of other tables, not names, and are left out: export display values");
    }
    Ok(inventory.finish(true))
}
