//! Documents as trees, written as JSON, YAML or HCL (Terraform). Every text is quoted for its syntax.

use std::fmt::Write as _;

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Text(String),
    Number(i64),
    Switch(bool),
    List(Vec<Node>),
    /// Keys and values in the order in which they are written.
    Map(Vec<(&'static str, Node)>),
    /// A map whose keys are names of things.
    Named(Vec<(String, Node)>),
    /// HCL only: blocks of the key that they are the value of.
    Blocks(Vec<Node>),
    /// HCL only: a reference such as `aws_ssm_maintenance_window.pilot.id`, made of identifiers.
    Reference(String),
}

/// Shorthand for [`Node::Text`].
pub fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

/// Shorthand for a list of texts.
pub fn texts<T: Into<String>>(all: impl IntoIterator<Item = T>) -> Node {
    Node::List(all.into_iter().map(text).collect())
}

impl Node {
    /// As indented JSON with a line end.
    pub fn json(&self) -> String {
        let mut out = String::new();
        self.push_json(&mut out, 0);
        out.push('\n');
        out
    }

    fn push_json(&self, out: &mut String, depth: usize) {
        let new_line = |out: &mut String, depth: usize| {
            out.push('\n');
            (0..depth).for_each(|_| out.push_str("  "));
        };
        let body = |out: &mut String, ends: [char; 2], count: usize, each: &dyn Fn(&mut String, usize)| {
            out.push(ends[0]);
            for index in 0..count {
                if index > 0 {
                    out.push(',');
                }
                new_line(out, depth + 1);
                each(out, index);
            }
            if count > 0 {
                new_line(out, depth);
            }
            out.push(ends[1]);
        };
        let pair = |out: &mut String, key: &str, value: &Self| {
            push_quoted(out, key);
            out.push_str(": ");
            value.push_json(out, depth + 1);
        };
        match self {
            Self::Text(text) | Self::Reference(text) => push_quoted(out, text),
            Self::Number(number) => drop(write!(out, "{number}")),
            Self::Switch(is_on) => drop(write!(out, "{is_on}")),
            Self::List(list) | Self::Blocks(list) => {
                body(out, ['[', ']'], list.len(), &|out, at| list[at].push_json(out, depth + 1));
            }
            Self::Map(map) => body(out, ['{', '}'], map.len(), &|out, at| pair(out, map[at].0, &map[at].1)),
            Self::Named(map) => body(out, ['{', '}'], map.len(), &|out, at| pair(out, &map[at].0, &map[at].1)),
        }
    }

    /// As YAML 1.1 and 1.2 read it.
    pub fn yaml(&self) -> String {
        let mut out = String::new();
        self.push_yaml(&mut out, 0);
        out
    }

    /// The node as lines with that indentation, each with a line end. The first line is not indented.
    fn push_yaml(&self, out: &mut String, depth: usize) {
        let indent = |out: &mut String| (0..depth).for_each(|_| out.push_str("  "));
        let value = |out: &mut String, node: &Self, deeper: usize| {
            if node.is_nested() {
                out.push('\n');
                (0..deeper).for_each(|_| out.push_str("  "));
                node.push_yaml(out, deeper);
            } else {
                out.push(' ');
                node.push_yaml(out, deeper);
            }
        };
        match self {
            Self::Text(text) | Self::Reference(text) => {
                push_yaml_text(out, text);
                out.push('\n');
            }
            Self::Number(number) => drop(writeln!(out, "{number}")),
            Self::Switch(is_on) => drop(writeln!(out, "{is_on}")),
            Self::List(list) | Self::Blocks(list) if list.is_empty() => out.push_str("[]\n"),
            Self::List(list) | Self::Blocks(list) => {
                for (at, node) in list.iter().enumerate() {
                    if at > 0 {
                        indent(out);
                    }
                    out.push_str("- ");
                    node.push_yaml(out, depth + 1);
                }
            }
            Self::Map(map) if map.is_empty() => out.push_str("{}\n"),
            Self::Named(map) if map.is_empty() => out.push_str("{}\n"),
            Self::Map(map) => {
                for (at, (key, node)) in map.iter().enumerate() {
                    if at > 0 {
                        indent(out);
                    }
                    push_yaml_text(out, key);
                    out.push(':');
                    value(out, node, depth + 1);
                }
            }
            Self::Named(map) => {
                for (at, (key, node)) in map.iter().enumerate() {
                    if at > 0 {
                        indent(out);
                    }
                    push_yaml_text(out, key);
                    out.push(':');
                    value(out, node, depth + 1);
                }
            }
        }
    }

    fn is_nested(&self) -> bool {
        match self {
            Self::List(list) | Self::Blocks(list) => !list.is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Named(map) => !map.is_empty(),
            Self::Text(_) | Self::Number(_) | Self::Switch(_) | Self::Reference(_) => false,
        }
    }

    /// The body of a Terraform block, as `terraform fmt` lays it out: equal signs of lines that follow each other are
    /// aligned.
    fn push_hcl_body(&self, out: &mut String, depth: usize) {
        let Self::Map(map) = self else { return };
        let indent = "  ".repeat(depth);
        let is_line = |node: &Self| !matches!(node, Self::Blocks(_) | Self::Map(_) | Self::Named(_));
        let mut at = 0;
        let mut is_first = true;
        while at < map.len() {
            let run = map[at..].iter().take_while(|(_, node)| is_line(node)).count();
            let width = map[at..at + run].iter().map(|(key, _)| key.len()).max().unwrap_or(0);
            for (key, node) in &map[at..at + run] {
                let _ = write!(out, "{indent}{key:width$} = ");
                node.push_hcl_value(out, depth);
                out.push('\n');
                is_first = false;
            }
            at += run;
            let Some((key, node)) = map.get(at) else { continue };
            at += 1;
            if let Self::Blocks(blocks) = node {
                for block in blocks {
                    if !is_first {
                        out.push('\n');
                    }
                    is_first = false;
                    let _ = writeln!(out, "{indent}{key} {{");
                    block.push_hcl_body(out, depth + 1);
                    let _ = writeln!(out, "{indent}}}");
                }
            } else {
                let _ = write!(out, "{indent}{key} = ");
                node.push_hcl_value(out, depth);
                out.push('\n');
                is_first = false;
            }
        }
    }

    fn push_hcl_value(&self, out: &mut String, depth: usize) {
        match self {
            Self::Text(text) => push_hcl_text(out, text),
            Self::Reference(name) => out.push_str(name),
            Self::Number(number) => drop(write!(out, "{number}")),
            Self::Switch(is_on) => drop(write!(out, "{is_on}")),
            Self::List(list) | Self::Blocks(list) => {
                out.push('[');
                for (at, node) in list.iter().enumerate() {
                    if at > 0 {
                        out.push_str(", ");
                    }
                    node.push_hcl_value(out, depth);
                }
                out.push(']');
            }
            Self::Map(_) | Self::Named(_) => {
                let pairs: Vec<(&str, &Self)> = match self {
                    Self::Map(map) => map.iter().map(|(key, node)| (*key, node)).collect(),
                    Self::Named(map) => map.iter().map(|(key, node)| (&**key, node)).collect(),
                    _ => Vec::new(),
                };
                let mut keys: Vec<String> = Vec::new();
                for (key, _) in &pairs {
                    let mut quoted = String::new();
                    push_hcl_text(&mut quoted, key);
                    keys.push(quoted);
                }
                let width = keys.iter().map(|key| key.chars().count()).max().unwrap_or(0);
                out.push_str("{\n");
                let indent = "  ".repeat(depth + 1);
                for (key, (_, node)) in keys.iter().zip(&pairs) {
                    let _ = write!(out, "{indent}{key:width$} = ");
                    node.push_hcl_value(out, depth + 1);
                    out.push('\n');
                }
                let _ = write!(out, "{}}}", "  ".repeat(depth));
            }
        }
    }
}

/// A Terraform resource with an empty line behind it. `kind` and `name` are identifiers; `body` is a map.
pub fn push_resource(out: &mut String, kind: &str, name: &str, body: &Node) {
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "resource \"{kind}\" \"{name}\" {{");
    body.push_hcl_body(out, 1);
    out.push_str("}\n");
}

/// A JSON string, which is a double-quoted string of YAML, too. Characters that YAML refuses are written as numbers.
fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_escaped(c) => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Control characters, line ends of Unicode, the byte-order mark and characters that change the direction of text.
fn is_escaped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Words that YAML 1.1 or 1.2 read as something else than text.
const YAML_WORDS: [&str; 10] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan"];

fn push_yaml_text(out: &mut String, text: &str) {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/'))
        && !YAML_WORDS.contains(&text.to_ascii_lowercase().as_str());
    if is_plain {
        out.push_str(text);
    } else {
        push_quoted(out, text);
    }
}

/// A quoted string of HCL, in which nothing is a template.
fn push_hcl_text(out: &mut String, text: &str) {
    out.push('"');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '$' | '%' if chars.peek() == Some(&'{') => {
                out.push(c);
                out.push(c);
            }
            c if is_escaped(c) => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Node {
        Node::Map(vec![
            ("name", text("Pilot \"a\": ${x} \u{2028}")),
            ("count", Node::Number(4)),
            ("days", texts(["sunday", "no"])),
            ("empty", Node::List(Vec::new())),
            ("times", Node::List(vec![Node::Map(vec![("start", text("22:00")), ("end", text("24:00"))])])),
        ])
    }

    #[test]
    fn a_document_in_json_is_read_back() {
        let read: serde_json::Value = serde_json::from_str(&document().json()).unwrap();
        assert_eq!(read["name"], "Pilot \"a\": ${x} \u{2028}");
        assert_eq!(read["times"][0]["end"], "24:00");
    }

    #[test]
    fn yaml_is_indented_and_quotes_what_it_would_misread() {
        let expected = "name: \"Pilot \\\"a\\\": ${x} \\u2028\"\ncount: 4\ndays:\n  - sunday\n  - \"no\"\nempty: []\n\
                        times:\n  - start: \"22:00\"\n    end: \"24:00\"\n";
        assert_eq!(document().yaml(), expected);
    }

    #[test]
    fn terraform_aligns_equal_signs_and_has_no_templates() {
        let body = Node::Map(vec![
            ("name", text("a ${b} %{c} $d")),
            ("schedule_offset", Node::Number(4)),
            ("window_id", Node::Reference("aws_x.y.id".to_owned())),
            ("targets", Node::Blocks(vec![Node::Map(vec![("key", text("tag:Ring")), ("values", texts(["a", "b"]))])])),
        ]);
        let mut out = String::new();
        push_resource(&mut out, "aws_x", "y", &body);
        let expected = "resource \"aws_x\" \"y\" {\n  name            = \"a $${b} %%{c} $d\"\n  schedule_offset = 4\n  \
                        window_id       = aws_x.y.id\n\n  targets {\n    key    = \"tag:Ring\"\n    \
                        values = [\"a\", \"b\"]\n  }\n}\n";
        assert_eq!(out, expected);
    }
}
