//! The scan routines as a list: who scans what, and what is late.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::export::file::Output;
use crate::export::text::one_line;
use crate::model::{Assignee, Plan, ScanOutcome, ScanRoutine, SystemScope};
use crate::wording::{counted, date, list};

pub const OUTPUT: Output = Output {
    id: "scans",
    name: "Scan routines",
    help: "Which scans run how often, their last results, and what is late",
};

/// At most this many areas, ladders or systems are named in a line.
const MOST_NAMES: usize = 4;

/// A scan routine. The names of the fields are columns and keys that others read: they stay the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScanRow {
    /// Id.
    pub routine: String,
    pub name: String,
    pub kind: &'static str,
    /// Days between two runs; none if it runs with each build or commit.
    pub every_days: Option<u16>,
    /// "every week", "with each build".
    pub runs: String,
    pub tool: String,
    /// "person/ann" or "team/security"; none if nobody is responsible.
    pub who: Option<String>,
    pub who_name: String,
    /// "everything", "areas", "ladders" or "systems".
    pub covers: &'static str,
    /// Ids of what it covers; in a table separated by spaces.
    pub covered: Vec<String>,
    pub last_on: Option<NaiveDate>,
    /// "clean", "open" or "failed".
    pub outcome: Option<&'static str>,
    /// How many things were open; none if it was not recorded or failed.
    pub open: Option<u32>,
    /// None if results are not recorded, or no interval says when it is due.
    pub due_on: Option<NaiveDate>,
    /// Days since then; none if it is not late.
    pub late_days: Option<u32>,
}

const COLUMNS: [Column<ScanRow>; 15] = [
    Column("routine", |row| (&row.routine).into()),
    Column("name", |row| (&row.name).into()),
    Column("kind", |row| row.kind.into()),
    Column("every_days", |row| Cell::from(&row.every_days.map(u32::from))),
    Column("runs", |row| (&row.runs).into()),
    Column("tool", |row| (&row.tool).into()),
    Column("who", |row| Cell::from(&row.who)),
    Column("who_name", |row| (&row.who_name).into()),
    Column("covers", |row| row.covers.into()),
    Column("covered", |row| row.covered.join(" ").into()),
    Column("last_on", |row| Cell::from(&row.last_on)),
    Column("outcome", |row| row.outcome.map_or(Cell::Empty, Cell::from)),
    Column("open", |row| Cell::from(&row.open)),
    Column("due_on", |row| Cell::from(&row.due_on)),
    Column("late_days", |row| Cell::from(&row.late_days)),
];

/// The scan routines of a plan, as of a day.
pub struct ScanList<'a> {
    pub plan: &'a Plan,
    pub today: NaiveDate,
}

impl ScanList<'_> {
    /// A row for each routine, in the order of their ids.
    pub fn rows(&self) -> Vec<ScanRow> {
        self.plan.scan_routines().iter().map(|routine| self.row(routine)).collect()
    }

    fn row(&self, routine: &ScanRoutine) -> ScanRow {
        let (recording, run) = (self.plan.policy().recording_from, routine.last.as_ref());
        let (covers, covered) = covered(&routine.scope);
        ScanRow {
            routine: routine.id.to_string(),
            name: routine.name.clone(),
            kind: routine.kind.name(),
            every_days: routine.every.days(),
            runs: routine.every.to_string(),
            tool: routine.tool.clone(),
            who: routine.who.as_ref().map(Assignee::key),
            who_name: routine.who.as_ref().map_or("", |who| who.name(self.plan)).to_owned(),
            covers,
            covered,
            last_on: run.map(|run| run.on),
            outcome: run.map(|run| match run.outcome {
                ScanOutcome::Clean => "clean",
                ScanOutcome::Open(_) => "open",
                ScanOutcome::Failed => "failed",
            }),
            open: run.and_then(|run| match run.outcome {
                ScanOutcome::Clean => Some(0),
                ScanOutcome::Open(count) => Some(count),
                ScanOutcome::Failed => None,
            }),
            due_on: recording.and_then(|from| routine.due_on(from)),
            late_days: recording.and_then(|from| routine.days_late(from, self.today)),
        }
    }

    fn line(&self, routine: &ScanRoutine, row: &ScanRow) -> [String; 8] {
        let last = routine.last.as_ref().map_or_else(String::new, |run| format!("{}, {}", date(run.on), run.outcome));
        let due = match (row.late_days, row.due_on) {
            (Some(late), _) => format!("{} late", counted(late, "day")),
            (None, Some(on)) => date(on),
            (None, None) => String::new(),
        };
        [
            one_line(&row.name),
            row.kind.to_owned(),
            row.runs.clone(),
            one_line(&row.tool),
            one_line(&row.who_name),
            one_line(&scope_in_words(self.plan, &routine.scope)),
            last,
            due,
        ]
    }
}

fn covered(scope: &SystemScope) -> (&'static str, Vec<String>) {
    match scope {
        SystemScope::Everything => ("everything", Vec::new()),
        SystemScope::Areas(ids) => ("areas", ids.iter().map(ToString::to_string).collect()),
        SystemScope::Ladders(ids) => ("ladders", ids.iter().map(ToString::to_string).collect()),
        SystemScope::Systems(ids) => ("systems", ids.iter().map(ToString::to_string).collect()),
    }
}

fn scope_in_words(plan: &Plan, scope: &SystemScope) -> String {
    match scope {
        SystemScope::Everything => "everything".to_owned(),
        SystemScope::Areas(ids) => list(ids.iter().map(|id| plan.areas().name_of(id)), MOST_NAMES),
        SystemScope::Ladders(ids) => list(ids.iter().map(|id| plan.ladders().name_of(id)), MOST_NAMES),
        SystemScope::Systems(ids) => list(ids.iter().map(|id| plan.systems().name_of(id)), MOST_NAMES),
    }
}

impl Listing for ScanList<'_> {
    fn page(&self) -> Page {
        let rows = self.rows();
        let late = rows.iter().filter(|row| row.late_days.is_some()).count();
        let count = counted(rows.len(), "scan routine");
        let closing = if late == 0 { count } else { format!("{count}, {late} late") };
        let lines = rows.iter().zip(self.plan.scan_routines()).map(|(row, routine)| self.line(routine, row)).collect();
        Page::new(["Scan", "Kind", "Runs", "Tool", "Who", "Covers", "Last run", "Due"], lines, closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}
