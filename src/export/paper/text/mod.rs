//! A document as plain text, for a terminal or a mail.

mod wrap;

use super::document::{Checks, Document, Head, Part, SignOff, Status, Table};
use super::labels::{Labelled, Title};
use super::planner::Planner;
use super::timeline::Timeline;
use crate::export::text::{clean, one_line};
use crate::wording::visible;
use wrap::{WIDTH, padded, push, width};

/// Lines of at most 78 columns, unless a single word is longer.
pub fn text(document: &Document) -> String {
    let mut out = String::new();
    if let Some(contents) = &document.contents {
        push(&mut out, "", &one_line(&document.title));
        heading(&mut out, &one_line(contents), '=');
        for (chapter, sheet) in document.chapters() {
            if let Some(chapter) = chapter {
                push(&mut out, "", &one_line(chapter));
            }
            push(&mut out, "  ", &one_line(&sheet.name));
        }
    }
    for (index, (_, sheet)) in document.chapters().enumerate() {
        if index > 0 || document.contents.is_some() {
            out.push_str("\n\n");
        }
        sheet.parts.iter().for_each(|part| push_part(&mut out, part));
    }
    out.push('\n');
    push(&mut out, "", &format!("{} · {}", one_line(&document.plan), one_line(&document.revision)));
    visible(&out).into_owned()
}

fn push_part(out: &mut String, part: &Part) {
    match part {
        Part::Head(head) => push_head(out, head),
        Part::Labelled(all) | Part::Headings(all) => {
            for each in all {
                labelled(out, each);
            }
        }
        Part::Notice(notice) => {
            out.push('\n');
            push(out, "! ", &one_line(notice));
        }
        Part::Times(times) => {
            out.push('\n');
            let labels = times.iter().map(|time| width(&one_line(&time.label))).max().unwrap_or(0);
            for time in times {
                let first = if time.is_rollback { "> " } else { "  " };
                let label = padded(&one_line(&time.label), labels, false);
                let clock = format!("{} {}", one_line(&time.clock), one_line(&time.beside));
                push(out, &format!("{first}{label}  "), &clock);
            }
        }
        Part::Timeline(timeline) => push_timeline(out, timeline),
        Part::Title(title) => push_title(out, title),
        Part::Text(text) => lines(out, "", text),
        Part::Bullets(all) => all.iter().for_each(|text| push(out, "- ", &one_line(text))),
        Part::Checks(checks) => push_checks(out, checks),
        Part::Status(status) => push_status(out, status),
        Part::Table(table) => push_table(out, table),
        Part::SignOffs(all) => push_sign_offs(out, all),
        Part::Room(room) if room.written.is_empty() => {
            out.push_str(&format!("{}\n", "_".repeat(WIDTH)).repeat(room.lines.into()));
        }
        Part::Room(room) => lines(out, "", &room.written),
        Part::NewPage => out.push('\n'),
        Part::Planner(planner) => push_planner(out, planner),
    }
}

/// Text of several lines.
fn lines(out: &mut String, first: &str, text: &str) {
    let indent = " ".repeat(width(first));
    for (index, line) in clean(text).lines().filter(|line| !line.trim().is_empty()).enumerate() {
        push(out, if index == 0 { first } else { &indent }, line);
    }
}

fn heading(out: &mut String, text: &str, line: char) {
    let before = out.len();
    push(out, "", text);
    let longest = out[before..].lines().map(width).max().unwrap_or(0).min(WIDTH);
    out.extend(std::iter::repeat_n(line, longest));
    out.push('\n');
}

fn push_head(out: &mut String, head: &Head) {
    let title: Vec<String> =
        [&head.title, &head.date].into_iter().map(|text| one_line(text)).filter(|text| !text.is_empty()).collect();
    heading(out, &title.join(", "), '=');
    let below = head.particulars.iter().chain([&head.zone]).map(|text| one_line(text));
    let below: Vec<String> = below.filter(|text| !text.is_empty()).collect();
    if !below.is_empty() {
        push(out, "", &below.join(" · "));
    }
}

fn push_title(out: &mut String, title: &Title) {
    out.push('\n');
    let (text, beside) = (one_line(&title.text), one_line(&title.beside));
    heading(out, &if beside.is_empty() { text } else { format!("{text}, {beside}") }, '-');
}

/// "Scope", and below it what it says.
fn labelled(out: &mut String, Labelled { label, text }: &Labelled) {
    out.push('\n');
    push(out, "", &one_line(label));
    lines(out, "  ", text);
}

fn push_timeline(out: &mut String, timeline: &Timeline) {
    out.push('\n');
    let labels: Vec<String> = timeline.bands.iter().map(|band| one_line(&band.label)).collect();
    push(out, "", &labels.join(" → "));
    let clocks = timeline.ticks.iter().filter(|tick| !tick.is_bare).map(|tick| one_line(&tick.clock));
    push(out, "", &clocks.collect::<Vec<_>>().join(" · "));
    if let Some(no_return) = &timeline.no_return {
        push(out, "! ", &one_line(no_return));
    }
}

fn push_checks(out: &mut String, checks: &Checks) {
    push_title(out, &checks.title);
    for item in &checks.items {
        let mark = if item.done.is_some() { "[x] " } else { "[ ] " };
        let at = if item.at.is_empty() { String::new() } else { format!("{} ", one_line(&item.at)) };
        let owner = if item.owner.is_empty() { String::new() } else { format!(" ({})", one_line(&item.owner)) };
        let done = match &item.done {
            Some(done) => format!(" – {}, {}", one_line(&done.by), one_line(&done.at)),
            None => format!(" – {} ________ {} _____", one_line(&checks.who), one_line(&checks.when)),
        };
        push(out, mark, &format!("{at}{}{owner}{done}", one_line(&item.text)));
    }
}

fn push_status(out: &mut String, status: &Status) {
    out.push('\n');
    push(out, "", &status.heads.iter().map(|head| one_line(head)).collect::<Vec<_>>().join(" · "));
    for row in &status.rows {
        let day = row.day.as_ref().map_or_else(String::new, |day| format!("{} ", one_line(day)));
        let rollback = row.rollback.as_ref().map_or_else(String::new, |text| format!("> {} < ", one_line(text)));
        let status = match (row.status.is_empty(), row.by.is_empty()) {
            (true, true) => "______________".to_owned(),
            (_, true) => one_line(&row.status),
            _ => format!("{} ({})", one_line(&row.status), one_line(&row.by)),
        };
        let mark = if row.status.is_empty() && row.by.is_empty() { "[ ] " } else { "[x] " };
        push(out, mark, &format!("{day}{}  {rollback}{status}", one_line(&row.clock)));
    }
    if let Some(remark) = &status.remark {
        push(out, "", &one_line(remark));
    }
}

/// Aligned columns if they fit on a line, else each row as a list of its cells.
fn push_table(out: &mut String, table: &Table) {
    let heads: Vec<String> = table.columns.iter().map(|column| one_line(&column.name)).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(|cell| one_line(cell)).collect()).collect();
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.chain(heads.get(at)).map(|cell| width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(widest).collect();
    if widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1) <= WIDTH {
        for row in std::iter::once(&heads).chain(&rows) {
            let cells = row.iter().zip(&widths).zip(&table.columns);
            let cells: Vec<String> =
                cells.map(|((cell, width), column)| padded(cell, *width, column.is_number)).collect();
            out.push_str(cells.join("  ").trim_end());
            out.push('\n');
        }
        return;
    }
    push(out, "", &heads.join(" · "));
    for row in &rows {
        let cells: Vec<&str> = row.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        push(out, "- ", &cells.join(" · "));
    }
}

fn push_sign_offs(out: &mut String, all: &[SignOff]) {
    for each in all {
        push(out, "", &format!("{} {}", one_line(&each.who), one_line(&each.what)));
        push(out, "  ", &format!("{} ____________________", one_line(&each.hint)));
    }
}

fn push_planner(out: &mut String, planner: &Planner) {
    heading(out, &format!("{}, {}", one_line(&planner.title.text), one_line(&planner.title.beside)), '=');
    for month in &planner.months {
        out.push('\n');
        heading(out, &one_line(&month.name), '-');
        for day in &month.days {
            let first = format!("{} {:>2}  ", one_line(&day.weekday), day.number);
            let indent = " ".repeat(width(&first));
            for (index, line) in day.lines(&planner.legend).iter().enumerate() {
                push(out, if index == 0 { &first } else { &indent }, &one_line(line));
            }
        }
    }
    out.push('\n');
    for Labelled { label, text } in planner.windows.iter().chain(&planner.remarks) {
        lines(out, &format!("{}  ", one_line(label)), text);
    }
    for key in &planner.legend.stages {
        push(out, &format!("{}  ", one_line(&key.letter)), &one_line(&key.name));
    }
    planner.legend.words().for_each(|word| push(out, "- ", &one_line(word)));
}
