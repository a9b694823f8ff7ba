//! A JSON list of maintenances with the strategy "single", whose times are in UTC.

use crate::connect::writing::{Abilities, Entries, Node, WriteRequest, Writer, WrittenFile, text, title};
use crate::export::{FileType, Output, clip_line};
use crate::wording::iso;

static ABILITIES: Abilities = Abilities::dates_because("Uptime Kuma", "rules of Uptime Kuma shift with the clocks");

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
                (
                    "dateRange",
                    Node::List([date.start_at(), date.end_at()].map(|at| text(iso::plain_utc_second(at))).into()),
                ),
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
