//! Packs of the small plan, and their parts.

use std::sync::Arc;

use chrono::NaiveTime;
use windowsill::export::checklist::{ChecklistError, sheet, single};
use windowsill::export::paper::{
    CheckItem, Checks, Document, Head, Paper, Part, Sheet, Status, StatusRow, Table, Timeline, html, markdown,
    revision, text,
};
use windowsill::model::{
    ChecklistBlock, ChecklistChoice, ChecklistItem, ChecklistTemplate, MaintenanceWindow, Plan, Rule,
};
use windowsill::schedule::Schedule;

use crate::common::dates::date;
use crate::common::harbour;

/// The pack of the first window's occurrence on that date.
pub fn try_pack(plan: Plan, day: &str) -> Result<Document, ChecklistError> {
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let id = schedule.windows[0].id().clone();
    let (window, occurrence) = schedule.occurrence(&id, date(day)).unwrap();
    let document = single(&schedule, window, occurrence, &revision(&schedule.plan));
    assert_eq!(document.as_ref().ok().map(|it| &it.sheets[0]), sheet(&schedule, window, occurrence).ok().as_ref());
    document
}

pub fn pack(plan: Plan, day: &str) -> Sheet {
    try_pack(plan, day).unwrap().sheets.remove(0)
}

/// The three forms that need no typesetting.
pub fn forms(document: &Document) -> [String; 3] {
    [html(document, Paper::A4), markdown(document), text(document)]
}

/// The parts of one kind.
pub fn parts<'a, T>(sheet: &'a Sheet, select: impl Fn(&'a Part) -> Option<T>) -> Vec<T> {
    sheet.parts.iter().filter_map(select).collect()
}

pub fn head(sheet: &Sheet) -> &Head {
    parts(sheet, |part| if let Part::Head(head) = part { Some(head) } else { None })[0]
}

pub fn notices(sheet: &Sheet) -> Vec<&str> {
    parts(sheet, |part| if let Part::Notice(notice) = part { Some(notice.as_str()) } else { None })
}

pub fn timeline(sheet: &Sheet) -> Option<&Timeline> {
    parts(sheet, |part| if let Part::Timeline(timeline) = part { Some(timeline) } else { None }).pop()
}

pub fn checks(sheet: &Sheet) -> Vec<&Checks> {
    parts(sheet, |part| if let Part::Checks(checks) = part { Some(checks) } else { None })
}

pub fn status(sheet: &Sheet) -> Option<&Status> {
    parts(sheet, |part| if let Part::Status(status) = part { Some(status) } else { None }).pop()
}

pub fn tables(sheet: &Sheet) -> Vec<&Table> {
    parts(sheet, |part| if let Part::Table(table) = part { Some(table) } else { None })
}

pub fn with_window(change: impl FnOnce(&mut MaintenanceWindow)) -> Plan {
    let mut window = harbour::window();
    change(&mut window);
    let mut parts = harbour::plan().to_parts();
    parts.windows = [window].into_iter().collect();
    parts.into()
}

/// Core DB from 01:00 to 05:00 in the night in which the clocks change.
pub fn clock_change(day: &str) -> Sheet {
    let plan = with_window(|window| {
        window.start = NaiveTime::from_hms_opt(0, 0, 0).unwrap();
        window.rule = Rule::once(date(day));
    });
    pack(plan, day)
}

pub fn clocks(sheet: &Sheet) -> Vec<&str> {
    let times = parts(sheet, |part| if let Part::Times(times) = part { Some(times) } else { None })[0];
    times.iter().map(|time| time.clock.as_str()).collect()
}

pub fn rows(sheet: &Sheet) -> Vec<String> {
    let row = |row: &StatusRow| {
        let parts = [row.day.clone(), Some(row.clock.clone()), row.rollback.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    status(sheet).map(|status| status.rows.iter().map(row).collect()).unwrap_or_default()
}

/// A plan whose window has a checklist "night" of these items.
pub fn with_items(items: &[(ChecklistBlock, &str)]) -> Plan {
    let mut parts = with_window(|window| window.checklist = ChecklistChoice::Template("night".into())).to_parts();
    let items = items.iter().map(|(block, text)| ChecklistItem::new(*block, (*text).to_owned()));
    parts.checklists = [ChecklistTemplate::new("night".into(), "Night", items.collect())].into_iter().collect();
    parts.into()
}

/// The blocks of its checklist: title, the text beside it, items with their times and owners.
pub fn blocks(sheet: &Sheet) -> Vec<(String, String, Vec<String>)> {
    let item = |item: &CheckItem| {
        let parts = [&item.at, &item.text, &item.owner];
        parts.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" | ")
    };
    let block = |checks: &&Checks| {
        let title = checks.title.clone();
        (title.text, title.beside, checks.items.iter().map(item).collect())
    };
    checks(sheet).iter().map(block).filter(|(title, ..)| title != "Steps").collect()
}
