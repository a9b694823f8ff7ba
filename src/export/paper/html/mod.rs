//! A document as one self-contained HTML file, for the screen and for printing in black and white.

mod escaped;
mod parts;
mod planner;
mod timeline;

use std::fmt::{Result, Write as _};

use super::document::Document;
use super::size::Paper;
use crate::export::page::{Page, quoted, write_foot};
use crate::export::text::{clip, one_line};
use escaped::line;

const STYLE: &str = include_str!("style.css");
/// Characters of each text at the foot of a sheet.
const LONGEST_FOOT: usize = 48;

/// A complete page. Each sheet begins on a new page and has its name at the foot.
pub fn html(document: &Document, paper: Paper) -> String {
    let plan = format!("{} · {}", document.plan, document.revision);
    let foot = foot(document);
    let across = if document.is_landscape() { " landscape" } else { "" };
    let size = format!("{}{across}", css_size(paper));
    let style = style(document, paper, &foot);
    let feet = [foot.as_str(), document.title.as_str()];
    let page = Page {
        title: &document.title,
        language: &document.language,
        size: &size,
        style: &style,
        margins: "13mm 16mm 17mm",
        feet: &feet,
        numbers: &document.page_of,
    };
    page.html(|out| write_body(out, document, &plan))
}

/// The plan and its revision, with a long name clipped, so that the revision is complete.
fn foot(document: &Document) -> String {
    let room = LONGEST_FOOT.saturating_sub(document.revision.chars().count() + 3);
    format!("{} · {}", clip(one_line(&document.plan), room), document.revision)
}

/// The paper as CSS names it.
fn css_size(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "A4",
        Paper::Letter => "letter",
        Paper::A3 => "A3",
        Paper::A2 => "A2",
        Paper::Tabloid => "11in 17in",
    }
}

/// The style of all documents, and the name of each sheet at the foot of its pages.
fn style(document: &Document, paper: Paper, plan: &str) -> String {
    let width = match (document.is_landscape(), paper) {
        (false, Paper::Letter) => "184mm",
        (false, _) => "178mm",
        (true, _) => "100%",
    };
    let mut out = format!("{STYLE}:root {{ --width: {width}; --side: 4mm; }}\n");
    // Writing into a string does not fail.
    let _ = document.sheets.iter().enumerate().try_for_each(|(index, sheet)| {
        writeln!(out, "@page sheet-{index} {{")?;
        write_foot(&mut out, "left", &quoted(plan, LONGEST_FOOT))?;
        write_foot(&mut out, "center", &quoted(&sheet.name, LONGEST_FOOT))?;
        writeln!(out, "}}")
    });
    out
}

fn write_body(out: &mut String, document: &Document, plan: &str) -> Result {
    if let Some(contents) = &document.contents {
        write_contents(out, document, contents)?;
    }
    for (index, sheet) in document.sheets.iter().enumerate() {
        let language = sheet.language.as_deref().filter(|language| *language != document.language);
        let language = language.map(|language| format!(" lang=\"{}\"", line(language))).unwrap_or_default();
        writeln!(out, "<main class=\"sheet\" id=\"sheet-{index}\" style=\"page:sheet-{index}\"{language}>")?;
        sheet.parts.iter().try_for_each(|part| parts::write(out, part))?;
        writeln!(out, "</main>")?;
    }
    writeln!(out, "<footer dir=\"auto\">{}</footer>", line(plan))
}

fn write_contents(out: &mut String, document: &Document, contents: &str) -> Result {
    writeln!(out, "<nav class=\"contents\">\n<h1 dir=\"auto\">{}</h1>", line(&document.title))?;
    writeln!(out, "<h2 dir=\"auto\">{}</h2>", line(contents))?;
    for (index, (chapter, sheet)) in document.chapters().enumerate() {
        if let Some(chapter) = chapter {
            writeln!(out, "<h3 dir=\"auto\">{}</h3>", line(chapter))?;
        }
        writeln!(out, "<p><a href=\"#sheet-{index}\" dir=\"auto\">{}</a></p>", line(&sheet.name))?;
    }
    writeln!(out, "</nav>")
}
