//! A JSON list of maintenances with the strategy "single", whose times are in UTC.

use crate::connect::writing::{Abilities, Entries, Node, WriteRequest, Writer, WrittenFile, text, title};
use crate::export::{FileType, Output, clip_line};
use crate::model::UtcMinute;
use crate::wording::iso;

static ABILITIES: Abilities = Abilities::dates_only("Uptime Kuma, whose rules shift with the clocks,");

pub static WRITER: Writer = Writer {
    format: "json",
    output: Output {
        id: "uptime-kuma-json",
        name: "Uptime Kuma, JSON",
        help: "A maintenance for each date, for a script that adds them",
    },
    file_type: FileType { name: "JSON", endings: &["json"] },
    abilities: &ABILITIES,
    write,
};

/// "2027-01-16 21:00:00"
fn second(at: UtcMinute) -> Node {
    text(iso::utc_second(at).replacen('T', " ", 1).trim_end_matches('Z'))
}

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut list = Vec::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let record = &*expressed.window.window;
        list.extend(dates.iter().map(|date| {
            Node::Map(vec![
                ("title", text(format!("{} {}", clip_line(&title(record), 120), date.on()))),
                ("description", text(clip_line(&record.change_ticket, 200))),
                ("strategy", text("single")),
                ("active", Node::Switch(true)),
                ("dateRange", Node::List(vec![second(date.start_at()), second(date.end_at())])),
                ("timeRange", Node::List(Vec::new())),
                ("weekdays", Node::List(Vec::new())),
                ("daysOfMonth", Node::List(Vec::new())),
                ("intervalDay", Node::Number(1)),
                ("timezoneOption", text("UTC")),
            ])
        }));
    }
    let remarks = vec!["Monitors and status pages are not assigned: add them after the maintenances".to_owned()];
    WrittenFile { text: Node::List(list).json(), remarks }
}
