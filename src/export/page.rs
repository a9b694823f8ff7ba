//! An HTML page: its head, its content policy, its style on paper, and the feet of its sheets.

use std::fmt::{Result, Write as _};

use super::escape;
use super::fields::{Piece, pieces};
use super::text::{clip, one_line};

const STYLE: &str = include_str!("page.css");
/// The style of the texts at the foot of a sheet.
const FOOT: &str = "font: 8pt Inter, \"Segoe UI\", Arial, sans-serif; color: #5c5a54;";

/// A self-contained file without scripts, pictures or external links. People's text is escaped, and besides, a content
/// policy keeps browsers from loading or running anything.
pub struct Page<'a> {
    /// As people wrote it; escaped here.
    pub title: &'a str,
    /// BCP 47.
    pub language: &'a str,
    /// The paper, as CSS names it: "A4".
    pub size: &'a str,
    /// Added to the style of all pages.
    pub style: &'a str,
    /// The margins of a sheet, in CSS.
    pub margins: &'a str,
    /// The texts at the foot of every sheet, on the left and in the middle, as people wrote them.
    pub feet: &'a [&'a str],
    /// The text on the right: "Page {page} of {pages}".
    pub numbers: &'a str,
}

/// The text at the foot of English pages on the right.
pub const PAGE_OF: &str = "Page {page} of {pages}";

impl Page<'_> {
    /// The page with what `body` writes into it.
    pub fn html(&self, body: impl FnOnce(&mut String) -> Result) -> String {
        let mut out = String::new();
        // Writing into a string does not fail.
        let _ = self.write_head(&mut out).and_then(|()| body(&mut out));
        out.push_str("</body>\n</html>\n");
        out
    }

    fn write_head(&self, out: &mut String) -> Result {
        let language = escape::html(self.language);
        writeln!(out, "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">")?;
        writeln!(
            out,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        )?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(out, "<title>{}</title>\n<style>\n{STYLE}{}", escape::html(self.title), self.style)?;
        self.write_sheet(out)?;
        writeln!(out, "</style>\n</head>\n<body>")
    }

    fn write_sheet(&self, out: &mut String) -> Result {
        writeln!(out, "@page {{\n  size: {};\n  margin: {};", self.size, self.margins)?;
        // Fewer characters if two texts share the width.
        let longest = if self.feet.len() > 1 { 48 } else { 80 };
        for (side, text) in ["left", "center"].into_iter().zip(self.feet) {
            write_foot(out, side, &quoted(text, longest))?;
        }
        write_foot(out, "right", &numbered(self.numbers))?;
        writeln!(out, "}}")
    }
}

/// A text at the foot of a sheet, at the "left", "center" or "right". `content`: a CSS value.
pub fn write_foot(out: &mut String, side: &str, content: &str) -> Result {
    writeln!(out, "  @bottom-{side} {{ content: {content}; {FOOT} }}")
}

/// People's text as a CSS string of at most `longest` characters.
pub fn quoted(text: &str, longest: usize) -> String {
    format!("\"{}\"", escape::css(&clip(one_line(text), longest)))
}

/// "Page {page} of {pages}" with CSS counters as its fields.
fn numbered(page_of: &str) -> String {
    let mut content: Vec<String> = Vec::new();
    for piece in pieces(page_of) {
        content.push(match piece {
            Piece::Text(text) => quoted_as_is(text),
            Piece::Field("page") => "counter(page)".to_owned(),
            Piece::Field("pages") => "counter(pages)".to_owned(),
            Piece::Field(other) => quoted_as_is(&format!("{{{other}}}")),
        });
    }
    content.join(" ")
}

/// A CSS string that keeps the spaces at its ends.
fn quoted_as_is(text: &str) -> String {
    format!("\"{}\"", escape::css(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_and_no_foot_ends_the_head_of_a_page() {
        let wild = "a</title></style><script>alert(1)</script>\"}";
        let (style, feet) = ("p { color: red; }\n", &[wild, wild]);
        let page = Page { title: wild, language: wild, size: "A4", style, margins: "9mm", feet, numbers: wild };
        let text = page.html(|out| writeln!(out, "<p>body</p>"));
        assert_eq!((text.matches("</style>").count(), text.matches("<script>").count()), (1, 0), "{text}");
        assert!(
            text.contains("default-src 'none'") && text.ends_with("<body>\n<p>body</p>\n</body>\n</html>\n"),
            "{text}"
        );
    }
}
