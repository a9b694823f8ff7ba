//! Documents as other programs write them. Everything here reads as much as it needs and no more: a file may be of any size
//! and shape.

pub mod days;
pub mod json;
pub mod json_value;
pub mod table;
pub mod terraform;
pub mod titles;
pub mod utf8;
mod workbook_rows;
pub mod xml;
pub mod yaml;
