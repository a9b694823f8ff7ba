//! The plan file and every other file: format, atomic save, lock, recovery, settings. The only folder that touches
//! files and the environment.
//!
//! All functions are synchronous: a caller with a screen to keep responsive calls them from a job.

mod browse;
mod environment;
mod error;
mod file_batch;
mod fingerprint;
mod format;
mod known_times;
mod layout;
mod lock;
mod open;
mod panic_log;
mod plan_content;
mod plan_fault;
mod plan_guard;
mod program_folders;
mod recovery;
mod replace_folder;
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
pub use environment::{device_loss_wish, has_display, renderer_wish, start_again, uses_keyring, wants_own_dialogs};
pub use error::{LoadError, LoadProblem, SaveError};
pub use file_batch::FileBatch;
pub use fingerprint::Fingerprint;
pub use format::{FORMAT, LoadedPlan, UnknownField, parse, raised_format, to_text};
pub use known_times::{known_times, save_known_times};
pub use lock::{Lock, LockOutcome};
pub use open::{Access, OpenedPlan, open, open_holding};
pub use panic_log::write_panic_log;
pub use plan_content::looks_like_plan;
pub use plan_fault::SyntaxProblem;
pub use plan_guard::guard_plan;
pub use program_folders::ProgramFolders;
pub use recovery::{Recovery, RecoveryOffer, RecoveryOwner, recovery_offers};
pub use replace_folder::replace_folder;
pub use save::{save, save_anyway, write_bytes};
pub use settings::{create_settings_folder, load_settings, save_settings};
pub use source_files::{files_at, open_source};
pub use stream::is_stream;
pub use text::{LARGEST_FILE, read_text};
pub use version_log::{VersionEntry, version_log};
pub use versions::{Version, keep_version, kept_versions};
pub use zone_files::{ZoneDataChoice, ZoneFilesError};
