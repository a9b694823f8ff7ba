//! The plan file's format: from text to plan and back. `docs/plan-file.md` describes it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use ron::Options;
use ron::error::{Error as RonError, SpannedError};
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Deserialize;
use serde_ignored::Path;

use super::error::{LoadError, LoadProblem};
use super::interrupted_save::InterruptedSave;
use super::plan_fault::{DatedList, PlanFault, SyntaxProblem, is_showable};
use super::text::LARGEST_FILE;
use super::{layout, ron_fields};
use crate::model::{Plan, PlanParts, Record, Table, find_duplicate_group};

/// The number of the format that this program writes. It is raised when an older program would misread a plan.
pub const FORMAT: u32 = 2;

/// At most this many unknown fields are listed.
const MOST_UNKNOWN: usize = 1000;

/// Keys of words on printed checklists that earlier versions of the program wrote, and their present names.
const RENAMED_WORDS: [(&str, &str); 1] = [("length-reckoned", "length-calculated")];

const HEADER: &str = "\
// A plan of Windowsill. Comments are lost when the program saves it: keep notes in the notes fields.
";

/// What was read from a plan's text.
#[derive(Debug)]
pub struct LoadedPlan {
    pub plan: Plan,
    /// The fields that saving would drop, in the order of the text; at most 1,000.
    pub unknown_fields: Vec<UnknownField>,
    /// A newer program wrote it. It may only be viewed: saving could lose what this program does not know.
    pub newer_format: bool,
    /// The number of its format if that is older than [`FORMAT`]. Saving raises it, and older programs then open the plan
    /// read-only.
    pub older_format: Option<u32>,
}

/// A field that no record has: a typing error, or a field of another program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnknownField {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// `windows[3].durr`; lists are counted from 0.
    pub path: String,
    /// The id of the record that contains it.
    pub record: Option<String>,
}

impl UnknownField {
    /// `windows[3].durr of "core-db"`
    pub fn name(&self) -> String {
        match &self.record {
            Some(record) => format!("{} of \"{record}\"", self.path),
            None => self.path.clone(),
        }
    }
}

impl fmt::Display for UnknownField {
    /// `windows[3].durr of "core-db" in line 57`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in line {}", self.name(), self.line)
    }
}

/// Reads a plan. A BOM and CRLF line ends are accepted.
///
/// # Errors
/// Text over 64 MB, text without a format number, or an invalid plan, with line and column.
pub fn parse(text: &str) -> Result<LoadedPlan, LoadError> {
    if text.len() as u64 > LARGEST_FILE {
        return Err(LoadProblem::TooLarge { limit: LARGEST_FILE }.into());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // RON would keep the CR inside a string that spans several lines.
    let unix_text = text.contains('\r').then(|| text.replace("\r\n", "\n"));
    let text = unix_text.as_deref().unwrap_or(text);

    if let Some(InterruptedSave { who, .. }) = InterruptedSave::find(text) {
        return Err(LoadProblem::BeingSaved { who }.into());
    }
    let format = probe_format(text);
    let mut unknown = BTreeSet::new();
    match read_plan(text, &mut unknown).and_then(in_order) {
        Ok(plan) => {
            let format = format.ok_or(LoadProblem::NoFormat)?;
            Ok(LoadedPlan {
                plan,
                unknown_fields: locate(text, &unknown),
                newer_format: format > FORMAT,
                older_format: Some(format).filter(|format| *format < FORMAT),
            })
        }
        Err(fault) => {
            let mut syntax = fault.explain(text);
            if let PlanFault::Ron(SpannedError { code: RonError::MissingStructField { .. }, .. }) = &fault {
                name_unknown_field(&mut syntax, &locate(text, &unknown));
            }
            Err(match format {
                None if text.trim().is_empty() => LoadProblem::Blank,
                None if text.trim_start().starts_with("BEGIN:V") => LoadProblem::Calendar,
                None if !text.trim_start().starts_with('<') => LoadProblem::NoFormat,
                Some(format) if format > FORMAT => LoadProblem::Newer { format, syntax },
                _ => LoadProblem::Syntax(syntax),
            }
            .into())
        }
    }
}

/// The plan as text: the same bytes for the same plan, LF line ends, one field per line, records sorted by id.
///
/// # Errors
/// A plan that RON cannot write. Cannot happen with a valid model; reported as an error so that no data is lost.
pub fn to_text(plan: &Plan) -> Result<String, ron::Error> {
    let pretty = options().to_string_pretty(plan, PrettyConfig::new().new_line("\n"))?;
    Ok(format!("{HEADER}{}", layout::fold(&pretty, &format!("format: {FORMAT},"))))
}

/// Says that a plan that was opened in an older format is now saved in this one. A sentence.
pub fn raised_format(older: u32) -> String {
    format!(
        "The plan was in format {older} and is now in format {FORMAT}, which earlier versions of Windowsill open read-only."
    )
}

/// Adds the last unknown field before a missing one: it may be the same field with a typing error.
fn name_unknown_field(syntax: &mut SyntaxProblem, unknown: &[UnknownField]) {
    if let Some(field) = unknown.iter().max_by_key(|field| field.line) {
        let name = field.path.rsplit('.').next().unwrap_or(&field.path);
        syntax.problem =
            format!("{} (the unknown field \"{name}\" in line {} may be a typing error)", syntax.problem, field.line);
    }
}

fn options() -> Options {
    Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
        .with_recursion_limit(ron_fields::DEEPEST)
}

/// The format number, even of a text that this program cannot read otherwise.
fn probe_format(text: &str) -> Option<u32> {
    let mut format = None;
    ron_fields::visit(text, |field| {
        if field.path == "format" {
            format = field.value.parse().ok();
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    format
}

fn read_plan(text: &str, unknown: &mut BTreeSet<String>) -> Result<PlanParts, PlanFault> {
    let mut ron = ron::Deserializer::from_str_with_options(text, &options()).map_err(PlanFault::Ron)?;
    let mut note = |path: Path<'_>| {
        let path = path_text(&path);
        if path != "format" && unknown.len() < MOST_UNKNOWN {
            unknown.insert(path);
        }
    };
    let plan = PlanParts::deserialize(serde_ignored::Deserializer::new(&mut ron, &mut note));
    let plan = plan.map_err(|error| PlanFault::Ron(ron.span_error(error)))?;
    ron.end().map_err(|error| PlanFault::Ron(ron.span_error(error)))?;
    Ok(plan)
}

/// The path in the form that [`ron_fields::visit`] uses.
fn path_text(path: &Path<'_>) -> String {
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}[{index}]", path_text(parent)),
        Path::Map { parent, key } => match path_text(parent) {
            parent if parent.is_empty() => key.clone(),
            parent => format!("{parent}.{key}"),
        },
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => path_text(parent),
    }
}

/// Finds the line and the record of each unknown field.
fn locate(text: &str, unknown: &BTreeSet<String>) -> Vec<UnknownField> {
    if unknown.is_empty() {
        return Vec::new();
    }
    // Only the records that contain one: a file can have millions of others.
    let records = unknown.iter().flat_map(|path| path.match_indices(']').map(|(at, _)| &path[..=at]));
    let records: HashSet<&str> = records.collect();
    let mut ids: HashMap<&str, String> = HashMap::new();
    let mut positions: HashMap<String, (usize, usize)> = HashMap::new();
    ron_fields::visit(text, |field| {
        if let Some(record) = field.path.strip_suffix(".id").and_then(|record| records.get(record)) {
            ids.insert(record, field.value.trim_matches('"').to_owned());
        }
        if unknown.contains(field.path) {
            let before = &text[..field.offset];
            let begin = before.rfind('\n').map_or(0, |at| at + 1);
            let column = before[begin..].chars().count() + 1;
            positions.entry(field.path.to_owned()).or_insert((field.line, column));
        }
        ControlFlow::Continue(())
    });
    let mut fields: Vec<_> = unknown
        .iter()
        .map(|path| (path, positions.get(path).copied().unwrap_or((1, 1))))
        .map(|(path, (line, column))| UnknownField {
            line,
            column,
            record: path.match_indices(']').rev().find_map(|(at, _)| ids.get(&path[..=at]).cloned()),
            path: path.clone(),
        })
        .collect();
    fields.sort();
    fields
}

/// Sorts what the model keeps sorted, since a person may have typed it in any order, and renames old keys.
fn in_order(mut plan: PlanParts) -> Result<Plan, PlanFault> {
    for window in &plan.windows {
        let exceptions = window.exceptions.iter().map(|exception| exception.on).collect();
        let changes = window.changes.iter().map(|change| change.from).collect();
        let double = |list, dates| Some((list, first_double(dates)?));
        if let Some((list, on)) = double(DatedList::Exceptions, exceptions).or(double(DatedList::Changes, changes)) {
            return Err(PlanFault::TwoForDate { window: window.id.clone(), list, on });
        }
    }
    if !names(&plan).all(is_showable) {
        return Err(PlanFault::LongName);
    }
    if let Some(id) = find_duplicate_group(&plan.ladders) {
        return Err(PlanFault::TwoGroups(id.clone()));
    }
    plan.windows = sorted(&plan.windows, |window| {
        window.exceptions.sort_by_key(|exception| exception.on);
        window.changes.sort_by_key(|change| change.from);
    });
    plan.zones = sorted(&plan.zones, |zone| zone.transitions.sort_by_key(|transition| transition.at));
    plan.holidays = sorted(&plan.holidays, |calendar| calendar.days.sort());
    plan.ladders = sorted(&plan.ladders, |ladder| {
        for group in &mut ladder.groups {
            group.systems.sort();
            group.systems.dedup();
        }
    });
    plan.checklists = sorted(&plan.checklists, |template| {
        for (old, new) in RENAMED_WORDS {
            if let Some(words) = template.words.remove(old) {
                template.words.entry(new.to_owned()).or_insert(words);
            }
        }
    });
    Ok(plan.into())
}

/// The earliest date that is in the list twice.
fn first_double(mut dates: Vec<NaiveDate>) -> Option<NaiveDate> {
    dates.sort();
    dates.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

/// The title and the names of all records.
fn names(plan: &PlanParts) -> impl Iterator<Item = &str> {
    let groups = plan.ladders.iter().flat_map(|ladder| ladder.groups.iter().map(|group| &group.name));
    let of_plan = std::iter::once(&plan.title).chain(groups);
    let work =
        of_plan.chain(plan.windows.iter().map(|each| &each.name)).chain(plan.freezes.iter().map(|each| &each.name));
    let work =
        work.chain(plan.ladders.iter().map(|each| &each.name)).chain(plan.releases.iter().map(|each| &each.name));
    let systems = plan.systems.iter().map(|each| &each.name).chain(plan.areas.iter().map(|each| &each.name));
    let people = plan.people.iter().map(|each| &each.name).chain(plan.teams.iter().map(|each| &each.name));
    let texts = plan.advisories.iter().map(|each| &each.title).chain(plan.checklists.iter().map(|each| &each.name));
    let calendars = plan.holidays.iter().map(|each| &each.name);
    work.chain(systems).chain(people).chain(texts).chain(calendars).map(String::as_str)
}

fn sorted<T: Record + Clone>(table: &Table<T>, sort: impl Fn(&mut T)) -> Table<T> {
    let records = table.iter().map(|record| {
        let mut record = T::clone(record);
        sort(&mut record);
        record
    });
    records.collect()
}
