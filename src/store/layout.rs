//! The layout of a plan file: RON's pretty text with short lists and structs on one line.
//!
//! RON writes either one field or list element per line, or everything on one line. A plan needs both: a record's
//! fields below each other, so that edits of two people merge, but `days: ["Sat", "Sun"]` on one line, where it is easy
//! to read.

/// Lists and structs that fit into this many characters, indentation included, are folded.
const WIDTH: usize = 120;
const INDENT: &str = "    ";

/// `pretty` with short lists and structs folded onto one line. Structs with an `id` are records and are never folded,
/// and neither is the outermost one. `first` becomes its first field.
///
/// `pretty` must have its strings escaped, so that no line ends inside a string.
pub(super) fn fold(pretty: &str, first: &str) -> String {
    let mut open: Vec<Block> = Vec::new();
    let mut root = Vec::new();
    for line in pretty.lines() {
        let line = line.trim_start();
        if line.ends_with(['(', '[', '{']) {
            open.push(Block { head: line.to_owned(), children: Vec::new(), tail: String::new() });
            continue;
        }
        let node = if line.starts_with([')', ']', '}'])
            && let Some(mut block) = open.pop()
        {
            line.clone_into(&mut block.tail);
            if open.is_empty() { Node::Block(block) } else { block.fold(open.len()) }
        } else {
            Node::Line(plain_escapes(line))
        };
        match open.last_mut() {
            Some(parent) => parent.children.push(node),
            None => root.push(node),
        }
    }
    if let Some(Node::Block(plan)) = root.first_mut() {
        plan.children.insert(0, Node::Line(first.to_owned()));
    }
    let mut out = String::with_capacity(pretty.len());
    for node in &root {
        node.write(0, &mut out);
    }
    out
}

enum Node {
    Line(String),
    Block(Block),
}

struct Block {
    head: String,
    children: Vec<Node>,
    tail: String,
}

impl Block {
    /// Folds the block if all its children are lines and it fits. `depth` is its own indentation.
    fn fold(self, depth: usize) -> Node {
        let mut line = self.head.clone();
        for (index, child) in self.children.iter().enumerate() {
            match child {
                Node::Line(text) if !text.starts_with("id: ") => {
                    line.push_str(if index == 0 { "" } else { " " });
                    line.push_str(text);
                }
                _ => return Node::Block(self),
            }
        }
        let line = format!("{}{}", line.trim_end_matches(','), self.tail);
        if depth * INDENT.len() + line.chars().count() > WIDTH { Node::Block(self) } else { Node::Line(line) }
    }
}

impl Node {
    fn write(&self, depth: usize, out: &mut String) {
        let mut push = |text: &str| {
            (0..depth).for_each(|_| out.push_str(INDENT));
            out.push_str(text);
            out.push('\n');
        };
        match self {
            Self::Line(text) => push(text),
            Self::Block(block) => {
                push(&block.head);
                block.children.iter().for_each(|child| child.write(depth + 1, out));
                (0..depth).for_each(|_| out.push_str(INDENT));
                out.push_str(&block.tail);
                out.push('\n');
            }
        }
    }
}

/// Removes escapes that RON does not need: of apostrophes, and of the combining marks of many scripts.
fn plain_escapes(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (plain, length) = if rest.starts_with("\\'") {
            (Some('\''), 2)
        } else if rest.starts_with("\\u{") {
            let length = rest.find('}').map_or(rest.len(), |end| end + 1);
            let code = rest.get(3..length - 1).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            (code.and_then(char::from_u32).filter(|c| is_mark(*c)), length)
        } else {
            (None, 2.min(rest.len()))
        };
        match plain {
            Some(c) => out.push(c),
            None => out.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Whether Rust escapes this character only because it combines with the one before it. Invisible characters, such as
/// joiners and direction marks, stay escaped.
fn is_mark(c: char) -> bool {
    format!("a{c}").escape_debug().to_string() == format!("a{c}") && !matches!(c, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lists_are_folded_and_records_are_not() {
        let pretty = "(\n    title: \"It\\'s\",\n    list: [\n        (\n            id: \"a\",\n            days: [\n                \
                      \"Sat\",\n                \"Sun\",\n            ],\n        ),\n    ],\n)";
        let folded = "(\n    format: 1,\n    title: \"It's\",\n    list: [\n        (\n            id: \"a\",\n            \
                      days: [\"Sat\", \"Sun\"],\n        ),\n    ],\n)\n";
        assert_eq!(fold(pretty, "format: 1,"), folded);
    }

    #[test]
    fn only_needless_escapes_are_removed() {
        assert_eq!(plain_escapes(r#"a: "it\'s \\'quoted\\' \n\t\"x\"""#), r#"a: "it's \\'quoted\\' \n\t\"x\"""#);
        assert_eq!(plain_escapes(r#""e\u{301} \u{200b}\u{202e}\u{1}""#), "\"e\u{301} \\u{200b}\\u{202e}\\u{1}\"");
    }
}
