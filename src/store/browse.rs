//! Folder contents for the program's file dialog, and whether the desktop has a file dialog.

use std::path::{Path, PathBuf};

use directories::UserDirs;

use super::environment::variable;

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderEntry {
    pub name: String,
    pub is_folder: bool,
}

/// Enough for every folder that a person keeps plans in.
const MOST_ENTRIES: usize = 10_000;

/// The entries of `folder`, folders first, sorted by name without regard to case. Empty for a folder that cannot be
/// read.
pub fn folder_entries(folder: &Path) -> Vec<FolderEntry> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let entry = |entry: std::fs::DirEntry| FolderEntry {
        name: entry.file_name().to_string_lossy().into_owned(),
        is_folder: entry.path().is_dir(),
    };
    let mut all: Vec<FolderEntry> = entries.flatten().take(MOST_ENTRIES).map(entry).collect();
    all.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase(), entry.name.clone()));
    all
}

/// Whether there is a regular file at `path`.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether there is a folder at `path`.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The folder in which this person keeps documents, or else the home folder.
pub fn documents_folder() -> Option<PathBuf> {
    let dirs = UserDirs::new()?;
    Some(dirs.document_dir().filter(|folder| folder.is_dir()).unwrap_or(dirs.home_dir()).to_owned())
}

/// Whether a Linux desktop can show a file dialog. rfd tries a desktop portal on the session bus, then zenity (its
/// README, "Linux & BSD backends").
pub fn desktop_has_file_dialogs() -> bool {
    let runtime_bus = variable("XDG_RUNTIME_DIR").map(|folder| PathBuf::from(folder).join("bus"));
    let has_bus = variable("DBUS_SESSION_BUS_ADDRESS").is_some() || runtime_bus.is_some_and(|bus| bus.exists());
    let service = Path::new("dbus-1/services/org.freedesktop.portal.Desktop.service");
    let has_portal = has_bus && data_folders().iter().any(|folder| folder.join(service).exists());
    let has_zenity =
        variable("PATH").is_some_and(|path| std::env::split_paths(&path).any(|bin| bin.join("zenity").is_file()));
    has_portal || has_zenity
}

/// The folders that hold shared data (XDG Base Directory Specification).
fn data_folders() -> Vec<PathBuf> {
    let folders = variable("XDG_DATA_DIRS").unwrap_or_else(|| "/usr/local/share:/usr/share".into());
    std::env::split_paths(&folders).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_names_are_sorted_without_regard_to_case() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.ron", "A.ron", "c.txt"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("plans")).unwrap();
        let names: Vec<_> = folder_entries(folder.path()).into_iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["plans", "A.ron", "b.ron", "c.txt"]);
        assert_eq!(folder_entries(&folder.path().join("nowhere")), []);
    }
}
