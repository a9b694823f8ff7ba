//! A revision as Markdown, for a wiki or a ticket.

use std::fmt::{Result, Write as _};

use super::digest::{DateRow, Digest, WindowSection};
use crate::export::escape::markdown as escaped;
use crate::schedule::Revision;

/// `CommonMark` with tables (GitHub's kind). People's text is escaped: it shows as it was typed and makes no links,
/// headings or HTML. `basis`: what it was compared with.
pub fn markdown(revision: &Revision, basis: &str) -> String {
    let digest = Digest::new(revision, basis);
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = write_document(&mut out, &digest, revision.is_empty());
    out
}

fn write_document(out: &mut String, digest: &Digest, is_empty: bool) -> Result {
    writeln!(out, "# {}\n\n{}\n", escaped(&digest.title), escaped(&digest.basis))?;
    if is_empty {
        return writeln!(out, "No differences");
    }
    writeln!(out, "**{}**\n", escaped(&digest.summary))?;
    for remark in &digest.remarks {
        writeln!(out, "- {}", escaped(remark))?;
    }
    let broken = digest.broken.iter().map(|each| {
        let late = format!("**{}**", escaped(&each.late));
        let cells = [&each.window, &each.when, &each.change, &each.owners, &each.due].map(|cell| escaped(cell));
        cells.into_iter().chain([late]).collect()
    });
    table(
        out,
        "Notice too short",
        &["window", "date", "change", "owners", "notice was due", "late"],
        broken.collect(),
    )?;
    for section in &digest.windows {
        write_section(out, section)?;
    }
    let past = digest
        .past
        .iter()
        .map(|(window, row)| [window, &row.change, &row.before, &row.after].map(|cell| escaped(cell)).to_vec());
    table(out, "In the past", &["window", "change", "before", "now"], past.collect())?;
    let records = digest.records.iter().map(|(title, words)| vec![escaped(title), escaped(words)]);
    table(out, "Changed records", &["record", "changes"], records.collect())?;
    let owners = digest.owners.iter().map(|owner| {
        [&owner.name, &owner.address, &owner.areas, &owner.changes, &owner.late].map(|cell| escaped(cell)).to_vec()
    });
    table(out, "Owners to notify", &["owner", "address", "business areas", "changes", "too late"], owners.collect())?;
    let informed = digest
        .informed
        .iter()
        .map(|each| [&each.name, &each.address, &each.changes].map(|cell| escaped(cell)).to_vec());
    table(out, "To inform; no answer needed", &["name", "address", "changes"], informed.collect())
}

fn write_section(out: &mut String, section: &WindowSection) -> Result {
    writeln!(out, "\n## {}\n\n{}", escaped(&section.name), escaped(&section.headline))?;
    if !section.lines.is_empty() {
        writeln!(out)?;
    }
    for line in &section.lines {
        writeln!(out, "- {}", escaped(line))?;
    }
    let cells = |row: &DateRow| {
        let notice = escaped(&row.notice);
        let notice = if row.is_late { format!("**{notice}**") } else { notice };
        let cells = [&row.change, &row.before, &row.after, &row.owners].map(|cell| escaped(cell));
        cells.into_iter().chain([notice]).collect()
    };
    rows(out, &["change", "before", "now", "owners", "notice by"], section.rows.iter().map(cells).collect())
}

fn table(out: &mut String, title: &str, head: &[&str], lines: Vec<Vec<String>>) -> Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## {title}")?;
    rows(out, head, lines)
}

fn rows(out: &mut String, head: &[&str], lines: Vec<Vec<String>>) -> Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| {} |\n|{}", head.join(" | "), "---|".repeat(head.len()))?;
    lines.iter().try_for_each(|cells| writeln!(out, "| {} |", cells.join(" | ")))
}
