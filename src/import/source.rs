//! What is imported: a file, several files, or all files of a folder. `store` opens it; nothing here touches a disk.

use std::io::{self, Cursor, Read};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::error::ImportError;
use super::head::Head;
use super::limits::LARGEST_FILE;
use super::tables::sheet::Sheet;
use super::tables::workbook;
use crate::progress::Progress;

/// A file that can be imported. `store` implements it for files on disk.
pub trait SourceFile: Send + Sync {
    /// The file's name without its folder.
    fn name(&self) -> &str;

    /// Whether a person named it; otherwise it was found in a folder.
    fn is_named(&self) -> bool;

    /// In bytes.
    fn size(&self) -> u64;

    /// A reader from the beginning.
    ///
    /// # Errors
    /// Why the file cannot be read, as a sentence.
    fn open(&self) -> Result<Box<dyn Read + '_>, String>;
}

/// Files that are imported together, with how far they have been read.
pub struct Source<'a> {
    files: Vec<Box<dyn SourceFile>>,
    is_folder: bool,
    /// The size of all files, in bytes.
    size: u64,
    remarks: Vec<String>,
    progress: &'a Progress,
    bytes_read: AtomicU64,
    head: OnceLock<Result<Head, ImportError>>,
}

/// One file of a source.
#[derive(Clone, Copy)]
pub struct OpenFile<'a> {
    file: &'a dyn SourceFile,
    source: &'a Source<'a>,
}

impl<'a> Source<'a> {
    /// Files that a person named one by one.
    pub fn new(files: Vec<Box<dyn SourceFile>>, progress: &'a Progress) -> Self {
        let size = files.iter().map(|file| file.size()).fold(0, u64::saturating_add);
        let (remarks, bytes_read, head) = (Vec::new(), AtomicU64::new(0), OnceLock::new());
        Self { files, is_folder: false, size, remarks, progress, bytes_read, head }
    }

    /// All files below a folder.
    pub fn for_folder(files: Vec<Box<dyn SourceFile>>, progress: &'a Progress) -> Self {
        Self { is_folder: true, ..Self::new(files, progress) }
    }

    /// The same with remarks about files that are not part of it.
    #[must_use]
    pub fn with_remarks(self, remarks: Vec<String>) -> Self {
        Self { remarks, ..self }
    }

    /// What is not part of it although it was named. Every import warns about it.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    pub fn files(&self) -> impl ExactSizeIterator<Item = OpenFile<'_>> {
        self.files.iter().map(|file| OpenFile { file: &**file, source: self })
    }

    /// The beginning of the first file.
    ///
    /// # Errors
    /// There is no file, or it cannot be read.
    pub fn head(&self) -> Result<&Head, ImportError> {
        let head = || match self.files().next() {
            _ if self.is_folder => Ok(Head::for_folder()),
            Some(file) => file.head(),
            None => Err(ImportError::Empty),
        };
        self.head.get_or_init(head).as_ref().map_err(Clone::clone)
    }

    /// Fails if the import has been cancelled. Readers call it once for each record.
    ///
    /// # Errors
    /// Only [`ImportError::Cancelled`].
    pub fn check_cancelled(&self) -> Result<(), ImportError> {
        if self.is_cancelled() { Err(ImportError::Cancelled) } else { Ok(()) }
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.progress.is_cancelled()
    }
}

impl<'a> OpenFile<'a> {
    pub fn name(&self) -> &'a str {
        self.file.name()
    }

    /// Whether a person named it; otherwise it was found in a folder.
    pub fn is_named(&self) -> bool {
        self.file.is_named()
    }

    /// Its beginning. Does not count as progress.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn head(&self) -> Result<Head, ImportError> {
        let mut bytes = Vec::new();
        let file = unpacked(self.file.open().map_err(ImportError::Unreadable)?).map_err(unreadable)?;
        file.take(Head::LONGEST as u64).read_to_end(&mut bytes).map_err(unreadable)?;
        if workbook::is_workbook(&bytes)
            && let Some(sheets) = self.workbook_texts()?
        {
            return Ok(Head::for_workbook(sheets));
        }
        Ok(Head::new(&bytes))
    }

    /// The first rows of each sheet of a workbook. None if it is another kind of file that begins as workbooks do.
    fn workbook_texts(&self) -> Result<Option<Vec<String>>, ImportError> {
        if self.file.size() > LARGEST_FILE as u64 {
            return Err(ImportError::TooLarge);
        }
        let mut bytes = Vec::new();
        let file = unpacked(self.file.open().map_err(ImportError::Unreadable)?).map_err(unreadable)?;
        file.take(LARGEST_FILE as u64).read_to_end(&mut bytes).map_err(unreadable)?;
        match workbook::head_texts(&bytes) {
            Ok(sheets) => Ok(Some(sheets)),
            Err(error @ (ImportError::Protected | ImportError::TooLargeUnpacked(_))) => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// All sheets of a workbook.
    ///
    /// # Errors
    /// It cannot be read, is too large, or the import was cancelled.
    pub(crate) fn sheets(&self) -> Result<Vec<Sheet>, ImportError> {
        let sheets = workbook::sheets(&self.bytes()?, usize::MAX)?;
        let is_whole = sheets.iter().all(|sheet| !sheet.has_too_many_cells);
        is_whole.then_some(sheets).ok_or(ImportError::TooManyCells)
    }

    /// A reader from the beginning that reports progress and fails once the import is cancelled. What is packed with gzip is
    /// read unpacked.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn reader(&self) -> Result<impl Read + use<'a>, ImportError> {
        let inner = self.file.open().map_err(ImportError::Unreadable)?;
        let opened = unpacked(Box::new(Reader { inner, source: self.source }));
        self.source.check_cancelled()?;
        opened.map_err(unreadable)
    }

    /// The whole file.
    ///
    /// # Errors
    /// The file cannot be read or is longer than [`LARGEST_FILE`], or the import was cancelled.
    pub fn bytes(&self) -> Result<Vec<u8>, ImportError> {
        let mut bytes = Vec::new();
        // The size may be unknown or change, so one byte more than allowed is asked for.
        let read = self.reader()?.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes);
        self.source.check_cancelled()?;
        read.map_err(unreadable)?;
        if bytes.len() > LARGEST_FILE { Err(ImportError::TooLarge) } else { Ok(bytes) }
    }
}

struct Reader<'a> {
    inner: Box<dyn Read + 'a>,
    source: &'a Source<'a>,
}

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.source.progress.is_cancelled() {
            return Err(io::Error::other("cancelled"));
        }
        let read = self.inner.read(buffer)?;
        let all = self.source.bytes_read.fetch_add(read as u64, Ordering::Relaxed) + read as u64;
        self.source.progress.set(all as usize, self.source.size as usize);
        Ok(read)
    }
}

/// The content of what is packed with gzip (RFC 1952); others as they are.
fn unpacked<'a>(mut inner: Box<dyn Read + 'a>) -> io::Result<Box<dyn Read + 'a>> {
    let mut mark = Vec::new();
    inner.by_ref().take(2).read_to_end(&mut mark)?;
    let is_packed = mark == [0x1F, 0x8B];
    let whole = Cursor::new(mark).chain(inner);
    Ok(if is_packed { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) })
}

fn unreadable(error: io::Error) -> ImportError {
    ImportError::Unreadable(format!("Cannot read the file ({error}). Check the disk or the network, then try again"))
}
