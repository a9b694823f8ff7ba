//! Time intervals and the routes that they mute, as a configuration to merge into `alertmanager.yml`.

use super::routes::{MutedNames, Route};
use super::{LABELS, expression};
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
    let mut muted = MutedNames::default();
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
        muted.add(&scope, &name);
        intervals.push(Node::Map(vec![("name", text(name)), ("time_intervals", Node::List(nodes))]));
    }
    let mut remarks = vec![
        "This is a part of alertmanager.yml: add the time intervals and the routes to yours, and keep your receivers. An \
         alert is muted by the first route that matches it, so no route before these may match the same alerts"
            .to_owned(),
        LABELS.to_owned(),
    ];
    if !unrouted.is_empty() {
        remarks.push(format!("Without groups or systems, no route is muted: {}", list(unrouted, 5)));
    }
    let configuration = Node::Map(vec![
        ("time_intervals", Node::List(intervals)),
        (
            "route",
            Node::Map(vec![
                ("receiver", text("your-receiver")),
                ("routes", Node::List(muted.routes(&request.schedule.plan).into_iter().map(route_node).collect())),
            ]),
        ),
        ("receivers", Node::List(vec![Node::Map(vec![("name", text("your-receiver"))])])),
    ]);
    WrittenFile { text: configuration.yaml(), remarks }
}

fn route_node(route: Route) -> Node {
    let quoted = expression(route.label, &route.names).replace('\\', "\\\\").replace('"', "\\\"");
    let mut map = vec![
        ("matchers", texts([format!("{}=~\"{quoted}\"", route.label)])),
        ("mute_time_intervals", texts(route.intervals)),
    ];
    if !route.routes.is_empty() {
        map.push(("routes", Node::List(route.routes.into_iter().map(route_node).collect())));
    }
    Node::Map(map)
}
