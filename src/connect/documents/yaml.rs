//! YAML documents as trees that know their lines.

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use crate::import::words_on_one_line;

/// Playbooks and inventories nest about fifteen levels.
const DEEPEST: usize = 100;
/// The most nodes of all documents of a file, with those that aliases repeat.
const MOST_NODES: usize = 2_000_000;

/// A value and the line on which it begins, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub line: usize,
    /// A tag of its program, without the exclamation mark: `Ref` of `!Ref name`.
    pub tag: Option<String>,
    pub value: Value,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, number or word. Plain ones are without quotes.
    Scalar {
        text: String,
        is_plain: bool,
    },
    List(Vec<Node>),
    /// In the order of the file. What is merged into it (`<<`) comes after its own pairs.
    Map(Vec<(Node, Node)>),
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} (line {line})")]
pub struct YamlError {
    pub line: usize,
    /// In the middle of a sentence.
    pub problem: String,
}

impl From<ScanError> for YamlError {
    fn from(error: ScanError) -> Self {
        Self { line: error.marker().line(), problem: words_on_one_line(error.info()) }
    }
}

/// A list or map that is not complete yet.
struct Open {
    node: Node,
    anchor: usize,
    /// The key whose value comes next.
    key: Option<Node>,
}

/// Reads all documents of a text.
///
/// # Errors
/// The text is not YAML, is nested too deeply, or its aliases repeat too much.
pub fn read(text: &str) -> Result<Vec<Node>, YamlError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        let (event, span) = next?;
        builder.add(event, span)?;
    }
    Ok(builder.documents)
}

#[derive(Default)]
struct Builder {
    documents: Vec<Node>,
    open: Vec<Open>,
    /// By the number of the anchor, with the number of nodes.
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
}

impl Builder {
    fn add(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlError> {
        let line = span.start.line();
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = Value::Scalar { text: text.into_owned(), is_plain: style == ScalarStyle::Plain };
                self.put(Node { line, tag: own_tag(tag.as_deref()), value }, anchor, line)
            }
            Event::SequenceStart(anchor, tag) => self.begin(Value::List(Vec::new()), tag.as_deref(), anchor, line),
            Event::MappingStart(anchor, tag) => self.begin(Value::Map(Vec::new()), tag.as_deref(), anchor, line),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => self.put(with_merged_maps(open.node), open.anchor, line),
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let known = self.anchors.get(&anchor);
                let (node, nodes) =
                    known.ok_or_else(|| YamlError { line, problem: "unknown or recursive alias".to_owned() })?;
                let (node, nodes) = (node.clone(), *nodes);
                self.count(nodes, line)?;
                self.put(node, 0, line)
            }
            Event::DocumentEnd => {
                self.anchors.clear();
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => Ok(()),
        }
    }

    fn begin(&mut self, value: Value, tag: Option<&Tag>, anchor: usize, line: usize) -> Result<(), YamlError> {
        if self.open.len() >= DEEPEST {
            return Err(YamlError { line, problem: format!("nested more than {DEEPEST} levels deep") });
        }
        self.open.push(Open { node: Node { line, tag: own_tag(tag), value }, anchor, key: None });
        Ok(())
    }

    /// Puts a complete node into the list or map that is open.
    fn put(&mut self, node: Node, anchor: usize, line: usize) -> Result<(), YamlError> {
        self.count(1, line)?;
        if anchor > 0 {
            let nodes = node.count();
            self.anchors.insert(anchor, (node.clone(), nodes));
            self.count(nodes, line)?;
        }
        match self.open.last_mut() {
            None => self.documents.push(node),
            Some(open) => match (&mut open.node.value, open.key.take()) {
                (Value::List(list), _) => list.push(node),
                (Value::Map(map), Some(key)) => map.push((key, node)),
                (Value::Map(_), None) => open.key = Some(node),
                (Value::Scalar { .. }, _) => {}
            },
        }
        Ok(())
    }

    fn count(&mut self, nodes: usize, line: usize) -> Result<(), YamlError> {
        self.nodes += nodes;
        let problem = || format!("more than {MOST_NODES} values, with those that aliases repeat");
        if self.nodes > MOST_NODES { Err(YamlError { line, problem: problem() }) } else { Ok(()) }
    }
}

/// The node with the maps that are merged into it: its own pairs count before theirs, and those of earlier maps before
/// those of later ones (<https://yaml.org/type/merge.html>).
fn with_merged_maps(mut node: Node) -> Node {
    let Value::Map(pairs) = &mut node.value else { return node };
    if !pairs.iter().any(is_merge) {
        return node;
    }
    let (merges, mut all): (Vec<_>, Vec<_>) = std::mem::take(pairs).into_iter().partition(is_merge);
    let mut known: HashSet<String> = all.iter().filter_map(|(key, _)| key.text().map(str::to_owned)).collect();
    let maps = merges.into_iter().flat_map(|(_, maps)| match maps.value {
        Value::List(list) => list,
        value => vec![Node { value, ..maps }],
    });
    for map in maps {
        let Value::Map(merged) = map.value else { continue };
        all.extend(merged.into_iter().filter(|(key, _)| key.text().is_none_or(|key| known.insert(key.to_owned()))));
    }
    *pairs = all;
    node
}

/// Whether the value of a pair is what other maps are merged from. Only one that can be is: a map, or a list of maps.
fn is_merge((key, value): &(Node, Node)) -> bool {
    let is_key = matches!(&key.value, Value::Scalar { text, is_plain: true } if text == "<<");
    is_key && (value.is_map() || value.is_list() && value.list().iter().all(Node::is_map))
}

/// Tags of YAML itself ("!!str") say nothing more about a value.
fn own_tag(tag: Option<&Tag>) -> Option<String> {
    tag.filter(|tag| tag.handle == "!").map(|tag| tag.suffix.clone())
}

impl Node {
    /// The same value as JSON. A tagged one is an object with the tag as its only key: `{"Ref": "name"}` for `!Ref name`.
    pub fn to_json(&self) -> serde_json::Value {
        let json = match &self.value {
            Value::Scalar { text, is_plain: true } => match (self.text(), text.as_str()) {
                (None, _) => serde_json::Value::Null,
                (_, "true" | "True" | "TRUE") => true.into(),
                (_, "false" | "False" | "FALSE") => false.into(),
                _ => text.parse::<i64>().map_or_else(|_| text.as_str().into(), Into::into),
            },
            Value::Scalar { text, .. } => text.as_str().into(),
            Value::List(list) => list.iter().map(Self::to_json).collect(),
            Value::Map(map) => {
                map.iter().map(|(key, value)| (key.text().unwrap_or_default().to_owned(), value.to_json())).collect()
            }
        };
        match &self.tag {
            Some(tag) => serde_json::Map::from_iter([(tag.clone(), json)]).into(),
            None => json,
        }
    }

    fn count(&self) -> usize {
        match &self.value {
            Value::Scalar { .. } => 1,
            Value::List(list) => 1 + list.iter().map(Self::count).sum::<usize>(),
            Value::Map(map) => 1 + map.iter().map(|(key, value)| key.count() + value.count()).sum::<usize>(),
        }
    }

    /// The text of a scalar; none for others, and for `null`.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, is_plain: true } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL") => {
                None
            }
            Value::Scalar { text, .. } => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The elements of a list; empty for others.
    pub fn list(&self) -> &[Self] {
        match &self.value {
            Value::List(list) => list,
            Value::Scalar { .. } | Value::Map(_) => &[],
        }
    }

    /// The pairs of a map, with those of the maps that are merged into it; empty for others.
    pub fn pairs(&self) -> impl Iterator<Item = (&Self, &Self)> {
        let pairs: &[(Self, Self)] = match &self.value {
            Value::Map(map) => map,
            Value::Scalar { .. } | Value::List(_) => &[],
        };
        pairs.iter().map(|(key, value)| (key, value))
    }

    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    pub fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.pairs().find(|(own, _)| own.text() == Some(key)).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines() {
        let documents = read("\u{feff}---\n- name: A\n  tasks:\n    - {reboot: }\n    - 7.2: 'x: y'\n").unwrap();
        let [document] = documents.as_slice() else { panic!("{documents:?}") };
        let play = &document.list()[0];
        assert_eq!((play.line, play.get("name").and_then(Node::text)), (2, Some("A")));
        let [first, second] = play.get("tasks").unwrap().list() else { panic!() };
        assert_eq!((first.line, first.get("reboot").map(Node::text)), (4, Some(None)));
        assert_eq!((second.line, second.get("7.2").and_then(Node::text)), (5, Some("x: y")));
        assert_eq!(read("").unwrap(), []);
    }

    #[test]
    fn values_become_json_with_the_tags_of_their_program() {
        let text =
            "a: 4\nb: 'yes'\nc: true\nd: 010x\ne: ~\nf: !Ref Name\ng: [!Sub \"${A}-b\", !!str 7]\nh: !If {x: 1}\n";
        let expected = serde_json::json!({
            "a": 4, "b": "yes", "c": true, "d": "010x", "e": null, "f": {"Ref": "Name"},
            "g": [{"Sub": "${A}-b"}, 7], "h": {"If": {"x": 1}},
        });
        assert_eq!(read(text).unwrap()[0].to_json(), expected);
    }

    #[test]
    fn aliases_and_merges_are_followed_within_limits() {
        let documents = read("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n").unwrap();
        let merged = documents[0].get("d").unwrap();
        assert_eq!(["b", "c"].map(|key| merged.get(key).and_then(Node::text)), [Some("1"), Some("3")]);
        for (text, expected) in [
            ("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nd: {<<: *b, z: 3}\n", r#"{"z":3,"y":2,"x":1}"#),
            ("a: &a {x: 1, y: 1}\nb: &b {x: 2, w: 2}\nd: {<<: [*a, *b], y: 3}\n", r#"{"y":3,"x":1,"w":2}"#),
            ("d: {'<<': {x: 1}, <<: no}\n", r#"{"<<":"no"}"#),
        ] {
            let expected: serde_json::Value = serde_json::from_str(expected).unwrap();
            assert_eq!(read(text).unwrap()[0].get("d").unwrap().to_json(), expected, "{text}");
        }
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            bomb = format!("{bomb}a{level}: &a{level} [{}]\n", vec![alias; 10].join(", "));
        }
        assert!(read(&bomb).unwrap_err().problem.contains("aliases"));
        assert!(read("a: &x [*x]\n").is_err());
    }

    #[test]
    fn damaged_and_deep_documents_are_refused_with_their_line() {
        assert!(read("a: 1\nb: [1, 2\nc: 3\n").unwrap_err().line >= 2);
        for deep in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000)] {
            assert!(read(&deep).is_err());
        }
    }
}
