//! The ledger and the notice calendar: for people, spreadsheets and auditors.

use chrono::NaiveDate;
use serde::Serialize;

use super::text::one_line;
use crate::model::{Agreement, AreaId, BusinessArea, LocalMinute, OccurrenceTimes};
use crate::schedule::agreement::answers::answer;
use crate::schedule::agreement::ledger::{AnswerState, Ledger, Tally, WindowLedger, days_silent, in_words};
use crate::wording::{counted, date, iso, moment};

/// One area's answer to one occurrence. The fields' names are the columns and keys that others read: they stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerRow {
    /// Id.
    pub window: String,
    pub name: String,
    pub original_on: NaiveDate,
    /// "2027-03-13T22:00", on the window's clock.
    pub local_start: String,
    /// Id.
    pub area: String,
    pub area_name: String,
    pub owner: String,
    /// "Agreed", "Silent", "Declined without a reserve" …
    pub state: &'static str,
    /// When and by whom the answer was given that the ledger holds; none where there is none. Of an owner who was asked,
    /// when that was.
    pub said_on: Option<NaiveDate>,
    pub by: String,
    pub reason: String,
    /// The start that the answer was about, where it was given for certain times.
    pub answered_for: Option<String>,
    /// What the owner was sent last, and when.
    pub sent_on: Option<NaiveDate>,
    pub sequence: Option<u32>,
    /// Days without an answer since the owner was asked.
    pub silent_days: Option<i64>,
    /// The last day of notice; none where notice is informational.
    pub notice_due_on: Option<NaiveDate>,
    pub reserve_on: Option<NaiveDate>,
    pub notes: String,
}

/// One row an occurrence and area, sorted by start, then window and area; only those of `area` where one is wanted.
pub fn rows(ledger: &Ledger, area: Option<&AreaId>) -> Vec<AnswerRow> {
    let mut rows = Vec::new();
    for (place, each) in ledger.plan.areas().iter().enumerate().filter(|(_, each)| area.is_none_or(|id| *id == each.id))
    {
        for window in ledger.windows.iter().filter(|window| window.concerns(place)) {
            rows.extend(rows_of(ledger, window, place, each));
        }
    }
    rows.sort_by(|(a, one), (b, other)| (a, &one.window, &one.area).cmp(&(b, &other.window, &other.area)));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn rows_of<'a>(
    ledger: &'a Ledger,
    window: &'a WindowLedger,
    place: usize,
    area: &'a std::sync::Arc<BusinessArea>,
) -> impl Iterator<Item = (LocalMinute, AnswerRow)> + 'a {
    let of_states = window.occurrences().iter().zip(window.states(place));
    of_states.map(move |(occurrence, state)| {
        let answer = answer(&ledger.plan, &window.of, occurrence, area);
        let entry = answer.entry;
        let (said_on, by, reason) = said(entry.map_or(answer.agreement(), |entry| &entry.agreement));
        let silent_days = match answer.agreement() {
            Agreement::Asked { on } if *state != AnswerState::Over => Some(days_silent(*on, ledger.today)),
            _ => None,
        };
        let row = AnswerRow {
            window: window.of.id().to_string(),
            name: window.of.window.name.clone(),
            original_on: occurrence.original_on(),
            local_start: iso::local_minute(occurrence.local_start),
            area: area.id.to_string(),
            area_name: area.name.clone(),
            owner: area.owner.clone(),
            state: state.name(),
            said_on,
            by,
            reason,
            answered_for: entry
                .and_then(|entry| entry.answered_for)
                .map(|OccurrenceTimes { start, .. }| iso::local_minute(start)),
            sent_on: answer.invitation.map(|sent| sent.sent_on),
            sequence: answer.invitation.map(|sent| sent.sequence),
            silent_days,
            notice_due_on: answer.notice.map(|notice| notice.due_on),
            reserve_on: entry.and_then(|entry| entry.reserve_on),
            notes: entry.map(|entry| entry.notes.clone()).unwrap_or_default(),
        };
        (occurrence.local_start, row)
    })
}

/// When, by whom and why.
fn said(agreement: &Agreement) -> (Option<NaiveDate>, String, String) {
    match agreement {
        Agreement::NotAsked => (None, String::new(), String::new()),
        Agreement::Asked { on } => (Some(*on), String::new(), String::new()),
        Agreement::Agreed { on, by } => (Some(*on), by.clone(), String::new()),
        Agreement::Declined { on, by, reason } => (Some(*on), by.clone(), reason.clone()),
    }
}

/// A JSON array of [`AnswerRow`]s.
pub fn json(ledger: &Ledger, area: Option<&AreaId>) -> String {
    super::json(&rows(ledger, area))
}

/// CSV with a line of column names.
pub fn csv(ledger: &Ledger, area: Option<&AreaId>) -> String {
    let columns = [
        "window",
        "name",
        "original_on",
        "local_start",
        "area",
        "area_name",
        "owner",
        "state",
        "said_on",
        "by",
        "reason",
        "answered_for",
        "sent_on",
        "sequence",
        "silent_days",
        "notice_due_on",
        "reserve_on",
        "notes",
    ];
    let cells = |row: AnswerRow| {
        [
            row.window,
            row.name,
            row.original_on.to_string(),
            row.local_start,
            row.area,
            row.area_name,
            row.owner,
            row.state.to_owned(),
            cell(row.said_on),
            row.by,
            row.reason,
            row.answered_for.unwrap_or_default(),
            cell(row.sent_on),
            cell(row.sequence),
            cell(row.silent_days),
            cell(row.notice_due_on),
            cell(row.reserve_on),
            row.notes,
        ]
    };
    super::csv(columns, rows(ledger, area).into_iter().map(cells))
}

fn cell(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Aligned columns, and what they come to.
pub fn text(ledger: &Ledger, area: Option<&AreaId>) -> String {
    let mut lines =
        vec![["Date", "Window", "Area", "State", "Said", "Sent", "Notice due", "Reserve"].map(str::to_owned)];
    let mut total = Tally::default();
    let mut all = Vec::new();
    for (place, each) in ledger.plan.areas().iter().enumerate().filter(|(_, each)| area.is_none_or(|id| *id == each.id))
    {
        for window in &ledger.windows {
            for (occurrence, state) in window.occurrences().iter().zip(window.states(place)) {
                total.add(*state);
                all.push((occurrence.local_start, window, each, occurrence, *state));
            }
        }
    }
    // The areas come in the order of their ids, and the sort keeps that order among equals.
    all.sort_by_key(|(start, window, ..)| (*start, window.of.id().clone()));
    lines.extend(all.into_iter().map(|(start, window, area, occurrence, state)| {
        let answer = answer(&ledger.plan, &window.of, occurrence, area);
        let sent = answer.invitation.map(|sent| format!("{}, no. {}", date(sent.sent_on), sent.sequence));
        [
            moment(start),
            one_line(&window.of.window.name),
            one_line(&area.name),
            state.name().to_owned(),
            one_line(&in_words(&answer, ledger.today)),
            sent.unwrap_or_default(),
            answer.notice.map_or_else(String::new, |notice| date(notice.due_on)),
            answer.entry.and_then(|entry| entry.reserve_on).map_or_else(String::new, date),
        ]
    }));
    let sentence = format!("{}\n", total.in_words(ledger.plan.policy().silent_after_days));
    if lines.len() == 1 { sentence } else { format!("{}\n{sentence}", super::aligned(&lines)) }
}

/// Notice of one occurrence that has yet to be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticeRow {
    pub due_on: NaiveDate,
    /// Days since then; none where it is not late.
    pub late_days: Option<i64>,
    /// Id.
    pub window: String,
    pub name: String,
    pub kind: &'static str,
    pub original_on: NaiveDate,
    pub local_start: String,
    /// Ids of the areas that nobody asked.
    pub areas: Vec<String>,
}

/// One row an occurrence and day on which notice of it is due, sorted by that day.
pub fn notice_rows(ledger: &Ledger) -> Vec<NoticeRow> {
    let row = |notice: &crate::schedule::agreement::ledger::DueNotice| {
        let (window, occurrence) = (notice.window(ledger), notice.occurrence(ledger));
        let late = (ledger.today - notice.due_on()).num_days();
        NoticeRow {
            due_on: notice.due_on(),
            late_days: (late > 0).then_some(late),
            window: window.of.id().to_string(),
            name: window.of.window.name.clone(),
            kind: window.of.window.kind.name(),
            original_on: occurrence.original_on(),
            local_start: iso::local_minute(occurrence.local_start),
            areas: notice.areas(ledger).map(|area| ledger.plan.areas().as_slice()[area].id.to_string()).collect(),
        }
    };
    ledger.notices.iter().map(row).collect()
}

/// A JSON array of [`NoticeRow`]s.
pub fn notices_json(ledger: &Ledger) -> String {
    super::json(&notice_rows(ledger))
}

/// CSV with a line of column names; several areas are separated by spaces.
pub fn notices_csv(ledger: &Ledger) -> String {
    let columns = ["due_on", "late_days", "window", "name", "kind", "original_on", "local_start", "areas"];
    let cells = |row: NoticeRow| {
        [
            row.due_on.to_string(),
            cell(row.late_days),
            row.window,
            row.name,
            row.kind.to_owned(),
            row.original_on.to_string(),
            row.local_start,
            row.areas.join(" "),
        ]
    };
    super::csv(columns, notice_rows(ledger).into_iter().map(cells))
}

/// Aligned columns, and how many there are.
pub fn notices_text(ledger: &Ledger) -> String {
    let rows = notice_rows(ledger);
    let mut lines = vec![["Due", "Late", "Window", "Date", "Areas not asked"].map(str::to_owned)];
    lines.extend(rows.iter().zip(&ledger.notices).map(|(row, notice)| {
        let areas = notice.areas(ledger).map(|area| one_line(&ledger.plan.areas().as_slice()[area].name));
        [
            date(row.due_on),
            row.late_days.map_or_else(String::new, |days| counted(days, "day")),
            one_line(&row.name),
            date(notice.occurrence(ledger).on()),
            areas.collect::<Vec<_>>().join(", "),
        ]
    }));
    let late = rows.iter().filter(|row| row.late_days.is_some()).count();
    let count = counted(rows.len() as i64, "notice");
    let sentence = if late == 0 { format!("{count} to give\n") } else { format!("{count} to give, {late} late\n") };
    if rows.is_empty() { sentence } else { format!("{}\n{sentence}", super::aligned(&lines)) }
}
