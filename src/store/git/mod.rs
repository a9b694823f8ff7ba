//! Git, as far as the program uses it: the state and the history of a plan in a work tree, commits, merge settings.

mod commit;
mod contents;
mod dropped;
mod error;
mod file;
mod history;
mod log;
mod merged;
mod process;
mod rename;
mod report;
mod repository;
mod status;

pub use commit::{MadeCommit, OUTDATED};
pub use error::GitError;
pub use file::GitFile;
pub use history::{PlanHistory, plan_history};
pub use report::{GitReport, IncomingChanges, git_report};
pub use repository::GitRepository;
pub use status::{GitFileState, GitStatus};
