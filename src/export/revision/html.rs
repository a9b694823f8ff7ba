//! A revision as one HTML file that needs nothing else: for the screen, and for the board's papers (A4).

use std::fmt::{Result, Write as _};

use super::digest::{DateRow, Digest, WindowSection};
use crate::export::escape::html as escaped;
use crate::export::page::{PAGE_OF, Page};
use crate::schedule::Revision;
use crate::wording::counted;

const STYLE: &str = include_str!("page.css");
/// Longer lists of dates are folded on the screen; a summary is above them.
const MOST_OPEN: usize = 12;

/// A complete page. `basis`: what it was compared with.
pub fn html(revision: &Revision, basis: &str) -> String {
    let digest = Digest::new(revision, basis);
    let page = Page {
        title: &digest.title,
        language: "en",
        size: "A4",
        style: STYLE,
        margins: "14mm 14mm 17mm",
        feet: &[digest.title.as_str()],
        numbers: PAGE_OF,
    };
    page.html(|out| write_body(out, &digest, revision.is_empty()))
}

fn write_body(out: &mut String, digest: &Digest, is_empty: bool) -> Result {
    writeln!(out, "<header>\n<h1 dir=\"auto\">{}</h1>", escaped(&digest.title))?;
    writeln!(out, "<p class=\"sub\" dir=\"auto\">{}</p>\n</header>", escaped(&digest.basis))?;
    if is_empty {
        return writeln!(out, "<p class=\"summary\">No differences</p>");
    }
    writeln!(out, "<p class=\"summary\">{}</p>", escaped(&digest.summary))?;
    if !digest.remarks.is_empty() {
        writeln!(out, "<p class=\"sub\">{}</p>", escaped(&digest.remarks.join(" · ")))?;
    }
    write_broken(out, digest)?;
    if !digest.windows.is_empty() {
        writeln!(out, "<h2>Windows</h2>")?;
    }
    for section in &digest.windows {
        write_section(out, section)?;
    }
    let past = digest.past.iter().map(|(window, row)| [window, &row.change, &row.before, &row.after]);
    write_table(out, "In the past", &["Window", "Change", "Before", "Now"], past)?;
    let records = digest.records.iter().map(|(title, words)| [title, words]);
    write_table(out, "Changed records", &["Record", "Changes"], records)?;
    let owners =
        digest.owners.iter().map(|owner| [&owner.name, &owner.address, &owner.areas, &owner.changes, &owner.late]);
    write_table(out, "Owners to notify", &["Owner", "Address", "Business areas", "Changes", "Too late"], owners)?;
    let informed = digest.informed.iter().map(|each| [&each.name, &each.address, &each.changes]);
    write_table(out, "To inform; no answer needed", &["Name", "Address", "Changes"], informed)
}

fn write_broken(out: &mut String, digest: &Digest) -> Result {
    if digest.broken.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"broken\">\n<h2>Notice too short</h2>")?;
    write_head(out, &["Window", "Date", "Change", "Owners", "Notice was due", "Late"])?;
    for each in &digest.broken {
        write!(out, "<tr>")?;
        for cell in [&each.window, &each.when, &each.change, &each.owners, &each.due] {
            write!(out, "<td dir=\"auto\">{}</td>", escaped(cell))?;
        }
        writeln!(out, "<td class=\"late\">{}</td></tr>", escaped(&each.late))?;
    }
    writeln!(out, "</tbody>\n</table>\n</section>")
}

fn write_section(out: &mut String, section: &WindowSection) -> Result {
    writeln!(out, "<section>\n<h3 dir=\"auto\">{}</h3>", escaped(&section.name))?;
    writeln!(out, "<p class=\"headline\" dir=\"auto\">{}</p>", escaped(&section.headline))?;
    if !section.lines.is_empty() {
        writeln!(out, "<ul>")?;
        section.lines.iter().try_for_each(|line| writeln!(out, "<li dir=\"auto\">{}</li>", escaped(line)))?;
        writeln!(out, "</ul>")?;
    }
    if !section.rows.is_empty() {
        let is_folded = section.rows.len() > MOST_OPEN;
        if is_folded {
            writeln!(out, "<details>\n<summary>{}</summary>", counted(section.rows.len(), "date"))?;
        }
        write_head(out, &["Change", "Before", "Now", "Owners", "Notice by"])?;
        section.rows.iter().try_for_each(|row| write_row(out, row))?;
        writeln!(out, "</tbody>\n</table>")?;
        if is_folded {
            writeln!(out, "</details>")?;
        }
    }
    writeln!(out, "</section>")
}

fn write_row(out: &mut String, row: &DateRow) -> Result {
    write!(out, "<tr>")?;
    for cell in [&row.change, &row.before, &row.after, &row.owners] {
        write!(out, "<td dir=\"auto\">{}</td>", escaped(cell))?;
    }
    let class = if row.is_late { " class=\"late\"" } else { "" };
    writeln!(out, "<td{class}>{}</td></tr>", escaped(&row.notice))
}

fn write_head(out: &mut String, head: &[&str]) -> Result {
    let cells = head.iter().fold(String::new(), |all, cell| format!("{all}<th scope=\"col\">{cell}</th>"));
    writeln!(out, "<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>")
}

fn write_table<'a, const N: usize>(
    out: &mut String,
    title: &str,
    head: &[&str; N],
    rows: impl Iterator<Item = [&'a String; N]>,
) -> Result {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>{title}</h2>")?;
    write_head(out, head)?;
    for row in rows {
        let cells = row.iter().fold(String::new(), |all, cell| format!("{all}<td dir=\"auto\">{}</td>", escaped(cell)));
        writeln!(out, "<tr>{cells}</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>\n</section>")
}
