//! What a file is that no kind of import reads, by how it begins.

use super::head::Head;

/// A kind of file that the program knows by name and never imports.
#[derive(Debug)]
pub struct ForeignKind {
    /// For machines: "alertmanager-configuration".
    pub id: &'static str,
    /// What it is and what to do instead, as a sentence without a full stop: "This is a list of silences: …".
    pub what: &'static str,
    /// Judges by the beginning of a file whether it is of this kind.
    pub sniff: fn(&Head) -> bool,
}

/// What the file is, and what to do with it: "This is a PDF document: …".
pub(super) fn foreign_content(head: &str) -> Option<&'static str> {
    let start = head.trim_start_matches('\u{feff}').trim_start();
    let begins = |words: &[&str]| words.iter().any(|word| start.starts_with(word));
    if begins(&["%PDF-"]) {
        Some("This is a PDF document: save the table that it shows as .xlsx or CSV, and import that")
    } else if begins_plan(start) {
        Some("This is a plan: open it, or compare with it")
    } else if begins(&["<"]) {
        Some("This is a web page (HTML or XML): open it in a spreadsheet program, save it as .xlsx, and import that")
    } else if is_web_archive(start) {
        Some("This is a web page archive (MHTML): open it in a spreadsheet program, save it as .xlsx, and import that")
    } else if begins(&["PK\u{3}\u{4}"]) {
        Some(
            "This is a packed file or an Office document: unpack it, or save its table as .xlsx or CSV, and import that",
        )
    } else if begins(&["‰PNG", "ÿØÿ", "GIF8"]) {
        Some("This is a picture: save the table that it shows as .xlsx or CSV, and import that")
    } else if begins(&["{\\rtf"]) {
        Some("This is a text document (RTF): save its table as .xlsx or CSV, and import that")
    } else {
        None
    }
}

/// Whether a text begins as what Excel saves as a web page in a single file. It looks like a mail.
pub(super) fn is_web_archive(text: &str) -> bool {
    let mut head = text.lines().take_while(|line| !line.trim().is_empty());
    head.any(|line| line.eq_ignore_ascii_case("X-Document-Type: Workbook"))
}

/// Whether a text begins as plan files do. Comments may come first.
pub fn begins_plan(text: &str) -> bool {
    let mut code = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).take(3);
    let first = code.next().unwrap_or_default().trim_start_matches('\u{feff}');
    first.starts_with('(') && (first.contains("format:") || code.any(|line| line.contains("format:")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_import_is_named() {
        for (head, expected) in [
            ("%PDF-1.7\n%âãÏÓ", Some("PDF")),
            ("// A plan\n(\n    format: 2,\n", Some("plan")),
            ("(format: 1, id: \"p\")", Some("plan")),
            ("<!DOCTYPE html><table>", Some("web page")),
            ("PK\u{3}\u{4}", Some("packed")),
            ("MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n", Some("MHTML")),
            ("MIME-Version: 1.0\nSubject: Freeze\n\nX-Document-Type: Workbook\n", None),
            ("‰PNG\r\n", Some("picture")),
            ("{\\rtf1", Some("RTF")),
            ("name;date\n", None),
            ("(Draft) name;date\n", None),
        ] {
            let found = foreign_content(head);
            assert_eq!(found.is_some(), expected.is_some(), "{head}");
            assert!(expected.is_none_or(|part| found.unwrap().contains(part)), "{head}: {found:?}");
        }
    }
}
