//! Maintenance periods as one request `maintenance.create`, with all dates of a window in one maintenance.
//!
//! Periods are single ones with instants: when recurring ones begin depends on the zone of its server.

use crate::connect::writing::{
    Abilities, Entries, Identifiers, NamedScope, Node, SingleDate, WriteRequest, Writer, WrittenFile, text, title,
};
use crate::export::{FileType, Output, clip_line};
use crate::model::UtcMinute;
use crate::wording::list;

static ABILITIES: Abilities = Abilities {
    shortest: 5,
    needs_scope: true,
    ..Abilities::dates_because("Zabbix", "rules of Zabbix follow the server's zone")
};

pub static WRITER: Writer = Writer {
    format: "maintenance",
    output: Output {
        id: "zabbix-maintenance",
        name: "Zabbix, maintenance",
        help: "A request that creates a maintenance for each window",
    },
    file_type: FileType { name: "JSON", endings: &["json"] },
    abilities: &ABILITIES,
    write,
};

fn seconds(at: UtcMinute) -> Node {
    Node::Number(i64::from(at.0) * 60)
}

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut names = Identifiers::new(" -_.", 110).with_all_letters();
    let mut maintenances = Vec::new();
    let mut groups: Vec<String> = Vec::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let (Some(first), Some(last)) = (dates.first(), dates.iter().map(SingleDate::end_at).max()) else { continue };
        let record = &*expressed.window.window;
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        let named: Vec<String> = scope.groups.into_iter().chain(scope.systems).collect();
        let group = |name: &String| Node::Map(vec![("groupid", text(format!("ID OF GROUP {name}")))]);
        let periods = dates.iter().map(|date| {
            Node::Map(vec![
                ("timeperiod_type", Node::Number(0)),
                ("start_date", seconds(date.start_at())),
                ("period", Node::Number(i64::from(date.minutes) * 60)),
            ])
        });
        maintenances.push(Node::Map(vec![
            ("name", text(names.next(&title(record)))),
            ("description", text(clip_line(&record.change_ticket, 250))),
            ("active_since", seconds(first.start_at())),
            ("active_till", seconds(last)),
            ("maintenance_type", Node::Number(0)),
            ("groups", Node::List(named.iter().map(group).collect())),
            ("timeperiods", Node::List(periods.collect())),
        ]));
        groups.extend(named);
    }
    groups.sort();
    groups.dedup();
    let mut remarks = Vec::new();
    if !groups.is_empty() {
        remarks.push(format!(
            "Zabbix refuses the file until each \"ID OF GROUP …\" is the id of a host group (hostgroup.get): {}",
            list(groups, 8)
        ));
    }
    let call = Node::Map(vec![
        ("jsonrpc", text("2.0")),
        ("method", text("maintenance.create")),
        ("params", Node::List(maintenances)),
        ("id", Node::Number(1)),
    ]);
    WrittenFile { text: call.json(), remarks }
}
