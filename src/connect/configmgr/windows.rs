//! Reads the maintenance windows of collections: what `Get-CMMaintenanceWindow | Export-Csv` writes, and lists that name the
//! days after Patch Tuesday.

use chrono::{NaiveTime, Weekday};

use super::WINDOWS;
use super::schedule_token::{ScheduleToken, read_all};
use crate::connect::documents::table::{Column, Header, Row, TableReader, says_no};
use crate::connect::documents::titles::Titles;
use crate::connect::windows::{Leaving, WindowDraft, Windows};
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::{Minutes, MonthDay, Rule};

const UID: &str = "configmgr:";
const SCHEDULES: &[&str] = &["servicewindowschedules", "schedules"];
const DAYS: &[&str] = &["plusdays"];
const HOUR: &[&str] = &["starthour"];

const CLOCK_ASSUMED: &str =
    "Windows that are not in UTC are on the clock of each client; here they are on the plan's clock";
const COUNT_ASSUMED: &str =
    "Every several weeks or months counts from the first date on or after the start of the schedule";

pub(super) fn sniff(head: &Head) -> Confidence {
    if Header::is_in(head, are_titles) { Confidence::Certain } else { Confidence::No }
}

fn are_titles(titles: &Titles) -> bool {
    are_windows(titles) && titles.has(SCHEDULES) || titles.has(DAYS) && titles.has(HOUR)
}

fn are_windows(titles: &Titles) -> bool {
    titles.has(&["recurrencetype", "servicewindowid", "servicewindowtype", "servicewindowschedules", "isgmt"])
}

/// Whether these are windows without their schedules.
pub(super) fn lack_schedules(head: &Head) -> bool {
    let lack = |titles: &Titles| {
        titles.has(&["isgmt"])
            && titles.has(&["recurrencetype"])
            && titles.has(&["starttime"])
            && !titles.has(SCHEDULES)
    };
    Header::is_in(head, lack)
}

/// The columns of both kinds of table.
struct Columns {
    id: Column,
    collection: Column,
    name: Column,
    description: Column,
    is_enabled: Column,
    duration: Column,
    schedules: Column,
    /// Days after Patch Tuesday.
    days: Column,
    hour: Column,
    minute: Column,
    hours: Column,
    minutes: Column,
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut table = TableReader::new(input, WINDOWS.name, are_titles)?;
    let columns = Columns {
        id: table.column(&["servicewindowid"]),
        collection: table.column(&["collectionid"]),
        name: table.column(&["name", "patchbucket", "collectionname", "collectionid"]),
        description: table.column(&["description"]),
        is_enabled: table.column(&["isenabled", "enabled"]),
        duration: table.column(&["duration"]),
        schedules: table.column(SCHEDULES),
        days: table.column(DAYS),
        hour: table.column(HOUR),
        minute: table.column(&["startminute"]),
        hours: table.column(&["hourduration"]),
        minutes: table.column(&["minuteduration"]),
    };
    let mut windows = Windows::new(WINDOWS.id, input);
    while let Some(row) = table.next()? {
        add(&row, &columns, &mut windows, input)?;
    }
    table.remarks().into_iter().for_each(|remark| windows.warn(remark));
    Ok(windows.finish(UID))
}

/// Adds the windows of a row: one for each of its schedules.
fn add(row: &Row<'_>, columns: &Columns, windows: &mut Windows<'_>, input: &Input<'_>) -> Result<(), ImportError> {
    let name = row.text(&columns.name);
    // Collections have windows of the same name.
    let uid = match row.text(&columns.id) {
        "" => format!("{UID}{}/{name}", row.text(&columns.collection)),
        id => format!("{UID}{id}"),
    };
    let disabled = || Leaving { reason: "disabled", detail: String::new() };
    if says_no(row.text(&columns.is_enabled)) {
        return windows.add(&uid, name, Err(disabled()));
    }
    if !row.text(&columns.days).is_empty() {
        windows.assume(CLOCK_ASSUMED);
        return windows.add(&uid, name, after_patch_tuesday(row, columns, input));
    }
    let wrong = |detail: String| Leaving { reason: "a schedule that a plan cannot have", detail };
    let tokens = match read_all(row.text(&columns.schedules)) {
        Ok(tokens) => tokens,
        Err(detail) => return windows.add(&uid, name, Err(wrong(detail))),
    };
    let total = row.text(&columns.duration).parse::<u32>().ok();
    for (index, token) in tokens.iter().enumerate() {
        if total.is_some_and(|total| total != token.duration.0) && tokens.len() == 1 {
            windows.warn(format!(
                "\"{name}\": the column Duration says {} minutes, the schedule {}, which counts",
                row.text(&columns.duration),
                token.duration.0
            ));
        }
        windows.assume(if token.is_utc { UTC } else { CLOCK_ASSUMED });
        if matches!(token.rule, Rule::Weekly { every, .. } | Rule::Monthly { every, .. } if every > 1) {
            windows.assume(COUNT_ASSUMED);
        }
        let (uid, name) = match index {
            0 => (uid.clone(), name.to_owned()),
            index => (format!("{uid}/{}", index + 1), format!("{name} {}", index + 1)),
        };
        windows.add(&uid, &name, Ok(draft(token, &name, row.text(&columns.description), input)))?;
    }
    Ok(())
}

const UTC: &str = "Windows with IsGMT are in UTC";

fn draft(token: &ScheduleToken, name: &str, notes: &str, input: &Input<'_>) -> WindowDraft {
    let is_once = matches!(token.rule, Rule::Dates(_));
    WindowDraft {
        name: name.to_owned(),
        rule: token.rule.clone(),
        start: token.start.time(),
        duration: token.duration,
        zone: if token.is_utc { "UTC".to_owned() } else { input.plan().zone().to_owned() },
        first: Some(token.first()).filter(|_| !is_once),
        counts_days: None,
        last: None,
        cutoff: None,
        notes: notes.to_owned(),
    }
}

/// A row of a list that names the days after Patch Tuesday, the second Tuesday.
fn after_patch_tuesday(row: &Row<'_>, columns: &Columns, input: &Input<'_>) -> Result<WindowDraft, Leaving> {
    let number = |column: &Column| row.text(column).parse::<u32>().ok();
    let wrong = |reason: &'static str, text: &str| Leaving { reason, detail: format!("\"{text}\"") };
    let days = row.text(&columns.days);
    let offset_days = days.parse::<i32>().ok().filter(|days| (-30..=366).contains(days));
    let offset_days = offset_days.ok_or_else(|| wrong("with an invalid number of days", days))?;
    let minute = Some(row.text(&columns.minute)).filter(|text| !text.is_empty()).unwrap_or("0");
    let start = number(&columns.hour)
        .zip(minute.parse().ok())
        .and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
    let start = start.ok_or_else(|| wrong("with an invalid start", row.text(&columns.hour)))?;
    let length = number(&columns.hours).unwrap_or_default() * 60 + number(&columns.minutes).unwrap_or_default();
    if !(1..=7 * 24 * 60).contains(&length) {
        return Err(wrong("without a valid length", row.text(&columns.hours)));
    }
    Ok(WindowDraft {
        name: row.text(&columns.name).to_owned(),
        rule: Rule::Monthly { on: MonthDay::Nth(2, Weekday::Tue), every: 1, offset_days },
        start,
        duration: Minutes(length),
        zone: input.plan().zone().to_owned(),
        first: None,
        counts_days: None,
        last: None,
        cutoff: None,
        notes: row.text(&columns.description).to_owned(),
    })
}
