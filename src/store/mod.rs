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
mod posts;
mod recovery;
mod same_file;
mod save;
mod settings;
mod staged;
mod stamp;
mod text;

pub use browse::{FolderEntry, desktop_has_file_dialogs, documents_folder, folder_entries, is_file};
pub use error::{LoadError, LoadProblem, SaveError};
pub use folder::replace_folder;
pub use folders::Folders;
pub use format::{FORMAT, Loaded, UnknownField, parse, to_text};
pub use lock::{Lock, LockOutcome};
pub use open::{Access, Opened, open};
pub use posts::{may_hold_replies, read_posts};
pub use recovery::{Offer, Owner, Recovery, offers};
pub use same_file::is_same_file;
pub use save::{save, save_anyway, write_bytes};
pub use settings::{load_settings, save_settings};
pub use staged::Staged;
pub use stamp::Stamp;
pub use text::{LARGEST_FILE, ReadText, decode, read_text};
