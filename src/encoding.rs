//! Text from the encodings that programs write: UTF-8, UTF-16, and older ones, which are guessed.

use encoding_rs::Encoding;

use crate::legacy_encoding::{self, decode_legacy, has_escapes};

/// Text that another program wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedText {
    /// Without a byte-order mark; line ends as they were.
    pub text: String,
    /// Set if the encoding had to be guessed.
    pub warning: Option<String>,
}

/// Decodes UTF-8, UTF-16, or else the older encoding that the text is most likely in, with a warning that names it. A file
/// with a byte-order mark is in no older encoding: if it is damaged, what cannot be read is replaced.
pub fn decode(bytes: &[u8]) -> DecodedText {
    let legacy = || {
        let (text, warning) = decode_legacy(bytes);
        DecodedText { text, warning: Some(warning) }
    };
    if has_escapes(bytes) {
        return legacy();
    }
    if let Some(text) = decode_unicode(bytes) {
        return DecodedText { text, warning: None };
    }
    let (text, warning) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (damaged_utf16(rest, u16::from_le_bytes), DAMAGED_UTF16),
        [0xFE, 0xFF, rest @ ..] => (damaged_utf16(rest, u16::from_be_bytes), DAMAGED_UTF16),
        [0xEF, 0xBB, 0xBF, rest @ ..] => (String::from_utf8_lossy(rest).into_owned(), DAMAGED_UTF8),
        _ => return legacy(),
    };
    DecodedText { text, warning: Some(warning.to_owned()) }
}

/// Whether the text begins with the byte-order mark of UTF-16 or UTF-32.
pub fn has_wide_mark(bytes: &[u8]) -> bool {
    [&[0xFF, 0xFE][..], &[0xFE, 0xFF], &[0, 0, 0xFE, 0xFF]].iter().any(|mark| bytes.starts_with(mark))
}

/// Decodes UTF-32 with a byte-order mark. Its little-endian mark begins with that of UTF-16.
fn decode_utf32(bytes: &[u8]) -> Option<String> {
    let (rest, read): (_, fn([u8; 4]) -> u32) = match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => (rest, u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF, rest @ ..] => (rest, u32::from_be_bytes),
        _ => return None,
    };
    let (characters, rest) = rest.as_chunks();
    if !rest.is_empty() {
        return None;
    }
    characters.iter().map(|bytes| char::from_u32(read(*bytes))).collect()
}

/// Decodes text whose encoding a file names, such as "iso-8859-2". None for an unknown encoding.
pub fn decode_named(label: &str, bytes: &[u8]) -> Option<String> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    Some(encoding.decode_with_bom_removal(bytes).0.into_owned())
}

/// Reads each byte as a character of Windows-1252. Binary files can then be compared as text.
pub fn decode_bytes(bytes: &[u8]) -> String {
    legacy_encoding::decode_windows_1252(bytes)
}

/// Whether the text is not Unicode and most likely in an encoding with several bytes for most characters.
pub fn is_multi_byte(bytes: &[u8]) -> bool {
    decode_unicode(bytes).is_none() && legacy_encoding::is_multi_byte(bytes)
}

const DAMAGED_UTF8: &str = "The file is damaged UTF-8: look for \u{fffd}, which replaces what could not be read";
const DAMAGED_UTF16: &str = "The file is damaged UTF-16: look for \u{fffd}, which replaces what could not be read";

/// UTF-16 with replacement characters for what is invalid, such as half a unit at the end.
fn damaged_utf16(rest: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (units, odd) = rest.as_chunks::<2>();
    let text = String::from_utf16_lossy(&units.iter().map(|pair| unit(*pair)).collect::<Vec<_>>());
    if odd.is_empty() { text } else { text + "\u{fffd}" }
}

/// UTF-8, UTF-16 with or without a byte-order mark, or UTF-32 with one; `None` if it is none of them.
pub fn decode_unicode(bytes: &[u8]) -> Option<String> {
    if let Some(text) = decode_utf32(bytes) {
        return Some(text);
    }
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (units, odd) = rest.as_chunks::<2>();
        let text = String::from_utf16(&units.iter().map(|pair| unit(*pair)).collect::<Vec<_>>()).ok()?;
        odd.is_empty().then_some(text)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        bytes => match unmarked_utf16(bytes) {
            Some(unit) => utf16(bytes, unit),
            None => std::str::from_utf8(bytes).ok().map(str::to_owned),
        },
    }
}

/// Whether the bytes begin as UTF-16 does.
pub fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || unmarked_utf16(bytes).is_some()
}

/// How to read units of UTF-16 without a byte-order mark. Latin letters, digits and signs have a zero byte in each unit, and
/// UTF-8 has no zeros.
fn unmarked_utf16(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    let (units, _) = bytes.get(..bytes.len().min(400))?.as_chunks::<2>();
    let zeros = |at: usize| units.iter().filter(|unit| unit[at] == 0).count();
    match (zeros(0), zeros(1)) {
        (0, low) if low * 2 > units.len() => Some(u16::from_le_bytes),
        (high, 0) if high * 2 > units.len() => Some(u16::from_be_bytes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_encodings_that_spreadsheets_write() {
        let utf16_le: Vec<u8> = "\u{feff}Zoë".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16_be: Vec<u8> = "\u{feff}Zoë".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in ["Zoë".as_bytes(), "\u{feff}Zoë".as_bytes(), &utf16_le, &utf16_be, &utf16_le[2..], &utf16_be[2..]]
        {
            assert_eq!(decode(bytes), DecodedText { text: "Zoë".to_owned(), warning: None });
        }
        let guessed = decode(b"Zo\xeb \x80 \x96");
        assert_eq!((guessed.text.as_str(), guessed.warning.is_some()), ("Zoë € –", true));
    }

    #[test]
    fn named_encodings_are_used() {
        assert_eq!(decode_named("ISO-8859-2", b"\xb1"), Some("ą".to_owned()));
        assert_eq!(decode_named(" Shift_JIS ", b"\x93\x8c"), Some("東".to_owned()));
        assert_eq!(decode_named("klingon", b"x"), None);
    }

    #[test]
    fn damaged_files_with_a_byte_order_mark_keep_their_encoding() {
        let mut odd: Vec<u8> = "\u{feff}Zoë".encode_utf16().flat_map(u16::to_le_bytes).collect();
        odd.push(b'x');
        for (bytes, text, part) in [
            (&b"\xef\xbb\xbfname\xff;on"[..], "name\u{fffd};on", "UTF-8"),
            (&odd, "Zoë\u{fffd}", "UTF-16"),
            (&b"\xfe\xff\xd8\x00\x00a"[..], "\u{fffd}a", "UTF-16"),
        ] {
            let decoded = decode(bytes);
            assert_eq!(decoded.text, text);
            assert!(decoded.warning.unwrap().starts_with(&format!("The file is damaged {part}:")));
        }
    }
}
