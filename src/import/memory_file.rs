//! A file in memory as the source of an import.

use std::io::Read;

use super::source::SourceFile;

/// A file in memory, such as a pasted table.
#[derive(Clone, Debug)]
pub struct MemoryFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl MemoryFile {
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into() }
    }
}

impl SourceFile for MemoryFile {
    fn name(&self) -> &str {
        &self.name
    }

    fn is_named(&self) -> bool {
        true
    }

    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, String> {
        Ok(Box::new(&*self.bytes))
    }
}
