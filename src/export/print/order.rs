//! An order of something printed: what, in which form, on which paper.

use std::collections::HashSet;

use chrono::{Datelike as _, NaiveDate};

use super::checklist_filter::ChecklistFilter;
use super::error::PrintError;
use super::form::Form;
use crate::export::checklist::{self, ChecklistError};
use crate::export::compliance::{self, ComplianceChoice};
use crate::export::file::{ExportFile, Output, unused_name};
use crate::export::paper::{self, Document, Paper};
use crate::export::source::Source;
use crate::export::text::one_line;
use crate::export::{cab, planner, year};
use crate::model::{AreaId, WindowId, slug};
use crate::progress::Progress;
use crate::schedule::time::zone_data::ZoneData;

/// A subject, and how it is printed.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintOrder {
    pub what: PrintSubject,
    pub form: Form,
    pub paper: Paper,
    /// Whether each checklist becomes a separate file, in a folder.
    pub is_one_file_each: bool,
}

/// What is to be printed.
#[derive(Clone, Debug, PartialEq)]
pub enum PrintSubject {
    /// The checklist of one occurrence, by its original date.
    Checklist(WindowId, NaiveDate),
    Checklists(ChecklistFilter),
    /// The plan's months on a wall, with or without marks for findings.
    Planner {
        has_marks: bool,
    },
    /// A business area's dates for its owner.
    Year(AreaId),
    /// What the change advisory board decides in the coming weeks.
    Cab {
        weeks: u16,
    },
    /// What was installed in time, for auditors.
    Compliance(ComplianceChoice),
}

/// What can be printed, without its choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrintKind {
    Checklist,
    Checklists,
    Planner,
    Year,
    Cab,
    Compliance,
}

/// All kinds, as the dialog offers them.
pub const KINDS: [PrintKind; 6] = [
    PrintKind::Checklist,
    PrintKind::Checklists,
    PrintKind::Planner,
    PrintKind::Year,
    PrintKind::Cab,
    PrintKind::Compliance,
];

/// The files, and the checklists that could not be made.
pub struct Prints {
    pub files: Vec<ExportFile>,
    pub missing: Vec<ChecklistError>,
}

impl PrintKind {
    pub fn output(self) -> &'static Output {
        match self {
            Self::Checklist => &Output {
                id: "checklist",
                name: "Checklist of one occurrence",
                help: "What the team needs on the night: times, systems, boxes to tick, the backout plan, sign-offs",
            },
            Self::Checklists => &Output {
                id: "checklists",
                name: "Checklists of many occurrences",
                help: "One checklist for each date that matches",
            },
            Self::Planner => &Output {
                id: "planner",
                name: "Wall planner",
                help: "The whole plan on a wall, readable in black and white",
            },
            Self::Year => &Output {
                id: "year",
                name: "An owner's year",
                help: "One business area's dates, the answers that are needed, and a line to sign",
            },
            Self::Cab => &Output {
                id: "cab",
                name: "CAB sheet",
                help: "What comes in the next weeks, what changed, and what the board has to decide",
            },
            Self::Compliance => &Output {
                id: "compliance-report",
                name: "Compliance report",
                help: "For auditors: what was installed in time beside the targets, what was late, what was decided",
            },
        }
    }
}

impl PrintSubject {
    /// How many weeks the CAB sheet looks ahead unless somebody chooses otherwise.
    pub const USUAL_CAB_WEEKS: u16 = 4;

    pub fn kind(&self) -> PrintKind {
        match self {
            Self::Checklist(..) => PrintKind::Checklist,
            Self::Checklists(_) => PrintKind::Checklists,
            Self::Planner { .. } => PrintKind::Planner,
            Self::Year(_) => PrintKind::Year,
            Self::Cab { .. } => PrintKind::Cab,
            Self::Compliance(_) => PrintKind::Compliance,
        }
    }

    /// The papers that suit it, the usual one first.
    pub fn papers(&self) -> &'static [Paper] {
        match self {
            Self::Planner { .. } => &[Paper::A3, Paper::A2, Paper::Tabloid, Paper::A4],
            _ => &[Paper::A4, Paper::Letter],
        }
    }
}

impl PrintOrder {
    /// The usual name of its file or folder, without an ending.
    pub fn stem(&self, source: &Source<'_>) -> String {
        let plan = &source.schedule.plan;
        let window = |id: &WindowId| plan.windows().get(id).map_or(id.to_string(), |window| one_line(&window.name));
        slug(&match &self.what {
            PrintSubject::Checklist(id, on) => format!("{} {on}", window(id)),
            PrintSubject::Checklists(filter) => filter.title(plan),
            PrintSubject::Planner { .. } => format!("{} planner", one_line(plan.title())),
            PrintSubject::Year(id) => {
                let area = plan.areas().get(id).map_or(id.to_string(), |area| one_line(&area.name));
                format!("{area} {}", plan.horizon().from.year())
            }
            PrintSubject::Cab { .. } => format!("CAB {}", source.today),
            PrintSubject::Compliance(choice) => {
                let at = choice.options(source).at.plus(-1);
                format!("Compliance {}", source.schedule.zone.local(at).date())
            }
        })
    }

    /// On the wanted paper if it suits, else on the usual one. A planner is always on its usual paper.
    #[must_use]
    pub fn on_usual_paper(mut self, wanted: Paper) -> Self {
        let papers = self.what.papers();
        let suits = papers.contains(&wanted) && !matches!(self.what, PrintSubject::Planner { .. });
        self.paper = if suits { wanted } else { papers[0] };
        self
    }

    pub fn is_folder(&self) -> bool {
        self.is_one_file_each && matches!(self.what, PrintSubject::Checklists(_))
    }

    /// Makes the files.
    pub fn print(&self, source: &Source<'_>, progress: &Progress) -> Result<Prints, PrintError> {
        let release = ZoneData::in_use().release();
        let revision = &*format!("{} · tzdata {release}", paper::revision(&source.schedule.plan));
        let (schedule, today) = (source.schedule, source.today);
        match &self.what {
            PrintSubject::Checklist(window, on) => {
                let (window, occurrence) = schedule.occurrence(window, *on).ok_or(PrintError::Gone)?;
                self.print_one(&checklist::single(schedule, window, occurrence, revision)?, source, progress)
            }
            PrintSubject::Checklists(filter) => self.print_checklists(filter, source, revision, progress),
            PrintSubject::Planner { has_marks } => {
                let findings = has_marks.then(|| source.findings());
                self.print_one(&planner::document(schedule, findings, revision), source, progress)
            }
            PrintSubject::Year(area) if !schedule.plan.areas().contains(area) => Err(PrintError::NoArea),
            PrintSubject::Year(area) => {
                self.print_one(&year::document(schedule, area, today, revision), source, progress)
            }
            PrintSubject::Cab { weeks } => {
                let since = source.revision().map(|(since, _)| since);
                let document = cab::document(schedule, source.findings(), since, today, *weeks, revision);
                self.print_one(&document, source, progress)
            }
            PrintSubject::Compliance(choice) => {
                let document = compliance::document(schedule, &choice.options(source), revision);
                self.print_one(&document, source, progress)
            }
        }
    }

    /// The document as the only file.
    fn print_one(&self, document: &Document, source: &Source<'_>, progress: &Progress) -> Result<Prints, PrintError> {
        let bytes = self.form.write(document, self.paper, progress)?;
        let name = format!("{}.{}", self.stem(source), self.form.file_type().ending());
        Ok(Prints { files: vec![ExportFile::new(name, bytes)], missing: Vec::new() })
    }

    fn print_checklists(
        &self,
        filter: &ChecklistFilter,
        source: &Source<'_>,
        revision: &str,
        progress: &Progress,
    ) -> Result<Prints, PrintError> {
        let occurrences = filter.occurrences(source.schedule);
        if occurrences.is_empty() {
            return Err(PrintError::Nothing);
        }
        if self.is_one_file_each {
            return self.print_each(source, &occurrences, revision, progress);
        }
        let batch =
            checklist::document(source.schedule, &occurrences, revision, progress).ok_or(PrintError::Stopped)?;
        if let (true, Some(missing)) = (batch.document.sheets.is_empty(), batch.missing.first()) {
            return Err(missing.clone().into());
        }
        Ok(Prints { missing: batch.missing, ..self.print_one(&batch.document, source, progress)? })
    }

    /// A file for each checklist, in the order of their starts.
    fn print_each(
        &self,
        source: &Source<'_>,
        occurrences: &[(WindowId, NaiveDate)],
        revision: &str,
        progress: &Progress,
    ) -> Result<Prints, PrintError> {
        let mut files = Vec::with_capacity(occurrences.len());
        let mut missing: Vec<ChecklistError> = Vec::new();
        let mut names = HashSet::new();
        for (done, (window, on)) in occurrences.iter().enumerate() {
            if !progress.continues(done, occurrences.len()) {
                return Err(PrintError::Stopped);
            }
            let (window, occurrence) = source.schedule.occurrence(window, *on).ok_or(PrintError::Gone)?;
            match checklist::single(source.schedule, window, occurrence, revision) {
                Ok(document) => {
                    let bytes = self.form.write(&document, self.paper, &progress.for_step())?;
                    let day = window.local(occurrence.start_at).date();
                    let stem = format!("{day}-{}", slug(&one_line(&window.window.name)));
                    let stem = unused_name(&mut names, &stem, '-');
                    files.push(ExportFile::new(format!("{stem}.{}", self.form.file_type().ending()), bytes));
                }
                Err(error) if missing.contains(&error) => {}
                Err(error) => missing.push(error),
            }
        }
        match missing.first() {
            Some(error) if files.is_empty() => Err(error.clone().into()),
            _ => Ok(Prints { files, missing }),
        }
    }
}
