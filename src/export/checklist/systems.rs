//! The systems in scope: their batches with clock times, and how each of them is rolled back.

use std::collections::BTreeSet;

use super::night::ChecklistContext;
use super::written::name;
use crate::export::paper::{Column, Table};
use crate::export::translation::{Word, Words};
use crate::model::{Minutes, PatchMethod, System};
use crate::schedule::BatchRun;

/// Every batch of every system in working order, with room to note when it was done; only the systems if the work is not
/// estimated. None without systems.
pub fn batches(night: &ChecklistContext<'_>) -> Option<Table> {
    let (systems, words) = (&night.window.scope.systems, &night.words);
    if systems.is_empty() {
        return None;
    }
    let runs = night.window.batch_runs().unwrap_or_default();
    let shown = Shown {
        methods: systems.iter().any(|system| system.patch_method != PatchMethod::Unknown),
        tracks: runs.iter().any(|run| run.track > 0),
    };
    let mut columns = vec![column(words, Word::System, 6), number(words, Word::HostCount, 2)];
    if shown.methods {
        columns.push(column(words, Word::PatchMethod, 4));
    }
    if shown.tracks {
        columns.push(number(words, Word::Track, 2));
    }
    columns.extend([number(words, Word::Batch, 2), number(words, Word::From, 3), number(words, Word::To, 3)]);
    // Empty, to be filled in by hand.
    columns.push(column(words, Word::Finished, 4));
    let mut rows: Vec<Vec<String>> = runs.iter().map(|run| row(night, run, shown)).collect();
    // A system without hosts, or without an estimate, is worked on all the same.
    let with_runs: BTreeSet<usize> = runs.iter().map(|run| run.system).collect();
    for (_, system) in systems.iter().enumerate().filter(|(at, _)| !with_runs.contains(at)) {
        let mut cells = shown.first_cells(system, system.hosts, words);
        cells.resize(columns.len(), String::new());
        rows.push(cells);
    }
    Some(Table { columns, rows })
}

/// The columns that only some tables need.
#[derive(Clone, Copy)]
struct Shown {
    methods: bool,
    tracks: bool,
}

impl Shown {
    /// The name, the number of hosts, and how it is patched.
    fn first_cells(self, system: &System, hosts: u32, words: &Words) -> Vec<String> {
        let mut cells = vec![name(&system.name), hosts.to_string()];
        if self.methods {
            cells.push(match &system.patch_method {
                PatchMethod::Manual => words.say(Word::Manual),
                method => name(method.name()),
            });
        }
        cells
    }
}

fn row(night: &ChecklistContext<'_>, run: &BatchRun, shown: Shown) -> Vec<String> {
    let batch = if run.first == run.last {
        run.first.to_string()
    } else {
        night.words.span(&run.first.to_string(), &run.last.to_string())
    };
    let start = night.occurrence.start_at;
    let is_long = night.occurrence.real_length() > Minutes::days(1);
    let clock = |after: Minutes| {
        let at = start.plus(after.signed());
        if is_long { night.clock_beside(at, start) } else { night.clock(at) }
    };
    let mut cells = shown.first_cells(&night.window.scope.systems[run.system], run.hosts, &night.words);
    if shown.tracks {
        cells.push((run.track + 1).to_string());
    }
    cells.extend([batch, clock(run.from), clock(run.to), String::new()]);
    cells
}

/// How each system is rolled back, and when that was last tested.
pub fn ways_back(night: &ChecklistContext<'_>) -> Option<Table> {
    let (systems, words) = (&night.window.scope.systems, &night.words);
    let columns =
        vec![column(words, Word::System, 6), column(words, Word::Method, 5), column(words, Word::LastTested, 4)];
    let rows = systems.iter().map(|system| {
        let tested = system.rollback_tested_on.map_or_else(|| words.say(Word::NeverTested), |on| words.date(on));
        vec![name(&system.name), words.method(system.rollback).to_owned(), tested]
    });
    (!systems.is_empty()).then(|| Table { columns, rows: rows.collect() })
}

fn column(words: &Words, head: Word, share: u8) -> Column {
    Column { name: words.say(head), share, is_number: false }
}

fn number(words: &Words, head: Word, share: u8) -> Column {
    Column { is_number: true, ..column(words, head, share) }
}
