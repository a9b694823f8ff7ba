//! What an import brings, as text: its records in aligned columns, and its sections.

use std::fmt::Write as _;

use crate::export::lists::aligned;
use crate::import::{Imported, Outcome, RecordGroup, RecordList, Section};
use crate::wording::{and_more, plural};

/// Records and sections, each below a heading. Without `with_new`, records that the plan does not have yet are left out.
pub fn listing(imported: &Imported, with_new: bool) -> String {
    let mut text = String::new();
    for list in &imported.records {
        for group in list.groups.iter().filter(|group| with_new || group.outcome != Outcome::New) {
            add_records(&mut text, list, group);
        }
    }
    imported.other_sections().for_each(|section| add_section(&mut text, section));
    text
}

/// The heading, the titles of several columns, and a line for each record with its remark below it.
fn add_records(text: &mut String, list: &RecordList, group: &RecordGroup) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{} {} ({})", group.outcome.name(), plural(list.noun), group.count());
    // The heading says what a single column has.
    let titles = Some(list.columns.iter().map(|column| column.title.to_owned()).collect());
    let titles = titles.filter(|titles: &Vec<String>| titles.len() > 1);
    let remarks = titles.iter().map(|_| "").chain(group.rows.iter().map(|row| row.remark.as_str()));
    let mut lines: Vec<Vec<String>> =
        titles.iter().cloned().chain(group.rows.iter().map(|row| row.cells.clone())).collect();
    for (at, _) in list.columns.iter().enumerate().filter(|(_, column)| column.is_number) {
        let width = lines.iter().filter_map(|line| line.get(at)).map(|cell| cell.chars().count()).max();
        for cell in lines.iter_mut().filter_map(|line| line.get_mut(at)) {
            *cell = format!("{cell:>width$}", width = width.unwrap_or_default());
        }
    }
    for (line, remark) in aligned(&lines).lines().zip(remarks) {
        let _ = writeln!(text, "  {line}");
        if !remark.is_empty() {
            let _ = writeln!(text, "    {remark}");
        }
    }
    if group.more > 0 {
        let _ = writeln!(text, "  {}", and_more(group.more));
    }
    text.push('\n');
}

/// A line for each item, with its remark below it.
fn add_section(text: &mut String, Section { heading, items, .. }: &Section) {
    let _ = writeln!(text, "{heading} ({})", items.len());
    for item in items {
        let parts = [&item.text, &item.author, &item.file].into_iter().filter(|part| !part.is_empty());
        let _ = writeln!(text, "  {}", parts.map(String::as_str).collect::<Vec<_>>().join(" · "));
        if !item.remark.is_empty() {
            let _ = writeln!(text, "    {}", item.remark);
        }
    }
    text.push('\n');
}
