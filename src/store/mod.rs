//! The plan file and every other file: format, atomic save, lock, recovery, settings. The only folder that touches
//! files and the environment.
//!
//! All functions are synchronous: a caller with a screen to keep responsive calls them from a job.

#[cfg(unix)]
mod attributes;
#[cfg(not(unix))]
#[path = "attributes_elsewhere.rs"]
mod attributes;
mod browse;
mod conflicted_copies;
mod copy_names;
mod environment;
mod error;
mod existing;
mod file_batch;
mod file_stamp;
mod fingerprint;
mod format;
mod found_plan;
mod git;
mod interrupted_save;
mod known_times;
mod layout;
mod lock;
mod new_file;
mod open;
mod open_elsewhere;
mod own_file;
mod panic_log;
mod paths;
mod plan_content;
mod plan_fault;
mod plan_guard;
mod plan_name;
mod plan_watch;
mod program_folders;
mod record_lines;
mod recovery;
mod recovery_offer;
mod recovery_text;
mod replace_file;
mod replace_folder;
mod rewrite;
mod ron_fields;
mod save;
mod settings;
mod source_files;
mod stream;
mod text;
mod version_log;
mod versions;
mod zone_files;

pub use browse::{FolderEntry, desktop_has_file_dialogs, documents_folder, folder_entries, is_file, is_folder};
pub use conflicted_copies::{ConflictedCopy, conflicted_copies, delete_copy};
pub use environment::{
    device_loss_wish, has_display, is_dumb_terminal, program_path, renderer_wish, start_again, uses_keyring,
    wants_own_dialogs,
};
pub use error::{LoadError, LoadProblem, SaveError};
pub use file_batch::FileBatch;
pub use fingerprint::Fingerprint;
pub use format::{FORMAT, LoadedPlan, UnknownField, parse, raised_format, to_text};
pub use found_plan::FoundPlan;
pub use git::{
    GitError, GitFile, GitFileState, GitReport, GitRepository, GitStatus, IncomingChanges, MadeCommit, OUTDATED,
    PlanHistory, git_report, plan_history,
};
pub use known_times::{known_times, save_known_times};
pub use lock::{Lock, LockOutcome, other_lock_holder};
pub use open::{Access, OpenedPlan, ReadPlan, open, open_holding, read_plan};
pub use open_elsewhere::open_elsewhere;
pub use panic_log::write_panic_log;
pub use plan_content::looks_like_plan;
pub use plan_fault::SyntaxProblem;
pub use plan_guard::guard_plan;
pub use plan_name::{PLAN_ENDINGS, has_plan_name, problem_with_plan_name, with_plan_ending};
pub use plan_watch::{PlanWatch, WatchNews, WatchedContent};
pub use program_folders::ProgramFolders;
pub use record_lines::lines_of_records;
pub use recovery::Recovery;
pub use recovery_offer::{PlanOnDisk, RecoveryOffer, recovery_offers, recovery_offers_for};
pub use recovery_text::RecoveryOwner;
pub use replace_file::{write_bytes, write_new_bytes, write_over_plan};
pub use replace_folder::replace_folder;
pub use ron_fields::comments;
pub use save::{SavedPlan, save, save_anyway};
pub use settings::{create_settings_folder, load_settings, save_settings};
pub use source_files::{files_at, open_source};
pub use stream::is_stream;
pub use text::{LARGEST_FILE, read_text};
pub use version_log::{VersionEntry, log_of_other_plans, version_log};
pub use versions::{Version, keep_found_version, keep_version, kept_versions, version_plans, versions_of_other_plans};
pub use zone_files::{ZoneDataChoice, ZoneFilesError};
