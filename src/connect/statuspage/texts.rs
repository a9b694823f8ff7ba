//! The three texts of a status page for each date: announced, in progress, resolved.

use std::fmt::Write as _;

use super::incidents::ABILITIES;
use crate::connect::writing::{Entries, WriteRequest, Writer, WrittenFile, title};
use crate::export::{FileType, Output, one_line};
use crate::wording::{date, hours_with_zone};

pub static WRITER: Writer = Writer {
    format: "texts",
    output: Output {
        id: "statuspage-texts",
        name: "Status page, texts",
        help: "For each date, what to announce, and what to say in progress and when resolved",
    },
    file_type: FileType { name: "Text", endings: &["txt"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut text = String::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let record = &*expressed.window.window;
        let (title, impact) = (title(record), one_line(&record.impact));
        for each in dates {
            let (start, end) = (expressed.window.zoned(each.start_at()), expressed.window.zoned(each.end_at()));
            let (on, hours) = (date(each.on()), hours_with_zone(start, end));
            let impact = if impact.is_empty() { String::new() } else { format!(" {impact}") };
            let _ = writeln!(text, "{title}, {on}, {hours}\n");
            let _ = writeln!(
                text,
                "Announced\n  We will carry out scheduled maintenance ({title}) on {on}, {hours}.{impact}\n"
            );
            let _ = writeln!(
                text,
                "In progress\n  Scheduled maintenance ({title}) is in progress until {end}.\n",
                end = hours_end(&hours)
            );
            let _ = writeln!(
                text,
                "Resolved\n  The scheduled maintenance ({title}) of {on} is complete. All services are operational.\n"
            );
        }
    }
    WrittenFile { text, remarks: Vec::new() }
}

/// What follows the dash: "02:00 CET".
fn hours_end(hours: &str) -> &str {
    hours.rsplit_once("– ").map_or(hours, |(_, end)| end)
}
