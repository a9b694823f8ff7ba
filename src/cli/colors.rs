//! The colours of severities on a terminal.

/// The severities as lists write them, with the numbers of their ANSI styles: red, yellow, cyan, faint.
const STYLES: [(&str, &str); 5] =
    [("error", "31;1"), ("warning", "33;1"), ("note", "36"), ("accepted", "2"), ("to finish", "2")];

/// The text with the severity of each line in its colour: the first word of the line, if two spaces follow it, or the word
/// after the file and the line ("playbook.yml:3: warning L204: …").
pub fn colored(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match severity(line) {
            Some((at, word, style)) => {
                let (before, rest) = line.split_at(at);
                out.extend([before, "\x1b[", style, "m", word, "\x1b[0m", &rest[word.len()..]]);
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Where the severity of a line is, the word, and its style.
fn severity(line: &str) -> Option<(usize, &'static str, &'static str)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let file_and_line = line.split_once(": ").filter(|(begin, _)| begin.ends_with(|c: char| c.is_ascii_digit()));
    let after = file_and_line.map(|(begin, _)| begin.len() + 2);
    STYLES.into_iter().find_map(|(word, style)| {
        let is_at = |at: usize, end: &str| line[at..].strip_prefix(word).is_some_and(|rest| rest.starts_with(end));
        let at = if is_at(indent, "  ") { indent } else { after.filter(|at| is_at(*at, " "))? };
        Some((at, word, style))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_severities_are_colored() {
        for (line, expected) in [
            ("error    B001  Core DB\n", "\x1b[31;1merror\x1b[0m    B001  Core DB\n"),
            ("  warning   W007  x", "  \x1b[33;1mwarning\x1b[0m   W007  x"),
            ("to finish  P001  x", "\x1b[2mto finish\x1b[0m  P001  x"),
            ("a.yml:3: note L204: x\n", "a.yml:3: \x1b[36mnote\x1b[0m L204: x\n"),
            ("error in the plan\n", "error in the plan\n"),
            ("Notes: error L1\n", "Notes: error L1\n"),
            ("\n1 error, 2 warnings\n", "\n1 error, 2 warnings\n"),
            ("Ünder: note x", "Ünder: note x"),
        ] {
            assert_eq!(colored(line), expected, "{line}");
        }
    }
}
