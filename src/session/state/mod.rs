//! What a session consists of: history, settings, clock, jobs, results kept while somebody looks at them.

pub mod cached;
pub mod clock;
pub mod history;
pub mod jobs;
pub mod settings;
