//! A document as Markdown, for a wiki or a ticket.

use std::fmt::{Result, Write as _};

use super::document::{Checks, Document, Head, Part, SignOff, Status, StatusRow, Table};
use super::labels::{Labelled, Title};
use super::planner::Planner;
use super::timeline::Timeline;
use crate::export::escape;
use crate::export::text::{clean, one_line};

/// The document as `CommonMark` with task lists and tables, as GitHub has them. All text is escaped: it shows as typed and
/// makes no links, headings or HTML.
pub fn markdown(document: &Document) -> String {
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = write_document(&mut out, document);
    out
}

fn write_document(out: &mut String, document: &Document) -> Result {
    if let Some(contents) = &document.contents {
        writeln!(out, "# {}\n\n## {}\n", escaped(&document.title), escaped(contents))?;
        for (chapter, sheet) in document.chapters() {
            if let Some(chapter) = chapter {
                writeln!(out, "- **{}**", escaped(chapter))?;
            }
            let indent = if sheet.chapter.is_some() { "  " } else { "" };
            writeln!(out, "{indent}- {}", escaped(&sheet.name))?;
        }
        writeln!(out)?;
    }
    for (index, (_, sheet)) in document.chapters().enumerate() {
        if index > 0 || document.contents.is_some() {
            writeln!(out, "---\n")?;
        }
        sheet.parts.iter().try_for_each(|part| write_part(out, part))?;
    }
    writeln!(out, "{} · {}", escaped(&document.plan), escaped(&document.revision))
}

/// Text on one line, escaped.
fn escaped(text: &str) -> String {
    escape::markdown(&one_line(text))
}

/// Text of several lines, escaped, with line breaks.
fn lines(text: &str) -> String {
    let text = clean(text);
    let lines = text.lines().map(escaped).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("  \n")
}

fn write_part(out: &mut String, part: &Part) -> Result {
    match part {
        Part::Head(head) => write_head(out, head),
        Part::Labelled(all) => all
            .iter()
            .try_for_each(|Labelled { label, text }| writeln!(out, "**{}** {}\n", escaped(label), lines(text))),
        Part::Notice(notice) => writeln!(out, "> **{}**\n", escaped(notice)),
        Part::Times(times) => {
            let cells: Vec<Vec<String>> = vec![
                times
                    .iter()
                    .map(|time| {
                        let beside = escaped(&time.beside);
                        let clock = format!("**{}**", escaped(&time.clock));
                        if beside.is_empty() { clock } else { format!("{clock} {beside}") }
                    })
                    .collect(),
            ];
            write_table(out, times.iter().map(|time| escaped(&time.label)), &cells)
        }
        Part::Timeline(timeline) => write_timeline(out, timeline),
        Part::Headings(all) => all
            .iter()
            .try_for_each(|Labelled { label, text }| writeln!(out, "**{}**  \n{}\n", escaped(label), lines(text))),
        Part::Title(title) => write_title(out, title),
        Part::Text(text) => writeln!(out, "{}\n", lines(text)),
        Part::Bullets(all) => {
            all.iter().try_for_each(|text| writeln!(out, "- {}", escaped(text)))?;
            writeln!(out)
        }
        Part::Checks(checks) => write_checks(out, checks),
        Part::Status(status) => write_status(out, status),
        Part::Table(table) => write_rows(out, table),
        Part::SignOffs(all) => write_sign_offs(out, all),
        Part::Room(room) if room.written.is_empty() => writeln!(out, "…\n"),
        Part::Room(room) => writeln!(out, "{}\n", lines(&room.written)),
        Part::NewPage => Ok(()),
        Part::Planner(planner) => write_planner(out, planner),
    }
}

fn write_head(out: &mut String, head: &Head) -> Result {
    let title: Vec<String> =
        [&head.title, &head.date].into_iter().map(|text| escaped(text)).filter(|text| !text.is_empty()).collect();
    writeln!(out, "# {}\n", title.join(", "))?;
    let below = head.particulars.iter().chain([&head.zone]).map(|text| escaped(text));
    let below: Vec<String> = below.filter(|text| !text.is_empty()).collect();
    if below.is_empty() { Ok(()) } else { writeln!(out, "{}\n", below.join(" · ")) }
}

fn write_title(out: &mut String, title: &Title) -> Result {
    let (text, beside) = (escaped(&title.text), escaped(&title.beside));
    if beside.is_empty() { writeln!(out, "## {text}\n") } else { writeln!(out, "## {text}, {beside}\n") }
}

fn write_timeline(out: &mut String, timeline: &Timeline) -> Result {
    let labels: Vec<String> = timeline.bands.iter().map(|band| escaped(&band.label)).collect();
    writeln!(out, "{}\n", labels.join(" → "))?;
    let clocks: Vec<String> =
        timeline.ticks.iter().filter(|tick| !tick.is_bare).map(|tick| escaped(&tick.clock)).collect();
    writeln!(out, "{}\n", clocks.join(" · "))?;
    match &timeline.no_return {
        Some(no_return) => writeln!(out, "**{}**\n", escaped(no_return)),
        None => Ok(()),
    }
}

fn write_checks(out: &mut String, checks: &Checks) -> Result {
    write_title(out, &checks.title)?;
    for item in &checks.items {
        let mark = if item.done.is_some() { "x" } else { " " };
        let at = if item.at.is_empty() { String::new() } else { format!("**{}** ", escaped(&item.at)) };
        write!(out, "- [{mark}] {at}{}", escaped(&item.text))?;
        if !item.owner.is_empty() {
            write!(out, " ({})", escaped(&item.owner))?;
        }
        match &item.done {
            Some(done) => writeln!(out, " – **{}**, {}", escaped(&done.by), escaped(&done.at))?,
            None => writeln!(out, " – {} \\_\\_\\_\\_ {} \\_\\_\\_\\_", escaped(&checks.who), escaped(&checks.when))?,
        }
    }
    writeln!(out)
}

fn write_status(out: &mut String, status: &Status) -> Result {
    let row = |row: &StatusRow| {
        let day = row.day.as_ref().map_or_else(String::new, |day| format!("{} ", escaped(day)));
        let rollback = row.rollback.as_ref().map_or_else(String::new, |text| format!("**{}** ", escaped(text)));
        let status = format!("{rollback}{}", escaped(&row.status)).trim_end().to_owned();
        vec![format!("{day}{}", escaped(&row.clock)), status, escaped(&row.by)]
    };
    let rows: Vec<Vec<String>> = status.rows.iter().map(row).collect();
    write_table(out, status.heads.iter().map(|head| escaped(head)), &rows)?;
    match &status.remark {
        Some(remark) => writeln!(out, "{}\n", escaped(remark)),
        None => Ok(()),
    }
}

fn write_rows(out: &mut String, table: &Table) -> Result {
    let cell = |text: &String| clean(text).lines().map(escaped).collect::<Vec<_>>().join("; ");
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    write_table(out, table.columns.iter().map(|column| escaped(&column.name)), &rows)
}

fn write_sign_offs(out: &mut String, all: &[SignOff]) -> Result {
    for each in all {
        writeln!(out, "- **{}** {}: {}", escaped(&each.who), escaped(&each.what), escaped(&each.hint))?;
    }
    writeln!(out)
}

/// A table of cells that are escaped already.
fn write_table(out: &mut String, heads: impl Iterator<Item = String>, rows: &[Vec<String>]) -> Result {
    let heads: Vec<String> = heads.collect();
    writeln!(out, "| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len()))?;
    rows.iter().try_for_each(|cells| writeln!(out, "| {} |", cells.join(" | ")))?;
    writeln!(out)
}

fn write_planner(out: &mut String, planner: &Planner) -> Result {
    writeln!(out, "# {}, {}\n", escaped(&planner.title.text), escaped(&planner.title.beside))?;
    for month in &planner.months {
        writeln!(out, "## {}\n", escaped(&month.name))?;
        for day in &month.days {
            let lines = day.lines(&planner.legend);
            if !lines.is_empty() {
                let lines: Vec<String> = lines.iter().map(|text| escaped(text)).collect();
                writeln!(out, "- **{} {}** {}", escaped(&day.weekday), day.number, lines.join("; "))?;
            }
        }
        writeln!(out)?;
    }
    for Labelled { label, text } in planner.windows.iter().chain(&planner.remarks) {
        writeln!(out, "- **{}** {}", escaped(label), lines(text))?;
    }
    for key in &planner.legend.stages {
        writeln!(out, "- **{}** {}", escaped(&key.letter), escaped(&key.name))?;
    }
    planner.legend.words().try_for_each(|word| writeln!(out, "- {}", escaped(word)))?;
    writeln!(out)
}
