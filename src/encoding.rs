//! Text from the encodings that programs write: UTF-8, UTF-16, Windows-1252.

/// Text that another program wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedText {
    /// Without a byte-order mark; line ends as they were.
    pub text: String,
    /// Set if the encoding had to be guessed.
    pub warning: Option<String>,
}

/// Decodes UTF-8, UTF-16, or else Windows-1252 with a warning. A file with a byte-order mark is not Windows-1252: if it
/// is damaged, what cannot be read is replaced.
pub fn decode(bytes: &[u8]) -> DecodedText {
    if let Some(text) = decode_unicode(bytes) {
        return DecodedText { text, warning: None };
    }
    let (text, warning) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (damaged_utf16(rest, u16::from_le_bytes), DAMAGED_UTF16),
        [0xFE, 0xFF, rest @ ..] => (damaged_utf16(rest, u16::from_be_bytes), DAMAGED_UTF16),
        [0xEF, 0xBB, 0xBF, rest @ ..] => (String::from_utf8_lossy(rest).into_owned(), DAMAGED_UTF8),
        bytes => (bytes.iter().map(|byte| windows_1252(*byte)).collect(), NOT_UNICODE),
    };
    DecodedText { text, warning: Some(warning.to_owned()) }
}

const NOT_UNICODE: &str =
    "The file is not UTF-8 and was read as Windows-1252 (Western European): check letters such as é and ü";
const DAMAGED_UTF8: &str = "The file is damaged UTF-8: look for \u{fffd}, which replaces what could not be read";
const DAMAGED_UTF16: &str = "The file is damaged UTF-16: look for \u{fffd}, which replaces what could not be read";

/// UTF-16 with replacement characters for what is invalid, such as half a unit at the end.
fn damaged_utf16(rest: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (units, odd) = rest.as_chunks::<2>();
    let text = String::from_utf16_lossy(&units.iter().map(|pair| unit(*pair)).collect::<Vec<_>>());
    if odd.is_empty() { text } else { text + "\u{fffd}" }
}

/// UTF-8, or UTF-16 with or without a byte-order mark; `None` if it is neither.
pub fn decode_unicode(bytes: &[u8]) -> Option<String> {
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

/// The Unicode consortium's mapping table CP1252.TXT. The five undefined bytes become U+FFFD.
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
        for bytes in ["Zoë".as_bytes(), "\u{feff}Zoë".as_bytes(), &utf16_le, &utf16_be, &utf16_le[2..], &utf16_be[2..]]
        {
            assert_eq!(decode(bytes), DecodedText { text: "Zoë".to_owned(), warning: None });
        }
        let guessed = decode(b"Zo\xeb \x80 \x96");
        assert_eq!((guessed.text.as_str(), guessed.warning.is_some()), ("Zoë € –", true));
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
