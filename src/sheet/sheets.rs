//! The table of each kind of record, behind one interface.

use std::marker::PhantomData;
use std::sync::Arc;

use super::column::{Column, ColumnInfo, Write};
use super::record_kind::RecordKind;
use crate::model::{
    BulletinDuty, BusinessArea, CarrierNotice, ChangeFreeze, ChecklistTemplate, Edit, HolidayCalendar, Ladder,
    MaintenanceWindow, Person, Plan, Record, ReleaseCalendar, ScanRoutine, Subject, System, Table, Team,
};
use crate::wording::date;

/// A type of records that is shown as a table.
pub trait SheetRecord: Record + Clone + PartialEq + 'static {
    /// The first column is the name.
    const COLUMNS: &'static [Column<Self>];

    fn table(plan: &Plan) -> &Table<Self>;

    fn subject(&self) -> Subject;

    fn put(self) -> Edit;
}

macro_rules! sheet_record {
    ($($record:ident: $columns:ident, $table:ident, $subject:ident, $put:ident;)*) => {
        $(impl SheetRecord for $record {
            const COLUMNS: &'static [Column<Self>] = super::columns::$columns::COLUMNS;

            fn table(plan: &Plan) -> &Table<Self> {
                plan.$table()
            }

            fn subject(&self) -> Subject {
                Subject::$subject(self.id.clone())
            }

            fn put(self) -> Edit {
                Edit::$put(self)
            }
        })*
    };
}

sheet_record! {
    MaintenanceWindow: windows, windows, Window, PutWindow;
    System: systems, systems, System, PutSystem;
    BusinessArea: areas, areas, Area, PutArea;
    Ladder: ladders, ladders, Ladder, PutLadder;
    ReleaseCalendar: releases, releases, Release, PutRelease;
    ChangeFreeze: freezes, freezes, Freeze, PutFreeze;
    HolidayCalendar: holidays, holidays, Holidays, PutHolidays;
    CarrierNotice: notices, notices, Notice, PutNotice;
    ChecklistTemplate: checklists, checklists, Checklist, PutChecklist;
    Person: people, people, Person, PutPerson;
    Team: teams, teams, Team, PutTeam;
    ScanRoutine: scan_routines, scan_routines, ScanRoutine, PutScanRoutine;
    BulletinDuty: bulletin_duties, bulletin_duties, BulletinDuty, PutBulletinDuty;
}

/// The texts of a record's cells, each with its sort key if the text would sort wrongly.
pub type RecordCells = (Subject, Vec<(String, Option<i64>)>);

/// What writing into the cells of one record changes.
#[derive(Debug, Default)]
pub struct RecordChange {
    pub edits: Vec<Edit>,
    /// Whether they change other records, too.
    pub has_others: bool,
    /// How many cells get another text.
    pub cells: usize,
    /// What is wrong, by column.
    pub problems: Vec<(usize, String)>,
}

/// The table of a kind of record.
pub trait Sheet: Sync {
    fn columns(&self) -> Vec<ColumnInfo>;

    /// What can be typed into a column, if that is a list.
    fn choices(&self, plan: &Plan, column: usize) -> Option<Vec<String>>;

    /// The cells of all records in those columns.
    fn records(&self, plan: &Plan, columns: &[usize]) -> Vec<RecordCells>;

    /// What writing texts into columns of a record changes.
    fn write(&self, plan: &Plan, subject: &Subject, cells: &[(usize, &str)]) -> RecordChange;
}

/// The table of the records of a type.
struct SheetFor<T>(PhantomData<fn() -> T>);

/// The table of a kind of record.
pub fn sheet(kind: RecordKind) -> &'static dyn Sheet {
    match kind {
        RecordKind::Windows => &SheetFor::<MaintenanceWindow>(PhantomData),
        RecordKind::Systems => &SheetFor::<System>(PhantomData),
        RecordKind::Areas => &SheetFor::<BusinessArea>(PhantomData),
        RecordKind::Ladders => &SheetFor::<Ladder>(PhantomData),
        RecordKind::Releases => &SheetFor::<ReleaseCalendar>(PhantomData),
        RecordKind::Freezes => &SheetFor::<ChangeFreeze>(PhantomData),
        RecordKind::Holidays => &SheetFor::<HolidayCalendar>(PhantomData),
        RecordKind::Notices => &SheetFor::<CarrierNotice>(PhantomData),
        RecordKind::Checklists => &SheetFor::<ChecklistTemplate>(PhantomData),
        RecordKind::People => &SheetFor::<Person>(PhantomData),
        RecordKind::Teams => &SheetFor::<Team>(PhantomData),
        RecordKind::ScanRoutines => &SheetFor::<ScanRoutine>(PhantomData),
        RecordKind::BulletinDuties => &SheetFor::<BulletinDuty>(PhantomData),
    }
}

impl<T: SheetRecord> SheetFor<T> {
    fn find(plan: &Plan, subject: &Subject) -> Option<Arc<T>> {
        // Tables are sorted by id, which a subject has as text.
        let table = T::table(plan).as_slice();
        let at = table.binary_search_by(|record| record.id().to_string().as_str().cmp(subject.id())).ok();
        at.map(|at| Arc::clone(&table[at])).filter(|record| record.subject() == *subject)
    }
}

impl<T: SheetRecord> Sheet for SheetFor<T> {
    fn columns(&self) -> Vec<ColumnInfo> {
        T::COLUMNS.iter().map(|column| column.info).collect()
    }

    fn choices(&self, plan: &Plan, column: usize) -> Option<Vec<String>> {
        T::COLUMNS.get(column)?.choices.map(|choices| choices(plan))
    }

    fn records(&self, plan: &Plan, columns: &[usize]) -> Vec<RecordCells> {
        let columns: Vec<&Column<T>> = columns.iter().filter_map(|index| T::COLUMNS.get(*index)).collect();
        let cells = |record: &T| {
            let cell = |column: &&Column<T>| ((column.text)(plan, record), column.key.map(|key| key(plan, record)));
            columns.iter().map(cell).collect()
        };
        T::table(plan).iter().map(|record| (record.subject(), cells(record))).collect()
    }

    fn write(&self, plan: &Plan, subject: &Subject, cells: &[(usize, &str)]) -> RecordChange {
        let mut change = RecordChange::default();
        let Some(old) = Self::find(plan, subject) else {
            let gone = |(column, _): &(usize, &str)| (*column, "This record was removed from the plan".to_owned());
            change.problems = cells.iter().map(gone).collect();
            return change;
        };
        let mut record = T::clone(&old);
        for (index, text) in cells {
            let Some(column) = T::COLUMNS.get(*index) else { continue };
            match write_cell(plan, &mut record, column, text) {
                Ok((is_changed, more)) => {
                    change.cells += usize::from(is_changed);
                    change.edits.extend(more);
                }
                Err(problem) => change.problems.push((*index, problem)),
            }
        }
        change.has_others = !change.edits.is_empty();
        if record == *old {
            return change;
        }
        let edit = record.put();
        if let Some(fault) = days_out_of_order(&edit) {
            let is_day =
                |index: usize| T::COLUMNS.get(index).is_some_and(|column| fault.columns.contains(&column.info.title));
            let (days, rest): (Vec<_>, Vec<_>) = cells.iter().copied().partition(|(index, _)| is_day(*index));
            if !days.is_empty() {
                change = self.write(plan, subject, &rest);
                change.problems.extend(days.into_iter().map(|(index, _)| (index, fault.problem.clone())));
                return change;
            }
        }
        change.edits.insert(0, edit);
        change
    }
}

/// Writes a text into a cell of `record`. Returns whether it says something else then, and edits of other records.
fn write_cell<T: Clone + PartialEq>(
    plan: &Plan,
    record: &mut T,
    column: &Column<T>,
    text: &str,
) -> Result<(bool, Vec<Edit>), String> {
    if (column.text)(plan, record) == text.trim() {
        return Ok((false, Vec::new()));
    }
    match &column.write {
        Some(Write::Field(write)) => {
            let mut next = record.clone();
            write(plan, &mut next, text)?;
            let is_changed = next != *record;
            *record = next;
            Ok((is_changed, Vec::new()))
        }
        Some(Write::Edits(write)) => write(plan, record, text).map(|edits| (!edits.is_empty(), edits)),
        None => Err(format!("\"{}\" is calculated and cannot be changed here", column.info.title)),
    }
}

/// Two days of a record of which the last is before the first.
struct DayFault {
    /// The titles of their columns.
    columns: [&'static str; 2],
    problem: String,
}

/// The fault of a record whose last day would be before its first.
fn days_out_of_order(edit: &Edit) -> Option<DayFault> {
    let (columns, first, last) = match edit {
        Edit::PutFreeze(freeze) => (["From", "To"], freeze.first_on, freeze.last_on),
        Edit::PutWindow(window) => (["First date", "Last date"], window.first?, window.last?),
        _ => return None,
    };
    let problem = || {
        format!("The last day would be {}, before the first, {}: change the other one first", date(last), date(first))
    };
    (last < first).then(|| DayFault { columns, problem: problem() })
}
