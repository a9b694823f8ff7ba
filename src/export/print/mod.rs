//! What can be printed: checklists, the wall planner, an owner's year, the CAB sheet.

mod error;
mod form;
mod order;
mod packs;

pub use error::NotPrinted;
pub use form::Form;
pub use order::{KINDS, PrintKind, PrintOrder, Printed, Prints};
pub use packs::Packs;
