//! Maintenance windows from a table: one row for each date, with the rule in words beside it.

mod date_row;
mod gather;

use super::confidence::Confidence;
use super::error::ImportError;
use super::head::Head;
use super::imported::Imported;
use super::input::Input;
use super::kind::ImportKind;
use super::option::{OptionSpec, ValueKind};
use super::tables::{Columns, Table, sniff_columns};
use super::text::checked;
use super::topic::Topic;
use crate::wording::{counted, within_sentence};
use date_row::{DateRow, RowDefaults};

pub(super) const KIND: ImportKind = ImportKind {
    id: "windows-table",
    topic: Topic::Windows,
    name: "a table of windows with the columns name and date (CSV)",
    help: "Columns name, rule and date: each row is one date of a window",
    endings: &["csv", "tsv", "txt"],
    options: &[START, DURATION, ZONE, GROUP],
    sniff,
    read,
};

const START: OptionSpec = OptionSpec {
    id: "start",
    name: "Start",
    help: "Start of windows whose rows name none",
    value: ValueKind::Time,
    default_text: "22:00",
};
const DURATION: OptionSpec = OptionSpec {
    id: "duration",
    name: "Duration",
    help: "Duration of windows whose rows name none",
    value: ValueKind::Length,
    default_text: "4 h",
};
const ZONE: OptionSpec = OptionSpec {
    id: "zone",
    name: "Zone",
    help: "Time zone of windows whose rows name none",
    value: ValueKind::Zone,
    default_text: "the plan's zone",
};
const GROUP: OptionSpec = OptionSpec {
    id: "group",
    name: "Group",
    help: "Deployment group of windows whose rows name none",
    value: ValueKind::Groups,
    default_text: "no group",
};

const COLUMNS: [&str; 8] = ["name", "rule", "date", "start", "duration", "zone", "kind", "group"];
const REQUIRED: [usize; 2] = [0, 2];

fn sniff(head: &Head) -> Confidence {
    sniff_columns(head, &COLUMNS, &REQUIRED)
}

/// Reads the columns name, rule, date, start, duration, zone, kind and group, in any order; all but name and date are
/// optional.
///
/// Rows of the same name, rule and time of day become one recurring window if the rule gives exactly the listed dates
/// between the first and the last of them. The other rows of a name become one window that lists its dates, with the
/// words that stood beside each. So no window takes place on a date that was not listed. A row that cannot be read is
/// skipped with a warning.
fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let (text, plan, options) = (input.text()?, input.plan(), input.options);
    let Table { header, rows: records } = Table::read(checked(&text)?)?;
    let mut imported = Imported::default();
    let columns = Columns::find(&COLUMNS, &REQUIRED, &header, &mut imported)?;
    let defaults = RowDefaults {
        start: options.time(&START),
        duration: options.length(&DURATION),
        zone: options.zone(&ZONE),
        groups: options.groups(&GROUP),
    };
    let mut rows = Vec::new();
    let mut skipped = 0;
    for (line, record) in records {
        input.source.check_cancelled()?;
        match DateRow::read(columns.cells(&record), line, plan, &defaults, &mut imported) {
            Ok(row) => rows.push(row),
            Err(reason) => {
                skipped += 1;
                imported.warn(Some(line), format!("Row skipped: {}", within_sentence(&reason)));
            }
        }
    }
    let dates = gather::windows(rows, plan, &mut imported);
    let some_known = imported.skip_known_windows(plan);
    let windows = counted(imported.edits.len(), "window");
    imported.summary = if some_known { windows } else { format!("{windows} with {}", counted(dates.len(), "date")) };
    if skipped > 0 {
        imported.warn(None, format!("{} skipped", counted(skipped, "row")));
    }
    imported.warn_outside_horizon(&dates, plan);
    Ok(imported.in_order())
}
