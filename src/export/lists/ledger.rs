//! The ledger as a list: every business area's answer for every occurrence.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::export::file::Output;
use crate::export::iso_times::IsoLocalTime;
use crate::export::text::one_line;
use crate::model::{Agreement, AreaId, BusinessArea, OccurrenceTimes};
use crate::schedule::Occurrence;
use crate::schedule::agreement::answers::answer;
use crate::schedule::agreement::ledger::{AnswerState, Ledger, Tally, WindowLedger, days_silent, in_words};
use crate::wording::{date, moment};

pub const OUTPUT: Output = Output {
    id: "ledger",
    name: "Ledger",
    help: "Each business area's answer for each occurrence: asked, agreed, declined or silent",
};

/// A business area's answer for an occurrence. The names of the fields are columns and keys that others read: they stay
/// the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerRow {
    /// Id.
    pub window: String,
    pub name: String,
    pub original_on: NaiveDate,
    /// On the window's clock.
    pub local_start: IsoLocalTime,
    /// Id.
    pub area: String,
    pub area_name: String,
    pub owner: String,
    /// "Agreed", "Silent", "Declined without a reserve" …
    pub state: &'static str,
    /// When the answer in the ledger was given, or when the owner was asked.
    pub said_on: Option<NaiveDate>,
    pub by: String,
    pub reason: String,
    /// The start that the answer was about, if it was about certain times.
    pub answered_for: Option<IsoLocalTime>,
    /// When the owner was sent the last invite, and its SEQUENCE.
    pub sent_on: Option<NaiveDate>,
    pub sequence: Option<u32>,
    /// Days without an answer since the owner was asked.
    pub silent_days: Option<i64>,
    /// The last day of notice; none if the notice is only for information.
    pub notice_due_on: Option<NaiveDate>,
    pub reserve_on: Option<NaiveDate>,
    pub notes: String,
}

const COLUMNS: [Column<AnswerRow>; 18] = [
    Column("window", |row| (&row.window).into()),
    Column("name", |row| (&row.name).into()),
    Column("original_on", |row| row.original_on.into()),
    Column("local_start", |row| row.local_start.into()),
    Column("area", |row| (&row.area).into()),
    Column("area_name", |row| (&row.area_name).into()),
    Column("owner", |row| (&row.owner).into()),
    Column("state", |row| row.state.into()),
    Column("said_on", |row| Cell::from(&row.said_on)),
    Column("by", |row| (&row.by).into()),
    Column("reason", |row| (&row.reason).into()),
    Column("answered_for", |row| Cell::from(&row.answered_for)),
    Column("sent_on", |row| Cell::from(&row.sent_on)),
    Column("sequence", |row| Cell::from(&row.sequence)),
    Column("silent_days", |row| Cell::from(&row.silent_days)),
    Column("notice_due_on", |row| Cell::from(&row.notice_due_on)),
    Column("reserve_on", |row| Cell::from(&row.reserve_on)),
    Column("notes", |row| (&row.notes).into()),
];

/// All answers, or those of one business area, sorted by start, then window and area.
pub struct AnswerList<'a> {
    pub ledger: &'a Ledger,
    pub area: Option<&'a AreaId>,
}

/// What a line or row of the list is about.
struct LedgerCell<'a> {
    window: &'a WindowLedger,
    area: &'a Arc<BusinessArea>,
    occurrence: &'a Occurrence,
    state: AnswerState,
}

impl<'a> AnswerList<'a> {
    fn answers(&self) -> Vec<LedgerCell<'a>> {
        let ledger = self.ledger;
        let areas = ledger.plan.areas().iter().enumerate();
        let mut all = Vec::new();
        for (index, area) in areas.filter(|(_, area)| self.area.is_none_or(|id| *id == area.id)) {
            for window in &ledger.windows {
                let states = window.occurrences().iter().zip(window.states(index));
                all.extend(states.map(|(occurrence, state)| LedgerCell { window, area, occurrence, state: *state }));
            }
        }
        // Areas come in the order of their ids, and the sort keeps that order among equals.
        all.sort_by(|a, b| {
            let key = |cell: &LedgerCell<'a>| (cell.occurrence.local_start, cell.window.schedule.id());
            key(a).cmp(&key(b))
        });
        all
    }

    /// A row for each occurrence and business area.
    pub fn rows(&self) -> Vec<AnswerRow> {
        self.answers().iter().map(|cell| row(self.ledger, cell)).collect()
    }
}

impl Listing for AnswerList<'_> {
    fn page(&self) -> Page {
        let answers = self.answers();
        let mut total = Tally::default();
        for cell in &answers {
            total.add(cell.state);
        }
        let lines = answers.iter().map(|cell| line(self.ledger, cell)).collect();
        let columns = ["Date", "Window", "Area", "State", "Answer", "Last invite", "Notice due", "Reserve"];
        Page::new(columns, lines, total.in_words(self.ledger.plan.policy().silent_after_days))
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}

fn row(ledger: &Ledger, cell: &LedgerCell<'_>) -> AnswerRow {
    let LedgerCell { window, area, occurrence, state } = cell;
    let answer = answer(&ledger.plan, &window.schedule, occurrence, area);
    let entry = answer.entry;
    let (said_on, by, reason) = said(entry.map_or(answer.agreement(), |entry| &entry.agreement));
    let silent_days = match answer.agreement() {
        Agreement::Asked { on } if *state != AnswerState::Over && answer.undecided_at().is_none() => {
            Some(days_silent(*on, ledger.today))
        }
        _ => None,
    };
    AnswerRow {
        window: window.schedule.id().to_string(),
        name: window.schedule.window.name.clone(),
        original_on: occurrence.original_on(),
        local_start: IsoLocalTime(occurrence.local_start),
        area: area.id.to_string(),
        area_name: area.name.clone(),
        owner: area.owner.clone(),
        state: state.name(),
        said_on,
        by,
        reason,
        answered_for: entry
            .and_then(|entry| entry.answered_for)
            .map(|OccurrenceTimes { start, .. }| IsoLocalTime(start)),
        sent_on: answer.sent_invite.map(|sent| sent.sent_on),
        sequence: answer.sent_invite.map(|sent| sent.sequence),
        silent_days,
        notice_due_on: answer.notice.map(|notice| notice.due_on),
        reserve_on: entry.and_then(|entry| entry.reserve_on),
        notes: entry.map(|entry| entry.notes.clone()).unwrap_or_default(),
    }
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

fn line(ledger: &Ledger, cell: &LedgerCell<'_>) -> [String; 8] {
    let LedgerCell { window, area, occurrence, state } = cell;
    let answer = answer(&ledger.plan, &window.schedule, occurrence, area);
    let sent = answer.sent_invite.map(|sent| format!("{}, no. {}", date(sent.sent_on), sent.sequence));
    [
        moment(occurrence.local_start),
        one_line(&window.schedule.window.name),
        one_line(&area.name),
        state.name().to_owned(),
        one_line(&in_words(&answer, ledger.today, &ledger.zone)),
        sent.unwrap_or_default(),
        answer.notice.map_or_else(String::new, |notice| date(notice.due_on)),
        answer.entry.and_then(|entry| entry.reserve_on).map_or_else(String::new, date),
    ]
}
