//! The position of each field in a plan's text. Only names and brackets are read, so this also works on broken text.

use std::fmt::Write as _;
use std::ops::ControlFlow;

/// Plans nest at most 12 brackets. More than this could exhaust the stack, so the reader of plans stops there, too.
pub(super) const DEEPEST: usize = 64;

/// A field and its position.
pub(super) struct Field<'a> {
    /// "windows[3].rule.days". The parentheses of an enum or a tuple do not appear in it.
    pub path: &'a str,
    /// The first token of its value: a whole string with its quotes, a number, a name or an opening bracket.
    pub value: &'a str,
    /// From 1.
    pub line: usize,
    /// Byte offset of its name in the text.
    pub offset: usize,
}

/// Calls `visitor` for every field from top to bottom until it breaks, or until more than [`DEEPEST`] brackets are open: a
/// text of brackets would take many times its size.
pub(super) fn visit(text: &str, mut visitor: impl FnMut(Field<'_>) -> ControlFlow<()>) {
    let mut path = String::new();
    // For each open bracket: the length of the path before it, and the current index if it is a list.
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let mut name: Option<(usize, &str, usize)> = None;
    let mut named: Option<(usize, usize)> = None;
    for (offset, token, line) in Tokens::new(text) {
        let depth = open.last().map_or(0, |(length, _)| *length);
        if let Some((offset, line)) = named.take()
            && visitor(Field { path: &path, value: token, line, offset }).is_break()
        {
            return;
        }
        if open.len() > DEEPEST {
            return;
        }
        match token {
            ":" => {
                if let Some((offset, name, line)) = name.take() {
                    path.truncate(depth);
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                    named = Some((offset, line));
                }
            }
            "(" | "{" => open.push((path.len(), None)),
            "[" => {
                open.push((path.len(), Some(0)));
                path.push_str("[0]");
            }
            ")" | "}" | "]" => {
                path.truncate(depth);
                open.pop();
            }
            "," => {
                path.truncate(depth);
                if let Some((_, Some(index))) = open.last_mut() {
                    *index += 1;
                    let _ = write!(path, "[{index}]");
                }
            }
            token => name = Some((offset, token, line)),
        }
    }
}

/// All comments of a plan's text, each with the line from 1 on which it begins.
pub fn comments(text: &str) -> Vec<(usize, &str)> {
    let mut tokens = Tokens { comments: Some(Vec::new()), ..Tokens::new(text) };
    while tokens.next().is_some() {}
    tokens.comments.unwrap_or_default()
}

/// Line and column of a byte offset, both from 1, the column in characters.
pub(super) fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// The offset in bytes of a line and column, which count from 1; the end of the text beyond it.
pub(super) fn offset(text: &str, (line, column): (usize, usize)) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// The last token that begins at or before an offset in bytes and that `is_it` accepts.
pub(super) fn token_before(text: &str, offset: usize, is_it: impl Fn(&str) -> bool) -> Option<&str> {
    let tokens = Tokens::new(text).take_while(|(at, ..)| *at <= offset);
    tokens.map(|(_, token, _)| token).filter(|token| is_it(token)).last()
}

/// The tokens of RON text, each with its byte offset and line. An unclosed string or comment extends to the end.
struct Tokens<'a> {
    text: &'a str,
    offset: usize,
    line: usize,
    /// Those that were passed, each with the line on which it begins, if they are wanted.
    comments: Option<Vec<(usize, &'a str)>>,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, offset: 0, line: 1, comments: None }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let token = &self.text[self.offset..self.offset + length];
        self.line += token.matches('\n').count();
        self.offset += length;
        token
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, &'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = &self.text[self.offset..];
            let first = rest.chars().next()?;
            let (offset, line) = (self.offset, self.line);
            let blank = if first.is_whitespace() { first.len_utf8() } else { comment_length(rest) };
            if blank == 0 {
                let token = self.take(token_length(rest, first));
                return Some((offset, token, line));
            }
            let skipped = self.take(blank);
            if let Some(comments) = self.comments.as_mut().filter(|_| !first.is_whitespace()) {
                comments.push((line, skipped));
            }
        }
    }
}

/// The length of the comment that `rest` begins with; 0 if it begins with none.
fn comment_length(rest: &str) -> usize {
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        block_comment(rest)
    } else {
        0
    }
}

/// The length of the token that `rest` begins with; `first` is its first character.
fn token_length(rest: &str, first: char) -> usize {
    if is_punctuation(first) {
        return first.len_utf8();
    }
    if let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.bytes().take_while(|byte| *byte == b'#').count();
        if let Some(body) = raw[hashes..].strip_prefix('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            return body.find(&end).map_or(rest.len(), |at| 2 + hashes + at + end.len());
        }
    }
    if first == '"' {
        return quoted(rest, b'"');
    }
    // At least one character, so that the scan always advances.
    rest.char_indices()
        .skip(1)
        .find(|(_, c)| c.is_whitespace() || is_punctuation(*c) || *c == '"')
        .map_or(rest.len(), |(at, _)| at)
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | ':' | ',')
}

/// The length of a quoted string, quotes included.
fn quoted(rest: &str, quote: u8) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if byte == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a block comment. RON's block comments nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    let bytes = rest.as_bytes();
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => {
                (depth, at) = (depth - 1, at + 2);
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn lists(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        visit(text, |field| {
            found.push(format!("{} {} {}", field.line, field.path, field.value));
            ControlFlow::Continue(())
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_field_has_a_path_and_a_line() {
        lists(
            "(\n a: 1, // b: 2\n list: [\n  (id: \"x\", rule: Weekly(days: [\"Sat\"], every: 2)),\n  (id: \"y)\\\"\",),\n ],\n)",
            &[
                "2 a 1",
                "3 list [",
                "4 list[0].id \"x\"",
                "4 list[0].rule Weekly",
                "4 list[0].rule.days [",
                "4 list[0].rule.every 2",
                "5 list[1].id \"y)\\\"\"",
            ],
        );
    }

    #[test]
    fn brackets_of_an_enum_do_not_appear_in_a_path() {
        lists(
            "(rule: Dates([(on: \"d\"), (on: \"e\", w: 1)]))",
            &["1 rule Dates", "1 rule[0].on \"d\"", "1 rule[1].on \"e\"", "1 rule[1].w 1"],
        );
    }

    #[test]
    fn fields_inside_comments_and_raw_strings_are_ignored() {
        lists("( /* a: /* b: */ ( */ c: r#\"d: \"( \"#, e: \"f\")", &["1 c r#\"d: \"( \"#", "1 e \"f\""]);
    }

    #[test]
    fn comments_are_found_outside_texts() {
        for (text, expected) in [
            ("// Mine\n(a: 1)", vec![(1, "// Mine")]),
            ("(a: \"x // y\")", vec![]),
            ("(\n  a: \"\\\"//\",\n  // why\n)", vec![(3, "// why")]),
            ("(a: 1 /* one\n/* two */ */)// end", vec![(1, "/* one\n/* two */ */"), (2, "// end")]),
            ("(a: \"https://x\")", vec![]),
            (r#"(a: r"C:\", b: r"\\a//b",)"#, vec![]),
            (r###"(a: r##"say "#// no"##, b: 1, // yes"###, vec![(1, "// yes")]),
            ("(a: r\"\\\", // seen\n b: \"//\")", vec![(1, "// seen")]),
        ] {
            assert_eq!(comments(text), expected, "{text}");
        }
    }

    #[test]
    fn broken_text_causes_no_panic() {
        for text in ["", "(", ")))]]", "\"", "r#\"", "/*", ":::,,,", "é: ü", "(a:", "r", "r#", "'", "a:b:c"] {
            visit(text, |_| ControlFlow::Continue(()));
        }
        visit(&"[(".repeat(100_000), |_| ControlFlow::Continue(()));
    }

    #[test]
    fn what_nests_too_deep_ends_the_visit() {
        for (depth, expected) in [(DEEPEST - 1, 2), (DEEPEST, 1)] {
            let text = format!("(a: {}{}, b: 2)", "[(".repeat(depth / 2) + &"[".repeat(depth % 2), "]".repeat(depth));
            let mut found = 0;
            visit(&text, |_| {
                found += 1;
                ControlFlow::Continue(())
            });
            assert_eq!(found, expected, "{depth}");
        }
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(line_and_column("ab\nüx: 1", 6), (2, 3));
    }
}
