//! Alertmanager: silences, and time intervals in which routes are muted.

mod intervals;
mod routes;
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

/// The label whose value is a group.
const RING: &str = "ring";
/// The label whose value is a system.
const INSTANCE: &str = "instance";

/// The label and the regular expression that matches a scope: one for its groups and one for its systems.
fn matchers(scope: &NamedScope) -> Vec<(&'static str, String)> {
    let all = [(RING, &scope.groups), (INSTANCE, &scope.systems)];
    all.into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(label, names)| (label, expression(label, names)))
        .collect()
}

/// The regular expression that matches these groups or systems. Alertmanager anchors it.
fn expression(label: &str, names: &[String]) -> String {
    let any = names.iter().map(|name| regex_escaped(name)).collect::<Vec<_>>().join("|");
    // "web1", "web1.example.org" and "web1:9100"
    if label == INSTANCE { format!("({any})([.:].*)?") } else { any }
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
