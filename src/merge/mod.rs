//! Merges the versions of a plan that several people edited: by record and field, with conflicts where both changed the
//! same, and only there. Pure: plans in, a plan out.

mod collisions;
mod fields;
mod ids;
mod lists;
mod names;
mod plans;
mod records;
mod resolve;
mod settings;
mod side_words;
mod special;
mod text_words;
mod value_words;
mod values;
mod words;

pub use collisions::RenamedRecord;
pub use plans::{MergeError, MergedPlan, Version, merge_plans, merge_without_base};
pub use resolve::{Side, UnusableValue, resolution};
pub use values::our_value;
pub use words::{conflict_in_words, conflict_title, sides_in_words};
