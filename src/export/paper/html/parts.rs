//! The parts of a sheet as HTML, one function each.

use std::fmt::{Result, Write as _};

use super::escaped::{line, lines};
use super::{planner, timeline};
use crate::export::paper::{
    CheckItem, Checks, Done, Head, KeyTime, Labelled, Part, Room, SignOff, Status, StatusRow, Table, Title,
};

/// Lists of at most this many items are kept on one page.
const FEW: usize = 12;

pub fn write(out: &mut String, part: &Part) -> Result {
    match part {
        Part::Head(head) => write_head(out, head),
        Part::Labelled(all) => write_labelled(out, "labelled", all),
        Part::Notice(notice) => writeln!(out, "<p class=\"notice\" dir=\"auto\">{}</p>", line(notice)),
        Part::Times(times) => write_times(out, times),
        Part::Timeline(it) => timeline::write(out, it),
        Part::Headings(all) => write_labelled(out, "headings", all),
        Part::Title(title) => writeln!(out, "<h2>{}</h2>", titled(title)),
        Part::Text(text) => writeln!(out, "<p class=\"text\" dir=\"auto\">{}</p>", lines(text)),
        Part::Bullets(all) => {
            writeln!(out, "<ul>")?;
            all.iter().try_for_each(|text| writeln!(out, "<li dir=\"auto\">{}</li>", line(text)))?;
            writeln!(out, "</ul>")
        }
        Part::Checks(checks) => write_checks(out, checks),
        Part::Status(status) => write_status(out, status),
        Part::Table(table) => write_table(out, table),
        Part::SignOffs(all) => write_sign_offs(out, all),
        Part::Room(room) => write_room(out, room),
        Part::NewPage => writeln!(out, "<div class=\"new-page\"></div>"),
        Part::Planner(it) => planner::write(out, it),
    }
}

fn write_head(out: &mut String, head: &Head) -> Result {
    let particulars: Vec<String> = head.particulars.iter().map(|text| format!("<bdi>{}</bdi>", line(text))).collect();
    writeln!(out, "<header>\n<div>\n<h1 dir=\"auto\">{}</h1>", line(&head.title))?;
    writeln!(out, "<p class=\"sub\">{}</p>\n</div>", particulars.join(" · "))?;
    writeln!(out, "<div>\n<p class=\"date\">{}</p>", line(&head.date))?;
    writeln!(out, "<p class=\"sub\">{}</p>\n</div>\n</header>", line(&head.zone))
}

fn write_labelled(out: &mut String, class: &str, all: &[Labelled]) -> Result {
    writeln!(out, "<dl class=\"{class}\">")?;
    for Labelled { label, text } in all {
        writeln!(out, "<div><dt>{}</dt><dd dir=\"auto\">{}</dd></div>", line(label), lines(text))?;
    }
    writeln!(out, "</dl>")
}

/// The class for smaller type, needed if a clock reads "22:00 CEST" instead of "22:00".
fn long<'a>(mut clocks: impl Iterator<Item = &'a str>) -> &'static str {
    if clocks.any(|clock| clock.chars().count() > 5) { " long" } else { "" }
}

fn write_times(out: &mut String, times: &[KeyTime]) -> Result {
    let long = long(times.iter().map(|time| time.clock.as_str()));
    writeln!(out, "<dl class=\"times{long}\">")?;
    for time in times {
        let class = if time.is_rollback { " class=\"rollback\"" } else { "" };
        let (label, clock, beside) = (line(&time.label), line(&time.clock), line(&time.beside));
        writeln!(out, "<div{class}><dt>{label}</dt><dd>{clock}<small>{beside}</small></dd></div>")?;
    }
    writeln!(out, "</dl>")
}

fn titled(title: &Title) -> String {
    let text = format!("<bdi>{}</bdi>", line(&title.text));
    if title.beside.is_empty() { text } else { format!("{text} <small>{}</small>", line(&title.beside)) }
}

fn write_checks(out: &mut String, checks: &Checks) -> Result {
    let keep = if checks.items.len() <= FEW { " keep" } else { "" };
    let title = format!("<span role=\"heading\" aria-level=\"2\">{}</span>", titled(&checks.title));
    writeln!(out, "<table class=\"checks{keep}\">\n<thead><tr><th colspan=\"2\">{title}</th>")?;
    writeln!(
        out,
        "<th class=\"who\">{}</th><th class=\"when\">{}</th></tr></thead>\n<tbody>",
        line(&checks.who),
        line(&checks.when)
    )?;
    checks.items.iter().try_for_each(|item| write_item(out, item))?;
    writeln!(out, "</tbody>\n</table>")
}

fn write_item(out: &mut String, item: &CheckItem) -> Result {
    let mark = if item.done.is_some() { "×" } else { "" };
    write!(out, "<tr><td class=\"tick\"><span class=\"box\">{mark}</span></td><td>")?;
    if !item.at.is_empty() {
        write!(out, "<strong>{}</strong> ", line(&item.at))?;
    }
    write!(out, "<bdi>{}</bdi>", line(&item.text))?;
    if !item.owner.is_empty() {
        write!(out, " <small dir=\"auto\">{}</small>", line(&item.owner))?;
    }
    let (by, at) = match &item.done {
        Some(Done { by, at }) => (line(by), line(at)),
        None => (String::new(), String::new()),
    };
    writeln!(out, "</td><td class=\"room\" dir=\"auto\">{by}</td><td class=\"room\">{at}</td></tr>")
}

fn write_status(out: &mut String, status: &Status) -> Result {
    let heads = status.heads.iter().fold(String::new(), |all, head| format!("{all}<th>{}</th>", line(head)));
    let long = long(status.rows.iter().map(|row| row.clock.as_str()));
    writeln!(out, "<table class=\"status{long}\">\n<thead><tr>{heads}</tr></thead>\n<tbody>")?;
    status.rows.iter().try_for_each(|row| write_status_row(out, row))?;
    writeln!(out, "</tbody>\n</table>")?;
    match &status.remark {
        Some(remark) => writeln!(out, "<p class=\"remark\">{}</p>", line(remark)),
        None => Ok(()),
    }
}

fn write_status_row(out: &mut String, row: &StatusRow) -> Result {
    write!(out, "<tr><td><strong>{}</strong>", line(&row.clock))?;
    if let Some(day) = &row.day {
        write!(out, " <small>{}</small>", line(day))?;
    }
    write!(out, "</td><td dir=\"auto\">")?;
    if let Some(rollback) = &row.rollback {
        write!(out, "<b class=\"by\">{}</b> ", line(rollback))?;
    }
    writeln!(out, "{}</td><td dir=\"auto\">{}</td></tr>", line(&row.status), line(&row.by))
}

fn write_table(out: &mut String, table: &Table) -> Result {
    let shares: u32 = table.columns.iter().map(|column| u32::from(column.share.max(1))).sum();
    writeln!(out, "<table class=\"rows\">\n<colgroup>")?;
    for column in &table.columns {
        let share = f64::from(column.share.max(1)) * 100.0 / f64::from(shares);
        writeln!(out, "<col style=\"width:{share:.2}%\">")?;
    }
    let class = |is_number: bool| if is_number { " class=\"number\"" } else { "" };
    write!(out, "</colgroup>\n<thead><tr>")?;
    for column in &table.columns {
        write!(out, "<th scope=\"col\"{} dir=\"auto\">{}</th>", class(column.is_number), line(&column.name))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for row in &table.rows {
        write!(out, "<tr>")?;
        for (cell, column) in row.iter().zip(&table.columns) {
            write!(out, "<td{} dir=\"auto\">{}</td>", class(column.is_number), lines(cell))?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")
}

fn write_sign_offs(out: &mut String, all: &[SignOff]) -> Result {
    writeln!(out, "<div class=\"sign-offs\">")?;
    for SignOff { who, what, hint } in all {
        let (who, what, hint) = (line(who), line(what), line(hint));
        writeln!(out, "<section><p dir=\"auto\"><b>{who}</b> {what}</p><small dir=\"auto\">{hint}</small></section>")?;
    }
    writeln!(out, "</div>")
}

fn write_room(out: &mut String, room: &Room) -> Result {
    if room.written.is_empty() {
        return writeln!(out, "<div class=\"room-to-write\">{}</div>", "<i></i>".repeat(room.lines.into()));
    }
    writeln!(out, "<p class=\"text\" dir=\"auto\">{}</p>", lines(&room.written))
}
