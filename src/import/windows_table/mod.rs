//! Maintenance windows from a table: one row for each date, with the rule in words beside it, or instead of it.

mod clock_columns;
mod columns;
mod date_row;
mod gather;
mod in_plan;
mod joined_rows;
mod known_nights;
mod later_fields;
mod merged_cells;
mod moves;
mod nights;
mod plan_change;
mod row_report;
mod row_zones;
mod same_instants;
mod short_names;
mod span;
mod zones;

use super::confidence::Confidence;
use super::error::ImportError;
use super::head::Head;
use super::imported::Imported;
use super::input::Input;
use super::kind::ImportKind;
use super::option::{OptionSpec, ValueKind};
use super::tables::days::date_order;
use super::tables::lengths::{LengthColumn, unit_in_title};
use super::tables::moments;
use super::tables::options::{COLUMN, DATES, TABLE_ENDINGS, TITLES};
use super::tables::row_count::RowCount;
use super::tables::sniff::SniffedTitles;
use super::tables::system_names::SystemNames;
use super::tables::table::Table;
use super::tables::unread_columns::{UnreadCells, question};
use super::topic::Topic;
use crate::wording::counted;
use columns::LAYOUT;
use date_row::{ReadRow, RowDefaults, RowReader, WindowSettings};
use row_report::{KnownDates, RowReport, remove_known};
use span::SpanReader;
use zones::TableZones;

pub(super) const KIND: ImportKind = ImportKind {
    id: "windows-table",
    topic: Topic::Windows,
    name: "a table of windows with the columns name and date (CSV, Excel)",
    help: "Columns name, rule, date, start and end or duration: each row is one date of a window, or a rule with its first date",
    endings: TABLE_ENDINGS,
    options: &[START, DURATION, ZONE, GROUP, DATES, COLUMN, TITLES],
    layout: Some(&LAYOUT),
    sniff,
    read,
};

const START: OptionSpec = OptionSpec {
    id: "start",
    name: "Start",
    help: "Start time for rows that have none",
    value: ValueKind::Time,
    default_text: "22:00",
    is_fallback: true,
};
pub(crate) const DURATION: OptionSpec = OptionSpec {
    id: "duration",
    name: "Duration",
    help: "Duration for rows that have none",
    value: ValueKind::Length,
    default_text: "4 h",
    is_fallback: true,
};
const ZONE: OptionSpec = OptionSpec {
    id: "zone",
    name: "Zone",
    help: "Time zone for rows that have none",
    value: ValueKind::Zone,
    default_text: "the plan's zone",
    is_fallback: true,
};
pub(crate) const GROUP: OptionSpec = OptionSpec {
    id: "group",
    name: "Group",
    help: "Deployment group for rows that have none",
    value: ValueKind::Groups,
    default_text: "no group",
    is_fallback: true,
};

fn sniff(head: &Head) -> Confidence {
    SniffedTitles::read(head, &LAYOUT).confidence()
}

/// Reads a table of windows. Its columns may have any order.
///
/// Rows of the same name, rule and time of day become one recurring window if the rule gives exactly the listed dates
/// between the first and the last of them. The other rows of a name become one window that lists its dates, with the
/// words that stood beside each. So no window takes place on a date that was not listed. A row with a rule and without a
/// date becomes a recurring window. A row that cannot be read is skipped with a warning.
fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let (plan, options) = (input.plan(), input.options);
    let mut imported = Imported::default();
    let Some(mut tables) = Table::read_all(input, &LAYOUT, &mut imported)? else { return Ok(imported) };
    let dated = [columns::DATE, columns::START, columns::END, columns::END_DATE, columns::FIRST, columns::LAST];
    for table in &mut tables {
        table.count_days_from_1900(&dated);
        nights::spell_out(table);
        clock_columns::spell_out(table);
        merged_cells::fill_names(table, &mut imported);
    }
    let Some(order) = date_order(&tables, &LAYOUT, &dated, input, &mut imported) else {
        return Ok(imported.in_order());
    };
    if let Some(question) = tables.iter().find_map(named_like_times) {
        imported.ask(question);
        return Ok(imported.in_order());
    }
    let names = SystemNames::new(plan);
    let (mut rows, mut rules, mut cancelled) = (Vec::new(), Vec::new(), Vec::new());
    let mut report = RowReport { tables: &tables, count: RowCount::default() };
    for (index, table) in tables.iter().enumerate() {
        let zones = match TableZones::of_table(table, options.zone(&ZONE), &mut imported) {
            Ok(zones) => zones,
            Err(question) => {
                imported.ask(question);
                return Ok(imported.in_order());
            }
        };
        let defaults = RowDefaults {
            start: options.time(&START),
            duration: options.length(&DURATION),
            groups: options.groups(&GROUP),
        };
        let spans = SpanReader { plan, order: &order, lengths: lengths(table, &mut imported), zones };
        let reader = RowReader { table: index, plan, defaults: &defaults, spans, names: &names };
        for row in &table.rows {
            input.source.check_cancelled()?;
            if row.cancelled.is_some()
                && let Ok(ReadRow::Date(row)) = reader.read_cells(row, &mut |_| {})
            {
                cancelled.push(row);
            }
            let read = reader.read(row, &mut |message| table.warn(row.line, message, &mut imported));
            if let Some(question) = read.as_ref().ok().and_then(|read| unread_question(table, read.settings())) {
                imported.ask(question);
                return Ok(imported.in_order());
            }
            match report.count.count(read, table, row, &mut imported) {
                Some(ReadRow::Date(row)) => rows.push(row),
                Some(ReadRow::Rule(row)) => rules.push(row),
                None => {}
            }
        }
    }
    // A rule without dates has as many as the plan's months give.
    let all_are_listed = rules.is_empty();
    let source = (plan, input.file()?.name());
    same_instants::read_on_clocks_of_plan(&mut rows, plan);
    short_names::settle(&mut rows, &mut rules, plan, &mut imported);
    joined_rows::join(&mut rows, &mut rules, &tables, &mut imported);
    let KnownDates { added: mut dates, known } =
        remove_known((&mut rows, &mut rules), &cancelled, source, &mut report, &mut imported);
    dates.extend(gather::windows(rows, rules, source, &mut report, &mut imported));
    let windows = counted(imported.edits.len(), "window");
    let has_dates = all_are_listed && !dates.is_empty();
    imported.summary = if has_dates { format!("{windows} with {}", counted(dates.len(), "date")) } else { windows };
    report.count.report(&mut imported);
    dates.extend(known);
    imported.warn_outside_horizon(&dates, plan);
    Ok(imported.in_order())
}

/// The question what an unknown column is, if a row would get a usual start or length although the column may have it.
fn unread_question(table: &Table, settings: &WindowSettings) -> Option<String> {
    let unread = |is_it: fn(UnreadCells) -> bool| table.unread.iter().find(|column| is_it(column.cells));
    let field = |index: usize| &LAYOUT.fields[index];
    if settings.start.is_none()
        && let Some(column) = unread(|cells| cells == UnreadCells::Times)
    {
        return Some(question(column, &[field(columns::START), field(columns::END)], "22:00 would be the start"));
    }
    let column = unread(|cells| cells != UnreadCells::Dates).filter(|_| settings.duration.is_none())?;
    Some(question(column, &[field(columns::END), field(columns::DURATION)], "4 h would be the length"))
}

/// The question which column has the names, if those of a table are times: "22:00-02:00" below "Maintenance window".
fn named_like_times(table: &Table) -> Option<String> {
    let is_time = |text: &&str| {
        let has_sign = text.contains(|c: char| !c.is_ascii_digit());
        has_sign && moments::read(text).is_ok_and(|moment| moment.from.clock.is_some())
    };
    let (all, times) = (table.cells(columns::NAME).count(), table.cells(columns::NAME).filter(is_time).count());
    let title = table.title(columns::NAME).filter(|_| times > 0 && times * 5 >= all * 4)?;
    let sample = table.cells(columns::NAME).find(is_time)?;
    Some(format!(
        "The column \"{title}\" would be the names, but it has times (\"{sample}\"): choose which columns have the start \
         and the name with the option column (start={title} and name=another title)"
    ))
}

/// Decides how the lengths of a table are read, and notes it.
fn lengths(table: &Table, imported: &mut Imported) -> LengthColumn {
    let named = table.title(columns::DURATION).and_then(unit_in_title);
    let lengths = LengthColumn::new(table.cells(columns::DURATION), named);
    if let Some(reading) = table.cells(columns::DURATION).find_map(|text| lengths.reading(text)) {
        table.note(reading, imported);
    }
    if let Some(unit) = lengths.unit_in(table.cells(columns::DURATION)) {
        imported.note_reading(LAYOUT.fields[columns::DURATION].id, unit);
    }
    lengths
}
