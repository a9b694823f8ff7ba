//! What every page (HTML) has: its head, its content policy, what it looks like on paper, and the feet of its sheets.

use std::fmt::{Result, Write as _};

use super::escape;
use super::text::clip;

const STYLE: &str = include_str!("page.css");
/// Of what stands at the foot of every sheet.
const FOOT: &str = "font: 8pt Inter, \"Segoe UI\", Arial, sans-serif; color: #5c5a54;";

/// One file that needs nothing else: without scripts, pictures or links to anything. People's text is escaped, and a
/// content policy keeps browsers from loading or running anything all the same.
pub struct Page<'a> {
    /// As people wrote it.
    pub title: &'a str,
    /// After the styles of all pages.
    pub style: &'a str,
    /// Around what is printed, as CSS says it.
    pub margins: &'a str,
    /// At the foot of every sheet, on the left and in the middle, as people wrote it.
    pub feet: &'a [&'a str],
}

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
        writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
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
        writeln!(out, "@page {{\n  size: A4;\n  margin: {};", self.margins)?;
        // So much of a foot's width is there for each of them.
        let longest = if self.feet.len() > 1 { 48 } else { 80 };
        for (place, text) in ["left", "center"].into_iter().zip(self.feet) {
            let text = escape::css(&clip((*text).to_owned(), longest));
            writeln!(out, "  @bottom-{place} {{ content: \"{text}\"; {FOOT} }}")?;
        }
        writeln!(out, "  @bottom-right {{ content: \"Page \" counter(page) \" of \" counter(pages); {FOOT} }}\n}}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_and_no_foot_ends_the_head_of_a_page() {
        let wild = "a</title></style><script>alert(1)</script>\"}";
        let page = Page { title: wild, style: "p { color: red; }\n", margins: "9mm", feet: &[wild, wild] };
        let text = page.html(|out| writeln!(out, "<p>body</p>"));
        assert_eq!((text.matches("</style>").count(), text.matches("<script>").count()), (1, 0), "{text}");
        assert!(
            text.contains("default-src 'none'") && text.ends_with("<body>\n<p>body</p>\n</body>\n</html>\n"),
            "{text}"
        );
    }
}
