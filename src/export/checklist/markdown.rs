//! The checklist as Markdown, for a wiki or a ticket.

use std::fmt::Write as _;

use super::{Block, Checklist, SIGN_OFFS};
use crate::export::escape;

/// The checklist as `CommonMark` with task lists and tables (GitHub's kind). People's text is escaped: it shows as it was
/// typed and makes no links, headings or HTML.
pub fn markdown(checklist: &Checklist) -> String {
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = write_document(&mut out, checklist);
    out
}

fn write_document(out: &mut String, checklist: &Checklist) -> std::fmt::Result {
    writeln!(out, "# {}, {}\n", escape::markdown(&checklist.name), checklist.date)?;
    let particulars: Vec<String> = checklist.particulars.iter().map(|text| escape::markdown(text)).collect();
    writeln!(out, "Pre-maintenance checklist · {} · {}\n", particulars.join(" · "), escape::markdown(&checklist.zone))?;
    for (duty, names) in &checklist.people {
        writeln!(out, "**{duty}** {}\n", escape::markdown(names))?;
    }
    for notice in &checklist.notices {
        writeln!(out, "> **{}**\n", escape::markdown(notice))?;
    }
    write_times(out, checklist)?;
    for (heading, text) in &checklist.headings {
        writeln!(out, "**{heading}**  \n{}\n", lines(text))?;
    }
    for block in &checklist.blocks {
        write_block(out, block)?;
    }
    writeln!(out, "## Sign-off\n\n| team | name | signature | date and time |\n|---|---|---|---|")?;
    for (team, what) in SIGN_OFFS {
        writeln!(out, "| {team} {what} | | | |")?;
    }
    writeln!(out, "\n{}", escape::markdown(&checklist.plan))
}

fn write_times(out: &mut String, checklist: &Checklist) -> std::fmt::Result {
    let cells = |of: &dyn Fn(&super::KeyTime) -> String| checklist.times.iter().map(of).collect::<Vec<_>>().join(" | ");
    writeln!(out, "| {} |", cells(&|time| time.label.to_owned()))?;
    writeln!(out, "|{}", "---|".repeat(checklist.times.len()))?;
    let beside = |text: &str| if text.is_empty() { String::new() } else { format!(" {}", escape::markdown(text)) };
    writeln!(out, "| {} |\n", cells(&|time| format!("**{}**{}", time.clock, beside(&time.beside))))?;
    if let Some(timeline) = &checklist.timeline {
        let parts: Vec<&str> = timeline.segments.iter().map(|segment| segment.label.as_str()).collect();
        writeln!(out, "{}\n", parts.join(" → "))?;
        if let Some(no_return) = &timeline.no_return {
            writeln!(out, "**{}**\n", escape::markdown(no_return))?;
        }
    }
    Ok(())
}

fn write_block(out: &mut String, block: &Block) -> std::fmt::Result {
    writeln!(out, "## {}, {}\n", block.title, block.when)?;
    for item in &block.items {
        writeln!(out, "- [ ] {}", escape::markdown(item))?;
    }
    if !block.rows.is_empty() {
        writeln!(out, "\n| time | status | who |\n|---|---|---|")?;
    }
    for row in &block.rows {
        let day = row.day.as_ref().map_or_else(String::new, |day| format!("{day} "));
        let rollback = row.rollback.as_ref().map_or_else(String::new, |text| format!("**{text}** "));
        writeln!(out, "| {day}{} | {rollback}| |", row.clock)?;
    }
    if let Some(remark) = &block.remark {
        writeln!(out, "\n{remark}")?;
    }
    writeln!(out)
}

/// Text of several lines, each on a line of its own.
fn lines(text: &str) -> String {
    let lines: Vec<String> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(escape::markdown).collect();
    lines.join("  \n")
}
