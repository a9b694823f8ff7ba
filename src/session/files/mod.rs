//! What a session reads and writes: the plan file, imports, everything handed out to others.

pub mod calendars;
pub mod exports;
pub mod import;
pub mod import_preview;
pub mod plan_file;
pub mod printing;
pub mod publishing;
pub mod recovery_offers;
pub mod sending;
