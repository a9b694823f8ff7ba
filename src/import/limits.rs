//! How much is read of files that other programs wrote.

/// The size of the largest file that is read as a whole, in bytes: 64 MB.
pub const LARGEST_FILE: usize = 64 << 20;
/// The most rows or events that one file may have.
pub const MOST_RECORDS: usize = 100_000;
/// The most cells that one table may have: each takes memory even if it is empty.
pub const MOST_CELLS: usize = 4_000_000;
/// In columns after these, cells are not read: more than a table that people keep.
pub const MOST_COLUMNS: usize = 1_000;
/// The size of the longest cell, in bytes; spreadsheets allow half of it.
pub const LONGEST_CELL: usize = 64 << 10;
/// The most bytes that all parts of a workbook have together once they are unpacked, and those of its shared texts.
pub const LARGEST_WORKBOOK: u64 = 256 << 20;
pub const LARGEST_SHARED_TEXTS: u64 = 64 << 20;
/// The titles of a table are in one of these rows.
pub const FIRST_ROWS: usize = 50;
