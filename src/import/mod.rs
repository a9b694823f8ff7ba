//! What others wrote: text in, edits and warnings out. Files are read by `store`; nothing here touches them.

pub mod advisories;
mod fresh_ids;
pub mod ics;
pub mod replies;
mod table;
pub mod windows_csv;
mod zone_name;

use chrono::{Datelike, NaiveDate};

use crate::model::{Edit, Horizon, MaintenanceWindow, Plan};

pub use advisories::advisories;
pub use ics::{freezes, holidays, windows};
pub use windows_csv::{CsvOptions, windows_csv};

/// The longest text that is read, in bytes: 64 MB.
pub const LONGEST_TEXT: usize = 64 * 1024 * 1024;
/// The most rows or events that one file may have.
pub const MOST_RECORDS: usize = 100_000;

/// What a text gives: how the plan would change, and what could not be taken over as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    pub edits: Vec<Edit>,
    /// In the order of the text; those about the whole of it last.
    pub warnings: Vec<Warning>,
    /// What the edits bring, in lower case: "1 window with 19 dates".
    pub summary: String,
    /// Where dates lie outside the plan's months, a horizon that shows them all. It is offered, never set.
    pub horizon: Option<Horizon>,
}

impl Imported {
    /// All edits as one step of undo; none where there is nothing to do.
    pub fn edit(&self) -> Option<Edit> {
        let label = format!("Import {}", self.summary);
        (!self.edits.is_empty()).then(|| Edit::Together { label, edits: self.edits.clone() })
    }

    /// Says which of `dates` the plan's months leave out, and offers months that would not.
    fn judge_horizon(&mut self, dates: &[NaiveDate], plan: &Plan) {
        let outside = dates.iter().filter(|on| !plan.horizon().contains(**on)).count();
        let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else { return };
        if outside == 0 {
            return;
        }
        let whole = covering(plan.horizon().from.min(*first), plan.horizon().last().max(*last));
        // A plan without windows loses nothing when its months move.
        let alone = || covering(*first, *last).filter(|_| plan.windows().is_empty());
        self.horizon = whole.or_else(alone);
        let which = match dates.len() {
            1 => "The date lies".to_owned(),
            all if all == outside => format!("All {all} dates lie"),
            all if outside == 1 => format!("1 of the {all} dates lies"),
            all => format!("{outside} of the {all} dates lie"),
        };
        let advice = match self.horizon {
            Some(horizon) => {
                format!("to see them, set the plan to begin on {} and to last {} months", horizon.from, horizon.months)
            }
            None => format!("a plan spans at most {} months, so no plan shows them all", Horizon::MOST_MONTHS),
        };
        let months = format!("{} to {}", plan.horizon().from, plan.horizon().last());
        self.warn(None, format!("{which} outside the plan's months ({months}): {advice}"));
    }

    /// Leaves out windows that the plan has already: of the same name, on the same dates, at the same hour.
    /// Whether there were any.
    fn leave_out_known(&mut self, plan: &Plan) -> bool {
        let known = |new: &MaintenanceWindow| {
            plan.windows().iter().any(|old| {
                (&old.name, &old.rule, old.start, old.duration) == (&new.name, &new.rule, new.start, new.duration)
                    && (old.first, old.last) == (new.first, new.last)
            })
        };
        let (doubled, fresh) = std::mem::take(&mut self.edits)
            .into_iter()
            .partition::<Vec<_>, _>(|edit| matches!(edit, Edit::PutWindow(window) if known(window)));
        self.edits = fresh;
        let any = !doubled.is_empty();
        for edit in doubled {
            if let Edit::PutWindow(window) = edit {
                self.warn(None, format!("{} is in the plan already and was left out", window.name));
            }
        }
        any
    }

    /// Puts the warnings into the order of the text, those about the whole last.
    fn in_order(mut self) -> Self {
        self.warnings.sort_by_key(|warning| warning.line.unwrap_or(usize::MAX));
        self
    }

    fn warn(&mut self, line: Option<usize>, message: impl Into<String>) {
        self.warnings.push(Warning { line, message: message.into() });
    }
}

/// Whole months from the one of `first` to the one of `last`, if a plan can be that long.
fn covering(first: NaiveDate, last: NaiveDate) -> Option<Horizon> {
    let months = (last.year() - first.year()) * 12 + last.month() as i32 - first.month() as i32 + 1;
    let months = u16::try_from(months).ok().filter(|months| (1..=Horizon::MOST_MONTHS).contains(months))?;
    Some(Horizon { from: first.with_day(1)?, months })
}

/// Something that was not taken over, or not as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The line in the text, from 1; none where it is about the whole.
    pub line: Option<usize>,
    pub message: String,
}

impl std::fmt::Display for Warning {
    /// Message first, place last: "There is no group "Web" (line 3)".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{} (line {line})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Why a text as a whole cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("The file is empty")]
    Empty,
    #[error("The file has {0} MB; at most {most} MB are read", most = LONGEST_TEXT / 1024 / 1024)]
    TooLong(usize),
    #[error("The file has more than {MOST_RECORDS} {0}; split it into several")]
    TooMany(&'static str),
    #[error("The first line must name the columns, among them name and date; it names {0}")]
    MissingColumns(String),
    #[error("The first line must name the columns, among them id and published; it names {0}")]
    NoAdvisories(String),
    #[error(
        "This is no catalogue of advisories ({0}); CISA's has a list \"vulnerabilities\" whose entries have cveID, \
         vendorProject, product, dateAdded and dueDate"
    )]
    NoCatalogue(String),
    #[error("There is no group \"{name}\" in the plan; there are {known}")]
    UnknownGroup { name: String, known: String },
    #[error("This is no calendar: no line says BEGIN:VCALENDAR or BEGIN:VEVENT")]
    NoCalendar,
    #[error("The file holds no event: it has {0}, and only events (VEVENT) are read")]
    NoEvents(String),
    #[error("Components are nested more than {0} deep (line {1}); a calendar needs three levels")]
    TooDeep(usize, usize),
}

/// The text without a byte-order mark, if it is of a size that is read.
fn readable(text: &str) -> Result<&str, ImportError> {
    if text.len() > LONGEST_TEXT {
        return Err(ImportError::TooLong(text.len() / 1024 / 1024));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() { Err(ImportError::Empty) } else { Ok(text) }
}

/// A name on one line, without control characters and space around it.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// An error's message in the middle of a sentence.
fn within_sentence(error: impl std::fmt::Display) -> String {
    let message = error.to_string();
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
