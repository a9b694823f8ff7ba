//! A revision for a terminal or a mail.

use std::fmt::Write as _;

use super::digest::{DateRow, Digest};
use crate::export::lists::aligned;
use crate::schedule::Revision;
use crate::wording::visible;

/// Sections with aligned columns; the sentence that sums it up comes first. `basis`: what it was compared with.
pub fn text(revision: &Revision, basis: &str) -> String {
    let digest = Digest::new(revision, basis);
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = write_text(&mut out, &digest, revision.is_empty());
    visible(&out).into_owned()
}

fn write_text(out: &mut String, digest: &Digest, is_empty: bool) -> std::fmt::Result {
    writeln!(out, "{}\n{}", digest.title, digest.basis)?;
    if is_empty {
        return writeln!(out, "No differences");
    }
    writeln!(out, "\n{}", digest.summary)?;
    digest.remarks.iter().try_for_each(|remark| writeln!(out, "{remark}"))?;
    broken(out, digest);
    for section in &digest.windows {
        writeln!(out, "\n{}: {}", section.name, section.headline)?;
        section.lines.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
        out.push_str(&indented(&section.rows.iter().map(cells).collect::<Vec<_>>()));
    }
    if !digest.past.is_empty() {
        out.push_str("\nIn the past\n");
        let cells = |(window, row): &(String, DateRow)| [window.clone(), row.change.clone(), arrow(row)];
        out.push_str(&indented(&digest.past.iter().map(cells).collect::<Vec<_>>()));
    }
    if !digest.records.is_empty() {
        out.push_str("\nChanged records\n");
        let cells: Vec<_> = digest.records.iter().map(|(title, words)| [title.clone(), words.clone()]).collect();
        out.push_str(&indented(&cells));
    }
    owners(out, digest);
    Ok(())
}

fn broken(out: &mut String, digest: &Digest) {
    if digest.broken.is_empty() {
        return;
    }
    out.push_str("\nNotice too short\n");
    let cells = digest.broken.iter().map(|each| {
        [&each.window, &each.when, &each.change, &each.owners, &format!("due {}", each.due), &each.late]
            .map(Clone::clone)
    });
    out.push_str(&indented(&cells.collect::<Vec<_>>()));
}

fn owners(out: &mut String, digest: &Digest) {
    for (title, rows) in [("Owners to notify", &digest.owners), ("To inform; no answer needed", &digest.informed)] {
        if rows.is_empty() {
            continue;
        }
        out.push('\n');
        out.push_str(title);
        out.push('\n');
        let cells = rows.iter().map(|owner| {
            let late = if owner.late.is_empty() { String::new() } else { format!("{} too late", owner.late) };
            [owner.name.clone(), owner.address.clone(), owner.areas.clone(), owner.changes.clone(), late]
        });
        out.push_str(&indented(&cells.collect::<Vec<_>>()));
    }
}

fn cells(row: &DateRow) -> [String; 4] {
    let notice = if row.notice.is_empty() { String::new() } else { format!("notice by {}", row.notice) };
    [row.change.clone(), arrow(row), row.owners.clone(), notice]
}

fn arrow(row: &DateRow) -> String {
    match (row.before.as_str(), row.after.as_str()) {
        ("", when) | (when, "") => when.to_owned(),
        (before, after) => format!("{before} → {after}"),
    }
}

fn indented<const N: usize>(lines: &[[String; N]]) -> String {
    aligned(lines).lines().fold(String::new(), |all, line| format!("{all}  {line}\n"))
}
