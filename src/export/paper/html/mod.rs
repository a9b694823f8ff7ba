//! A document as one HTML file that needs nothing else: for the screen, and for paper in black and white.

mod parts;
mod planner;
mod timeline;

use std::fmt::{Result, Write as _};

use super::{Document, Paper};
use crate::export::escape;
use crate::export::page::{Page, quoted, write_foot};
use crate::export::text::{clean, one_line};

const STYLE: &str = include_str!("style.css");
/// Characters at the foot of a sheet, on the left and in the middle.
const LONGEST_FOOT: usize = 48;

/// A complete page. Each sheet begins on a page of its own and has its name at the foot.
pub fn html(document: &Document, paper: Paper) -> String {
    let plan = format!("{} · {}", document.plan, document.revision);
    let across = if document.is_landscape() { " landscape" } else { "" };
    let size = format!("{}{across}", name_of(paper));
    let style = style(document, paper, &plan);
    let feet = [plan.as_str(), document.title.as_str()];
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

fn name_of(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "A4",
        Paper::Letter => "letter",
        Paper::A3 => "A3",
        Paper::A2 => "A2",
    }
}

/// What all documents look like, and the name of each sheet at the foot of its pages.
fn style(document: &Document, paper: Paper, plan: &str) -> String {
    let width = match (document.is_landscape(), paper) {
        (false, Paper::Letter) => "184mm",
        (false, _) => "178mm",
        (true, _) => "100%",
    };
    let mut out = format!("{STYLE}:root {{ --width: {width}; --side: 4mm; }}\n");
    // Writing into a string does not fail.
    let _ = document.sheets.iter().enumerate().try_for_each(|(place, sheet)| {
        writeln!(out, "@page sheet-{place} {{")?;
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
    for (place, sheet) in document.sheets.iter().enumerate() {
        let language = sheet.language.as_deref().filter(|language| *language != document.language);
        let language = language.map(|language| format!(" lang=\"{}\"", line(language))).unwrap_or_default();
        writeln!(out, "<main class=\"sheet\" id=\"sheet-{place}\" style=\"page:sheet-{place}\"{language}>")?;
        sheet.parts.iter().try_for_each(|part| parts::write(out, part))?;
        writeln!(out, "</main>")?;
    }
    writeln!(out, "<footer dir=\"auto\">{}</footer>", line(plan))
}

fn write_contents(out: &mut String, document: &Document, contents: &str) -> Result {
    writeln!(out, "<nav class=\"contents\">\n<h1 dir=\"auto\">{}</h1>", line(&document.title))?;
    writeln!(out, "<h2 dir=\"auto\">{}</h2>", line(contents))?;
    for (place, (chapter, sheet)) in document.chapters().enumerate() {
        if let Some(chapter) = chapter {
            writeln!(out, "<h3 dir=\"auto\">{}</h3>", line(chapter))?;
        }
        writeln!(out, "<p><a href=\"#sheet-{place}\" dir=\"auto\">{}</a></p>", line(&sheet.name))?;
    }
    writeln!(out, "</nav>")
}

/// Text on one line, as it was typed.
fn line(text: &str) -> String {
    escape::html(&one_line(text))
}

/// Text of several lines, each on a line of its own.
fn lines(text: &str) -> String {
    escape::html(clean(text).trim())
}
