//! XML documents, read element by element. Nothing is fetched, and no entities are defined.

use std::borrow::Cow;
use std::io::{BufReader, Read};

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::utf8::{Utf8Reader, Watch};
use crate::import::{Head, ImportError, Input, words_on_one_line};

/// Reports nest about fifteen elements; paragraphs in them a few more.
const DEEPEST: usize = 200;

/// What comes next in a document. Text is in pieces.
pub enum Part<'a> {
    Open(Element<'a>),
    Text(Cow<'a, str>),
    Close,
    End,
}

/// The beginning of an element.
pub struct Element<'a>(BytesStart<'a>);

/// A document that is being read.
pub struct XmlReader<'a> {
    reader: Reader<BufReader<Utf8Reader<Box<dyn Read + 'a>>>>,
    buffer: Vec<u8>,
    depth: usize,
    is_begun: bool,
    /// What it should be, for errors.
    name: &'static str,
    input: &'a Input<'a>,
    watch: Watch,
}

impl<'a> XmlReader<'a> {
    /// `name`: what it should be, "a report of Nessus (XML)".
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn new(input: &'a Input<'a>, name: &'static str) -> Result<Self, ImportError> {
        let inner: Box<dyn Read> = Box::new(input.file()?.reader()?);
        let decoded = Utf8Reader::new(inner).map_err(|error| broken(name, &error.to_string()))?;
        let watch = decoded.watch();
        let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, decoded));
        reader.config_mut().expand_empty_elements = true;
        Ok(Self { reader, buffer: Vec::new(), depth: 0, is_begun: false, name, input, watch })
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Whether text was in no encoding that the file named.
    pub fn is_guessed(&self) -> bool {
        self.watch.is_guessed()
    }

    /// The next part.
    ///
    /// # Errors
    /// The document is damaged, too deep, or defines entities; or the import was cancelled.
    pub fn next(&mut self) -> Result<Part<'_>, ImportError> {
        self.buffer.clear();
        self.watch.end_record();
        let position = self.reader.buffer_position();
        let (name, depth) = (self.name, self.depth);
        let at = |problem: &str| broken(name, &format!("{problem} (byte {position})"));
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => {
                self.input.source.check_cancelled()?;
                return Err(at(&words_on_one_line(&error.to_string())));
            }
        };
        Ok(match event {
            Event::Start(tag) | Event::Empty(tag) => {
                if self.depth == DEEPEST {
                    return Err(at(&format!("more than {DEEPEST} elements are nested")));
                }
                self.depth += 1;
                self.is_begun = true;
                Part::Open(Element(tag))
            }
            Event::End(_) => {
                self.depth = depth.saturating_sub(1);
                Part::Close
            }
            Event::Text(text) => Part::Text(owned(text.xml10_content())),
            Event::CData(text) => Part::Text(owned(text.xml10_content())),
            Event::GeneralRef(reference) => Part::Text(Cow::Owned(resolved(&reference))),
            Event::DocType(text) if defines_entities(&text.xml10_content()) => {
                return Err(at("it defines entities, which no report needs"));
            }
            Event::Eof if self.is_begun && depth == 0 => Part::End,
            Event::Eof => return Err(at("its end is missing")),
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Part::Text(Cow::Borrowed("")),
        })
    }
}

impl Element<'_> {
    /// Its name without a prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute's value; empty if it has none of that name.
    pub fn attribute(&self, name: &str) -> String {
        let mut attributes = self.0.attributes();
        let found =
            attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().into_inner() == name);
        let value = found.map(|attribute| {
            attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(|_| attribute.value.to_string(), Cow::into_owned)
        });
        value.unwrap_or_default()
    }
}

/// Whether a document begins with this element. Declarations and comments may come before it.
pub fn has_root(head: &Head, root: &str) -> bool {
    root_of(head.text()) == Some(root)
}

/// The name of the first element of a text, without a prefix. None if it is not XML.
pub fn root_of(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let after = rest.strip_prefix('<')?;
        rest = if let Some(comment) = after.strip_prefix("!--") {
            comment.split_once("-->")?.1
        } else if after.starts_with('!') && after.split('>').next().is_some_and(|begin| begin.contains('[')) {
            // A document type with definitions in it; the reader judges them.
            after.split_once(']')?.1.split_once('>')?.1
        } else if after.starts_with(['?', '!']) {
            after.split_once('>')?.1
        } else {
            let name = after.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
            return Some(name.rsplit(':').next().unwrap_or(name)).filter(|name| !name.is_empty());
        }
        .trim_start();
    }
}

fn defines_entities(document_type: &str) -> bool {
    document_type.to_ascii_uppercase().contains("<!ENTITY")
}

/// A character that is written as a reference. Unknown ones, which only a fetched definition could explain, are a space.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    resolve_xml_entity(&reference.xml10_content()).unwrap_or(" ").to_owned()
}

fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

fn broken(name: &'static str, problem: &str) -> ImportError {
    ImportError::BrokenDocument { name, problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found_after_declarations_and_comments() {
        for (text, root) in [
            ("<a/>", Some("a")),
            (
                "\u{feff}<?xml version=\"1.0\"?>\n<!-- <b> -->\n<!DOCTYPE SCAN SYSTEM \"x.dtd\">\n<SCAN value=\"1\">",
                Some("SCAN"),
            ),
            ("<!DOCTYPE a [<!ENTITY x \"y\">]><a>", Some("a")),
            ("<x:report>", Some("report")),
            ("{\"a\": \"<b>\"}", None),
            ("<", None),
            ("", None),
        ] {
            assert_eq!(root_of(text), root, "{text}");
        }
    }
}
