//! The parts of a session: history, settings, clock, jobs, and results that are kept while a view shows them.

pub mod cached;
pub mod clock;
pub mod comparing;
pub mod dialogs;
pub mod document;
pub mod file_state;
pub mod filter_matches;
pub mod git;
pub mod history;
pub mod import_preview;
pub mod invites;
pub mod jobs;
pub mod messages;
pub mod navigation;
pub mod new_records;
pub mod newest;
pub mod outside;
pub mod panic_record;
pub mod publishing;
pub mod recovery_file;
pub mod row_grouping;
pub mod settings;
pub mod surroundings;
pub mod tonight;
pub mod unsaved_work;
pub mod window_filter;
