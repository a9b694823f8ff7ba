//! Completion of a path while it is typed.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use crate::store::{FolderEntry, folder_entries};

/// The entries of the typed folder; read again when the folder changes.
#[derive(Default)]
pub struct Completion {
    folder: Option<PathBuf>,
    entries: Vec<FolderEntry>,
}

/// At most this many are shown.
const MOST: usize = 200;

impl Completion {
    /// The full paths that start with `text`, in the order of the folder; folders end with a separator.
    pub fn complete(&mut self, text: &str, endings: &[&str]) -> Vec<String> {
        let (folder, begun) = split(text);
        if self.folder.as_deref() != Some(&folder) {
            self.entries = folder_entries(&folder);
            self.folder = Some(folder.clone());
        }
        // The list stays once one of its files is typed or chosen.
        let is_chosen = self.entries.iter().any(|entry| !entry.is_folder && entry.name == begun);
        let begun = if is_chosen { String::new() } else { begun.to_lowercase() };
        let fits = |entry: &&FolderEntry| {
            let is_hidden = entry.name.starts_with('.') && !begun.starts_with('.');
            !is_hidden
                && entry.name.to_lowercase().starts_with(&begun)
                && (entry.is_folder || has_ending(entry, endings))
        };
        let full = |entry: &FolderEntry| {
            let path = folder.join(&entry.name).display().to_string();
            if entry.is_folder { format!("{path}{MAIN_SEPARATOR}") } else { path }
        };
        self.entries.iter().filter(fits).take(MOST).map(full).collect()
    }

    /// Reads the folder again next time.
    pub fn forget(&mut self) {
        self.folder = None;
    }
}

/// Splits a path into the folder and the start of a name in it.
fn split(text: &str) -> (PathBuf, &str) {
    match text.rfind(std::path::is_separator) {
        Some(at) => (PathBuf::from(&text[..=at]), &text[at + 1..]),
        None => (PathBuf::from("."), text),
    }
}

fn has_ending(entry: &FolderEntry, endings: &[&str]) -> bool {
    let ending = Path::new(&entry.name).extension();
    ending.is_some_and(|ending| endings.iter().any(|each| ending.eq_ignore_ascii_case(each)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_files_with_the_ending_complete_what_is_typed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["plan.ron", "Planning.RON", "plan.txt", ".plan.ron", "other.ron"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("plans")).unwrap();
        let typed = folder.path().join("pla").display().to_string();
        let plans = format!("plans{MAIN_SEPARATOR}");
        let expected = ["plan.ron", "Planning.RON", &plans].map(|name| folder.path().join(name).display().to_string());
        let mut found = Completion::default().complete(&typed, &["ron"]);
        found.sort_by_key(|path| path.to_lowercase());
        assert_eq!(found, expected);
        let chosen = folder.path().join("plan.ron").display().to_string();
        assert_eq!(Completion::default().complete(&chosen, &["ron"]).len(), 4, "the list stays");
        assert_eq!(Completion::default().complete("/no/such/folder/", &["ron"]), Vec::<String>::new());
    }
}
