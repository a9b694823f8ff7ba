//! Opens the files that an import reads: single files, or all files below folders.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::error::{LoadError, LoadProblem};
use crate::import::{Source, SourceFile};
use crate::progress::Progress;

/// The most files of one import.
const MOST_FILES: usize = 100_000;
/// The deepest nesting of folders.
const DEEPEST: usize = 32;

/// Opens what `paths` name, and all files below those that are folders, in order of their paths. Reading reports its
/// progress, which can also cancel it.
///
/// # Errors
/// A path does not exist.
pub fn open_source<'a>(paths: &[PathBuf], progress: &'a Progress) -> Result<Source<'a>, LoadError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            add_folder(path, 0, &mut files);
        } else if path.exists() {
            files.push(DiskFile::new(path.clone(), true));
        } else {
            return Err(LoadProblem::Unreadable(ErrorKind::NotFound.into()).at(path));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|later, earlier| later.path == earlier.path);
    let files = files.into_iter().map(|file| Box::new(file) as Box<dyn SourceFile>).collect();
    let has_folder = paths.iter().any(|path| path.is_dir());
    Ok(if has_folder { Source::for_folder(files, progress) } else { Source::new(files, progress) })
}

/// Adds the files below a folder. Unreadable folders are skipped. Links are not followed, since they may form a circle.
fn add_folder(folder: &Path, depth: usize, files: &mut Vec<DiskFile>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && depth < DEEPEST {
            add_folder(&entry.path(), depth + 1, files);
        } else if kind.is_file() && files.len() < MOST_FILES {
            files.push(DiskFile::new(entry.path(), false));
        }
    }
}

struct DiskFile {
    path: PathBuf,
    name: String,
    size: u64,
    is_named: bool,
}

impl DiskFile {
    fn new(path: PathBuf, is_named: bool) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let size = path.metadata().map_or(0, |metadata| metadata.len());
        Self { path, name, size, is_named }
    }
}

impl SourceFile for DiskFile {
    fn name(&self) -> &str {
        &self.name
    }

    fn is_named(&self) -> bool {
        self.is_named
    }

    fn size(&self) -> u64 {
        self.size
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, String> {
        match File::open(&self.path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(LoadProblem::Unreadable(error).to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_at_any_depth_in_order_and_each_once() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        std::fs::create_dir_all(path("b/c")).unwrap();
        for name in ["b/c/1.EML", "b/2.ics", "a.eml"] {
            std::fs::write(path(name), "x").unwrap();
        }
        let progress = Progress::default();
        let source = open_source(&[path("a.eml"), path("b"), path("a.eml")], &progress).unwrap();
        let files: Vec<_> = source.files().map(|file| (file.name().to_owned(), file.is_named())).collect();
        assert_eq!(files, [("a.eml".into(), true), ("2.ics".into(), false), ("1.EML".into(), false)]);
        assert!(source.head().unwrap().is_folder());
        assert!(open_source(&[path("nowhere")], &progress).is_err());
    }

    #[test]
    fn reading_reports_progress_and_can_be_cancelled() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("list.csv");
        std::fs::write(&path, vec![b'x'; 1_000]).unwrap();
        let progress = Progress::default();
        let source = open_source(&[path], &progress).unwrap();
        let file = source.files().next().unwrap();
        assert_eq!((file.bytes().unwrap().len(), progress.share()), (1_000, Some(1.0)));
        progress.cancel();
        assert_eq!(file.bytes(), Err(crate::import::ImportError::Cancelled));
    }
}
