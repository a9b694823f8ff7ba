//! Tables as people keep them: bytes become sheets, a [`layout::Layout`] finds the header and the columns,
//! and a [`table::Table`] gives the cells of each row by field. `dates`, `clocks`, `lengths` and `moments` read cells.

pub mod area_names;
pub mod assigned;
mod cancelled;
pub mod cells;
mod date_names;
pub mod date_order;
mod date_parts;
pub mod dates;
pub mod days;
mod delimited;
mod empty_formulas;
pub mod fit;
pub mod layout;
pub mod lengths;
pub mod mapping;
pub mod moments;
mod number_formats;
pub mod options;
mod own_lists;
pub mod pasted;
pub mod row_count;
mod row_judge;
pub mod shared_dates;
pub mod sheet;
mod sheet_choice;
pub mod sniff;
pub mod system_names;
pub mod table;
pub mod table_preview;
mod text_sheet;
pub mod title_zones;
mod two_lines;
mod unpacked;
pub mod unread_columns;
pub mod workbook;
pub mod written_zones;
