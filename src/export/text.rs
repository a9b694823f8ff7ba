//! People's text prepared for other programs: no control characters, one kind of line end, a limited length.

/// The text with LF as its only line end and without control characters. Tabs become spaces.
///
/// U+2028, U+2029 and U+0085 count as line ends: some readers of iCalendar split lines at them.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            c if is_dropped(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether [`clean`] leaves that character out: a byte-order mark, or a control character other than tabs and line ends.
pub fn is_dropped(c: char) -> bool {
    c == '\u{feff}' || (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}'))
}

/// The same on one line, with single spaces.
pub fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `most` characters, the last of them "…" if something was cut off.
pub fn clip(mut text: String, most: usize) -> String {
    if let Some((cut, _)) = text.char_indices().nth(most) {
        let last = text[..cut].char_indices().next_back().map_or(0, |(at, _)| at);
        text.truncate(last);
        text.push('…');
    }
    text
}

/// The text on one line of at most `most` characters, such as a name.
pub fn clip_line(text: &str, most: usize) -> String {
    clip(one_line(text), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_becomes_one_and_control_characters_go() {
        assert_eq!(clean("a\r\nb\rc\nd\u{2028}e\u{2029}f\u{85}g\th\u{0}\u{7}\u{1b}\u{7f}i"), "a\nb\nc\nd\ne\nf\ng hi");
        assert_eq!(one_line(" Core\r\n DB\u{b}\u{2028}x "), "Core DB x");
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        assert_eq!(clip("äöü".to_owned(), 3), "äöü");
        assert_eq!(clip("äöüß".to_owned(), 3), "äö…");
        assert_eq!(clip("ab".to_owned(), 0), "…");
    }
}
