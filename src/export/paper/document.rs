//! A document: what is printed, made of sheets and their parts.

use serde::Serialize;

use super::labels::{Labelled, Title};
use super::planner::Planner;
use super::timeline::Timeline;

/// What is printed. All text in it is data: no writer interprets markup in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    pub title: String,
    /// BCP 47: "en", "de".
    pub language: String,
    /// The plan's name, at the foot of each page, as the next one.
    pub plan: String,
    /// The revision of the plan and the release of the zone data.
    pub revision: String,
    /// The heading of the list of sheets, if there is such a list.
    pub contents: Option<String>,
    /// "Page {page} of {pages}", with pages counted inside a sheet.
    pub page_of: String,
    pub sheets: Vec<Sheet>,
}

/// A part of a document that begins on a new page: a checklist, a planner, an owner's year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// Its bookmark, its line in the contents, and the text at the foot of its pages.
    pub name: String,
    /// Its chapter among the bookmarks, such as a month. Sheets of a chapter follow one another.
    pub chapter: Option<String>,
    /// BCP 47; None is the language of the document.
    pub language: Option<String>,
    /// Whether the PDF sets it in smaller type, down to what is readable, if it would otherwise take more than a page.
    pub fits_a_page: bool,
    /// Whether its tables need the long side of the paper.
    pub is_wide: bool,
    pub parts: Vec<Part>,
}

/// A piece of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "part", content = "of", rename_all = "kebab-case")]
pub enum Part {
    Head(Head),
    /// Labels with texts, one below the other: who works, who tests.
    Labelled(Vec<Labelled>),
    /// What must be read before anything else.
    Notice(String),
    /// The night's times in large type.
    Times(Vec<KeyTime>),
    Timeline(Timeline),
    /// Labels with paragraphs below them: the six headings.
    Headings(Vec<Labelled>),
    /// A heading inside the sheet.
    Title(Title),
    Text(String),
    Bullets(Vec<String>),
    Checks(Checks),
    Status(Status),
    Table(Table),
    SignOffs(Vec<SignOff>),
    /// Lines to write on by hand, or what was written.
    Room(Room),
    /// The next part begins on a new page.
    NewPage,
    Planner(Planner),
}

/// Who or what the sheet is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Head {
    pub title: String,
    /// Below the title, joined by middle dots.
    pub particulars: Vec<String>,
    /// On the opposite side: "Sat 20 Mar 2027".
    pub date: String,
    /// Below the date: "Europe/London (GMT)".
    pub zone: String,
}

/// A time in large type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyTime {
    pub label: String,
    /// "00:42", or a dash if it is not known.
    pub clock: String,
    /// "Sun 21 Mar" if it is another date than the head's, or why there is no time.
    pub beside: String,
    /// Whether it is the rollback deadline, which must be legible from across the room.
    pub is_rollback: bool,
}

/// Items to tick. Their head is repeated on each page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checks {
    pub title: Title,
    /// The heads of the columns for who ticked an item and when.
    pub who: String,
    pub when: String,
    pub items: Vec<CheckItem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckItem {
    pub text: String,
    /// "21:30", if the item has its own time.
    pub at: String,
    /// The person who is responsible for it.
    pub owner: String,
    /// Who ticked it and when; None on a sheet that has yet to be filled in.
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
    /// A sentence below the rows.
    pub remark: Option<String>,
}

/// A moment at which a status update is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusRow {
    /// "00:30"
    pub clock: String,
    /// "Sun 21 Mar" in the first row of a new day.
    pub day: Option<String>,
    /// "roll back by 00:42" in the last row before that time.
    pub rollback: Option<String>,
    /// The status, and who gave it; empty on a sheet that has yet to be filled in.
    pub status: String,
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
    /// Its share of the width, relative to the others.
    pub share: u8,
    /// Whether it is aligned to the right, as numbers and times are.
    pub is_number: bool,
}

/// A line for a signature, or who signed.
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
    /// What was written there, if the sheet is a record.
    pub written: String,
}

impl Sheet {
    /// A sheet in the language of its document, without a chapter, on as many pages as needed.
    pub fn new(name: String, parts: Vec<Part>) -> Self {
        Self { name, chapter: None, language: None, fits_a_page: false, is_wide: false, parts }
    }

    /// Whether it needs landscape paper.
    pub fn is_landscape(&self) -> bool {
        self.is_wide || self.parts.iter().any(|part| matches!(part, Part::Planner(_)))
    }
}

impl Room {
    pub fn empty(lines: u8) -> Self {
        Self { lines, written: String::new() }
    }
}

impl Document {
    /// Whether it needs landscape paper.
    pub fn is_landscape(&self) -> bool {
        self.sheets.iter().any(Sheet::is_landscape)
    }

    /// The sheets, each with the chapter that begins with it, if one does.
    pub fn chapters(&self) -> impl Iterator<Item = (Option<&str>, &Sheet)> {
        let before = std::iter::once(None).chain(self.sheets.iter().map(|sheet| sheet.chapter.as_deref()));
        self.sheets
            .iter()
            .zip(before)
            .map(|(sheet, before)| (sheet.chapter.as_deref().filter(|chapter| Some(*chapter) != before), sheet))
    }
}
