//! Everything that typst sees: the template, the document as data, the fonts.

use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::export::paper::Paper;
use crate::export::paper::fonts::{FALLBACKS, REGULAR, SEMIBOLD};

/// Characters without a line break that fit into the narrowest column.
const LONGEST_RUN: usize = 20;
/// Fields that the template evaluates and does not print.
const NOT_PRINTED: [&str; 4] = ["part", "kind", "language", "address"];
/// A zero width space, at which a line may be broken.
const MAY_BREAK: char = '\u{200b}';

/// The files of the template, by the names under which they import each other.
const TEMPLATE: [(&str, &str); 4] = [
    ("document.typ", include_str!("../../../../assets/paper/document.typ")),
    ("parts.typ", include_str!("../../../../assets/paper/parts.typ")),
    ("planner.typ", include_str!("../../../../assets/paper/planner.typ")),
    ("timeline.typ", include_str!("../../../../assets/paper/timeline.typ")),
];

/// What all print jobs share: the library, the fonts and the template.
struct TypstAssets {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
}

static ASSETS: LazyLock<TypstAssets> = LazyLock::new(|| {
    let faces = [&REGULAR, &SEMIBOLD].into_iter().chain(&FALLBACKS);
    let fonts: Vec<Font> = faces.filter_map(|face| Font::new(Bytes::new(face.bytes), 0)).collect();
    let sources = TEMPLATE.map(|(name, text)| Some(Source::new(id(name)?, text.to_owned())));
    TypstAssets {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        sources: sources.into_iter().flatten().collect(),
    }
});

fn id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

/// A document that is being printed.
pub struct TypstJob {
    main: FileId,
    data: Vec<(FileId, Bytes)>,
}

/// How it is printed.
#[derive(Serialize)]
struct Settings {
    fonts: Vec<&'static str>,
    paper: &'static str,
    is_landscape: bool,
    /// How many pages of the whole document come before; none if there are no contents that refer to pages.
    pages_before: Option<usize>,
}

/// Why a print job could not be prepared. Cannot happen: the names of the files are constants, and a document is made
/// of text and numbers.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    #[error("the template has no beginning")]
    NoTemplate,
    #[error("the document cannot be serialized: {0}")]
    NoData(#[from] serde_json::Error),
}

impl TypstJob {
    /// Prints a document of one sheet, or contents.
    pub fn new(
        document: &impl Serialize,
        paper: Paper,
        is_landscape: bool,
        pages_before: Option<usize>,
    ) -> Result<Self, PrepareError> {
        let settings = Settings {
            fonts: [&REGULAR].into_iter().chain(&FALLBACKS).map(|face| face.family).collect(),
            paper: match paper {
                Paper::A4 => "a4",
                Paper::Letter => "us-letter",
                Paper::A3 => "a3",
                Paper::A2 => "a2",
                Paper::Tabloid => "us-tabloid",
            },
            is_landscape,
            pages_before,
        };
        let mut document = serde_json::to_value(document)?;
        break_long_words(&mut document);
        let files =
            [("document.json", serde_json::to_vec(&document)?), ("settings.json", serde_json::to_vec(&settings)?)];
        let data = files.into_iter().filter_map(|(name, bytes)| Some((id(name)?, Bytes::new(bytes)))).collect();
        Ok(Self { main: id(TEMPLATE[0].0).ok_or(PrepareError::NoTemplate)?, data })
    }
}

/// Allows line breaks in words that are wider than a column, such as the names of servers, which would otherwise be cut off
/// at the edge of the paper.
fn break_long_words(value: &mut Value) {
    match value {
        Value::String(text) if text.split_whitespace().any(|word| word.chars().count() > LONGEST_RUN) => {
            *text = broken(text);
        }
        Value::Array(all) => all.iter_mut().for_each(break_long_words),
        Value::Object(fields) => {
            let printed = fields.iter_mut().filter(|(key, _)| !NOT_PRINTED.contains(&key.as_str()));
            printed.for_each(|(_, each)| break_long_words(each));
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn broken(text: &str) -> String {
    let mut run = 0;
    let mut out = String::with_capacity(text.len() + text.len() / LONGEST_RUN);
    for c in text.chars() {
        run = if c.is_whitespace() { 0 } else { run + 1 };
        if run > LONGEST_RUN {
            out.push(MAY_BREAK);
            run = 1;
        }
        out.push(c);
    }
    out
}

impl World for TypstJob {
    fn library(&self) -> &LazyHash<Library> {
        &ASSETS.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &ASSETS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let source = ASSETS.sources.iter().find(|source| source.id() == id);
        source.cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let file = self.data.iter().find(|(known, _)| *known == id);
        file.map(|(_, bytes)| bytes.clone()).ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        ASSETS.fonts.get(index).cloned()
    }

    /// None, so that the PDF depends on the plan alone.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
