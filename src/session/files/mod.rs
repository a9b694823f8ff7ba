//! The files that a session reads and writes: the plan, imports, exports, prints, invites, published calendars,
//! and the plan's state in Git.

pub mod calendars;
pub mod exports;
pub mod git;
pub mod import;
pub mod import_queue;
pub mod new_plan;
pub mod outside_changes;
pub mod outside_merge;
pub mod pasted_table;
mod plan_file;
pub mod preferences;
pub mod printing;
pub mod publishing;
pub mod recovery;
pub mod saving;
pub mod sending;
pub mod versions;
