//! Characters that would change how a terminal or a page shows what follows them, shown as marks.

use std::borrow::Cow;

/// Text in which control characters are symbols ("␛") and the controls of the direction of writing are named ("⟨RLO⟩"),
/// so that no name can hide or rewrite what stands beside it. Line ends and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| mark(c).is_some()) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match mark(c) {
            Some(mark) => out.push_str(&mark),
            None => out.push(c),
        }
    }
    out.into()
}

/// The same on one line: line ends and tabs become symbols, too.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    let is_break = |c: char| matches!(c, '\n' | '\t');
    match visible(text) {
        text if text.contains(is_break) => text.replace('\n', "␊").replace('\t', "␉").into(),
        text => text,
    }
}

/// How a character is shown instead; none if it is shown as it is. The symbols are those of Unicode's block "Control
/// Pictures", the names those of UAX #9, the Unicode bidirectional algorithm.
fn mark(c: char) -> Option<Cow<'static, str>> {
    let name = match c {
        '\n' | '\t' => return None,
        '\u{0}'..='\u{1f}' => return char::from_u32(0x2400 + u32::from(c)).map(|symbol| symbol.to_string().into()),
        '\u{7f}' => "␡",
        '\u{80}'..='\u{9f}' => return Some(format!("⟨{:02X}⟩", u32::from(c)).into()),
        '\u{202a}' => "⟨LRE⟩",
        '\u{202b}' => "⟨RLE⟩",
        '\u{202c}' => "⟨PDF⟩",
        '\u{202d}' => "⟨LRO⟩",
        '\u{202e}' => "⟨RLO⟩",
        '\u{2066}' => "⟨LRI⟩",
        '\u{2067}' => "⟨RLI⟩",
        '\u{2068}' => "⟨FSI⟩",
        '\u{2069}' => "⟨PDI⟩",
        _ => return None,
    };
    Some(name.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_change_the_rest_of_a_line_is_shown() {
        for (text, shown) in [
            ("Core DB\tday\n", "Core DB\tday\n"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("\u{0}\u{7}\r\u{7f}", "␀␇␍␡"),
            ("\u{9b}31m", "⟨9B⟩31m"),
            ("\u{202e}gnp.exe\u{202c}", "⟨RLO⟩gnp.exe⟨PDF⟩"),
            ("\u{2067}x\u{2069}", "⟨RLI⟩x⟨PDI⟩"),
            // Marks that a text from right to left needs, and letters that are joined, stay.
            ("\u{200f}שלום\u{200e} \u{200d}", "\u{200f}שלום\u{200e} \u{200d}"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_line("a\nb\tc\u{1b}"), "a␊b␉c␛");
    }
}
