//! What the reader of a kind works with: the files, the options and the plan that they go into.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use super::error::ImportError;
use super::imported::Warning;
use super::option::Options;
use super::source::{OpenFile, Source};
use super::tables::fit::TableKind;
use super::tables::workbook;
use crate::encoding::decode;
use crate::model::Plan;
use crate::schedule::Schedule;

/// The plan that an import goes into, and the day on which it does.
pub struct Target {
    plan: Arc<Plan>,
    today: NaiveDate,
    /// Derived when a reader asks for it: most do not need it.
    schedule: OnceLock<Schedule>,
}

impl Target {
    /// A plan whose schedule is not known yet.
    pub fn new(plan: Arc<Plan>, today: NaiveDate) -> Self {
        Self { plan, today, schedule: OnceLock::new() }
    }

    /// The plan of a schedule.
    pub fn with_schedule(schedule: Schedule, today: NaiveDate) -> Self {
        Self { plan: Arc::clone(&schedule.plan), today, schedule: OnceLock::from(schedule) }
    }

    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    pub fn today(&self) -> NaiveDate {
        self.today
    }

    pub fn schedule(&self) -> &Schedule {
        self.schedule.get_or_init(|| Schedule::derive(&self.plan, None))
    }
}

/// What a reader gets.
pub struct Input<'a> {
    pub source: &'a Source<'a>,
    pub options: &'a Options,
    pub target: &'a Target,
    /// All kinds of tables.
    pub tables: Vec<TableKind>,
    /// What was noticed while the files were decoded.
    notes: RefCell<Vec<Warning>>,
}

impl<'a> Input<'a> {
    pub(super) fn new(
        source: &'a Source<'a>,
        options: &'a Options,
        target: &'a Target,
        tables: Vec<TableKind>,
    ) -> Self {
        Self { source, options, target, tables, notes: RefCell::default() }
    }

    pub fn plan(&self) -> &'a Plan {
        self.target.plan()
    }

    /// The only file of the source.
    ///
    /// # Errors
    /// There are several, or none.
    pub fn file(&self) -> Result<OpenFile<'a>, ImportError> {
        let mut files = self.source.files();
        match (files.next(), files.len()) {
            (Some(file), 0) => Ok(file),
            (Some(_), more) => Err(ImportError::TooManyFiles(more + 1)),
            (None, _) => Err(ImportError::Empty),
        }
    }

    /// The text of the only file. If its encoding was guessed, the import warns about that.
    ///
    /// # Errors
    /// The file cannot be read, is too long or is a workbook, or the import was cancelled.
    pub fn text(&self) -> Result<String, ImportError> {
        let bytes = self.file()?.bytes()?;
        if workbook::is_workbook(&bytes) {
            return Err(ImportError::TextInWorkbook);
        }
        Ok(self.decoded(&bytes))
    }

    /// The text of these bytes. If their encoding was guessed, the import warns about that.
    pub fn decoded(&self, bytes: &[u8]) -> String {
        let decoded = decode(bytes);
        self.notes.borrow_mut().extend(decoded.warning.map(|message| Warning { line: None, message }));
        decoded.text
    }

    pub(super) fn into_notes(self) -> Vec<Warning> {
        self.notes.into_inner()
    }
}
