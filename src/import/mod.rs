//! Imports what other programs wrote: [`KINDS`] lists the kinds of file, [`recognise`] tells which a source is, and
//! [`read`] turns it into edits and warnings.
//!
//! A new kind is a folder with a `const KIND: ImportKind` and a row in [`KINDS`]. Dialogs, drag and drop and the command line
//! follow from the row. `store` opens the files; nothing here touches a disk.

mod advisories;
mod confidence;
mod day_tables;
mod error;
mod folding;
mod foreign_content;
mod fresh_ids;
mod head;
pub mod ics;
mod imported;
mod input;
mod kind;
mod limits;
mod mail_files;
mod mail_parts;
mod memory_file;
mod option;
mod reconcile;
mod record_tables;
mod records;
mod regions;
mod replies;
mod source;
mod tables;
mod text;
mod topic;
mod unread_format;
mod windows_table;
mod years;
mod zone_names;

pub use confidence::Confidence;
pub use error::{ImportError, LooksLike};
pub use foreign_content::begins_plan;
pub use head::Head;
pub use imported::{Imported, Item, Section, Warning};
pub use input::Target;
pub use kind::ImportKind;
pub use limits::{LARGEST_FILE, MOST_RECORDS};
pub use memory_file::MemoryFile;
pub use option::{OptionSpec, OptionValue, Options, ValueKind};
pub use records::{Outcome, RecordColumn, RecordGroup, RecordList, RecordRow};
pub use source::{OpenFile, Source, SourceFile};
pub use tables::assigned::{IGNORE, TitleRow};
pub use tables::table_preview::{AmbiguousDate, ColumnPreview, FieldPreview, TablePreview};
pub use topic::{Topic, TopicWords};

use std::sync::Arc;

use crate::model::Edit;
use crate::wording::list_of_choices;
use tables::fit::TableKind;

/// Every kind of file that can be imported. Of kinds that are equally sure, the first is taken.
pub const KINDS: &[&ImportKind] = &[
    &windows_table::KIND,
    &ics::WINDOWS,
    &ics::HOLIDAYS,
    &day_tables::HOLIDAYS,
    &ics::FREEZES,
    &day_tables::FREEZES,
    &record_tables::SYSTEMS,
    &record_tables::AREAS,
    &record_tables::PEOPLE,
    &advisories::TABLE,
    &advisories::KEV_CATALOGUE,
    &replies::KIND,
];

/// The kinds that bring `topic`.
pub fn kinds_of_topic(topic: Topic) -> impl Iterator<Item = &'static ImportKind> {
    KINDS.iter().copied().filter(move |kind| kind.topic == topic)
}

/// Finds the kinds that a source may be of, by its content. With a `topic`, returns the best match. Otherwise returns
/// several if only a person can tell them apart, such as a calendar of windows or of holidays, or a table with unknown
/// titles.
///
/// # Errors
/// No kind recognises the source, or it cannot be read.
pub fn recognise(source: &Source<'_>, topic: Option<Topic>) -> Result<Vec<&'static ImportKind>, ImportError> {
    let head = source.head()?;
    if !head.is_folder() && head.text().trim().is_empty() {
        return Err(ImportError::Empty);
    }
    if foreign_content::is_web_archive(head.text()) {
        return Err(not_recognised(head, topic));
    }
    let is_wanted = |kind: &&ImportKind| topic.is_none_or(|topic| kind.topic == topic);
    let judged: Vec<_> = KINDS.iter().copied().filter(is_wanted).map(|kind| (kind, confidence(kind, head))).collect();
    let best = judged.iter().map(|(_, confidence)| *confidence).max().unwrap_or(Confidence::No);
    let least = if topic.is_some() { Confidence::Unlikely } else { Confidence::Likely };
    if best < least {
        let is_table = |kind: &&ImportKind| kind.options.iter().any(|spec| spec.value == ValueKind::Columns);
        if topic.is_none() && tables::sniff::looks_like_table(head) {
            return Ok(KINDS.iter().copied().filter(is_table).collect());
        }
        let nul = head.line_with_nul_byte().map(ImportError::NulByte);
        return Err(nul.unwrap_or_else(|| not_recognised(head, topic)));
    }
    let sure = judged.into_iter().filter(|(_, confidence)| *confidence == best);
    let mut kinds: Vec<_> = sure.map(|(kind, _)| kind).collect();
    if topic.is_some() {
        kinds.truncate(1);
    }
    Ok(kinds)
}

/// How sure a kind is that a file, or one of the sheets of a workbook, belongs to it.
fn confidence(kind: &ImportKind, head: &Head) -> Confidence {
    head.parts().iter().map(|part| (kind.sniff)(part)).max().unwrap_or(Confidence::No)
}

/// The kinds that are tables.
fn table_kinds() -> Vec<TableKind> {
    let table =
        |kind: &&ImportKind| kind.layout.map(|layout| TableKind { topic: kind.topic, layout, sniff: kind.sniff });
    KINDS.iter().filter_map(table).collect()
}

/// Reads a source as `kind`: the only way in which the content of a foreign file becomes edits.
///
/// # Errors
/// The source cannot be read, is not of that kind, or the import was cancelled.
pub fn read(
    source: &Source<'_>,
    kind: &'static ImportKind,
    options: &Options,
    target: &Target,
) -> Result<Imported, ImportError> {
    let mut imported = read_into(source, kind, options, target)?;
    if let Some(horizon) = imported.horizon.filter(|_| imported.has_more_in_other_months)
        && let Ok(plan) = target.plan().apply(&Edit::SetHorizon(horizon))
    {
        let target = Target::new(Arc::new(plan), target.today());
        match read_into(source, kind, options, &target) {
            Ok(widened) => imported.widened = Some(Box::new(widened)),
            Err(ImportError::Cancelled) => return Err(ImportError::Cancelled),
            Err(error) => {
                // Widened without the rest of the series, the plan would look complete.
                imported.horizon = None;
                imported.warn(None, format!("The plan's months cannot be widened for this file: {error}"));
            }
        }
    }
    Ok(imported)
}

/// Reads a source for the months of the plan.
fn read_into(
    source: &Source<'_>,
    kind: &'static ImportKind,
    options: &Options,
    target: &Target,
) -> Result<Imported, ImportError> {
    let input = input::Input::new(source, options, target, table_kinds());
    let mut imported = (kind.read)(&input).map_err(|error| with_hint(error, source, kind))?;
    source.check_cancelled()?;
    years::begin_within_years(&mut imported.edits, target.plan());
    imported.refuse_other_years();
    source.check_cancelled()?;
    imported.records = records::record_lists(&imported, target.plan(), &|| source.check_cancelled())?;
    if imported.table.as_ref().is_some_and(|table| !table.missing.is_empty())
        && let Some(question) = &mut imported.question
    {
        question.push_str(&hint(source, kind).map(|other| other.to_string()).unwrap_or_default());
    }
    let remarks = source.remarks().iter().map(|message| Warning { line: None, message: message.clone() });
    imported.warnings.splice(0..0, remarks.chain(input.into_notes()));
    if imported.table.is_some() {
        imported.warnings = folding::folded(imported.warnings);
    }
    Ok(imported)
}

/// Adds what the source looks like instead, if it was read as something that it is not.
fn with_hint(error: ImportError, source: &Source<'_>, kind: &ImportKind) -> ImportError {
    let is_clear = matches!(error, ImportError::Cancelled | ImportError::OwnList { .. });
    match hint(source, kind).filter(|_| !is_clear) {
        Some(looks_like) => ImportError::WrongTopic { error: Box::new(error), looks_like },
        None => error,
    }
}

/// What the source looks like instead of `kind`.
fn hint(source: &Source<'_>, kind: &ImportKind) -> Option<LooksLike> {
    let head = source.head().ok().filter(|head| confidence(kind, head) < Confidence::Likely)?;
    looks_like(head, Some(kind.topic))
}

/// What the file looks like to the kinds that bring something other than `topic`: those that are equally sure.
fn looks_like(head: &Head, topic: Option<Topic>) -> Option<LooksLike> {
    let others = KINDS.iter().filter(|kind| Some(kind.topic) != topic);
    let judged: Vec<_> = others.map(|kind| (kind, confidence(kind, head))).collect();
    let best = judged.iter().map(|(_, sure)| *sure).filter(|sure| *sure >= Confidence::Likely).max()?;
    let kinds = || judged.iter().filter(|(_, sure)| *sure == best).map(|(kind, _)| kind);
    Some(LooksLike { names: kinds().map(|kind| kind.name).collect(), topics: kinds().map(|kind| kind.topic).collect() })
}

fn not_recognised(head: &Head, topic: Option<Topic>) -> ImportError {
    let kinds = KINDS.iter().filter(|kind| topic.is_none_or(|topic| kind.topic == topic));
    let expected = list_of_choices(&kinds.map(|kind| kind.name).collect::<Vec<_>>());
    let content = foreign_content::foreign_content(head.text());
    let looks_like = if foreign_content::is_web_archive(head.text()) { None } else { looks_like(head, topic) };
    ImportError::NotRecognised { expected, content, looks_like }
}
