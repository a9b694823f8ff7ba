//! Public holidays from a table, one row for each day or period.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::confidence::Confidence;
use crate::import::error::ImportError;
use crate::import::head::Head;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::limits::MOST_RECORDS;
use crate::import::reconcile::REMOVE_GONE;
use crate::import::regions::{REGIONS, RegionChoice};
use crate::import::tables::days::{DayReader, before_midnight, date_order, unread_end};
use crate::import::tables::layout::{Field, Layout};
use crate::import::tables::row_count::RowCount;
use crate::import::tables::sniff::SniffedTitles;
use crate::import::tables::table::{Row, Table};
use crate::import::text::words_on_one_line;
use crate::import::topic::Topic;
use crate::model::{Edit, Holiday, HolidayCalendar, HolidayId, slug};
use crate::wording::counted;

use super::later_days::{DaysOfTable, later_calendar};
use super::{is_of_windows, judge_months};

const DATE: usize = 0;
const NAME: usize = 1;
const REGION: usize = 2;
const LAST: usize = 3;
const END_TIME: usize = 4;
pub(super) const LAYOUT: Layout = Layout {
    topic: Topic::Holidays,
    fields: &[
        Field {
            id: "date",
            titles: &[
                "datum",
                "day",
                "tag",
                "startdate",
                "startdatum",
                "first",
                "from",
                "von",
                "start",
                "beginn",
                "on",
                "am",
                "beginntam",
                "termin",
                "zeitraum",
                "dates",
            ],
        },
        Field {
            id: "name",
            titles: &[
                "holiday",
                "holidayname",
                "feiertag",
                "publicholiday",
                "subject",
                "betreff",
                "title",
                "titel",
                "summary",
                "bezeichnung",
                "event",
                "anlass",
                "localname",
                "description",
                "beschreibung",
            ],
        },
        Field {
            id: "region",
            titles: &[
                "regions",
                "regionen",
                "land",
                "länder",
                "laender",
                "bundesland",
                "bundesländer",
                "bundeslaender",
                "state",
                "states",
                "county",
                "counties",
                "province",
                "canton",
                "kanton",
                "kantone",
                "area",
                "gebiet",
                "location",
                "ort",
                "country",
                "countries",
                "countrycode",
                "countryregion",
                "staat",
            ],
        },
        Field {
            id: "last",
            titles: &[
                "enddate",
                "enddatum",
                "to",
                "bis",
                "until",
                "end",
                "ende",
                "ends",
                "endetam",
                "lastday",
                "letztertag",
                "finish",
                "till",
                "thru",
                "through",
                "stop",
                "todate",
                "lastdate",
                "bisdatum",
                "datumbis",
                "biseinschließlich",
            ],
        },
        Field { id: "end-time", titles: &["endtime", "endzeit", "endetum"] },
        // A column "state" names the region.
        Field { id: "status", titles: &["zustand"] },
    ],
    required: &[&[DATE], &[NAME]],
};

/// Titles that tables of windows have. Outlook's holidays have a start time, too.
const OF_WINDOWS: [&str; 8] =
    ["start", "beginn", "start time", "startzeit", "uhrzeit", "end time", "beginnt um", "endet um"];

/// A holiday of more days is a mistake.
const MOST_DAYS: i64 = 366;

pub(super) fn sniff(head: &Head) -> Confidence {
    let titles = SniffedTitles::read(head, &LAYOUT);
    match titles.confidence() {
        Confidence::Likely if is_of_windows(&titles) => Confidence::No,
        // A name and a date alone may be anything.
        Confidence::Likely if !is_named(&titles) || titles.has_title(&OF_WINDOWS) => Confidence::Unlikely,
        confidence => confidence,
    }
}

/// Whether a title speaks of holidays or of regions.
fn is_named(titles: &SniffedTitles) -> bool {
    let of_holidays = ["holiday", "holiday name", "feiertag", "public holiday", "local name"];
    titles.has_field(REGION) || titles.has_title(&of_holidays)
}

/// Reads a table of public holidays into a calendar that is called like its file. If the plan has a calendar of that name,
/// its days are compared. A holiday of several days becomes one for each day.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let mut imported = Imported::default();
    let Some(mut tables) = Table::read_all(input, &LAYOUT, &mut imported)? else { return Ok(imported) };
    for table in &mut tables {
        table.count_days_from_1900(&[DATE, LAST]);
    }
    let Some(order) = date_order(&tables, &LAYOUT, &[DATE, LAST], input, &mut imported) else {
        return Ok(imported.in_order());
    };
    let reader = DayReader { order: &order, plan };
    let (mut found, mut rows) = (DaysOfTable::default(), RowCount::default());
    let mut seen: BTreeMap<Holiday, usize> = BTreeMap::new();
    let mut regions = RegionChoice::new(input.options.words(&REGIONS));
    for table in &tables {
        if table.title(LAST).is_none()
            && let Some(question) =
                unread_end(table, DATE, &LAYOUT.fields[LAST], reader, "each holiday would be one day")
        {
            imported.ask(question);
            return Ok(imported.in_order());
        }
        for row in &table.rows {
            input.source.check_cancelled()?;
            let read = holidays(row, reader);
            match &read {
                Ok(_) => {}
                Err(_) if row.cancelled.is_some() => {
                    let days = days_of_row(row, reader).unwrap_or_default();
                    found.cancelled.extend(days.into_iter().map(|day| (day.on, day.name.to_lowercase())));
                }
                Err(_) => found.unread_rows += 1,
            }
            let read = read.and_then(|read| not_seen(read, &seen));
            let read = rows.count(read, table, row, &mut imported).unwrap_or_default();
            let is_elsewhere = read.first().is_some_and(|day| regions.is_elsewhere(&day.region));
            for day in read {
                seen.entry(day.clone()).or_insert(row.line);
                if is_elsewhere {
                    found.elsewhere.insert(day);
                } else {
                    found.days.push(day);
                }
            }
            if found.days.len() + found.elsewhere.len() > MOST_RECORDS {
                return Err(ImportError::TooMany("holidays"));
            }
        }
    }
    let all = found.days.len();
    found.days.sort();
    found.days.dedup();
    if found.days.len() < all {
        let twice = counted(all - found.days.len(), "holiday");
        imported.warn(None, format!("{twice} listed twice: counted once"));
    }
    rows.report(&mut imported);
    let calendar = calendar_of_file(input)?;
    let known: BTreeSet<&Holiday> = calendar.1.iter().flat_map(|calendar| &calendar.days).collect();
    for day in found.elsewhere.iter().filter(|day| !known.contains(day)) {
        regions.leave_out(&day.name, &day.region);
    }
    regions.warn(&mut imported);
    judge_months(found.days.iter().map(|day| (day.on, day.on)), "holiday", plan, &mut imported);
    put_calendar(found, calendar, input, &mut imported);
    Ok(imported.in_order())
}

/// # Errors
/// An earlier row has all days of this one.
fn not_seen(read: Vec<Holiday>, seen: &BTreeMap<Holiday, usize>) -> Result<Vec<Holiday>, String> {
    let first = read.first().and_then(|day| seen.get(day));
    match first.filter(|_| read.iter().all(|day| seen.contains_key(day))) {
        Some(line) => Err(format!("line {line} already has this holiday")),
        None => Ok(read),
    }
}

/// The name that the calendar of the file gets, and the calendar of the plan with that name.
fn calendar_of_file<'a>(input: &Input<'a>) -> Result<(String, Option<&'a HolidayCalendar>), ImportError> {
    let file_name = input.file()?.name();
    let stem = words_on_one_line(file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem));
    let name = if stem.is_empty() { "Holidays".to_owned() } else { stem };
    let old = input.plan().holidays().iter().find(|calendar| calendar.name == name);
    Ok((name, old.map(|calendar| &**calendar)))
}

/// Adds a calendar that is called like the file, or changes the one of the plan.
fn put_calendar(
    found: DaysOfTable,
    (name, old): (String, Option<&HolidayCalendar>),
    input: &Input<'_>,
    imported: &mut Imported,
) {
    let plan = input.plan();
    if let Some(old) = old {
        let calendar = later_calendar(old, &found, input.options.is_on(&REMOVE_GONE), imported);
        imported.edits.extend(calendar.map(Edit::PutHolidays));
        return;
    }
    let days = found.days;
    imported.summary = format!("{} ({name})", counted(days.len(), "holiday"));
    if !days.is_empty() {
        let id = HolidayId::unused(&slug(&name), |id| plan.holidays().contains(id));
        imported.edits.push(Edit::PutHolidays(HolidayCalendar { id, name, days, imported: None }));
    }
}

/// # Errors
/// Why the row is skipped.
fn holidays(row: &Row, days: DayReader<'_>) -> Result<Vec<Holiday>, String> {
    if let Some(problem) = &row.problem {
        return Err(problem.clone());
    }
    days_of_row(row, days)
}

/// The days of a row, also if it is cancelled.
///
/// # Errors
/// A cell has no name or day.
fn days_of_row(row: &Row, days: DayReader<'_>) -> Result<Vec<Holiday>, String> {
    let name = words_on_one_line(row.get(NAME).ok_or("the name is missing")?);
    let (first, both) = days.span_of_days(row.get(DATE).ok_or("the date is missing")?, None)?;
    let last = row.get(LAST).map_or(Ok(both.unwrap_or(first)), |text| days.last_day(text, None, false))?;
    let last = before_midnight(last, first, row.get(END_TIME));
    if last < first {
        return Err(format!("it ends on {last}, before it begins on {first}"));
    }
    if (last - first).num_days() >= MOST_DAYS {
        return Err(format!("it lasts more than {MOST_DAYS} days"));
    }
    let region = words_on_one_line(row.get(REGION).unwrap_or_default());
    let is_everywhere = ["all", "alle", "bundesweit", "national", "nationwide", "everywhere", "-"];
    let region = if is_everywhere.contains(&&*region.to_lowercase()) { String::new() } else { region };
    let days = first.iter_days().take_while(|on| *on <= last);
    Ok(days.map(|on| Holiday { on, name: name.clone(), region: region.clone() }).collect())
}
