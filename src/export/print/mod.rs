//! What can be printed, and as what: one order, the same from the screen and from the command line.

mod packs;

use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::checklist::{self, NoChecklist};
use super::paper::{self, Document, Paper};
use super::text::one_line;
use super::{cab, planner, year};
use crate::checks::Findings;
use crate::model::{AreaId, WindowId, slug};
use crate::schedule::{Revision, Schedule};

pub use packs::Packs;

/// What is printed, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub what: Printed,
    pub form: Form,
    pub paper: Paper,
    /// Each pack becomes a file of its own, in a folder.
    pub is_one_file_each: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Printed {
    /// The pack of one occurrence, by its original date.
    Pack(WindowId, NaiveDate),
    Packs(Packs),
    /// The horizon on a wall, with or without the marks of what was found.
    Planner {
        has_marks: bool,
    },
    /// An area's dates for its owner.
    Year(AreaId),
    /// What the change advisory board decides in the coming weeks.
    Cab {
        weeks: u16,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    Pdf,
    Html,
    Markdown,
    Text,
}

/// A file that was ordered.
pub struct PrintedFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The files, and what is not in them.
pub struct Prints {
    pub files: Vec<PrintedFile>,
    pub missing: Vec<NoChecklist>,
}

/// Why nothing was printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPrinted {
    #[error("Printing was stopped. Nothing was written.")]
    Stopped,
    #[error("The occurrence is no longer in the plan. Select another one and print again.")]
    Gone,
    #[error("No occurrence is left by these choices, so there is nothing to print. Choose more days, groups or areas.")]
    Nothing,
    #[error("The business area is no longer in the plan. Choose another one.")]
    NoArea,
    #[error(transparent)]
    NoChecklist(#[from] NoChecklist),
    #[cfg(feature = "pdf")]
    #[error("{0}")]
    NoPdf(paper::PdfError),
    #[cfg(not(feature = "pdf"))]
    #[error("This program was built without PDF. Print as HTML and let a browser make the PDF.")]
    NoPdf,
}

/// All that a print is made of.
pub struct Source<'a> {
    pub schedule: &'a Schedule,
    pub findings: &'a Findings,
    /// What is different from the plan that the board saw last.
    pub since: Option<&'a Revision>,
    pub today: NaiveDate,
}

/// Told how many of how many steps are done; says whether to go on.
pub type GoesOn<'a> = &'a (dyn Fn(usize, usize) -> bool + Sync);

impl Form {
    /// Those that this program was built for.
    pub const ALL: &'static [Self] = if cfg!(feature = "pdf") {
        &[Self::Pdf, Self::Html, Self::Markdown, Self::Text]
    } else {
        &[Self::Html, Self::Markdown, Self::Text]
    };

    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Html => "HTML, one page that needs nothing else",
            Self::Markdown => "Markdown, for a wiki or a ticket",
            Self::Text => "Plain text",
        }
    }

    /// What a file's ending asks for.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "html" | "htm" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "txt" => Some(Self::Text),
            _ => None,
        }
    }
}

impl Printed {
    /// The papers that make sense for it, the usual one first.
    pub fn papers(&self) -> &'static [Paper] {
        match self {
            Self::Planner { .. } => &[Paper::A3, Paper::A2, Paper::A4],
            _ => &[Paper::A4, Paper::Letter],
        }
    }
}

impl Order {
    /// What its file is called where nobody says otherwise; of several files, their folder.
    pub fn file_name(&self, source: &Source<'_>) -> String {
        let plan = &source.schedule.plan;
        let window = |id: &WindowId| plan.windows().get(id).map_or(id.to_string(), |window| one_line(&window.name));
        let stem = match &self.what {
            Printed::Pack(id, on) => format!("{} {on}", window(id)),
            Printed::Packs(packs) => packs.title(plan),
            Printed::Planner { .. } => format!("{} planner", one_line(plan.title())),
            Printed::Year(id) => {
                let area = plan.areas().get(id).map_or(id.to_string(), |area| one_line(&area.name));
                format!("{area} {}", plan.horizon().from.year())
            }
            Printed::Cab { .. } => format!("CAB {}", source.today),
        };
        let stem = slug(&stem);
        if self.is_folder() { stem } else { format!("{stem}.{}", self.form.ending()) }
    }

    /// On that paper where it is one for this; on the usual one otherwise.
    pub fn on_usual_paper(mut self, wanted: Paper) -> Self {
        let papers = self.what.papers();
        self.paper = if papers.contains(&wanted) { wanted } else { papers[0] };
        if matches!(self.what, Printed::Planner { .. }) {
            self.paper = papers[0];
        }
        self
    }

    /// In the form that the file's ending asks for, where it asks for one that this program was built for.
    pub fn for_file(mut self, path: &Path) -> Self {
        let asked = path.extension().and_then(|ending| Form::of_ending(&ending.to_string_lossy()));
        if let Some(form) = asked.filter(|form| !self.is_folder() && Form::ALL.contains(form)) {
            self.form = form;
        }
        self
    }

    pub fn is_folder(&self) -> bool {
        self.is_one_file_each && matches!(self.what, Printed::Packs(_))
    }

    /// Makes the files.
    pub fn print(&self, source: &Source<'_>, goes_on: GoesOn<'_>) -> Result<Prints, NotPrinted> {
        let revision = paper::revision(&source.schedule.plan);
        let (schedule, today) = (source.schedule, source.today);
        let one = |document: Document| {
            let bytes = self.written(&document, goes_on)?;
            let file = PrintedFile { name: self.file_name(source), bytes };
            Ok(Prints { files: vec![file], missing: Vec::new() })
        };
        match &self.what {
            Printed::Pack(window, on) => {
                let (window, occurrence) = schedule.occurrence(window, *on).ok_or(NotPrinted::Gone)?;
                one(checklist::single(schedule, window, occurrence, &revision)?)
            }
            Printed::Packs(packs) => packs.print(self, source, &revision, goes_on),
            Printed::Planner { has_marks } => {
                one(planner::document(schedule, has_marks.then_some(source.findings), &revision))
            }
            Printed::Year(area) if !schedule.plan.areas().contains(area) => Err(NotPrinted::NoArea),
            Printed::Year(area) => one(year::document(schedule, area, today, &revision)),
            Printed::Cab { weeks } => {
                one(cab::document(schedule, source.findings, source.since, today, *weeks, &revision))
            }
        }
    }

    /// The document in the form that was ordered.
    fn written(&self, document: &Document, goes_on: GoesOn<'_>) -> Result<Vec<u8>, NotPrinted> {
        match self.form {
            Form::Pdf => pdf(document, self.paper, goes_on),
            Form::Html => Ok(paper::html(document, self.paper).into_bytes()),
            Form::Markdown => Ok(paper::markdown(document).into_bytes()),
            Form::Text => Ok(paper::text(document).into_bytes()),
        }
    }
}

#[cfg(feature = "pdf")]
fn pdf(document: &Document, paper: Paper, goes_on: GoesOn<'_>) -> Result<Vec<u8>, NotPrinted> {
    paper::pdf(document, paper, goes_on).map_err(|error| match error {
        paper::PdfError::Stopped => NotPrinted::Stopped,
        failed @ paper::PdfError::Failed(_) => NotPrinted::NoPdf(failed),
    })
}

#[cfg(not(feature = "pdf"))]
fn pdf(_document: &Document, _paper: Paper, _goes_on: GoesOn<'_>) -> Result<Vec<u8>, NotPrinted> {
    Err(NotPrinted::NoPdf)
}
