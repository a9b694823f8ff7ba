//! Mute timings in YAML. Their intervals are those of Alertmanager.

use crate::connect::writing::time_intervals::{RULES, interval_nodes};
use crate::connect::writing::{Abilities, Ends, Identifiers, Node, WriteRequest, Writer, WrittenFile, text, title};
use crate::export::{FileType, Output};

static ABILITIES: Abilities = Abilities { ends: Ends::OnClock, rules: Some(RULES), ..Abilities::dates_only("Grafana") };

pub static WRITER: Writer = Writer {
    format: "mute-timings",
    output: Output {
        id: "grafana-mute-timings",
        name: "Grafana, mute timings",
        help: "A mute timing for each window, as a file for provisioning",
    },
    file_type: FileType { name: "YAML", endings: &["yaml", "yml"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut names = Identifiers::new("-_", 100).lower();
    let mut timings = Vec::new();
    for expressed in &request.windows {
        let intervals = interval_nodes(&expressed.entries);
        if !intervals.is_empty() {
            timings.push(Node::Map(vec![
                ("orgId", Node::Number(1)),
                ("name", text(names.next(&title(&expressed.window.window)))),
                ("time_intervals", Node::List(intervals)),
            ]));
        }
    }
    let document = Node::Map(vec![("apiVersion", Node::Number(1)), ("muteTimes", Node::List(timings))]);
    let remarks = vec![
        "A mute timing mutes nothing until a notification policy names it; the organisation is number 1".to_owned(),
    ];
    WrittenFile { text: document.yaml(), remarks }
}
