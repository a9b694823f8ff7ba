//! A connected system as a row of the registry.

use super::writing::Writer;
use crate::import::{ForeignKind, ImportKind};

/// A system around the plan.
#[derive(Debug)]
pub struct ConnectedSystem {
    /// For `--from` and `--to`: "ssm".
    pub id: &'static str,
    /// "AWS Systems Manager"
    pub name: &'static str,
    /// What is read from it.
    pub reads: &'static [&'static ImportKind],
    /// Its files that are never imported, and what they are.
    pub foreign: &'static [ForeignKind],
    /// The forms in which its files are written, the usual one first.
    pub writes: &'static [&'static Writer],
    /// How an administrator gets the files that are read.
    pub get: &'static [Instruction],
    /// How an administrator applies the files that are written.
    pub apply: &'static [Instruction],
}

/// A step that a person takes in another program.
#[derive(Debug)]
pub struct Instruction {
    /// "The maintenance windows of a region"
    pub what: &'static str,
    /// A command to copy, or the way through its menus.
    pub how: &'static str,
}

impl PartialEq for ConnectedSystem {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for ConnectedSystem {}
