//! Change freezes from a table, one row for each.

use chrono::{Days, NaiveDate};

use super::freeze_columns::{DAYS, END_TIME, EVERY, FIRST, LAST, LAYOUT, NAME, NOTES, SCOPE};
use super::known_freezes::KnownFreezes;
use super::recurrence::every_months;
use super::{is_of_windows, judge_months};
use crate::import::confidence::Confidence;
use crate::import::error::ImportError;
use crate::import::fresh_ids::FreshIds;
use crate::import::head::Head;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::tables::area_names::area_ids;
use crate::import::tables::days::{
    DayReader, before_midnight, date_order, has_time, has_times, names_day_after, unread_end,
};
use crate::import::tables::lengths;
use crate::import::tables::row_count::RowCount;
use crate::import::tables::sniff::SniffedTitles;
use crate::import::tables::system_names::SystemNames;
use crate::import::tables::table::{Row, Table};
use crate::import::tables::title_zones::{NamedInTitle, in_note, in_title, speaks_of_all_times};
use crate::import::tables::written_zones::WrittenZone;
use crate::import::text::words_on_one_line;
use crate::model::{ChangeFreeze, Edit, FreezeId, Plan, SystemScope};
use crate::wording::counted;

/// Titles that tables of windows have.
const OF_WINDOWS: [&str; 5] = ["start time", "startzeit", "uhrzeit", "zone", "beginnt um"];

/// In minutes.
const DAY: u32 = 24 * 60;

/// Titles of the first day of a period.
const FIRST_DAYS: [&str; 6] = ["from", "von", "ab", "first", "first day", "erster tag"];

/// A longer freeze is a mistake.
const MOST_DAYS: i64 = 366;

/// A table without a last day is one of windows or holidays, unless a person says otherwise.
pub(super) fn sniff(head: &Head) -> Confidence {
    let titles = SniffedTitles::read(head, &LAYOUT);
    // Windows last hours, and begin at a time of day.
    let has_days = titles.has_field(DAYS) && titles.has_title(&FIRST_DAYS) && !titles.has_title(&OF_WINDOWS);
    match titles.confidence() {
        Confidence::Likely if has_days && titles.has_title(&["freeze", "change freeze", "sperre"]) => {
            Confidence::Likely
        }
        Confidence::Likely if has_days => Confidence::Unlikely,
        Confidence::Likely if is_of_windows(&titles) => Confidence::No,
        Confidence::Likely if !titles.has_field(LAST) || titles.has_title(&OF_WINDOWS) => Confidence::Unlikely,
        confidence => confidence,
    }
}

/// Reads each row as a freeze of whole days, the first and the last included. Freezes that the plan already has are
/// skipped.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let mut imported = Imported::default();
    let Some(mut tables) = Table::read_all(input, &LAYOUT, &mut imported)? else { return Ok(imported) };
    for table in &mut tables {
        table.count_days_from_1900(&[FIRST, LAST]);
    }
    let Some(order) = date_order(&tables, &LAYOUT, &[FIRST, LAST], input, &mut imported) else {
        return Ok(imported.in_order());
    };
    let names = SystemNames::new(plan);
    let mut rows = ReadRows::default();
    for table in &tables {
        let Some(zones) = zones(table, &mut imported) else { return Ok(imported.in_order()) };
        let days = DayReader { order: &order, plan };
        if table.title(LAST).is_none()
            && table.title(DAYS).is_none()
            && let Some(question) =
                unread_end(table, FIRST, &LAYOUT.fields[LAST], days, "the freeze would last one day")
        {
            imported.ask(question);
            return Ok(imported.in_order());
        }
        let reader = RowReader { table, days, zones, names: &names, plan };
        if let Some(number) = table.cells(DAYS).find(|text| text.bytes().all(|byte| byte.is_ascii_digit())) {
            table.note(format!("Lengths without a unit are read as days: \"{number}\""), &mut imported);
        }
        if has_times(table, LAST) || has_times(table, FIRST) {
            let message = "A freeze covers whole days, those of the plan's zone: a day counts even if it \
                           is frozen for a part of it only";
            table.note(message.to_owned(), &mut imported);
        }
        for row in &table.rows {
            input.source.check_cancelled()?;
            if row.cancelled.is_some()
                && let Ok(freeze) = reader.read_cells(row, &mut imported)
            {
                rows.cancelled.push((table, row, freeze));
            }
            rows.all.push((table, row, reader.freeze(row, &mut imported)));
        }
    }
    let found = new_freezes(rows, plan, &mut imported);
    // One that recurs goes on to the end of the plan.
    let last_on = |freeze: &ChangeFreeze| {
        let end = freeze.period().map_or(freeze.last_on, |_| plan.horizon().last());
        end.max(freeze.last_on)
    };
    judge_months(found.iter().map(|freeze| (freeze.first_on, last_on(freeze))), "freeze", plan, &mut imported);
    imported.summary = counted(found.len(), "change freeze");
    imported.edits = found.into_iter().map(Edit::PutFreeze).collect();
    Ok(imported.in_order())
}

/// The rows of all tables.
#[derive(Default)]
struct ReadRows<'a> {
    all: Vec<(&'a Table, &'a Row, Result<ChangeFreeze, String>)>,
    cancelled: Vec<(&'a Table, &'a Row, ChangeFreeze)>,
}

/// The freezes that the plan does not have yet. Says what else differs from the plan, and counts the rows.
fn new_freezes(rows: ReadRows<'_>, plan: &Plan, imported: &mut Imported) -> Vec<ChangeFreeze> {
    let (mut ids, mut count, mut found) = (FreshIds::default(), RowCount::default(), Vec::new());
    let planned = rows.all.iter().filter_map(|(_, _, freeze)| freeze.as_ref().ok());
    let mut known = KnownFreezes::new(plan, planned, rows.cancelled.iter().map(|(_, _, freeze)| freeze));
    for (table, row, freeze) in &rows.cancelled {
        if let Some(message) = known.although_cancelled(freeze) {
            table.warn(row.line, message, imported);
        }
    }
    for (table, row, freeze) in rows.all {
        let freeze = freeze.and_then(|freeze| known.check(freeze, row.get(SCOPE).is_some()));
        if let Some(mut freeze) = count.count(freeze, table, row, imported) {
            freeze.id = FreezeId::new(&ids.fresh(&freeze.name, |id| plan.freezes().contains(&id.into())));
            found.push(freeze);
        }
    }
    for message in known.finish() {
        imported.warn(None, message);
    }
    count.report(imported);
    found
}

/// What the rows of a table are read with.
struct RowReader<'a> {
    table: &'a Table,
    days: DayReader<'a>,
    /// Those of the first and the last day, as the titles say.
    zones: [Option<WrittenZone>; 2],
    names: &'a SystemNames<'a>,
    plan: &'a Plan,
}

impl RowReader<'_> {
    /// # Errors
    /// Why the row is skipped.
    fn freeze(&self, row: &Row, imported: &mut Imported) -> Result<ChangeFreeze, String> {
        if let Some(problem) = &row.problem {
            return Err(problem.clone());
        }
        self.read_cells(row, imported)
    }

    /// Reads a row although it is not imported.
    fn read_cells(&self, row: &Row, imported: &mut Imported) -> Result<ChangeFreeze, String> {
        let name = words_on_one_line(row.get(NAME).ok_or("the name is missing")?);
        let [first_zone, last_zone] = &self.zones;
        let first_text = row.get(FIRST).ok_or("the first day is missing")?;
        let (first_on, both) = self.days.span_of_days(first_text, first_zone.as_ref())?;
        let last_on = match (row.get(LAST), row.get(DAYS)) {
            (Some(text), _) => {
                // Midnight is a time if the row has other times, and else only how its program writes a day.
                let has_times = has_time(first_text) || has_time(text);
                let on = self.days.last_day(text, last_zone.as_ref().or(first_zone.as_ref()), has_times)?;
                let is_excluded = self.table.title(LAST).is_some_and(names_day_after);
                if is_excluded { on.pred_opt().unwrap_or(on) } else { on }
            }
            (None, Some(text)) => {
                let days = whole_days(text, self.table.title(DAYS).unwrap_or_default())?;
                let last_on = first_on.checked_add_days(Days::new(days - 1)).ok_or("it ends after the last year")?;
                if both.is_some_and(|both| both != last_on) {
                    return Err(format!("it lasts {text}, but its days are others: leave one of them out"));
                }
                last_on
            }
            (None, None) if both.is_none() && self.table.title(LAST).is_some() => {
                return Err("the last day is missing".to_owned());
            }
            (None, None) => both.unwrap_or(first_on),
        };
        let last_on = before_midnight(last_on, first_on, row.get(END_TIME));
        let days = (last_on - first_on).num_days();
        if days < 0 {
            return Err(format!("it ends on {last_on}, before it begins on {first_on}"));
        }
        if days >= MOST_DAYS {
            return Err(format!("it lasts {} days, and at most {MOST_DAYS} are possible", days + 1));
        }
        let scope = row.get(SCOPE).map_or(SystemScope::Everything, |text| {
            scope(text, self.names, self.plan).unwrap_or_else(|| {
                let message = format!("Unknown scope \"{}\": the freeze covers everything", words_on_one_line(text));
                self.table.warn(row.line, message, imported);
                SystemScope::Everything
            })
        });
        let notes = row.get(NOTES).unwrap_or_default().to_owned();
        let every_months = row.get(EVERY).map(every_months).transpose()?.flatten();
        let freeze = ChangeFreeze { every_months, ..new_freeze(name, first_on, last_on, scope, notes) };
        if freeze.never_ends() {
            return Err("it recurs before it ends".to_owned());
        }
        Ok(freeze)
    }
}

/// The zones that the titles of the first and the last day name, or a line above or below. None if one is not known: the
/// import then has a question.
fn zones(table: &Table, imported: &mut Imported) -> Option<[Option<WrittenZone>; 2]> {
    let mut zones = [None, None];
    for (zone, field) in zones.iter_mut().zip([FIRST, LAST]) {
        let titles = table.title(field).map(in_title).into_iter();
        let sheet = table.sheet_name.iter().map(|name| match in_title(name) {
            NamedInTitle::Zone(zone) => NamedInTitle::Zone(zone),
            NamedInTitle::Unknown(_) | NamedInTitle::Other(_) | NamedInTitle::Nothing => NamedInTitle::Nothing,
        });
        let notes = table.above.iter().chain(&table.below).map(|text| match in_note(text) {
            NamedInTitle::Unknown(_) if !speaks_of_all_times(text) => NamedInTitle::Nothing,
            named => named,
        });
        for named in titles.chain(notes).chain(sheet) {
            match named {
                NamedInTitle::Zone(named) => {
                    zone.get_or_insert(named);
                }
                NamedInTitle::Unknown(problem) => {
                    imported.ask(format!("{problem} (line {})", table.header_line));
                    return None;
                }
                NamedInTitle::Other(_) | NamedInTitle::Nothing => {}
            }
        }
    }
    Some(zones)
}

/// The days of "5", "5 days" and "2 weeks".
///
/// # Errors
/// They are not whole days.
fn whole_days(text: &str, title: &str) -> Result<u64, String> {
    let wrong = || format!("Invalid number of days \"{text}\": use e.g. 5 days, or the last day");
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let days = if is_number {
        let lower = title.to_lowercase();
        let is_hours = ["hour", "stunde", "std", "(h"].iter().any(|word| lower.contains(word));
        text.parse().ok().filter(|_| !is_hours)
    } else {
        let lower = text.trim().to_lowercase();
        match ["weeks", "week", "wochen", "woche"].iter().find_map(|word| lower.strip_suffix(word)) {
            Some(weeks) => weeks.trim().parse::<u64>().ok().and_then(|weeks| weeks.checked_mul(7)),
            None => lengths::read(text)
                .ok()
                .filter(|length| length.0.is_multiple_of(DAY))
                .map(|length| u64::from(length.0 / DAY)),
        }
    };
    days.filter(|days| (1..=MOST_DAYS.unsigned_abs()).contains(days)).ok_or_else(wrong)
}

fn new_freeze(
    name: String,
    first_on: NaiveDate,
    last_on: NaiveDate,
    scope: SystemScope,
    notes: String,
) -> ChangeFreeze {
    ChangeFreeze { name, last_on, scope, notes, ..ChangeFreeze::week(FreezeId::new("freeze"), first_on) }
}

/// The business areas, or the systems, that a cell names. None if it names something else, too.
fn scope(text: &str, names: &SystemNames<'_>, plan: &Plan) -> Option<SystemScope> {
    let is_everything = ["all", "alle", "alles", "everything", "global", "-"].contains(&&*text.to_lowercase());
    if is_everything {
        return Some(SystemScope::Everything);
    }
    if let Some(areas) = area_ids(text, plan) {
        return Some(SystemScope::Areas(areas));
    }
    let mut is_known = true;
    let systems = names.systems(text, &mut |_| is_known = false);
    (is_known && !systems.is_empty()).then_some(SystemScope::Systems(systems))
}
