//! A publication of the year calendar, and the result of the last one.

use crate::model::UtcMinute;
use crate::publish::{LastRun, Report, Secret};
use crate::session::state::settings::PublishedTarget;

/// What to publish, and how.
#[derive(Clone, Debug, Default)]
pub struct Publication {
    pub calendar: PublishedTarget,
    /// Empty if the keyring has it.
    pub password: Secret,
    /// Whether to store the password in the keyring.
    pub remembers: bool,
    /// Whether to overwrite changes that others made on the server.
    pub overwrites: bool,
    /// Whether the password may be sent unencrypted.
    pub allows_unencrypted: bool,
}

/// The result of the last publication in this session.
#[derive(Clone, Debug)]
pub struct PublicationResult {
    /// The target as it was typed.
    pub to: String,
    pub at: UtcMinute,
    pub report: Report,
}

/// What the dialog shows besides its input fields.
#[derive(Default)]
pub struct Publishing {
    pub(in crate::session) job: Option<u64>,
    pub outcome: Option<PublicationResult>,
    /// The target and the result of the last publication in an earlier session or on the command line.
    pub last: Option<(String, LastRun)>,
}
