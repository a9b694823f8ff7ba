//! Time intervals and the routes that they mute, as a configuration to merge into `alertmanager.yml`.

use std::collections::BTreeMap;

use super::{LABELS, matchers};
use crate::connect::writing::time_intervals::{RULES, interval_nodes};
use crate::connect::writing::{
    Abilities, Ends, Identifiers, NamedScope, Node, WriteRequest, Writer, WrittenFile, text, texts, title,
};
use crate::export::{FileType, Output};
use crate::wording::list;

static ABILITIES: Abilities =
    Abilities { ends: Ends::OnClock, rules: Some(RULES), ..Abilities::dates_only("Alertmanager") };

pub static WRITER: Writer = Writer {
    format: "intervals",
    output: Output {
        id: "alertmanager-intervals",
        name: "Alertmanager, time intervals",
        help: "Time intervals, and the routes that are muted in them",
    },
    file_type: FileType { name: "YAML", endings: &["yml", "yaml"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut names = Identifiers::new("-_", 100).lower();
    let mut intervals = Vec::new();
    let mut muted: BTreeMap<(&str, String), Vec<String>> = BTreeMap::new();
    let mut unrouted = Vec::new();
    for expressed in &request.windows {
        let nodes = interval_nodes(&expressed.entries);
        if nodes.is_empty() {
            continue;
        }
        let name = names.next(&title(&expressed.window.window));
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        if scope.is_empty() {
            unrouted.push(name.clone());
        }
        for matcher in matchers(&scope) {
            muted.entry(matcher).or_default().push(name.clone());
        }
        intervals.push(Node::Map(vec![("name", text(name)), ("time_intervals", Node::List(nodes))]));
    }
    let mut remarks = vec![
        "This is a part of alertmanager.yml: add the time intervals and the routes to yours, and keep your receivers"
            .to_owned(),
        LABELS.to_owned(),
    ];
    if !unrouted.is_empty() {
        remarks.push(format!("Without groups or systems, no route is muted: {}", list(unrouted, 5)));
    }
    let route = |((label, expression), names): ((&str, String), Vec<String>)| {
        let quoted = expression.replace('\\', "\\\\").replace('"', "\\\"");
        Node::Map(vec![("matchers", texts([format!("{label}=~\"{quoted}\"")])), ("mute_time_intervals", texts(names))])
    };
    let configuration = Node::Map(vec![
        ("time_intervals", Node::List(intervals)),
        (
            "route",
            Node::Map(vec![
                ("receiver", text("your-receiver")),
                ("routes", Node::List(muted.into_iter().map(route).collect())),
            ]),
        ),
        ("receivers", Node::List(vec![Node::Map(vec![("name", text("your-receiver"))])])),
    ]);
    WrittenFile { text: configuration.yaml(), remarks }
}
