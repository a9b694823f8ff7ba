//! Checklists for one occurrence and for many, as sheets of paper.
//!
//! [`sheet`] decides the content; the writers in `export/paper` decide how it looks. Every time is what a clock in the
//! window's zone really shows, even in a night in which the clocks change. If the plan holds the record of the night, the
//! sheet is that record.

mod backout;
mod batch;
mod blocks;
mod head;
mod headings;
mod item;
mod items;
mod night;
mod people;
mod preview;
mod sheet;
mod signing;
mod status_rows;
mod system_items;
mod systems;
mod timeline;
mod watch;
mod written;

pub use batch::{ChecklistBatch, document};
pub use item::Item;
pub use items::{ChecklistError, items};
pub use preview::{Preview, PreviewBlock, PreviewItem, shown_for, users};
pub use sheet::{sheet, single};
