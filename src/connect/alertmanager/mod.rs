//! Alertmanager: silences, and time intervals in which routes are muted.

mod intervals;
mod silences;

use super::system::{ConnectedSystem, Instruction};
use super::writing::NamedScope;

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "alertmanager",
    name: "Alertmanager",
    reads: &[],
    foreign: &[],
    writes: &[&silences::WRITER, &intervals::WRITER],
    get: &[],
    apply: &[
        Instruction {
            what: "Silences, once: importing them again adds them a second time",
            how: "amtool --alertmanager.url=URL silence import FILE",
        },
        Instruction {
            what: "Time intervals, after merging them into alertmanager.yml",
            how: "amtool check-config alertmanager.yml",
        },
    ],
};

/// The label and the regular expression that matches a scope: one for its groups and one for its systems. Expressions are
/// anchored by Alertmanager.
fn matchers(scope: &NamedScope) -> Vec<(&'static str, String)> {
    let any_of = |names: &[String]| names.iter().map(|name| regex_escaped(name)).collect::<Vec<_>>().join("|");
    let mut found = Vec::new();
    if !scope.groups.is_empty() {
        found.push(("ring", any_of(&scope.groups)));
    }
    if !scope.systems.is_empty() {
        // "web1", "web1.example.org" and "web1:9100"
        found.push(("instance", format!("({})([.:].*)?", any_of(&scope.systems))));
    }
    found
}

/// What a person must check.
const LABELS: &str = "Alerts are found by labels: ring is the name of a group, instance that of a system. Change them if \
                      yours have others";

/// The text as a regular expression (RE2) that matches it.
fn regex_escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\.+*?()|[]{}^$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
