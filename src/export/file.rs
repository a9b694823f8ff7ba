//! What an export consists of: its files, and the types that a file can have.

use std::path::Path;

/// A file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportFile {
    /// With its ending; a name that every file system accepts.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl ExportFile {
    pub fn new(name: String, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name, bytes: bytes.into() }
    }
}

/// A type of file, as file dialogs and the command line know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileType {
    /// "CSV"
    pub name: &'static str,
    /// Without their dots, the usual one first.
    pub endings: &'static [&'static str],
}

impl FileType {
    /// The usual ending, without its dot.
    pub fn ending(&self) -> &'static str {
        self.endings.first().copied().unwrap_or_default()
    }

    /// Whether the file at `path` has an ending of this type.
    pub fn is_type_of(&self, path: &Path) -> bool {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        self.endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
    }
}

/// What the program can write for others: a row of the registry in `output/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// "aws-import": what the command line calls it. It stays.
    pub id: &'static str,
    /// "AWS Change Calendar, import": what the screen calls it.
    pub name: &'static str,
    /// What it holds, as one sentence without a full stop.
    pub help: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_counts_in_any_case_and_only_as_a_whole() {
        let html = FileType { name: "HTML", endings: &["html", "htm"] };
        for (path, is_html) in
            [("a.html", true), ("b.HTM", true), ("c.xhtml", false), ("html", false), ("d.html.txt", false)]
        {
            assert_eq!(html.is_type_of(Path::new(path)), is_html, "{path}");
        }
    }
}
