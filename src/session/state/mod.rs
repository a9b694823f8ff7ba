//! The parts of a session: history, settings, clock, jobs, and results that are kept while a view shows them.

pub mod cached;
pub mod clock;
pub mod dialogs;
pub mod document;
pub mod history;
pub mod jobs;
pub mod messages;
pub mod navigation;
pub mod settings;
pub mod surroundings;
