//! A JSON list of requests, one for each date.

use crate::connect::writing::{Abilities, Entries, NamedScope, Node, WriteRequest, Writer, WrittenFile, text, title};
use crate::export::{FileType, IsoInstant, Output, clip_line};
use crate::wording::list;

static ABILITIES: Abilities = Abilities { needs_scope: true, ..Abilities::dates_only("PagerDuty") };

pub static WRITER: Writer = Writer {
    format: "json",
    output: Output {
        id: "pagerduty-json",
        name: "PagerDuty, JSON",
        help: "A request for a maintenance window for each date",
    },
    file_type: FileType { name: "JSON", endings: &["json"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut requests = Vec::new();
    let mut services: Vec<String> = Vec::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        let named: Vec<String> = scope.groups.into_iter().chain(scope.systems).collect();
        let service = |name: &String| {
            let id = format!("ID OF SERVICE {name}");
            Node::Map(vec![("id", text(id)), ("type", text("service_reference"))])
        };
        let title = clip_line(&title(&expressed.window.window), 200);
        requests.extend(dates.iter().map(|date| {
            let window = Node::Map(vec![
                ("type", text("maintenance_window")),
                ("start_time", text(IsoInstant(date.start_at()).to_string())),
                ("end_time", text(IsoInstant(date.end_at()).to_string())),
                ("description", text(&title)),
                ("services", Node::List(named.iter().map(service).collect())),
            ]);
            Node::Map(vec![("maintenance_window", window)])
        }));
        services.extend(named);
    }
    services.sort();
    services.dedup();
    let mut remarks = Vec::new();
    if !services.is_empty() {
        remarks.push(format!(
            "PagerDuty refuses a request until each \"ID OF SERVICE …\" is the id of a service: {}",
            list(services, 8)
        ));
    }
    WrittenFile { text: Node::List(requests).json(), remarks }
}
