//! The first line of a plan while its file is rewritten: it names the file with the new text.

use std::path::{Path, PathBuf};

use super::lock::own_name;
use super::new_file::temporary_prefix;
use super::paths::parent_folder;

/// The ending of the file with the new text.
pub(super) const SAVING: &str = ".windowsill-saving";
/// How the line begins.
const MARK: &str = "// Windowsill is saving this plan with ";
/// The longest line, in bytes: disks write as much at once or not at all.
pub(super) const LONGEST_MARK: usize = 480;

/// The first line of a plan while it is written.
pub(super) fn mark(journal: &Path) -> String {
    let name = journal.file_name().unwrap_or_default().to_string_lossy();
    let start = format!("{MARK}{name:?}, ");
    let who = own_name();
    let end = who.floor_char_boundary(LONGEST_MARK.saturating_sub(start.len() + 1));
    format!("{start}{}\n", &who[..end].replace('\n', " "))
}

/// What the first line of a plan says while it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InterruptedSave {
    /// The name of the file with the text.
    pub journal: String,
    /// "anna@desk-7, process 4711"
    pub who: String,
}

impl InterruptedSave {
    /// None if a plan that begins like that is not being written.
    pub(super) fn find(text: &str) -> Option<Self> {
        let (line, _) = text.strip_prefix(MARK)?.split_once('\n')?;
        let end = line.find(&format!("{SAVING}\", "))? + SAVING.len() + 1;
        let journal = ron::from_str::<String>(&line[..end]).ok()?;
        Some(Self { journal, who: line[end + 2..].to_owned() })
    }

    /// The file with the text. None for a name that is not ours.
    pub(super) fn journal(&self, target: &Path) -> Option<PathBuf> {
        let is_ours = self.journal.starts_with(&temporary_prefix(target)) && self.journal.ends_with(SAVING);
        let is_name = Path::new(&self.journal).file_name().is_some_and(|name| name == self.journal.as_str());
        (is_ours && is_name).then(|| parent_folder(target).join(&self.journal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_read_as_it_was_written_for_any_name() {
        for name in ["plan.ron", "plan.windowsill", "a \"plan\", b.ron", "\n\u{1}ü.ron", &"\u{1}".repeat(100)] {
            let target = Path::new("folder").join(name);
            let journal = Path::new("folder").join(format!("{}AbC{SAVING}", temporary_prefix(&target)));
            let line = mark(&journal);
            assert!(line.len() <= LONGEST_MARK && line.ends_with('\n'), "{line}");
            let found = InterruptedSave::find(&format!("{line}rest")).unwrap();
            assert_eq!(found.journal(&target), Some(journal), "{name:?}");
            assert_eq!(found.journal(Path::new("folder/other.ron")), None);
        }
    }

    #[test]
    fn a_line_that_names_a_file_elsewhere_is_not_followed() {
        let found = |name: &str| InterruptedSave::find(&format!("{MARK}{name:?}, anna@desk-7\n"));
        for name in ["../.plan.ron.a.windowsill-saving", ".plan.ron./../b.windowsill-saving", ".plan.ron.a", "/etc/x"] {
            let journal = found(name).and_then(|found| found.journal(Path::new("plan.ron")));
            assert_eq!(journal, None, "{name}");
        }
        assert_eq!(found(".plan.ron.a.windowsill-saving").unwrap().who, "anna@desk-7");
        for text in ["", "(\n    format: 2,\n", MARK, &format!("{MARK}x\n")] {
            assert_eq!(InterruptedSave::find(text), None, "{text}");
        }
    }
}
