//! Text in encodings older than Unicode. Files do not say which one they are in, so it is guessed from the letters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, MACINTOSH, WINDOWS_1252};

use crate::dos_encoding;

/// Fewer characters beyond ASCII tell nothing about an encoding with one byte for each, so the most frequent one is taken.
const LEAST_SINGLE: usize = 3;
/// More bytes are not looked at, because detection is slow.
const LONGEST_SAMPLE: usize = 1 << 20;
/// What may be wrong if another Western encoding was used.
const ACCENTS: &str = "letters such as é and ü";

/// Whether the text is in ISO-2022-JP, which switches to Japanese characters and back with escape sequences of ASCII.
pub fn has_escapes(bytes: &[u8]) -> bool {
    let to_kanji = [&b"\x1b$B"[..], b"\x1b$@"];
    let has = |sequence: &[u8]| bytes.windows(sequence.len()).any(|found| found == sequence);
    bytes.contains(&0x1b) && bytes.is_ascii() && to_kanji.into_iter().any(has)
}

/// Decodes text that is not Unicode. Returns it with a sentence that says in what encoding it was read.
pub fn decode_legacy(bytes: &[u8]) -> (String, String) {
    if is_dos(bytes) {
        let warning = read_as("DOS code page 850 (Western European)", ACCENTS);
        return (dos_encoding::decode(bytes), warning);
    }
    let encoding = likely_encoding(bytes);
    let text = if encoding == WINDOWS_1252 {
        decode_windows_1252(bytes)
    } else {
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    };
    (text, read_as(&name(encoding), what_to_check(encoding)))
}

fn read_as(encoding: &str, what_to_check: &str) -> String {
    format!("The file is not UTF-8 and was read as {encoding}: check {what_to_check}")
}

fn is_dos(bytes: &[u8]) -> bool {
    !has_escapes(bytes) && dos_encoding::is_likely(sample(bytes))
}

/// Whether the text is most likely in an encoding with several bytes for most characters, such as those of East Asia.
pub fn is_multi_byte(bytes: &[u8]) -> bool {
    !is_dos(bytes) && !likely_encoding(bytes).is_single_byte()
}

fn likely_encoding(bytes: &[u8]) -> &'static Encoding {
    if has_escapes(bytes) {
        return ISO_2022_JP;
    }
    let sample = sample(bytes);
    if is_mac_roman(sample) {
        return MACINTOSH;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let high = sample.iter().filter(|byte| !byte.is_ascii()).count();
    let is_certain = !guess.is_single_byte() || high >= LEAST_SINGLE;
    if is_certain { guess } else { WINDOWS_1252 }
}

/// The part of a text that is looked at: from the line with the first character beyond ASCII on.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
    let begin = bytes[..first].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    &bytes[begin..bytes.len().min(begin.saturating_add(LONGEST_SAMPLE))]
}

/// Whether the text is in the encoding of older Macs. Its accented letters are below 0xA0, where Windows has signs and a few
/// capitals, which do not occur inside a word of small letters. Above 0xBF it has signs, where Windows has its letters.
fn is_mac_roman(bytes: &[u8]) -> bool {
    let words = bytes.windows(3).filter(|three| three[0].is_ascii_alphabetic() && three[2].is_ascii_lowercase());
    let in_words = words.map(|three| three[1]).filter(|byte| !byte.is_ascii());
    let (mut clear, mut others) = (0, 0);
    for byte in in_words {
        match byte {
            // á à â ä ã å ç é è ê ò ô õ ù ü ß, where Windows has no small letter.
            0x87..=0x90 | 0x98 | 0x99 | 0x9B | 0x9D | 0x9F | 0xA7 => clear += 1,
            // Quotes, dashes, š, œ and ž of Windows, or ë í ì î ï ñ ó ö ú û.
            0x91..=0x97 | 0x9A | 0x9C | 0x9E => {}
            _ => others += 1,
        }
    }
    clear > 0 && others == 0
}

/// "Windows-1250 (Central European)"
fn name(encoding: &'static Encoding) -> String {
    let (name, script) = match encoding.name() {
        "windows-1250" => ("Windows-1250", "Central European"),
        "windows-1251" => ("Windows-1251", "Cyrillic"),
        "windows-1252" => ("Windows-1252", "Western European"),
        "windows-1253" => ("Windows-1253", "Greek"),
        "windows-1254" => ("Windows-1254", "Turkish"),
        "windows-1255" => ("Windows-1255", "Hebrew"),
        "windows-1256" => ("Windows-1256", "Arabic"),
        "windows-1257" => ("Windows-1257", "Baltic"),
        "windows-1258" => ("Windows-1258", "Vietnamese"),
        "windows-874" => ("Windows-874", "Thai"),
        "macintosh" => ("Mac Roman", "Western European"),
        "ISO-8859-2" => ("ISO-8859-2", "Central European"),
        "ISO-8859-4" | "ISO-8859-13" => (encoding.name(), "Baltic"),
        "ISO-8859-5" | "KOI8-U" | "KOI8-R" | "IBM866" => (encoding.name(), "Cyrillic"),
        "ISO-8859-6" => ("ISO-8859-6", "Arabic"),
        "ISO-8859-7" => ("ISO-8859-7", "Greek"),
        "ISO-8859-8" | "ISO-8859-8-I" => (encoding.name(), "Hebrew"),
        "GBK" | "gb18030" => ("GB18030", "Chinese"),
        "Big5" => ("Big5", "traditional Chinese"),
        "Shift_JIS" | "EUC-JP" | "ISO-2022-JP" => (encoding.name(), "Japanese"),
        "EUC-KR" => ("EUC-KR", "Korean"),
        other => return other.to_owned(),
    };
    format!("{name} ({script})")
}

fn what_to_check(encoding: &Encoding) -> &'static str {
    if encoding == WINDOWS_1252 || encoding == MACINTOSH { ACCENTS } else { "the names" }
}

/// Gives each byte a character, so that binary files can be compared as text, too.
pub fn decode_windows_1252(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| windows_1252(*byte)).collect()
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
    fn tables_in_older_encodings_are_read_and_the_encoding_is_named() {
        for (encoding, text, expected) in [
            (
                "windows-1252",
                "name;date\nKüstenwache Süd;2027-03-13\nStraßenverkehr, Prüfung – größere Änderung;2027-03-14\n",
                "Windows-1252",
            ),
            ("windows-1252", "Fenêtre;Réseau à Genève, été – déploiement\n", "Windows-1252"),
            ("windows-1252", "El Niño;Año de la mañana, información técnica\n", "Windows-1252"),
            ("windows-1252", "Zoë\n", "Windows-1252"),
            ("windows-1252", "Müller\n", "Windows-1252"),
            (
                "windows-1250",
                "nazwa;data\nŁódź – przegląd sieci;2027-03-13\nGdańsk, obsługa żądań klientów;2027-03-14\nWrocław;2027-03-15\n",
                "Windows-1250",
            ),
            (
                "windows-1250",
                "název;datum\nPříliš žluťoučký kůň úpěl;2027-03-13\nÚdržba serverů v Plzni;2027-03-14\n",
                "Windows-1250",
            ),
            ("windows-1251", "название;дата\nОбслуживание серверов;2027-03-13\nМосква;2027-03-14\n", "Windows-1251"),
            ("shift_jis", "名前;日付\nサーバーの保守;2027-03-13\n東京支店のネットワーク;2027-03-14\n", "Shift_JIS"),
            ("euc-jp", "名前;日付\nサーバーの保守;2027-03-13\n東京支店のネットワーク;2027-03-14\n", "EUC-JP"),
            ("iso-2022-jp", "名前;日付\nサーバーの保守;2027-03-13\n", "ISO-2022-JP"),
            ("gb18030", "名称;日期\n服务器维护窗口;2027-03-13\n上海分行网络升级;2027-03-14\n", "GB18030"),
            ("big5", "名稱;日期\n伺服器維護時段;2027-03-13\n臺北分行網路升級;2027-03-14\n", "Big5"),
            ("euc-kr", "이름;날짜\n서버 점검;2027-03-13\n서울 지점 네트워크;2027-03-14\n", "EUC-KR"),
            (
                "macintosh",
                "Name;Datum\nWärmepumpe prüfen;2027-03-13\nStörung, große Änderung;2027-03-14\n",
                "Mac Roman",
            ),
            ("macintosh", "Fenêtre;Réseau à Genève, été – déploiement\n", "Mac Roman"),
        ] {
            let bytes = Encoding::for_label(encoding.as_bytes()).unwrap().encode(text).0;
            let (decoded, warning) = decode_legacy(&bytes);
            assert_eq!(decoded, text, "{encoding}");
            assert!(warning.contains(&format!("was read as {expected} (")), "{warning}");
        }
    }

    #[test]
    fn signs_of_windows_between_letters_are_not_taken_for_a_mac() {
        for text in ["Kunden\u{2019}s Büro\n", "Šiauliai œuvre Žižka\n", "a – b … c €\n"] {
            let bytes = WINDOWS_1252.encode(text).0;
            assert_ne!(likely_encoding(&bytes), MACINTOSH, "{text}");
        }
    }
}
