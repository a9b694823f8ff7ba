//! Scan routines from a table, one row for each: the list that Windowsill writes, or one that somebody keeps.

use std::collections::HashSet;

use super::record_tally::{self, RecordTally, name, read_cell, set};
use crate::cells::interval::{read_interval, read_outcome};
use crate::cells::scope::read_scope;
use crate::cells::{assignee, choices};
use crate::import::confidence::Confidence;
use crate::import::error::ImportError;
use crate::import::fresh_ids::FreshIds;
use crate::import::head::Head;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::tables::layout::{Field, Layout};
use crate::import::tables::row_count::RowCount;
use crate::import::tables::sniff::SniffedTitles;
use crate::import::tables::table::{Row, Table};
use crate::import::topic::Topic;
use crate::model::{Edit, Plan, ScanInterval, ScanKind, ScanRoutine, ScanRoutineId, ScanRun};
use crate::wording::date;

const NAME: usize = 0;
const ID: usize = 1;
const KIND: usize = 2;
const RUNS: usize = 3;
const TOOL: usize = 4;
const WHO: usize = 5;
const COVERS: usize = 6;
const COVERED: usize = 7;
const LAST: usize = 8;
const OUTCOME: usize = 9;
const OPEN: usize = 10;
const NOTES: usize = 11;
pub(super) const LAYOUT: Layout = Layout {
    topic: Topic::Scans,
    fields: &[
        Field { id: "name", titles: &["scan", "scanname", "routinename", "scanroutine", "bezeichnung"] },
        Field { id: "id", titles: &["routine", "routineid", "scanid", "kürzel"] },
        Field { id: "kind", titles: &["scankind", "scantype", "type", "art"] },
        Field { id: "runs", titles: &["interval", "frequency", "every", "turnus", "everydays", "rhythmus"] },
        Field { id: "tool", titles: &["scanner", "product", "werkzeug"] },
        Field { id: "who", titles: &["responsible", "owner", "verantwortlich", "whoname"] },
        Field { id: "covers", titles: &["scope", "umfang"] },
        Field { id: "covered", titles: &["covereditems"] },
        Field { id: "last-on", titles: &["lastrun", "last", "lastscan", "letzterlauf", "letzterscan"] },
        Field { id: "outcome", titles: &["result", "lastresult", "ergebnis"] },
        Field { id: "open", titles: &["openfindings", "offen"] },
        Field { id: "notes", titles: &["note", "comment", "bemerkung", "bemerkungen", "kommentar", "notiz"] },
    ],
    required: &[&[NAME]],
};

/// A name alone could be anything: how often it runs and a tool or kind make it a table of scans.
pub(super) fn sniff(head: &Head) -> Confidence {
    let titles = SniffedTitles::read(head, &LAYOUT);
    let is_of_scans = titles.has_field(RUNS) && (titles.has_field(KIND) || titles.has_field(TOOL));
    match titles.confidence() {
        Confidence::Likely if titles.has_title(&["routine"]) && titles.has_title(&["everydays"]) => Confidence::Certain,
        Confidence::Likely if !is_of_scans => Confidence::Unlikely,
        confidence => confidence,
    }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let mut imported = Imported::default();
    let Some(tables) = Table::read_all(input, &LAYOUT, &mut imported)? else { return Ok(imported) };
    let (mut rows, mut tally, mut ids) = (RowCount::default(), RecordTally::default(), FreshIds::default());
    let given = record_tally::ids(&tables, ID);
    for table in &tables {
        for row in &table.rows {
            input.source.check_cancelled()?;
            let warn = &mut |message| table.warn(row.line, message, &mut imported);
            let claimed = name(row, NAME).and_then(|name| tally.claim((row.get(ID), &name), row.line, warn));
            let routine = claimed.and_then(|()| routine(row, (plan, &given), &mut ids, warn));
            let put = routine.and_then(|routine| {
                let id = routine.id.clone();
                let old = plan.scan_routines().get(&id).map(|old| &**old);
                tally.put((id.as_str(), row.line), routine, old, Edit::PutScanRoutine, &mut imported)
            });
            rows.count(put, table, row, &mut imported);
        }
    }
    tally.report("scan routine", &mut imported);
    rows.report(&mut imported);
    Ok(imported.in_order())
}

/// # Errors
/// Why the row is skipped.
fn routine(
    row: &Row,
    (plan, given): (&Plan, &HashSet<String>),
    ids: &mut FreshIds,
    warn: &mut dyn FnMut(String),
) -> Result<ScanRoutine, String> {
    let name = name(row, NAME)?;
    let kind = read_cell(row, KIND, warn, |text| choices::choice(text, ScanKind::ALL, ScanKind::name));
    let old = record_tally::find(plan.scan_routines(), row.get(ID), &name, given);
    let old = old.map(|old| ScanRoutine::clone(old));
    let mut routine = old.unwrap_or_else(|| {
        let id = ids.fresh(row.get(ID).unwrap_or(&name), |id| plan.scan_routines().contains(&id.into()));
        ScanRoutine::new(ScanRoutineId::new(&id), &name, kind.unwrap_or_default())
    });
    routine.name = name;
    routine.kind = kind.unwrap_or(routine.kind);
    if let Some(every) = read_cell(row, RUNS, warn, read_interval) {
        // 0 days mean the same as 1, and lists say "every day" for both.
        let is_same = |old: ScanInterval| old.to_string() == every.to_string();
        routine.every = if is_same(routine.every) { routine.every } else { every };
    }
    set(&mut routine.tool, row, TOOL);
    routine.who = read_cell(row, WHO, warn, |text| assignee::read(plan, text)).unwrap_or(routine.who);
    let covers = |text: &str| match row.get(COVERED) {
        // Lists write ids with spaces between them.
        Some(ids) => read_scope(plan, &format!("{text}: {}", ids.split_whitespace().collect::<Vec<_>>().join(", "))),
        None => read_scope(plan, text),
    };
    routine.scope = read_cell(row, COVERS, warn, covers).unwrap_or(routine.scope);
    routine.last = last_run(row, routine.last, warn);
    if let Some(text) = row.get(NOTES) {
        text.clone_into(&mut routine.notes);
    }
    Ok(routine)
}

/// The last run after the row was read: a later one that the plan has stays.
fn last_run(row: &Row, known: Option<ScanRun>, warn: &mut dyn FnMut(String)) -> Option<ScanRun> {
    let Some(on) = read_cell(row, LAST, warn, choices::date) else { return known };
    let written = row.get(OUTCOME).map(|text| match row.get(OPEN) {
        Some(count) if text.trim().eq_ignore_ascii_case("open") => format!("{count} open"),
        _ => text.to_owned(),
    });
    let Some(written) = written else {
        warn(format!("No result of the run on {}: ignored, use clean, failed, or e.g. 3 open", date(on)));
        return known;
    };
    let outcome = match read_outcome(&written) {
        Ok(outcome) => outcome,
        Err(problem) => {
            warn(format!("{problem} (ignored)"));
            return known;
        }
    };
    match known {
        Some(known) if known.on > on => {
            warn(format!("The run on {} is older than that of {} in the plan: ignored", date(on), date(known.on)));
            Some(known)
        }
        Some(known) if known.on == on => Some(ScanRun { outcome, ..known }),
        _ => Some(ScanRun { on, outcome, by: String::new(), notes: String::new() }),
    }
}
