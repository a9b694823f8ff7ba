//! Helpers of the tests without a screen.

pub mod advisories;
pub mod answers;
pub mod checklists;
pub mod desk;
pub mod edits;
pub mod full;
pub mod groups;
pub mod hostile;
pub mod judging;
pub mod ledger;
pub mod letters;
pub mod mutate;
pub mod owner;
pub mod packs;
#[cfg(feature = "pdf")]
pub mod papers;
pub mod people;
pub mod plans;
pub mod policies;
#[cfg(feature = "pdf")]
pub mod poppler;
pub mod printed_text;
pub mod reference;
pub mod revisions;
pub mod strict;
