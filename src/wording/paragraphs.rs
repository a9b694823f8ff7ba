//! Paragraphs with lines of limited length.

/// Breaks lines between words, so that each has at most `width` characters. A longer word is put on a separate
/// line. Each line ends with a line break.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut used = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                out.push('\n');
                used = 0;
            } else if used > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += length;
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        for (text, lines) in [
            ("roll back by 00:33", "roll back\nby 00:33\n"),
            ("roll back\n\nby 00:33", "roll back\n\nby 00:33\n"),
            ("a maintenance window", "a\nmaintenance\nwindow\n"),
            ("", ""),
        ] {
            assert_eq!(wrapped(text, 10), lines, "{text}");
        }
    }
}
