//! Lines of a limited width, in characters that take one or two columns each.

/// Columns of a line.
pub const WIDTH: usize = 78;

/// The columns that the text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Whether terminals show it in two columns (Unicode's East Asian width, roughly).
fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f
        | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

/// Adds the text, broken at spaces, with `first` before its first line and as many spaces before the others. Words longer
/// than a line stay whole, so that they can be searched for and copied.
pub fn push(out: &mut String, first: &str, text: &str) {
    let indent = " ".repeat(width(first));
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        if !is_empty && width(&line) + 1 + width(word) > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line.clone_from(&indent);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// A cell padded with spaces to a width. Numbers are aligned to the right.
pub fn padded(cell: &str, to: usize, is_number: bool) -> String {
    let spaces = " ".repeat(to.saturating_sub(width(cell)));
    if is_number { format!("{spaces}{cell}") } else { format!("{cell}{spaces}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continuation_lines_are_indented() {
        let mut out = String::new();
        push(&mut out, "[ ] ", &"word ".repeat(20));
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("[ ] word") && lines[1].starts_with("    word"), "{out}");
        assert!(lines.iter().all(|line| width(line) <= WIDTH));
    }

    #[test]
    fn a_word_that_is_longer_than_a_line_stays_whole() {
        let mut out = String::new();
        let long = "x".repeat(200);
        push(&mut out, "- ", &format!("a {long} b"));
        assert_eq!(out, format!("- a\n  {long}\n  b\n"));
    }

    #[test]
    fn japanese_takes_two_columns_a_character() {
        assert_eq!((width("保守"), padded("保守", 6, true).as_str()), (4, "  保守"));
    }
}
