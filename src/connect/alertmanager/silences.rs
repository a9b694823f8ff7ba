//! Silences as the JSON list that `amtool silence import` takes.

use super::{LABELS, matchers};
use crate::connect::writing::{Abilities, Entries, NamedScope, Node, WriteRequest, Writer, WrittenFile, text, title};
use crate::export::{FileType, IsoInstant, Output, one_line};

static ABILITIES: Abilities = Abilities {
    needs_scope: true,
    ..Abilities::dates_because("Alertmanager", "a silence of Alertmanager takes place once")
};

pub static WRITER: Writer = Writer {
    format: "silences",
    output: Output {
        id: "alertmanager-silences",
        name: "Alertmanager, silences",
        help: "A silence for each date, as amtool imports them",
    },
    file_type: FileType { name: "JSON", endings: &["json"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut silences = Vec::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let record = &*expressed.window.window;
        let matchers = matchers(&NamedScope::new(expressed.window, &request.schedule.plan));
        let ticket = one_line(&record.change_ticket);
        let name = title(record);
        let comment = if ticket.is_empty() { name } else { format!("{name}, {ticket}") };
        for date in dates {
            for (label, expression) in &matchers {
                let matcher = Node::Map(vec![
                    ("name", text(*label)),
                    ("value", text(expression)),
                    ("isRegex", Node::Switch(true)),
                    ("isEqual", Node::Switch(true)),
                ]);
                silences.push(Node::Map(vec![
                    ("matchers", Node::List(vec![matcher])),
                    ("startsAt", text(IsoInstant(date.start_at()).to_string())),
                    ("endsAt", text(IsoInstant(date.end_at()).to_string())),
                    ("createdBy", text("windowsill")),
                    ("comment", text(&comment)),
                ]));
            }
        }
    }
    let remarks = if silences.is_empty() { Vec::new() } else { vec![LABELS.to_owned()] };
    WrittenFile { text: Node::List(silences).json(), remarks }
}
