//! What a session consists of: history, settings, clock, jobs, results kept while somebody looks at them.

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
