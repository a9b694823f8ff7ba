//! The plan's state in Git, and what the dialog Git shows.

use std::sync::Arc;

use crate::store::{GitReport, GitStatus};

/// What is known of the plan in Git.
#[derive(Default)]
pub struct GitState {
    /// None if the plan is not in a repository, or its state was not read yet. An error if Git cannot be used.
    pub status: Option<Result<GitStatus, String>>,
    /// What the dialog shows. None while it is read.
    pub report: Option<Result<Arc<GitReport>, String>>,
    /// The message that the dialog suggests for a commit.
    pub message: String,
    /// Why the last commit was not made.
    pub failure: Option<String>,
    /// The job that commits.
    pub committing: Option<u64>,
    /// The job that reads the status.
    pub(in crate::session) reading: Option<u64>,
    /// Whether the status is read again after that.
    pub(in crate::session) reads_again: bool,
}
