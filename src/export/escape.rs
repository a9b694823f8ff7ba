//! Escaping of people's text in HTML, CSS and Markdown.

use std::fmt::Write as _;

use crate::wording::visible;

/// Text for an element or a quoted attribute.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Text for a CSS string inside a style element. Everything that could end either is written as a code point.
pub fn css(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | '-') {
            out.push(c);
        } else {
            let _ = write!(out, "\\{:x} ", u32::from(c));
        }
    }
    out
}

/// One line of text with everything escaped that Markdown would interpret (`CommonMark` §2.4).
pub fn markdown(text: &str) -> String {
    let text = &*visible(text);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let begins = || text[..at].chars().all(|before| before.is_ascii_digit() || before.is_whitespace());
        let is_sign = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '@' => true,
            '#' | '+' | '-' | '=' | ')' => begins(),
            // Many readers turn bare addresses into links.
            ':' => text[at..].starts_with("://"),
            '.' => begins() || ends_in_www(&text[..at]),
            _ => false,
        };
        if is_sign {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn ends_in_www(text: &str) -> bool {
    text.len().checked_sub(3).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_makes_no_html_and_no_css() {
        assert_eq!(html("<b>\"a\" & 'b'"), "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;");
        assert_eq!(html("\u{202e}BD eroC\u{1b}[2J"), "⟨RLO⟩BD eroC␛[2J");
        assert_eq!(css("a\"}</style>é"), "a\\22 \\7d \\3c \\2f style\\3e é");
    }

    #[test]
    fn what_people_typed_makes_no_markdown() {
        for (typed, written) in [
            ("a|b*c_d", "a\\|b\\*c\\_d"),
            ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
            ("# head - dash", "\\# head - dash"),
            ("1. first", "1\\. first"),
            ("[x](http://a.b)", "\\[x\\](http\\://a.b)"),
            ("see WWW.example.org", "see WWW\\.example.org"),
            ("CHG-20417, 2.5 h", "CHG-20417, 2.5 h"),
            ("\u{202e}BD eroC\u{1b}[2J", "⟨RLO⟩BD eroC␛\\[2J"),
        ] {
            assert_eq!(markdown(typed), written);
        }
    }
}
