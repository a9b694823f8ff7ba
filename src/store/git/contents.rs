//! Reads the contents of files at commits, all through one process of Git.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::process::{Child, ChildStdin};

use tempfile::NamedTempFile;

use super::error::GitError;
use super::file::GitFile;
use super::process::{Pauses, READING, end, reading, spawn, with_requests};
use crate::progress::Progress;
use crate::store::text::LARGEST_FILE;

/// The longest line before a content: a hash, a type and a length.
const LONGEST_HEADER: usize = 256;

/// A running `git cat-file --batch`. It appends each answer to a temporary file, which is emptied after each. So only one
/// content is kept at a time, and waiting for it can be cancelled.
pub struct Contents {
    child: Child,
    requests: Option<ChildStdin>,
    answers: NamedTempFile,
    reader: File,
    /// What ends a request.
    end_of_request: u8,
}

impl Contents {
    /// Starts Git. `names` are those that will be asked for: a line end in one of them needs Git 2.38.
    pub fn start<'a>(file: &GitFile, mut names: impl Iterator<Item = &'a [u8]>) -> Result<Self, GitError> {
        let has_lines = names.any(|name| name.contains(&b'\n'));
        let answers = NamedTempFile::new().map_err(GitError::NotStarted)?;
        let open = || Ok((OpenOptions::new().append(true).open(answers.path())?, answers.reopen()?));
        let (output, reader) = open().map_err(GitError::NotStarted)?;
        let mut command = reading(&file.folder);
        command.args(["cat-file", "--batch"]).args(has_lines.then_some("-z"));
        let mut child = spawn(with_requests(&mut command).stdout(output))?;
        let requests = child.stdin.take();
        Ok(Self { child, requests, answers, reader, end_of_request: if has_lines { 0 } else { b'\n' } })
    }

    /// The content of `path` at a commit; none if the commit does not have it.
    ///
    /// # Errors
    /// Git ended, does not answer, or it was cancelled. Then nothing more can be read.
    pub fn read(&mut self, commit: &str, path: &[u8], progress: &Progress) -> Result<Option<Content>, GitError> {
        let mut request = format!("{commit}:").into_bytes();
        request.extend_from_slice(path);
        let name = request.clone();
        request.push(self.end_of_request);
        let requests = self.requests.as_mut().ok_or(GitError::Unclear)?;
        requests.write_all(&request).and_then(|()| requests.flush()).map_err(GitError::NotStarted)?;
        let missing = [&name, &b" missing\n"[..]].concat();
        let start = self.wait_for(|bytes| bytes == missing || header(bytes).is_some(), missing.len(), progress)?;
        let content = if start == missing {
            None
        } else {
            let Header { length, hash, end } = header(&start).ok_or(GitError::Unclear)?;
            self.wait_for_length(end as u64 + length + 1, progress)?;
            Some(Content { hash, bytes: self.content(end as u64, length)? })
        };
        self.answers.as_file().set_len(0).map_err(GitError::NotStarted)?;
        Ok(content)
    }

    /// Waits until the beginning of the answer is as wanted, and returns it.
    fn wait_for(
        &mut self,
        is_enough: impl Fn(&[u8]) -> bool,
        longest: usize,
        progress: &Progress,
    ) -> Result<Vec<u8>, GitError> {
        let mut pauses = Pauses::new(READING);
        loop {
            let start = self.beginning(longest.max(LONGEST_HEADER)).map_err(GitError::NotStarted)?;
            if is_enough(&start) {
                return Ok(start);
            }
            self.pause(&mut pauses, progress)?;
        }
    }

    fn wait_for_length(&mut self, length: u64, progress: &Progress) -> Result<(), GitError> {
        let mut pauses = Pauses::new(READING);
        while self.reader.metadata().map_err(GitError::NotStarted)?.len() < length {
            self.pause(&mut pauses, progress)?;
        }
        Ok(())
    }

    fn pause(&mut self, pauses: &mut Pauses, progress: &Progress) -> Result<(), GitError> {
        match self.child.try_wait() {
            Ok(None) => pauses.pause(progress),
            Ok(Some(_)) | Err(_) => Err(GitError::Unclear),
        }
    }

    fn beginning(&mut self, longest: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.reader.rewind()?;
        (&mut self.reader).take(longest as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// None if it is larger than a plan may be.
    fn content(&mut self, from: u64, length: u64) -> Result<Option<Vec<u8>>, GitError> {
        if length > LARGEST_FILE {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let read = self
            .reader
            .seek(SeekFrom::Start(from))
            .and_then(|_| (&mut self.reader).take(length).read_to_end(&mut bytes));
        read.map(|_| Some(bytes)).map_err(GitError::NotStarted)
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        // Without requests, Git ends.
        self.requests = None;
        end(&mut self.child);
    }
}

/// The content of a file at a commit.
pub struct Content {
    /// The same for the same content.
    pub hash: String,
    /// None if it is larger than a plan may be.
    pub bytes: Option<Vec<u8>>,
}

struct Header {
    hash: String,
    length: u64,
    /// Where the content begins.
    end: usize,
}

/// Reads "HASH blob LENGTH" and a line end. None while it is incomplete.
fn header(bytes: &[u8]) -> Option<Header> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let line = str::from_utf8(&bytes[..end]).ok()?;
    let mut parts = line.split(' ');
    let (hash, kind, length) = (parts.next()?, parts.next()?, parts.next()?);
    let is_header = parts.next().is_none() && kind.bytes().all(|byte| byte.is_ascii_lowercase());
    is_header.then_some(())?;
    Some(Header { hash: hash.to_owned(), length: length.parse().ok()?, end: end + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_once_they_are_complete() {
        let read = |text: &str| header(text.as_bytes()).map(|header| (header.hash, header.length, header.end));
        assert_eq!(read("3410 blob 12\n(format"), Some(("3410".to_owned(), 12, 13)));
        for text in ["", "3410 blob 12", "HEAD:a b c missing\n", "x missing\n", "3410 blob many\n"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
