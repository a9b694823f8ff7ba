//! What is said about a file for a system: how its windows are expressed, and what is lost.

use std::collections::BTreeMap;

use super::abilities::Abilities;
use super::entries::{Entries, ExpressedWindow};
use super::losses::left_out_in_words;
use super::meter::{Form, LossKind};
use super::names::{NamedScope, renamed_remark, title};
use crate::export::clip_line;
use crate::model::Plan;
use crate::wording::{counted, list, list_in_sentence};

/// Names of windows in one remark.
const MOST_NAMES: usize = 5;

/// "3 native rules, 26 single dates of 2 windows, 1 window impossible"
pub fn summary(windows: &[ExpressedWindow<'_>]) -> String {
    let native = windows.iter().filter(|each| each.form == Form::Native).count();
    let dated: Vec<usize> = windows.iter().map(|each| each.form.dates()).filter(|dates| *dates > 0).collect();
    let impossible = windows.iter().filter(|each| matches!(each.form, Form::Impossible { .. })).count();
    let dates: usize = dated.iter().sum();
    let parts = [
        (native, counted(native, "native rule")),
        (dates, format!("{} of {}", counted(dates, "single date"), counted(dated.len(), "window"))),
        (impossible, format!("{} not possible", counted(impossible, "window"))),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text);
    match list_in_sentence(parts, 3) {
        text if text.is_empty() => "no windows".to_owned(),
        text => text,
    }
}

/// The windows that cannot be written by reason, then each kind of loss with the windows that have it.
pub fn remarks(windows: &[ExpressedWindow<'_>]) -> Vec<String> {
    let name = |each: &ExpressedWindow<'_>| clip_line(&title(&each.window.window), 60);
    let mut impossible: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for each in windows {
        if let Form::Impossible { reason } = &each.form {
            impossible.entry(reason).or_default().push(name(each));
        }
    }
    let refused =
        |(reason, names): (&str, Vec<String>)| format!("Not written, because {reason}: {}", list(names, MOST_NAMES));
    let mut remarks: Vec<String> = impossible.into_iter().map(refused).collect();
    let mut lost: BTreeMap<(LossKind, &str), LostByWindows> = BTreeMap::new();
    for each in windows.iter().filter(|each| !matches!(each.form, Form::Impossible { .. })) {
        for loss in &each.lost {
            // Windows of which another number of dates is left out share a remark.
            let all = lost.entry((loss.what, loss.left_out.unwrap_or(&loss.detail))).or_default();
            all.names.push(name(each));
            all.left_out += loss.left_out.map_or(0, |_| loss.occurrences.len());
        }
    }
    let told = |((_, detail), LostByWindows { names, left_out }): ((LossKind, &str), LostByWindows)| {
        let detail = if left_out > 0 { left_out_in_words(left_out, detail) } else { detail.to_owned() };
        format!("{detail} ({})", list(names, MOST_NAMES))
    };
    remarks.extend(lost.into_iter().map(told));
    remarks
}

/// The windows that have the same loss.
#[derive(Default)]
struct LostByWindows {
    names: Vec<String>,
    /// How many of their dates are left out.
    left_out: usize,
}

/// The groups and systems of the file that have other names than in the plan.
pub fn renamed(windows: &[ExpressedWindow<'_>], plan: &Plan, abilities: &Abilities) -> Option<String> {
    let mut renamed = BTreeMap::new();
    let mut add = |names: Vec<String>, write: fn(&str) -> String| {
        for name in names {
            let written = write(&name);
            if written != name {
                renamed.insert(name, written);
            }
        }
    };
    for each in windows.iter().filter(|each| !matches!(each.entries, Entries::Nothing)) {
        let scope = NamedScope::new(each.window, plan);
        for (names, write) in [(scope.groups, abilities.written_group), (scope.systems, abilities.written_system)] {
            if let Some(write) = write {
                add(names, write);
            }
        }
    }
    renamed_remark(abilities.name, &renamed)
}
