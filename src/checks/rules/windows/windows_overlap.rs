//! W001 windows-overlap: two occurrences work on the same system at the same time.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::checks::facts::overlaps::{OccurrencePair, overlaps_of_two};
use crate::checks::{Check, CommonCause, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::{Occurrence, WindowOccurrence, WindowSchedule};
use crate::wording::{counted, list_in_sentence, moment};

pub static RULE: Rule = Rule {
    code: "W001",
    name: "windows-overlap",
    severity: Severity::Error,
    summary: "Occurrences of two windows work on the same system at the same time.",
    why: "Two teams patch and reboot the same machines at once, and neither knows whose change broke them.",
    example: "SAP extended, Sun 7 Feb 2027 02:00 and Web patching, Sun 7 Feb 2027 06:00 both work on SAP portal.",
    remedy: "Move one of the two, or remove the system from one of the windows.",
    checks: &[Check::System(check)],
    fix: None,
    fold: Some(in_one_line),
};

/// At most this many are reported for one system.
const MOST: usize = 500;
/// The search for overlaps gives up after this many, so that it takes no more than a moment.
const MOST_TRIES: usize = 50_000;

fn check(cx: &Context<'_>, position: usize, covering: &[u32], sink: &mut Sink) {
    let here = &cx.plan().systems().as_slice()[position];
    let windows: Vec<_> = covering.iter().map(|index| &cx.schedule.windows[*index as usize]).collect();
    let mut found = Vec::new();
    let mut is_cut_off = false;
    if windows.len() <= 8 {
        for (index, first) in windows.iter().enumerate() {
            for second in windows[index + 1..].iter().filter(|second| is_reported_at(position, first, second)) {
                overlaps_of_two(first, second, MOST, &mut found);
            }
        }
    } else {
        is_cut_off = !overlaps_of_many(position, &windows, &mut found);
    }
    is_cut_off |= found.len() > MOST;
    found.truncate(MOST);
    for [(first, occurrence), (second, other)] in found {
        report((first, occurrence), (second, other), &here.name, sink);
    }
    if is_cut_off {
        let message = format!("Too many occurrences overlap on {} to list all of them", here.name);
        sink.add(Finding::new(&RULE, Subject::System(here.id.clone()), message));
    }
}

/// Two windows that share several systems are reported once, at the first of these systems.
fn is_reported_at(position: usize, first: &WindowSchedule, second: &WindowSchedule) -> bool {
    first.scope.first_shared(&second.scope).is_some_and(|shared| shared as usize == position)
}

/// Walks through the occurrences of all windows in the order of their starts. Returns false if it gave up.
fn overlaps_of_many<'a>(
    position: usize,
    windows: &[&'a Arc<WindowSchedule>],
    found: &mut Vec<OccurrencePair<'a>>,
) -> bool {
    let mut all: Vec<_> = windows
        .iter()
        .flat_map(|window| window.expansion.occurrences.iter().map(move |each| (*window, each)))
        .collect();
    all.sort_by_key(|(_, occurrence)| occurrence.start_at);
    let mut open: Vec<WindowOccurrence<'_>> = Vec::new();
    let mut tries = 0;
    for (window, occurrence) in all {
        open.retain(|(_, other)| other.end_at > occurrence.start_at);
        let meets = |(other_window, other): &&WindowOccurrence<'_>| {
            other_window.id() != window.id() && occurrence.overlaps(other)
        };
        for (other_window, other) in open.iter().filter(meets) {
            tries += 1;
            let mut pair = [(*other_window, *other), (window, occurrence)];
            pair.sort_by(|a, b| a.0.id().cmp(b.0.id()));
            if is_reported_at(position, pair[0].0, pair[1].0) {
                found.push(pair);
            }
            if found.len() > MOST || tries > MOST_TRIES {
                return false;
            }
        }
        open.push((window, occurrence));
    }
    true
}

fn report(
    (first, occurrence): (&WindowSchedule, &Occurrence),
    (second, other): (&WindowSchedule, &Occurrence),
    system: &str,
    sink: &mut Sink,
) {
    let (one, another) = (moment(first.local(occurrence.start_at)), moment(second.local(other.start_at)));
    let (first_name, second_name) = (&*first.window.name, &*second.window.name);
    let message = [first_name, ", ", &one, " and ", second_name, ", ", &another, " both work on ", system].concat();
    sink.add(
        Finding::for_occurrence(&RULE, first, occurrence, message).with_other(Subject::Window(second.id().clone())),
    );
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let others: BTreeSet<String> =
        cause.findings.iter().filter_map(|finding| Some(finding.other.as_ref()?.name(cx.plan()))).collect();
    let first = cause.first_in_words(cx);
    let times = counted(cause.findings.len(), "time");
    let name = cause.name(cx);
    format!(
        "{name} and {} work on the same systems at the same time, {times}{first}",
        list_in_sentence(&others, MOST_NAMES)
    )
}
