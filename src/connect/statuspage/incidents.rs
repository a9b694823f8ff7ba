//! A JSON list of requests, one for each date. Notifications are off: a year of dates would send a mail for each at once.

use crate::connect::writing::{Abilities, Entries, Node, WriteRequest, Writer, WrittenFile, text, title};
use crate::export::{FileType, IsoInstant, Output, clip_line, one_line};

pub static ABILITIES: Abilities = Abilities::dates_only("Statuspage");

pub static WRITER: Writer = Writer {
    format: "json",
    output: Output {
        id: "statuspage-json",
        name: "Statuspage, JSON",
        help: "A request for a scheduled maintenance for each date, without notifications",
    },
    file_type: FileType { name: "JSON", endings: &["json"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut requests = Vec::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let record = &*expressed.window.window;
        let (name, impact) = (clip_line(&title(record), 250), one_line(&record.impact));
        let body = if impact.is_empty() { "Scheduled maintenance.".to_owned() } else { impact };
        requests.extend(dates.iter().map(|date| {
            let incident = Node::Map(vec![
                ("name", text(&name)),
                ("status", text("scheduled")),
                ("scheduled_for", text(IsoInstant(date.start_at()).to_string())),
                ("scheduled_until", text(IsoInstant(date.end_at()).to_string())),
                ("scheduled_auto_in_progress", Node::Switch(true)),
                ("scheduled_auto_completed", Node::Switch(true)),
                ("scheduled_remind_prior", Node::Switch(false)),
                ("deliver_notifications", Node::Switch(false)),
                ("body", text(&body)),
            ]);
            Node::Map(vec![("incident", incident)])
        }));
    }
    let remarks = vec!["Components are not named: add them, or subscribers do not see what is affected".to_owned()];
    WrittenFile { text: Node::List(requests).json(), remarks }
}
