//! What is printed: one document, whatever it is about, and what it is written as.
//!
//! A [`Document`] is made of sheets, and a [`Sheet`] of [`Part`]s. Packs, planners, owners' years and CAB sheets are all
//! documents; the four writers know parts and nothing of maintenance. So a PDF, a page, Markdown and text say the same.

pub mod fonts;
mod html;
mod markdown;
#[cfg(feature = "pdf")]
mod pdf;
mod planner;
mod revision;
mod text;
mod timeline;

use serde::{Deserialize, Serialize};

pub use html::html;
pub use markdown::markdown;
#[cfg(feature = "pdf")]
pub use pdf::{PdfError, pdf};
pub use planner::{Day, Entry, Legend, Month, Planner, StageKey, Tiles};
pub use revision::revision;
pub use text::text;
pub use timeline::{Band, BandKind, Tick, TickKind, Timeline};

/// A printed matter. All text in it is data: no writer reads markup in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    pub title: String,
    /// BCP 47: "en", "de".
    pub language: String,
    /// The plan's name and revision, at the foot of each page.
    pub plan: String,
    pub revision: String,
    /// The heading of a list of the sheets, where there is one.
    pub contents: Option<String>,
    /// "Page {page} of {pages}", with pages counted inside a sheet.
    pub page_of: String,
    pub sheets: Vec<Sheet>,
}

/// What begins on a page of its own: a pack, a planner, one owner's year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// Its bookmark, its line in the contents, and what stands at the foot of its pages.
    pub name: String,
    /// What it belongs to among the bookmarks: a month, an area. Sheets of one chapter stand together.
    pub chapter: Option<String>,
    /// BCP 47; that of the document where it has none of its own.
    pub language: Option<String>,
    /// On paper it is set in smaller type, as far as that can be read, where it would otherwise take more than a page.
    pub fits_a_page: bool,
    pub parts: Vec<Part>,
}

/// A piece of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "part", content = "of", rename_all = "kebab-case")]
pub enum Part {
    Head(Head),
    /// A label and what it says, one below the other: who works, who tests.
    Labelled(Vec<Labelled>),
    /// What must be read before anything else.
    Notice(String),
    /// The night's times in large type.
    Times(Vec<KeyTime>),
    Timeline(Timeline),
    /// Labels with paragraphs below them: the six headings.
    Headings(Vec<Labelled>),
    /// A heading inside the sheet, and what stands beside it.
    Title(Title),
    Text(String),
    Bullets(Vec<String>),
    Checks(Checks),
    Status(Status),
    Table(Table),
    SignOffs(Vec<SignOff>),
    /// Room to write by hand, so many lines high, or what was written.
    Room(Room),
    /// What follows begins on a new page.
    NewPage,
    Planner(Planner),
}

/// Who or what the sheet is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Head {
    pub title: String,
    /// Below the title, joined by middle dots.
    pub particulars: Vec<String>,
    /// On the other side: "Sat 20 Mar 2027".
    pub date: String,
    /// Below the date: "Europe/London (GMT)".
    pub zone: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labelled {
    pub label: String,
    pub text: String,
}

/// A time in large type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyTime {
    pub label: String,
    /// "00:42", or a dash where it is not known.
    pub clock: String,
    /// "Sun 21 Mar" where it is another date than the head's, or why there is no time.
    pub beside: String,
    /// The one that must be seen from across the room.
    pub is_rollback: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Title {
    pub text: String,
    /// "Fri 19 Mar, 22:00"
    pub beside: String,
}

/// Items to tick. Their head is repeated where they go on on another page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checks {
    pub title: Title,
    /// The heads of the columns in which it is written who ticked, and when.
    pub who: String,
    pub when: String,
    pub items: Vec<CheckItem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckItem {
    pub text: String,
    /// "21:30", where the item has a time of its own.
    pub at: String,
    /// Whose item it is.
    pub owner: String,
    /// Who ticked it and when; empty on a sheet that has yet to be filled in.
    pub done: Option<Done>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Done {
    pub by: String,
    pub at: String,
}

/// The rows in which the status is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The heads of its columns: time, status, who.
    pub heads: [String; 3],
    pub rows: Vec<StatusRow>,
    /// Said below the rows.
    pub remark: Option<String>,
}

/// A moment at which the status is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusRow {
    /// "00:30"
    pub clock: String,
    /// "Sun 21 Mar" in the first row of a new day.
    pub day: Option<String>,
    /// "roll back by 00:42" in the last row before it.
    pub rollback: Option<String>,
    /// What was told, and by whom; empty on a sheet that has yet to be filled in.
    pub told: String,
    pub by: String,
}

/// Rows under heads that are repeated on each page. Every row has as many cells as there are columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    pub name: String,
    /// Its share of the width, beside the others'.
    pub share: u8,
    /// Numbers and times stand on the right.
    pub is_number: bool,
}

/// A place for a signature, or who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignOff {
    /// "Infrastructure"
    pub who: String,
    /// "deployed it"
    pub what: String,
    /// "name, signature, date and time"
    pub hint: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Room {
    pub lines: u8,
    /// What was written there, where the sheet is a record.
    pub written: String,
}

impl Sheet {
    /// In the language of its document, in no chapter, on as many pages as it takes.
    pub fn new(name: String, parts: Vec<Part>) -> Self {
        Self { name, chapter: None, language: None, fits_a_page: false, parts }
    }
}

impl Room {
    pub fn empty(lines: u8) -> Self {
        Self { lines, written: String::new() }
    }
}

impl Document {
    /// Whether something in it is drawn across the paper.
    pub fn is_landscape(&self) -> bool {
        self.sheets.iter().flat_map(|sheet| &sheet.parts).any(|part| matches!(part, Part::Planner(_)))
    }

    /// The sheets with the chapter that begins with each, where one does.
    fn chapters(&self) -> impl Iterator<Item = (Option<&str>, &Sheet)> {
        let before = std::iter::once(None).chain(self.sheets.iter().map(|sheet| sheet.chapter.as_deref()));
        self.sheets
            .iter()
            .zip(before)
            .map(|(sheet, before)| (sheet.chapter.as_deref().filter(|chapter| Some(*chapter) != before), sheet))
    }
}

/// The paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
    A3,
    A2,
}

impl Paper {
    pub const ALL: [Self; 4] = [Self::A4, Self::Letter, Self::A3, Self::A2];

    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "Letter",
            Self::A3 => "A3",
            Self::A2 => "A2",
        }
    }
}
