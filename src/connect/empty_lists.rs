//! Lists without windows or systems: what commands print when there are none. Nothing in them says whose they are, so a person
//! must have said what they list.

use crate::import::{Confidence, Head, ImportKind, ImportReport, Imported, Topic};

pub static WINDOWS: ImportKind = ImportKind {
    id: "empty-list-of-windows",
    topic: Topic::Windows,
    name: "an empty list of windows",
    help: "A list without windows changes nothing",
    endings: &["json"],
    options: &[],
    sniff,
    layout: None,
    read: |_| Ok(nothing(WINDOWS.id, "windows")),
};

pub static SYSTEMS: ImportKind = ImportKind {
    id: "empty-list-of-systems",
    topic: Topic::Systems,
    name: "an empty list of systems",
    help: "A list without systems changes nothing",
    endings: &["json"],
    options: &[],
    sniff,
    layout: None,
    read: |_| Ok(nothing(SYSTEMS.id, "systems")),
};

fn sniff(head: &Head) -> Confidence {
    let text: String = head.text().chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').take(5).collect();
    if matches!(text.as_str(), "[]" | "null") && head.is_text() { Confidence::Likely } else { Confidence::No }
}

fn nothing(kind: &str, what: &str) -> Imported {
    let mut imported = Imported { report: Some(ImportReport::new(kind)), ..Imported::default() };
    imported.summary = format!("0 {what}");
    imported.warn(None, format!("No {what} in this file; those of the plan stay as they are"));
    imported
}
