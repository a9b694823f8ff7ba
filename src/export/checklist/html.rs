//! The checklist as one HTML file that needs nothing else: for the screen, and for paper (A4, black and white).

use std::fmt::{Result, Write as _};

use super::timeline::{Part, TickKind, Timeline};
use super::{Block, Checklist, KeyTime, SIGN_OFFS, StatusRow};
use crate::export::escape;
use crate::export::page::Page;

const STYLE: &str = include_str!("page.css");
/// Narrower boxes, as a share of the width, stand unlabelled, and the line below names all parts.
const CHARACTER: f64 = 0.0092;

/// A complete [`Page`].
pub fn html(checklist: &Checklist) -> String {
    let night = format!("{}, {}", checklist.name, checklist.date);
    let feet = [checklist.plan.as_str(), night.as_str()];
    let page = Page { title: &night, style: STYLE, margins: "13mm 16mm 17mm", feet: &feet };
    page.html(|out| write_body(out, checklist, &night))
}

fn write_body(out: &mut String, checklist: &Checklist, night: &str) -> Result {
    write_head(out, checklist)?;
    write_times(out, &checklist.times)?;
    if let Some(timeline) = &checklist.timeline {
        write_timeline(out, timeline)?;
    }
    writeln!(out, "<dl class=\"headings\">")?;
    for (heading, text) in &checklist.headings {
        writeln!(out, "<div class=\"keep\"><dt>{heading}</dt><dd dir=\"auto\">{}</dd></div>", escape::html(text))?;
    }
    writeln!(out, "</dl>\n<p class=\"columns\"><i></i><span>who</span><span>when</span></p>")?;
    for block in &checklist.blocks {
        write_block(out, block)?;
    }
    write_sign_off(out)?;
    writeln!(out, "<footer dir=\"auto\">{} · {}</footer>", escape::html(&checklist.plan), escape::html(night))
}

fn write_head(out: &mut String, checklist: &Checklist) -> Result {
    let particulars: Vec<String> = checklist.particulars.iter().map(|text| escape::html(text)).collect();
    writeln!(out, "<header>\n<div>\n<h1 dir=\"auto\">{}</h1>", escape::html(&checklist.name))?;
    writeln!(out, "<p class=\"sub\">Pre-maintenance checklist · {}</p>\n</div>", particulars.join(" · "))?;
    writeln!(out, "<div>\n<p class=\"date\">{}</p>", checklist.date)?;
    writeln!(out, "<p class=\"sub\">{}</p>\n</div>\n</header>", escape::html(&checklist.zone))?;
    for (duty, names) in &checklist.people {
        writeln!(out, "<p class=\"sub\" dir=\"auto\"><b>{duty}</b> {}</p>", escape::html(names))?;
    }
    for notice in &checklist.notices {
        writeln!(out, "<p class=\"notice\">{}</p>", escape::html(notice))?;
    }
    Ok(())
}

fn write_times(out: &mut String, times: &[KeyTime]) -> Result {
    // "22:00 CEST" needs smaller type than "22:00".
    let long = if times.iter().any(|time| time.clock.chars().count() > 5) { " long" } else { "" };
    writeln!(out, "<dl class=\"times{long}\">")?;
    for time in times {
        let class = if time.is_rollback { " class=\"rollback\"" } else { "" };
        writeln!(
            out,
            "<div{class}><dt>{}</dt><dd>{}<small>{}</small></dd></div>",
            time.label,
            escape::html(&time.clock),
            escape::html(&time.beside)
        )?;
    }
    writeln!(out, "</dl>")
}

fn write_timeline(out: &mut String, timeline: &Timeline) -> Result {
    let labels: Vec<&str> = timeline.segments.iter().map(|segment| segment.label.as_str()).collect();
    writeln!(out, "<div class=\"timeline\" role=\"img\" aria-label=\"{}\">", escape::html(&labels.join(", ")))?;
    let mut all_labelled = true;
    for segment in &timeline.segments {
        let (left, width) = (segment.from * 100.0, (segment.to - segment.from) * 100.0);
        write!(out, "<div class=\"part {}\" style=\"left:{left:.2}%;width:{width:.2}%\">", class(segment.part))?;
        out.push_str(&"<i></i>".repeat(segment.boxes as usize));
        if segment.label.chars().count() as f64 * CHARACTER < segment.to - segment.from {
            write!(out, "<b><span>{}</span></b>", segment.label)?;
        } else {
            all_labelled = false;
        }
        writeln!(out, "</div>")?;
    }
    if timeline.end < 1.0 {
        writeln!(out, "<div class=\"end\" style=\"left:{:.2}%\"></div>", timeline.end * 100.0)?;
    }
    for tick in &timeline.ticks {
        let place = match tick.at {
            at if at < 0.03 => " first",
            at if at > 0.97 => " last",
            _ => "",
        };
        let bare = if tick.is_bare { " bare" } else { "" };
        let kind = match tick.kind {
            TickKind::Time => "",
            TickKind::RollBackBy => " deadline",
            TickKind::NoReturn => " no-return",
        };
        let clock = if tick.is_bare { String::new() } else { format!("<span>{}</span>", escape::html(&tick.clock)) };
        writeln!(out, "<div class=\"tick{place}{bare}{kind}\" style=\"left:{:.2}%\">{clock}</div>", tick.at * 100.0)?;
    }
    writeln!(out, "</div>")?;
    if !all_labelled {
        writeln!(out, "<p class=\"legend\">{}</p>", labels.join(" → "))?;
    }
    if let Some(no_return) = &timeline.no_return {
        writeln!(out, "<p class=\"legend\"><b>{}</b></p>", escape::html(no_return))?;
    }
    Ok(())
}

fn class(part: Part) -> &'static str {
    match part {
        Part::Prepare => "prepare",
        Part::Batches => "batches",
        Part::Verification => "verification",
        Part::Margin => "margin",
        Part::RollbackReserve => "rollback-reserve",
        Part::Handover => "handover",
    }
}

fn write_block(out: &mut String, block: &Block) -> Result {
    let keep = if block.rows.is_empty() { " class=\"keep\"" } else { "" };
    writeln!(out, "<section{keep}>\n<h2>{} <span>{}</span></h2>\n<ul>", block.title, escape::html(&block.when))?;
    for item in &block.items {
        writeln!(
            out,
            "<li><span class=\"box\"></span><span dir=\"auto\">{}</span><span class=\"line\"></span><span class=\"line\"></span></li>",
            escape::html(item)
        )?;
    }
    writeln!(out, "</ul>")?;
    if !block.rows.is_empty() {
        let long = if block.rows.iter().any(|row| row.clock.chars().count() > 5) { " long" } else { "" };
        writeln!(out, "<div class=\"rows{long}\">")?;
        for row in &block.rows {
            write_row(out, row)?;
        }
        writeln!(out, "</div>")?;
    }
    if let Some(remark) = &block.remark {
        writeln!(out, "<p class=\"remark\">{remark}</p>")?;
    }
    writeln!(out, "</section>")
}

fn write_row(out: &mut String, row: &StatusRow) -> Result {
    write!(out, "<div class=\"row\">")?;
    match (&row.rollback, &row.day) {
        (Some(rollback), _) => write!(out, "<small class=\"by\">{}</small>", escape::html(rollback))?,
        (None, Some(day)) => write!(out, "<small>{day}</small>")?,
        (None, None) => {}
    }
    let clock = escape::html(&row.clock);
    writeln!(out, "<span class=\"box\"></span><strong>{clock}</strong><span class=\"line\"></span></div>")
}

fn write_sign_off(out: &mut String) -> Result {
    writeln!(out, "<section class=\"keep\">\n<h2>Sign-off</h2>\n<div class=\"sign-off\">")?;
    for (team, what) in SIGN_OFFS {
        writeln!(
            out,
            "<section><p><b>{team}</b> {what}</p><div></div><small>name, signature, date and time</small></section>"
        )?;
    }
    writeln!(out, "</div>\n</section>")
}
