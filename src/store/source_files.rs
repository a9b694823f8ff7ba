//! Opens the files that an import reads: single files, streams, or all files below folders.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::error::{LoadError, LoadProblem};
use super::stream::open_to_read;
use crate::import::{LARGEST_FILE as LARGEST_IMPORT, Source, SourceFile};
use crate::progress::Progress;
use crate::wording::counted;

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
    let FoundFiles { files, remarks } = files_at(paths)?;
    let files = files.into_iter().map(|file| Box::new(DiskFile::new(file)) as Box<dyn SourceFile>).collect();
    let has_folder = paths.iter().any(|path| path.is_dir());
    let source = if has_folder { Source::for_folder(files, progress) } else { Source::new(files, progress) };
    Ok(source.with_remarks(remarks))
}

/// The files at `paths` and below those that are folders, in order of their paths, each once.
///
/// # Errors
/// A path does not exist.
pub fn files_at(paths: &[PathBuf]) -> Result<FoundFiles, LoadError> {
    let mut found = Found::default();
    for path in paths {
        if path.is_dir() {
            found.add_folder(path, 0);
        } else if path.exists() || is_standard_input(path) {
            found.files.push(FoundFile { path: path.clone(), is_named: true });
        } else {
            return Err(LoadProblem::Unreadable(ErrorKind::NotFound.into()).at(path));
        }
    }
    let remarks = found.remarks();
    let mut files = found.files;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|later, earlier| later.path == earlier.path);
    Ok(FoundFiles { files, remarks })
}

/// Whether a path is how the command line names its standard input. A file of that name is "./-".
fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The files of an import.
pub struct FoundFiles {
    pub files: Vec<FoundFile>,
    /// What was not read below folders.
    pub remarks: Vec<String>,
}

/// A file of an import.
pub struct FoundFile {
    pub path: PathBuf,
    /// Whether a person named it; otherwise it was found in a folder.
    pub is_named: bool,
}

/// What is found at the paths of an import.
#[derive(Default)]
struct Found {
    files: Vec<FoundFile>,
    unreadable_folders: usize,
    deep_folders: usize,
    links: usize,
    surplus_files: usize,
}

impl Found {
    /// Adds the files below a folder. Links are not followed, since they may form a circle. What is not read is
    /// counted.
    fn add_folder(&mut self, folder: &Path, depth: usize) {
        let Ok(entries) = std::fs::read_dir(folder) else {
            self.unreadable_folders += 1;
            return;
        };
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && depth < DEEPEST {
                self.add_folder(&entry.path(), depth + 1);
            } else if kind.is_dir() {
                self.deep_folders += 1;
            } else if kind.is_symlink() {
                self.links += 1;
            } else if kind.is_file() && self.files.len() < MOST_FILES {
                self.files.push(FoundFile { path: entry.path(), is_named: false });
            } else if kind.is_file() {
                self.surplus_files += 1;
            }
        }
    }

    /// What was not read, and what to do about it.
    fn remarks(&self) -> Vec<String> {
        let remarks = [
            (self.unreadable_folders, "folder", "cannot be read: check the permissions".to_owned()),
            (
                self.deep_folders,
                "folder",
                format!("not read, because of more than {DEEPEST} levels: import it separately"),
            ),
            (self.links, "link", "not followed: import the target directly".to_owned()),
            (self.surplus_files, "file", format!("not read, because of more than {MOST_FILES}: import fewer at once")),
        ];
        let remarks = remarks.into_iter().filter(|(count, ..)| *count > 0);
        remarks.map(|(count, noun, what)| format!("{} {what}", counted(count, noun))).collect()
    }
}

struct DiskFile {
    path: PathBuf,
    name: String,
    size: u64,
    is_named: bool,
    /// The content of a pipe or another stream, which can be read only once.
    stream: OnceLock<Result<Vec<u8>, String>>,
}

impl DiskFile {
    fn new(FoundFile { path, is_named }: FoundFile) -> Self {
        let name = match path.file_name() {
            _ if is_standard_input(&path) => "standard input".to_owned(),
            name => name.unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        };
        let size = path.metadata().map_or(0, |metadata| metadata.len());
        Self { path, name, size, is_named, stream: OnceLock::new() }
    }

    fn is_stream(&self) -> bool {
        is_standard_input(&self.path) || self.path.metadata().is_ok_and(|metadata| !metadata.is_file())
    }

    /// One byte more than an import may have is read, so that too much is noticed.
    fn read_stream(&self) -> Result<Vec<u8>, String> {
        let unreadable = |error| LoadProblem::Unreadable(error).to_string();
        let mut bytes = Vec::new();
        let most = LARGEST_IMPORT as u64 + 1;
        if is_standard_input(&self.path) {
            std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(unreadable)?;
        } else {
            open_to_read(&self.path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(unreadable)?;
        }
        Ok(bytes)
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
        if self.is_stream() {
            let bytes = self.stream.get_or_init(|| self.read_stream());
            return bytes.as_ref().map(|bytes| Box::new(bytes.as_slice()) as Box<dyn Read>).map_err(Clone::clone);
        }
        match open_to_read(&self.path) {
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
    fn what_is_not_read_below_a_folder_is_reported() {
        let home = tempfile::tempdir().unwrap();
        let deep = (0..=DEEPEST).fold(home.path().to_owned(), |path, _| path.join("d"));
        std::fs::create_dir_all(deep.join("e")).unwrap();
        std::fs::write(home.path().join("a.eml"), "x").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("a.eml", home.path().join("b.eml")).unwrap();
        let progress = Progress::default();
        let source = open_source(&[home.path().to_owned()], &progress).unwrap();
        let mut expected = vec!["1 folder not read, because of more than 32 levels: import it separately"];
        if cfg!(unix) {
            expected.push("1 link not followed: import the target directly");
        }
        assert_eq!(source.remarks(), expected);
        let many = Found { unreadable_folders: 2, surplus_files: 1, ..Found::default() };
        assert_eq!(many.remarks().len(), 2);
        assert!(many.remarks()[0].starts_with("2 folders cannot be read"), "{:?}", many.remarks());
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
