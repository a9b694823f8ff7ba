//! Files of the systems around a plan that are never imported. They are refused by what they are.

mod configurations;
mod management;
mod monitoring;
mod reports;

use crate::import::ForeignKind;

/// All of them.
pub fn foreign_kinds() -> impl Iterator<Item = &'static ForeignKind> {
    [configurations::KINDS, management::KINDS, monitoring::KINDS, reports::KINDS].into_iter().flatten()
}
