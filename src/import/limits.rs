//! How much is read of files that other programs wrote.

/// The size of the largest file that is read as a whole, in bytes: 64 MB.
pub const LARGEST_FILE: usize = 64 << 20;
/// The most rows or events that one file may have.
pub const MOST_RECORDS: usize = 100_000;
/// The titles of a table are in one of these rows.
pub const FIRST_ROWS: usize = 50;
