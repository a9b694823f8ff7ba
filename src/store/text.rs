//! Reading text files of any encoding, with a limit on their size.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::error::{LoadError, LoadProblem};

/// The largest file that is read, in bytes: 64 MB.
pub const LARGEST_FILE: u64 = 64 << 20;

/// The text of a file that another program wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedText {
    /// Without a BOM; line ends are unchanged.
    pub text: String,
    /// Set if the encoding had to be guessed.
    pub warning: Option<String>,
}

/// Reads a text file of at most `limit` bytes as UTF-8, as UTF-16 if it has a BOM, or else as Windows-1252 with a warning.
///
/// # Errors
/// A file that is too large or cannot be read.
pub fn read_text(path: &Path, limit: u64) -> Result<DecodedText, LoadError> {
    read_bytes(path, limit).map(|bytes| decode(&bytes))
}

/// Decodes bytes from elsewhere, such as standard input, in the same way.
pub fn decode(bytes: &[u8]) -> DecodedText {
    if let Some(text) = decode_unicode(bytes) {
        return DecodedText { text, warning: None };
    }
    let warning = "The file is not UTF-8 and was read as Windows-1252 (Western European): check letters with accents";
    DecodedText { text: bytes.iter().map(|byte| windows_1252(*byte)).collect(), warning: Some(warning.to_owned()) }
}

/// Decodes UTF-8, or UTF-16 with a BOM.
pub(super) fn decode_unicode(bytes: &[u8]) -> Option<String> {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (units, odd) = rest.as_chunks::<2>();
        let text = String::from_utf16(&units.iter().map(|pair| unit(*pair)).collect::<Vec<_>>()).ok()?;
        odd.is_empty().then_some(text)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        bytes => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}

/// Reads a file of at most `limit` bytes.
pub(super) fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, LoadError> {
    let unreadable = |error| LoadProblem::Unreadable(error).at(path);
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(unreadable(ErrorKind::IsADirectory.into()));
    }
    let mut bytes = Vec::new();
    // Reading one byte more than allowed shows that the file is too large even if its length is not known beforehand.
    if metadata.len() <= limit {
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 <= limit {
            return Ok(bytes);
        }
    }
    Err(LoadProblem::TooLarge { limit }.at(path))
}

/// Source: the Unicode Consortium's mapping table CP1252.TXT. The five undefined bytes become U+FFFD.
fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => FROM_80[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_encodings_that_spreadsheets_write() {
        let utf16_le: Vec<u8> = "\u{feff}Zoë".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16_be: Vec<u8> = "\u{feff}Zoë".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in ["Zoë".as_bytes(), "\u{feff}Zoë".as_bytes(), &utf16_le, &utf16_be] {
            assert_eq!(decode(bytes), DecodedText { text: "Zoë".to_owned(), warning: None });
        }
        let guessed = decode(b"Zo\xeb \x80 \x96");
        assert_eq!((guessed.text.as_str(), guessed.warning.is_some()), ("Zoë € –", true));
    }

    #[test]
    fn a_file_over_the_limit_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, "0123456789").unwrap();
        assert_eq!(read_text(&path, 10).unwrap().text, "0123456789");
        let error = read_text(&path, 9).unwrap_err();
        assert!(matches!(error.problem, LoadProblem::TooLarge { limit: 9 }));
        assert!(read_text(folder.path(), 10).unwrap_err().to_string().starts_with("This is a folder"));
    }
}
