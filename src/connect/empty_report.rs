//! A report without findings, whose scanner cannot be told from it: some write nothing at all, an empty list, or `null`.

use super::findings::{Findings, Program};
use crate::import::{Confidence, Head, ImportError, ImportKind, Imported, Input, Topic};

const PROGRAM: Program = Program { id: "empty", name: "This scanner", target: "host" };

pub static KIND: ImportKind = ImportKind {
    id: "empty-report",
    topic: Topic::Advisories,
    name: "an empty report of a scanner",
    help: "A report without findings changes nothing",
    endings: &["json"],
    options: &[],
    sniff,
    layout: None,
    read,
};

fn sniff(head: &Head) -> Confidence {
    let text: String = head.text().chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').take(5).collect();
    match text.as_str() {
        _ if head.is_folder() => Confidence::No,
        // Of another topic, an empty file is only that.
        "" => Confidence::Unlikely,
        "null" | "[]" => Confidence::Likely,
        _ => Confidence::No,
    }
}

fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    input.source.check_cancelled()?;
    Ok(Findings::new(KIND.id, PROGRAM, input).finish(None))
}
