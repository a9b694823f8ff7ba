//! The unfolded lines of a calendar, and where each of them begins in the file.

use crate::encoding::{decode, decode_bytes, has_wide_mark, is_multi_byte};
use crate::import::error::ImportError;

/// The text of a calendar with one line for each property.
///
/// A fold may split a character, so bytes are joined before they are decoded (RFC 5545, 3.1). Lines may end with a bare
/// line feed or a bare carriage return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct CalendarText {
    /// Without a byte-order mark; lines end with a line feed.
    pub text: String,
    /// For each line of `text`, the line of the file on which it begins, from 1.
    numbers: Vec<u32>,
    /// Set if the encoding had to be guessed.
    pub warning: Option<String>,
}

impl CalendarText {
    /// Unfolds and decodes a file. `check` ends that if it fails.
    ///
    /// # Errors
    /// What `check` returns.
    pub fn from_bytes(bytes: &[u8], check: Check<'_>) -> Result<Self, ImportError> {
        if has_wide_mark(bytes) {
            let decoded = decode(bytes);
            return Ok(Self { warning: decoded.warning, ..Self::from_text(&decoded.text) });
        }
        let (unfolded, numbers) = unfold(bytes, check)?;
        let unfolded = match String::from_utf8(unfolded) {
            Ok(text) => return Ok(Self { text, numbers, warning: None }),
            Err(error) => error.into_bytes(),
        };
        let Some((text, lines)) = decode_mostly_utf8(&unfolded) else {
            let decoded = decode(&unfolded);
            return Ok(Self { text: decoded.text, numbers, warning: decoded.warning });
        };
        let at = lines.first().and_then(|line| numbers.get(*line)).copied().unwrap_or(1);
        let warning = format!(
            "The file is UTF-8 except for {} from line {at} on, read as Windows-1252 (Western European): check accented \
             letters there",
            crate::wording::counted(lines.len(), "line")
        );
        Ok(Self { text, numbers, warning: Some(warning) })
    }

    /// Unfolds text that is already decoded.
    pub fn from_text(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (unfolded, numbers) = unfold(text.as_bytes(), &|| Ok(())).unwrap_or_default();
        // Only line ends and single spaces are removed, so characters stay whole.
        Self { text: String::from_utf8_lossy(&unfolded).into_owned(), numbers, warning: None }
    }

    /// The line of the file on which line `index` (from 0) of the text begins.
    pub fn number(&self, index: usize) -> usize {
        self.numbers.get(index).map_or(index + 1, |number| *number as usize)
    }
}

/// Ends the reading of a file by failing.
pub(in crate::import) type Check<'a> = &'a dyn Fn() -> Result<(), ImportError>;

/// After how many lines it is checked whether to go on.
pub(super) const LINES_BETWEEN_CHECKS: usize = 4_096;

/// Joins folded lines. Returns the bytes and the number of the first line of each, from 1.
///
/// # Errors
/// What `check` returns.
fn unfold(bytes: &[u8], check: Check<'_>) -> Result<(Vec<u8>, Vec<u32>), ImportError> {
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let mut unfolded = Vec::with_capacity(bytes.len());
    let (mut numbers, mut number) = (vec![1], 1_u32);
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        index += 1;
        if byte != b'\n' && byte != b'\r' {
            unfolded.push(byte);
            continue;
        }
        if byte == b'\r' && bytes.get(index) == Some(&b'\n') {
            index += 1;
        }
        number = number.saturating_add(1);
        if (number as usize).is_multiple_of(LINES_BETWEEN_CHECKS) {
            check()?;
        }
        if matches!(bytes.get(index), Some(b' ' | b'\t')) {
            index += 1;
        } else {
            unfolded.push(b'\n');
            numbers.push(number);
        }
    }
    Ok((unfolded, numbers))
}

/// Decodes a file of UTF-8 in which some lines have bytes of Windows-1252. Returns the text and the indices of those lines.
/// `None` if there is nothing of UTF-8 beyond ASCII, or little by chance, as in an encoding of East Asia.
fn decode_mostly_utf8(bytes: &[u8]) -> Option<(String, Vec<usize>)> {
    let (mut text, mut others, mut utf8) = (String::with_capacity(bytes.len()), Vec::new(), 0);
    let (mut valid, mut invalid) = (0, 0);
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if let Ok(line) = std::str::from_utf8(line) {
            utf8 += usize::from(!line.is_ascii());
            text.push_str(line);
        } else {
            others.push(index);
            for chunk in line.utf8_chunks() {
                valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
                invalid += chunk.invalid().len();
            }
            push_mixed(&mut text, line);
        }
    }
    let is_utf8 = if utf8 > 0 { utf8 >= others.len() || !is_multi_byte(bytes) } else { invalid < valid };
    is_utf8.then_some((text, others))
}

/// Adds a line whose invalid bytes are read as Windows-1252.
fn push_mixed(text: &mut String, line: &[u8]) {
    for chunk in line.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push_str(&decode_bytes(chunk.invalid()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> CalendarText {
        CalendarText::from_bytes(bytes, &|| Ok(())).unwrap()
    }

    #[test]
    fn a_fold_may_split_a_character() {
        let folded = b"SUMMARY:W\xc3\r\n \xb6chentlich\r\nEND:VEVENT\rA:1\n\tb\nC:2";
        let text = read(folded);
        assert_eq!(text.text, "SUMMARY:W\u{f6}chentlich\nEND:VEVENT\nA:1b\nC:2");
        assert_eq!((0..4).map(|line| text.number(line)).collect::<Vec<_>>(), [1, 3, 4, 6]);
        assert_eq!(text.warning, None);
    }

    #[test]
    fn a_stray_byte_costs_one_letter() {
        let text = read(b"A:Notfall\xfcbung\nB:Stra\xc3\x9fburg");
        assert_eq!(text.text, "A:Notfall\u{fc}bung\nB:Stra\u{df}burg");
        assert!(text.warning.is_some_and(|warning| warning.contains("from line 1 on")));
        let one_line = read("A:Wöchentliche Prüfung für Straßburg \u{fc}".as_bytes());
        assert_eq!(one_line.warning, None);
        let one_bad = read(b"A:W\xc3\xb6chentliche Pr\xfcfung f\xc3\xbcr Stra\xc3\x9fburg");
        assert_eq!(one_bad.text, "A:W\u{f6}chentliche Pr\u{fc}fung f\u{fc}r Stra\u{df}burg");
        let latin = read(b"A:Notfall\xfcbung\nB:Stra\xdfburg");
        assert_eq!(latin.text, "A:Notfall\u{fc}bung\nB:Stra\u{df}burg");
    }

    #[test]
    fn a_short_line_that_looks_like_utf_8_by_chance_decides_nothing() {
        // The first name is valid UTF-8, too.
        let text = "SUMMARY:小支\nSUMMARY:服务器维护窗口\nSUMMARY:上海分行网络升级\nSUMMARY:数据中心迁移\n";
        let bytes = encoding_rs::GB18030.encode(text).0;
        assert!(std::str::from_utf8(bytes.split(|byte| *byte == b'\n').next().unwrap()).is_ok());
        assert_eq!(read(&bytes).text, text);
    }

    #[test]
    fn utf_16_and_utf_32_are_read() {
        let bytes: Vec<u8> = "\u{feff}A:\u{f6}\r\n b\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&bytes).text, "A:\u{f6}b\n");
        let text = "\u{feff}A:\u{f6}\r\n \u{1f600}\r\n";
        let little: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let big: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        for bytes in [little, big] {
            assert_eq!(read(&bytes).text, "A:\u{f6}\u{1f600}\n");
        }
    }

    #[test]
    fn a_long_file_stops_when_it_is_cancelled() {
        let bytes = "A:B\n".repeat(10 * LINES_BETWEEN_CHECKS);
        let checks = std::cell::Cell::new(0);
        let check = || {
            checks.set(checks.get() + 1);
            if checks.get() < 3 { Ok(()) } else { Err(ImportError::Cancelled) }
        };
        assert_eq!(CalendarText::from_bytes(bytes.as_bytes(), &check), Err(ImportError::Cancelled));
        assert_eq!(checks.get(), 3);
    }
}
