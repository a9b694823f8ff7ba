//! Maintenance windows from a spreadsheet: one row a date, with the rule in words beside it.

pub(super) mod cells;
mod gather;

use chrono::{NaiveDate, NaiveTime};

use super::table::{Columns, Table, titles};
use super::{ImportError, Imported, one_line, readable, zone_name};
use crate::model::{GroupId, Minutes, Plan, WindowKind};
use crate::wording::counted;

/// What holds for rows that do not say it themselves. The window's usual start and length and the plan's zone, where
/// this says nothing either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CsvOptions {
    pub start: Option<NaiveTime>,
    pub duration: Option<Minutes>,
    /// IANA or Windows name.
    pub zone: Option<String>,
    /// Id or name.
    pub group: Option<String>,
}

/// What the rows of one window have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Settings {
    name: String,
    start: Option<NaiveTime>,
    duration: Option<Minutes>,
    zone: Option<String>,
    kind: WindowKind,
    groups: Vec<GroupId>,
}

/// One row that could be read.
#[derive(Clone, Debug)]
struct DateLine {
    line: usize,
    settings: Settings,
    words: String,
    on: NaiveDate,
}

/// Reads the columns name, rule, date, start, duration, zone, kind and group, in any order; all but name and date may
/// be missing. Fields are parted by commas, semicolons or tabs.
///
/// Rows of one name, rule and clock become one recurring window where the rule gives exactly the dates listed between
/// the first and the last of them; the other rows of a name become one window that lists its dates, with the words
/// that stood beside each. So nobody gets a date that was not listed. A row that cannot be read is left out, with a
/// warning.
pub fn windows_csv(text: &str, plan: &Plan, options: &CsvOptions) -> Result<Imported, ImportError> {
    let text = readable(text)?;
    let mut unknown = None;
    cells::groups(options.group.as_deref().unwrap_or_default(), plan, |name| unknown = Some(name.to_owned()));
    if let Some(name) = unknown {
        return Err(ImportError::UnknownGroup { name, known: known_groups(plan) });
    }
    let Table { header, rows: records } = Table::read(text)?;
    let mut imported = Imported::default();
    let columns = Columns::of(&COLUMNS, &header, &mut imported);
    if !(columns.has(0) && columns.has(2)) {
        return Err(ImportError::MissingColumns(titles(&header)));
    }
    let mut rows = Vec::new();
    let mut skipped = 0;
    for (line, record) in records {
        match DateLine::read(columns.cells(&record), line, plan, options, &mut imported) {
            Ok(row) => rows.push(row),
            Err(reason) => {
                skipped += 1;
                imported.warn(Some(line), format!("Row left out: {reason}"));
            }
        }
    }
    let dates = gather::windows(rows, plan, &mut imported);
    let some_known = imported.leave_out_known(plan);
    let windows = counted(imported.edits.len(), "window");
    imported.summary = if some_known { windows } else { format!("{windows} with {}", counted(dates.len(), "date")) };
    if skipped > 0 {
        imported.warn(None, format!("{} could not be read", counted(skipped, "row")));
    }
    imported.judge_horizon(&dates, plan);
    Ok(imported.in_order())
}

/// "servers-test, servers-pilot", or that there are none.
fn known_groups(plan: &Plan) -> String {
    let groups = plan.ladders().iter().flat_map(|ladder| &ladder.groups);
    let ids: Vec<&str> = groups.map(|group| group.id.as_str()).collect();
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

const COLUMNS: [&str; 8] = ["name", "rule", "date", "start", "duration", "zone", "kind", "group"];

impl DateLine {
    fn read(
        cells: [Option<&str>; 8],
        line: usize,
        plan: &Plan,
        options: &CsvOptions,
        imported: &mut Imported,
    ) -> Result<Self, String> {
        let [name, words, on, start, duration, zone, kind, group] = cells;
        let name = one_line(name.unwrap_or_default());
        if name.is_empty() {
            return Err("it has no name".to_owned());
        }
        let on = cells::date(on.ok_or("it has no date")?)?;
        let start = start.map(cells::time).transpose()?.or(options.start);
        let duration = duration.map(cells::duration).transpose()?.or(options.duration);
        let zone = zone.or(options.zone.as_deref()).map(cells::zone).transpose()?;
        let kind = kind.map_or(WindowKind::default(), |kind| {
            cells::kind(kind).unwrap_or_else(|| {
                let kinds = WindowKind::ALL.map(WindowKind::name).join(", ");
                imported.warn(Some(line), format!("\"{kind}\" is no kind of window ({kinds}); Standard is used"));
                WindowKind::Standard
            })
        });
        let groups = group.or(options.group.as_deref()).map_or_else(Vec::new, |group| {
            cells::groups(group, plan, |unknown| {
                imported.warn(Some(line), format!("There is no group \"{unknown}\"; it is left out"));
            })
        });
        let words = one_line(words.unwrap_or_default());
        Ok(Self { line, settings: Settings { name, start, duration, zone, kind, groups }, words, on })
    }
}
