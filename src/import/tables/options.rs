//! The options that all tables have, and the usual endings of their files.

use crate::import::option::{OptionSpec, ValueKind};

/// Assigns columns that are not known by their title.
pub const COLUMN: OptionSpec = OptionSpec {
    id: "column",
    name: "Columns",
    help: "Which column holds a field, as FIELD=TITLE or FIELD=LETTER, such as start=Beginn or start=C; can be \
           repeated. ignore=TITLE leaves a column out, and \"titles\" alone forgets what was assigned before",
    value: ValueKind::Columns,
    default_text: "by their titles, or as assigned before",
    is_fallback: false,
};

/// Says where the titles are.
pub const TITLES: OptionSpec = OptionSpec {
    id: "titles",
    name: "Titles",
    help: "The line or row with the titles of the columns, or none if the table has no titles",
    value: ValueKind::TitleRow,
    default_text: "the first row with the titles of required columns",
    is_fallback: false,
};

/// Decides what the dates of a table leave open.
pub const DATES: OptionSpec = OptionSpec {
    id: "dates",
    name: "Dates",
    help: "Which part of a date such as 03/04/2027 comes first, if the table does not show it: day-first or month-first",
    value: ValueKind::DayOrder,
    default_text: "by the table",
    is_fallback: false,
};

/// The usual endings of tables.
pub const TABLE_ENDINGS: &[&str] = &["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"];
