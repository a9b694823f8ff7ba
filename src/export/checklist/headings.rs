//! The six headings under which a window is planned, filled from the plan.

use std::collections::BTreeSet;

use super::night::ChecklistContext;
use super::written::{name, written};
use crate::export::paper::Labelled;
use crate::export::translation::Word;
use crate::model::RollbackMethod;
use crate::schedule::{Fit, NoFit};

/// The scope names at most this many systems; the table below has all of them.
const MOST_NAMES: usize = 10;

/// Each heading with the text from the plan, or a note that there is none.
pub fn headings(night: &ChecklistContext<'_>, fit: Result<Fit, NoFit>) -> Vec<Labelled> {
    let words = &night.words;
    let all = [
        (Word::Scope, scope(night, fit)),
        (Word::Impact, written(&night.window.window.impact)),
        (Word::Duration, duration(night, fit)),
        (Word::Dependencies, dependencies(night)),
        (Word::Rollback, rollback(night)),
        (Word::Communication, communication(night)),
    ];
    let heading = |(label, text): (Word, String)| Labelled {
        label: words.say(label),
        text: if text.is_empty() { words.say(Word::NotWritten) } else { text },
    };
    all.map(heading).into()
}

/// The parts that are not empty.
fn joined(parts: impl IntoIterator<Item = String>, between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

fn scope(night: &ChecklistContext<'_>, fit: Result<Fit, NoFit>) -> String {
    let (scope, words) = (&night.window.scope, &night.words);
    if scope.systems.is_empty() {
        return words.say(Word::NoSystems);
    }
    let hosts = words.hosts(scope.hosts());
    let systems = words.names(scope.systems.iter().map(|system| name(&system.name)), MOST_NAMES);
    match fit {
        Ok(fit) if fit.batches > 1 => {
            let count = fit.batches.to_string();
            words.fill(Word::ScopeInBatches, &[("systems", &systems), ("hosts", &hosts), ("count", &count)])
        }
        _ => words.fill(Word::ScopeOf, &[("systems", &systems), ("hosts", &hosts)]),
    }
}

fn duration(night: &ChecklistContext<'_>, fit: Result<Fit, NoFit>) -> String {
    let words = &night.words;
    let (agreed, real) = (night.occurrence.duration, night.occurrence.real_length());
    let mut length = words.length(real);
    if agreed != real {
        length = words.fill(Word::RealLength, &[("agreed", &words.length(agreed)), ("length", &length)]);
    }
    let Ok(fit) = fit else { return words.fill(Word::LengthOnly, &[("length", &length)]) };
    let values = [
        ("length", length),
        ("work", words.length(fit.work)),
        ("reserve", words.length(fit.rollback)),
        ("handover", words.length(fit.handover)),
        ("margin", words.signed_length(fit.margin())),
    ];
    words.fill(Word::LengthCalculated, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// The text from the plan, and the systems outside the scope on which those inside it depend.
fn dependencies(night: &ChecklistContext<'_>) -> String {
    let scope = &night.window.scope;
    let needed: BTreeSet<_> = scope.systems.iter().flat_map(|system| &system.depends_on).collect();
    let outside: Vec<String> = needed
        .into_iter()
        .filter(|id| !scope.covers(id))
        .filter_map(|id| night.schedule.plan.systems().get(id).map(|system| name(&system.name)))
        .collect();
    let outside = outside.join(", ");
    let derived =
        if outside.is_empty() { String::new() } else { night.words.fill(Word::DependsOn, &[("systems", &outside)]) };
    joined([written(&night.window.window.dependencies), derived], "\n")
}

/// When it was tested, and by which methods. The steps are on a separate page.
fn rollback(night: &ChecklistContext<'_>) -> String {
    let words = &night.words;
    let methods: BTreeSet<RollbackMethod> = night.window.scope.systems.iter().map(|system| system.rollback).collect();
    let methods = methods.into_iter().filter(|method| *method != RollbackMethod::Unknown);
    let methods = methods.map(|method| words.method(method)).collect::<Vec<_>>().join(", ");
    let tested = night.window.window.backout.tested_on;
    let tested = tested
        .map_or_else(|| words.say(Word::NeverTested), |on| words.fill(Word::TestedOn, &[("date", &words.date(on))]));
    joined([tested, methods], "; ")
}

/// The text from the plan, and the owners of the business areas in scope.
fn communication(night: &ChecklistContext<'_>) -> String {
    let areas: BTreeSet<_> = night.window.scope.systems.iter().filter_map(|system| system.area.as_ref()).collect();
    let owners: Vec<String> = areas
        .into_iter()
        .filter_map(|id| night.schedule.plan.areas().get(id))
        .map(|area| {
            let (area, owner) = (name(&area.name), name(&area.owner));
            if owner.is_empty() { area } else { format!("{area} ({owner})") }
        })
        .collect();
    joined([written(&night.window.window.communication), owners.join(", ")], "\n")
}
