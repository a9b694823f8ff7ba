//! The beginning of a file, by which its kind is recognised.

use crate::encoding::{decode, decode_bytes, is_utf16};

/// The first 64 KiB of a file, as text.
#[derive(Clone, Debug, Default)]
pub struct Head {
    text: String,
    is_binary: bool,
    is_folder: bool,
    /// Those of each sheet, if it is a workbook.
    sheets: Vec<Self>,
}

impl Head {
    /// How much of a file is looked at, in bytes.
    pub const LONGEST: usize = 64 << 10;

    /// From the first bytes of a file.
    pub fn new(bytes: &[u8]) -> Self {
        let is_utf16 = is_utf16(bytes);
        // The end may lie inside a character.
        let whole = match std::str::from_utf8(bytes) {
            _ if is_utf16 => bytes.len() / 2 * 2,
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => bytes.len(),
        };
        let is_binary = !is_utf16 && bytes.contains(&0);
        let bytes = &bytes[..whole];
        let text = if is_binary { decode_bytes(bytes) } else { decode(bytes).text };
        Self { text, is_binary, is_folder: false, sheets: Vec::new() }
    }

    /// Of a workbook: the first rows of each sheet as text with tabs.
    pub fn for_workbook(sheets: Vec<String>) -> Self {
        let text = sheets.concat();
        let sheets = sheets.into_iter().map(|text| Self { text, ..Self::default() }).collect();
        Self { text, sheets, ..Self::default() }
    }

    /// What may be of a kind: each sheet of a workbook, or the file as a whole.
    pub fn parts(&self) -> &[Self] {
        if self.sheets.is_empty() { std::slice::from_ref(self) } else { &self.sheets }
    }

    /// Whether it is a workbook whose sheets can be read.
    pub fn is_workbook(&self) -> bool {
        !self.sheets.is_empty()
    }

    /// Of a folder: it has no bytes.
    pub fn for_folder() -> Self {
        Self { is_folder: true, ..Self::default() }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_folder(&self) -> bool {
        self.is_folder
    }

    /// The line with a NUL byte, in a file that is text until then.
    pub fn line_with_nul_byte(&self) -> Option<usize> {
        let at = self.text.find('\0').filter(|at| self.is_binary && *at > 0)?;
        let before = &self.text[..at];
        before.chars().all(is_of_text).then(|| before.matches('\n').count() + 1)
    }

    /// Whether it is text with anything in it.
    pub fn is_text(&self) -> bool {
        !self.is_binary && !self.is_folder && !self.text.trim().is_empty()
    }
}

fn is_of_text(c: char) -> bool {
    !c.is_control() || matches!(c, '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_that_ends_inside_a_character_is_still_utf_8() {
        let bytes = "name,date\nZoë".as_bytes();
        assert_eq!(Head::new(&bytes[..bytes.len() - 1]).text(), "name,date\nZo");
        let utf16: Vec<u8> = "\u{feff}Zoë".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Head::new(&utf16[..utf16.len() - 1]).text(), "Zo");
        assert!(!Head::new(b"PK\x03\x04\x00\x00").is_text() && !Head::for_folder().is_text());
    }
}
