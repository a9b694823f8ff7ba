//! Text in the code page of DOS for Western Europe, in which old programs and the Windows console still write. Code page 437
//! has the same bytes for all letters but some that are rare.

/// The Unicode consortium's mapping table CP850.TXT, from 0x80.
const LETTERS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\
                       \u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Decodes text of code page 850.
pub fn decode(bytes: &[u8]) -> String {
    let high: Vec<char> = LETTERS.chars().collect();
    bytes.iter().map(|byte| character(*byte, &high)).collect()
}

fn character(byte: u8, high: &[char]) -> char {
    let index = usize::from(byte).checked_sub(0x80);
    index.map_or(char::from(byte), |index| high.get(index).copied().unwrap_or('\u{fffd}'))
}

/// Whether text is most likely in this code page. Its ü, é, ä and ö are where Windows has quotes, which do not occur inside a
/// word, and older Macs have capitals; and nearly all other bytes must be letters that fit their word, too.
pub fn is_likely(bytes: &[u8]) -> bool {
    let high: Vec<char> = LETTERS.chars().collect();
    let at =
        |index: Option<usize>| index.and_then(|index| bytes.get(index)).map_or(' ', |byte| character(*byte, &high));
    let (mut all, mut fitting, mut is_clear) = (0_usize, 0_usize, false);
    for (index, byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let (before, own, after) = (at(index.checked_sub(1)), at(Some(index)), at(Some(index + 1)));
        all += 1;
        fitting += usize::from(fits(before, own, after));
        let is_inside = before.is_ascii_alphabetic() && after.is_ascii_lowercase();
        let is_last = before.is_ascii_lowercase() && !after.is_alphabetic();
        is_clear |= match byte {
            0x81 | 0x82 => is_inside || is_last,
            0x84 | 0x94 => is_inside,
            _ => false,
        };
    }
    is_clear && fitting * 10 >= all * 9
}

/// Whether a letter may be between two characters.
fn fits(before: char, own: char, after: char) -> bool {
    match own {
        '°' | '§' | '«' | '»' | '½' | '²' => true,
        own if own.is_lowercase() => !after.is_uppercase(),
        own if own.is_uppercase() => !before.is_lowercase(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text in this code page.
    fn encode(text: &str) -> Vec<u8> {
        let byte = |c: char| match LETTERS.chars().position(|letter| letter == c) {
            Some(index) => u8::try_from(index + 0x80).unwrap(),
            None => u8::try_from(c).unwrap(),
        };
        text.chars().map(byte).collect()
    }

    #[test]
    fn texts_of_dos_are_known_by_their_letters() {
        assert_eq!(LETTERS.chars().count(), 128);
        for text in [
            "name;date\nWartungsfenster für Köln;2027-03-13\n",
            "Montréal;2027-03-13\n",
            "Café\n",
            "Übersicht Änderungen Straße Größe Lösung\n",
            "Fenêtre;Réseau à Genève, été «déploiement»\n",
            "Año de la mañana, información técnica\n",
        ] {
            let bytes = encode(text);
            assert!(is_likely(&bytes), "{text}");
            assert_eq!(decode(&bytes), text);
        }
    }

    #[test]
    fn texts_of_other_programs_are_not_taken_for_dos() {
        for (encoding, text) in [
            ("windows-1252", "„Wartung” für Köln – Größe, Straße\n"),
            ("windows-1252", "Kunden’s Büro, ‚zitiert‘, “quoted”…\n"),
            ("windows-1250", "Łódź – przegląd sieci; Příliš žluťoučký kůň\n"),
            ("windows-1251", "Обслуживание серверов\n"),
            ("ibm866", "Обслуживание серверов, Москва\n"),
            ("koi8-r", "Обслуживание серверов\n"),
            ("macintosh", "Wärmepumpe prüfen; Störung, große Änderung\n"),
            ("macintosh", "Fenêtre;Réseau à Genève, été; connaître\n"),
            ("shift_jis", "名前;日付\nサーバーの保守;ＤＢ東京支店のネットワーク\n"),
            ("gb18030", "名称;日期\nDB服务器维护窗口\n"),
            ("big5", "名稱;日期\nDB伺服器維護時段\n"),
        ] {
            let bytes = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap().encode(text).0;
            assert!(!is_likely(&bytes), "{encoding}: {text}");
        }
    }
}
