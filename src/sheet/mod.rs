//! The records of a plan as tables that are edited like a spreadsheet: which columns a kind of record has, and what typing,
//! pasting or filling its cells changes.
//!
//! The columns of each kind are declared once, in `columns`: the text of a cell, its order, and how typed text becomes an
//! edit. Sorting, filtering, copying, pasting, filling and changing many rows at once all read that declaration.

mod cell_changes;
mod cell_text;
mod column;
mod columns;
mod groups;
mod paste;
mod record_kind;
mod rows;
mod same_names;
mod selection;
mod sheets;

pub use cell_changes::{CellChange, CellProblem, SheetChange, change_cells};
pub use cell_text::text_from_cells;
pub use column::ColumnInfo;
pub use paste::{PastePlan, plan_paste};
pub use record_kind::RecordKind;
pub use rows::{Line, SortOrder, lines};
pub use same_names::same_names;
pub use selection::{CellRange, Position, Step};
pub use sheets::{Sheet, sheet};
