//! Headings and columns of the report.

use crate::export::paper::{Column, Part, Title};
use crate::export::sheet_text::column;

pub fn heading(text: &str) -> Part {
    Part::Title(Title { text: text.to_owned(), beside: String::new() })
}

/// A column of numbers.
pub fn number(name: &str, share: u8) -> Column {
    Column { is_number: true, ..column(name, share) }
}
