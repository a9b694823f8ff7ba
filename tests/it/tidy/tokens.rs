//! Splits Rust source into tokens, as far as the tests of the source need it.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or keyword, without `r#`.
    Name,
    /// The text between the quotes.
    Text,
    /// A `///` or `//!` line, without its mark.
    Doc,
    /// A number or a character in quotes.
    Literal,
    /// `::`, or one other sign.
    Sign,
}

#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    pub line: usize,
}

impl Token<'_> {
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    pub fn is_name(&self, name: &str) -> bool {
        self.kind == Kind::Name && self.text == name
    }
}

/// The tokens of `source`, without comments other than documentation.
pub fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let (kind, inner, length) = next(rest, first);
        let text = &rest[inner.0..inner.1];
        if let Some(kind) = kind {
            found.push(Token { kind, text, line });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

/// The kind of the first token of `rest`, where its text begins and ends, and how long all of it is.
fn next(rest: &str, first: char) -> (Option<Kind>, (usize, usize), usize) {
    let line_end = rest.find('\n').unwrap_or(rest.len());
    if rest.starts_with("///") || rest.starts_with("//!") {
        return (Some(Kind::Doc), (3, line_end), line_end);
    }
    if rest.starts_with("//") {
        return (None, (0, 0), line_end);
    }
    if rest.starts_with("/*") {
        let length = rest.find("*/").map_or(rest.len(), |end| end + 2);
        return (None, (0, 0), length);
    }
    if let Some((begin, end, length)) = text(rest) {
        return (Some(Kind::Text), (begin, end), length);
    }
    if first == '\'' {
        let length = character(rest);
        // Lifetimes are not returned as tokens.
        return (length.map(|_| Kind::Literal), (0, length.unwrap_or(0)), length.unwrap_or(1));
    }
    if first.is_alphabetic() || first == '_' {
        let begin = if rest.starts_with("r#") { 2 } else { 0 };
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let end = rest[begin..].find(|c| !is_part(c)).map_or(rest.len(), |end| end + begin);
        return (Some(Kind::Name), (begin, end), end);
    }
    if first.is_ascii_digit() {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        return (Some(Kind::Literal), (0, end), end);
    }
    if first.is_whitespace() {
        return (None, (0, 0), first.len_utf8());
    }
    let length = if rest.starts_with("::") { 2 } else { first.len_utf8() };
    (Some(Kind::Sign), (0, length), length)
}

/// Where the text of a string at the beginning of `rest` begins and ends, and how long the literal is.
fn text(rest: &str) -> Option<(usize, usize, usize)> {
    let prefix = rest.bytes().take(3).position(|byte| matches!(byte, b'"' | b'#'))?;
    if !matches!(&rest[..prefix], "" | "b" | "c" | "r" | "br" | "cr") {
        return None;
    }
    if rest[..prefix].ends_with('r') {
        let hashes = rest[prefix..].len() - rest[prefix..].trim_start_matches('#').len();
        let begin = prefix + hashes + 1;
        if !rest[prefix + hashes..].starts_with('"') {
            return None;
        }
        let close = format!("\"{}", "#".repeat(hashes));
        let end = begin + rest[begin..].find(&close)?;
        return Some((begin, end, end + close.len()));
    }
    if !rest[prefix..].starts_with('"') {
        return None;
    }
    let begin = prefix + 1;
    let mut is_escaped = false;
    for (at, c) in rest[begin..].char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return Some((begin, begin + at, begin + at + 1)),
            _ => {}
        }
    }
    None
}

/// How long the character literal at the beginning of `rest` is; none for a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        let (escaped, _) = chars.next()?;
        let behind = escaped + 1;
        return rest[behind..].find('\'').map(|end| behind + end + 1);
    }
    let (at, second) = chars.next()?;
    (second == '\'').then_some(at + 1)
}

/// `tokens` without the items that are compiled for tests alone.
pub fn without_tests<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let texts = tokens[at..].iter().take(7).map(|token| token.text);
        if texts.eq(["#", "[", "cfg", "(", "test", ")", "]"]) {
            at = end_of_item(tokens, at + 7);
        } else {
            kept.push(tokens[at]);
            at += 1;
        }
    }
    kept
}

/// Where the item that begins at `at` ends: behind its `;` or its closing brace.
fn end_of_item(tokens: &[Token<'_>], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        if token.kind != Kind::Sign {
            continue;
        }
        match token.text {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(token.text, "}" | ";") {
            break;
        }
    }
    at
}

#[test]
fn source_falls_into_tokens() {
    let source = "/// Says \"x\".\nuse a::b; // no\nlet c = r#\"q\"q\"#; 'x' '\\'' <'a> b\"\\\"z\" 1_0";
    let found: Vec<String> = tokens(source).iter().map(|token| format!("{:?} {}", token.kind, token.text)).collect();
    let expected = [
        "Doc  Says \"x\".",
        "Name use",
        "Name a",
        "Sign ::",
        "Name b",
        "Sign ;",
        "Name let",
        "Name c",
        "Sign =",
        "Text q\"q",
        "Sign ;",
        "Literal 'x'",
        "Literal '\\''",
        "Sign <",
        "Name a",
        "Sign >",
        "Text \\\"z",
        "Literal 1_0",
    ];
    assert_eq!(found, expected);
    let source = tokens("fn a() {} #[cfg(test)] mod tests { fn b() {} } fn c() {}");
    assert_eq!(without_tests(&source).iter().filter(|token| token.kind == Kind::Name).count(), 4);
}
