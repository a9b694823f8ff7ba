//! The plan file and every other file: format, atomic save, lock, recovery, settings. The only folder that touches files.
//!
//! All functions are synchronous; whoever has a screen to keep alive calls them from another thread.

mod browse;
mod error;
mod fault;
mod folder;
mod folders;
mod format;
mod layout;
mod lock;
mod open;
mod place;
mod recovery;
mod save;
mod settings;
mod source_files;
mod staged;
mod stamp;
mod text;

pub use browse::{FolderEntry, desktop_has_file_dialogs, documents_folder, folder_entries, is_file};
pub use error::{LoadError, LoadProblem, SaveError};
pub use folder::replace_folder;
pub use folders::Folders;
pub use format::{FORMAT, Loaded, UnknownField, parse, to_text};
pub use lock::{Lock, LockOutcome};
pub use open::{Access, Opened, looks_like_plan, open};
pub use recovery::{Offer, Owner, Recovery, offers};
pub use save::{save, save_anyway, write_bytes};
pub use settings::{load_settings, save_settings};
pub use source_files::open_source;
pub use staged::Staged;
pub use stamp::Stamp;
pub use text::{LARGEST_FILE, read_text};
