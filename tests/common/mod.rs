//! What several integration tests share.
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod advisories;
pub mod answers;
pub mod checklists;
pub mod edits;
pub mod full;
pub mod groups;
pub mod judging;
pub mod ledger;
pub mod letters;
pub mod mutate;
pub mod papers;
pub mod people;
pub mod plans;
pub mod policies;
pub mod poppler;
