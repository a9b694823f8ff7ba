//! The files that a session reads and writes: the plan, imports, exports, prints, invites and published calendars.

pub mod calendars;
pub mod exports;
pub mod import;
pub mod import_queue;
pub mod outside_changes;
pub mod outside_merge;
pub mod plan_file;
pub mod preferences;
pub mod printing;
pub mod publishing;
pub mod recovery;
pub mod saving;
pub mod sending;
pub mod versions;
