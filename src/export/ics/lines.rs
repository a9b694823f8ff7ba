//! Content lines: escaping and folding (RFC 5545 §3.1, §3.3.11).

/// Octets in a line, without its end.
const LONGEST: usize = 75;

/// A TEXT value. `text` has been cleaned.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

/// The same content with every line folded between characters, at 75 octets, whether it was folded before or not.
pub fn refolded(text: &str) -> String {
    let unfolded = text.replace("\r\n ", "");
    let mut out = String::with_capacity(text.len() + text.len() / 64);
    for line in unfolded.split_terminator("\r\n") {
        let mut rest = line;
        let mut room = LONGEST;
        while rest.len() > room {
            let (piece, next) = rest.split_at(rest.floor_char_boundary(room));
            out.push_str(piece);
            out.push_str("\r\n ");
            rest = next;
            room = LONGEST - 1;
        }
        out.push_str(rest);
        out.push_str("\r\n");
    }
    out
}

/// The content lines of a calendar. A line that begins with a space or a tab continues the line before it.
pub fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a,b;c\\d\ne:\"f\""), "a\\,b\\;c\\\\d\\ne:\"f\"");
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_character_is_cut() {
        for character in ["x", "é", "漢", "🛠"] {
            for length in 60..400 {
                let line = format!("SUMMARY:{}\r\n", character.repeat(length));
                let folded = refolded(&line);
                assert!(folded.split("\r\n").all(|piece| piece.len() <= 75), "{folded}");
                assert_eq!(folded.replace("\r\n ", ""), line);
            }
        }
    }

    #[test]
    fn folded_text_is_folded_again() {
        let folded = refolded(&format!("A:{}\r\n {}\r\nB:1\r\n", "x".repeat(73), "y".repeat(75)));
        assert_eq!(folded, format!("A:{}\r\n {}\r\n y\r\nB:1\r\n", "x".repeat(73), "y".repeat(74)));
    }
}
