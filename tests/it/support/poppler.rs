//! What other programs read in a PDF: poppler's text and positions of words, qpdf's judgement and bookmarks.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// A PDF in a temporary file, deleted when this is dropped.
pub struct Pdf {
    folder: tempfile::TempDir,
}

/// A word and its position on its page, in points.
pub struct Word {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    /// The size of its page, and the page's number from 1.
    pub page: (f64, f64),
    pub number: usize,
}

/// Whether poppler and qpdf are here; says so where they are not. `.ci/run` installs them and lets nobody go without.
#[expect(clippy::print_stderr, reason = "a skipped comparison must be reported")]
pub fn are_readers_here() -> bool {
    let is_here = |name| Command::new(name).arg("--version").output().is_ok();
    let both = is_here("pdftotext") && is_here("qpdf");
    assert!(both || std::env::var_os("WINDOWSILL_PDF_READERS").is_none(), "pdftotext and qpdf are wanted and missing");
    if !both {
        eprintln!("pdftotext (poppler-utils) and qpdf are not installed: the PDF is not read");
    }
    both
}

impl Pdf {
    pub fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("it.pdf"), bytes).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("it.pdf")
    }

    fn run(&self, program: &str, before: &[&str], after: &[&str]) -> String {
        let output = Command::new(program).args(before).arg(self.path()).args(after).output().unwrap();
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Its text in the order in which it was written, without white space, and without the marks that poppler sets around text that runs from right to left.
    pub fn text(&self) -> String {
        squeezed(&self.run("pdftotext", &["-raw"], &["-"]))
    }

    pub fn info(&self) -> String {
        self.run("pdfinfo", &[], &[])
    }

    /// The addresses that it links to.
    pub fn addresses(&self) -> Vec<String> {
        self.run("pdfinfo", &["-url"], &[]).lines().skip(1).map(str::to_owned).collect()
    }

    pub fn check(&self) {
        let said = self.run("qpdf", &["--check"], &[]);
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    }

    /// The bookmarks, level by level: "1 March 2027".
    pub fn bookmarks(&self) -> Vec<String> {
        fn walk(value: &Value, level: usize, into: &mut Vec<String>) {
            for each in value.as_array().into_iter().flatten() {
                into.push(format!("{level} {}", each["title"].as_str().unwrap()));
                walk(&each["kids"], level + 1, into);
            }
        }
        let json: Value = serde_json::from_str(&self.run("qpdf", &["--json", "--json-key=outlines"], &[])).unwrap();
        let mut all = Vec::new();
        walk(&json["outlines"], 1, &mut all);
        all
    }

    pub fn words(&self) -> Vec<Word> {
        let page = self.run("pdftotext", &["-bbox"], &["-"]);
        let (mut size, mut pages) = ((0.0, 0.0), 0);
        let mut words = Vec::new();
        for line in page.lines() {
            let number = |key: &str| -> f64 {
                line.split_once(&format!("{key}=\"")).unwrap().1.split('"').next().unwrap().parse().unwrap()
            };
            if line.contains("<page ") {
                pages += 1;
                size = (number("width"), number("height"));
            } else if line.contains("<word ") {
                let text = line.split_once('>').unwrap().1.trim_end_matches("</word>").to_owned();
                let (left, right, top, bottom) = (number("xMin"), number("xMax"), number("yMin"), number("yMax"));
                words.push(Word { text, left, right, top, bottom, page: size, number: pages });
            }
        }
        words
    }
}

/// Text as it can be compared: lines are broken anywhere.
pub fn squeezed(text: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{ad}' | '\u{200b}');
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !is_mark(*c)).collect()
}
