//! What can be printed: checklists, the wall planner, an owner's year, the CAB sheet.

mod checklist_filter;
mod error;
mod form;
mod order;

pub use checklist_filter::ChecklistFilter;
pub use error::PrintError;
pub use form::Form;
pub use order::{KINDS, PrintKind, PrintOrder, PrintSubject, Prints};
