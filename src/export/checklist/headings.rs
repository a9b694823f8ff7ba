//! The six headings under which a window is planned, filled from the plan.

use std::collections::BTreeSet;

use super::{Night, name};
use crate::export::text::{clean, clip, counted, date};
use crate::model::{RollbackMethod, signed_minutes};
use crate::schedule::{Fit, NoFit, Schedule};

/// Systems that a heading names.
const MOST_NAMES: usize = 10;
/// Characters under one heading.
const LONGEST: usize = 1_500;

/// Each heading with what the plan says under it; where it says nothing, that.
pub fn of(schedule: &Schedule, night: &Night<'_>, fit: Result<Fit, NoFit>) -> Vec<(&'static str, String)> {
    let record = &*night.window.window;
    let all = [
        ("Scope", scope(night, fit)),
        ("Impact", written(&record.impact)),
        ("Duration", duration(night, fit)),
        ("Dependencies", dependencies(schedule, night)),
        ("Rollback", rollback(night)),
        ("Communication", communication(schedule, night)),
    ];
    all.map(|(heading, text)| (heading, if text.is_empty() { "Not written down yet".to_owned() } else { text })).into()
}

/// What a person wrote, line by line.
fn written(text: &str) -> String {
    clip(clean(text).trim().to_owned(), LONGEST)
}

/// Several sentences or lists, those that are there.
fn joined(parts: impl IntoIterator<Item = String>, between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

fn names(all: impl ExactSizeIterator<Item = String>) -> String {
    let more = all.len().saturating_sub(MOST_NAMES);
    let names = all.take(MOST_NAMES).collect::<Vec<_>>().join(", ");
    if more == 0 { names } else { format!("{names} and {more} more") }
}

fn scope(night: &Night<'_>, fit: Result<Fit, NoFit>) -> String {
    let scope = &night.window.scope;
    if scope.systems.is_empty() {
        return "No systems".to_owned();
    }
    let hosts = scope.hosts();
    let batches = match fit {
        Ok(fit) if fit.batches > 1 => format!(" in {} batches", fit.batches),
        _ => String::new(),
    };
    let systems = names(scope.systems.iter().map(|system| name(&system.name)));
    format!("{systems}; {}{batches}", counted(hosts as usize, "host"))
}

fn duration(night: &Night<'_>, fit: Result<Fit, NoFit>) -> String {
    let (agreed, real) = (night.window.window.duration, night.occurrence.real_length());
    let length = if agreed == real { format!("{real}") } else { format!("{agreed} on the clock, really {real}") };
    match fit {
        Ok(fit) => format!(
            "{length}; work {}, rollback reserve {}, handover {}, margin {}",
            fit.work,
            fit.rollback,
            fit.handover,
            signed_minutes(fit.margin())
        ),
        Err(_) => format!("{length}; the work is not estimated"),
    }
}

/// What was written, and the systems outside the scope that those inside it depend on.
fn dependencies(schedule: &Schedule, night: &Night<'_>) -> String {
    let scope = &night.window.scope;
    let needed: BTreeSet<_> = scope.systems.iter().flat_map(|system| &system.depends_on).collect();
    let outside: Vec<String> = needed
        .into_iter()
        .filter(|id| !scope.covers(id))
        .filter_map(|id| schedule.plan.systems.get(id).map(|system| name(&system.name)))
        .collect();
    let derived = if outside.is_empty() { String::new() } else { format!("Depends on {}", names(outside.into_iter())) };
    joined([written(&night.window.window.dependencies), derived], "\n")
}

fn rollback(night: &Night<'_>) -> String {
    let record = &*night.window.window;
    let methods: BTreeSet<&str> = night
        .window
        .scope
        .systems
        .iter()
        .filter(|system| system.rollback != RollbackMethod::Unknown)
        .map(|system| system.rollback.name())
        .collect();
    let methods = methods.into_iter().collect::<Vec<_>>().join(", ");
    let tested =
        record.backout.tested_on.map_or_else(|| "never tested".to_owned(), |on| format!("tested {}", date(on)));
    let mut first = joined([methods, tested], "; ");
    if let Some(letter) = first.get_mut(..1) {
        letter.make_ascii_uppercase();
    }
    joined([first, written(&record.backout.steps)], "\n")
}

/// What was written, and the owners of the business areas in scope.
fn communication(schedule: &Schedule, night: &Night<'_>) -> String {
    let areas: BTreeSet<_> = night.window.scope.systems.iter().filter_map(|system| system.area.as_ref()).collect();
    let owners: Vec<String> = areas
        .into_iter()
        .filter_map(|id| schedule.plan.areas.get(id))
        .map(|area| {
            if area.owner.trim().is_empty() {
                name(&area.name)
            } else {
                format!("{} ({})", name(&area.name), name(&area.owner))
            }
        })
        .collect();
    joined([written(&night.window.window.communication), names(owners.into_iter())], "\n")
}
