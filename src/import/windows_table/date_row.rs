//! One row of a table of windows: a date, and the settings of the window that takes place then.

use chrono::{NaiveDate, NaiveTime};

use crate::import::imported::Imported;
use crate::import::tables::cells;
use crate::import::text::words_on_one_line;
use crate::model::{GroupId, Minutes, Plan, WindowKind, check_name_length};

/// What holds for rows that do not say it themselves. If this does not say it either, a window's usual start and length
/// and the plan's zone hold.
#[derive(Debug, Default)]
pub(super) struct RowDefaults<'a> {
    pub start: Option<NaiveTime>,
    pub duration: Option<Minutes>,
    /// An IANA name.
    pub zone: Option<&'a str>,
    pub groups: &'a [GroupId],
}

/// What the rows of one window have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct WindowSettings {
    pub name: String,
    pub start: Option<NaiveTime>,
    pub duration: Option<Minutes>,
    pub zone: Option<String>,
    pub kind: WindowKind,
    pub groups: Vec<GroupId>,
}

/// One row that could be read.
#[derive(Clone, Debug)]
pub(super) struct DateRow {
    pub line: usize,
    pub settings: WindowSettings,
    pub words: String,
    pub on: NaiveDate,
}

impl DateRow {
    /// Reads the cells of a row in the order of the columns.
    ///
    /// # Errors
    /// Why the row is skipped.
    pub fn read(
        cells: [Option<&str>; 8],
        line: usize,
        plan: &Plan,
        defaults: &RowDefaults<'_>,
        imported: &mut Imported,
    ) -> Result<Self, String> {
        let [name, words, on, start, duration, zone, kind, group] = cells;
        let name = words_on_one_line(name.unwrap_or_default());
        if name.is_empty() {
            return Err("the name is missing".to_owned());
        }
        check_name_length(&name)?;
        let on = cells::date(on.ok_or("the date is missing")?)?;
        let start = start.map(cells::time).transpose()?.or(defaults.start);
        let duration = duration.map(cells::duration).transpose()?.or(defaults.duration);
        let zone = zone.map(cells::zone).transpose()?.or_else(|| defaults.zone.map(str::to_owned));
        let kind = kind.map_or(WindowKind::default(), |kind| {
            cells::kind(kind).unwrap_or_else(|| {
                let kinds = WindowKind::ALL.map(WindowKind::name).join(", ");
                imported
                    .warn(Some(line), format!("Unknown kind of window \"{kind}\" (known: {kinds}): Standard is used"));
                WindowKind::Standard
            })
        });
        let groups = group.map_or_else(
            || defaults.groups.to_vec(),
            |group| {
                cells::groups(group, plan, |unknown| {
                    imported.warn(Some(line), format!("Unknown group \"{unknown}\": ignored"));
                })
            },
        );
        let words = words_on_one_line(words.unwrap_or_default());
        Ok(Self { line, settings: WindowSettings { name, start, duration, zone, kind, groups }, words, on })
    }
}
