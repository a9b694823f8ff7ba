//! The inventory and the playbook.

use crate::connect::writing::{
    Abilities, Entries, Identifiers, NamedScope, Node, SingleDate, WriteRequest, Writer, WrittenFile, text, texts,
    title,
};
use crate::export::{FileType, IsoInstant, Output};
use crate::model::{Batch, BatchSize};

static ABILITIES: Abilities = Abilities::dates_only("Ansible");
const YAML: FileType = FileType { name: "YAML", endings: &["yml", "yaml"] };

pub static INVENTORY: Writer = Writer {
    format: "inventory",
    output: Output {
        id: "ansible-inventory",
        name: "Ansible, inventory",
        help: "A group for each window, with its batches and dates as variables",
    },
    file_type: YAML,
    abilities: &ABILITIES,
    write: inventory,
};

pub static PLAYBOOK: Writer = Writer {
    format: "playbook",
    output: Output {
        id: "ansible-playbook",
        name: "Ansible, playbook",
        help: "A play for each window with its batches, which runs only during the window",
    },
    file_type: YAML,
    abilities: &ABILITIES,
    write: playbook,
};

const REMARK: &str = "Ansible starts nothing: run the playbook at the dates. Groups and hosts must have the names of the plan's \
                      groups and systems";

/// A window as the plays and groups of Ansible.
struct Play {
    group: String,
    title: String,
    children: Vec<String>,
    hosts: Vec<String>,
    serial: Vec<Node>,
    max_fail: Option<u8>,
    dates: Vec<Node>,
}

/// Windows with dates. Names of groups are identifiers; those of windows begin with "window".
fn plays(request: &WriteRequest<'_>) -> Vec<Play> {
    let mut names = Identifiers::new("_", 100).lower();
    let mut all = Vec::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let record = &*expressed.window.window;
        let title = title(record);
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        all.push(Play {
            group: names.next(&format!("window_{title}")),
            children: scope.groups.iter().map(|name| Identifiers::new("_", 100).lower().next(name)).collect(),
            hosts: scope.systems.iter().map(|name| host(name)).collect(),
            serial: serial(&record.batch),
            max_fail: record.max_fail_percent,
            dates: dates.iter().map(date_node).collect(),
            title: literal(&title),
        });
    }
    all
}

fn date_node(date: &SingleDate<'_>) -> Node {
    Node::Map(vec![
        ("start", text(IsoInstant(date.start_at()).to_string())),
        ("end", text(IsoInstant(date.end_at()).to_string())),
    ])
}

fn serial(batch: &Batch) -> Vec<Node> {
    let size = |size: &BatchSize| match size {
        BatchSize::Hosts(hosts) => Node::Number((*hosts).max(1).into()),
        BatchSize::Share(percent) => text(format!("{}%", (*percent).clamp(1, 100))),
    };
    match batch {
        Batch::All => vec![text("100%")],
        Batch::Hosts(hosts) => vec![size(&BatchSize::Hosts(*hosts))],
        Batch::Share(percent) => vec![size(&BatchSize::Share(*percent))],
        Batch::List(sizes) if sizes.is_empty() => vec![text("100%")],
        Batch::List(sizes) => sizes.iter().map(size).collect(),
    }
}

/// A host name that is not taken for a pattern or a range.
fn host(name: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || "._-".contains(c);
    let name: String = name.chars().map(|c| if kept(c) { c } else { '_' }).collect();
    if name.is_empty() { "unnamed".to_owned() } else { name }
}

/// A text that is not taken for a template.
fn literal(text: &str) -> String {
    text.replace(['{', '}'], "_")
}

fn inventory(request: &WriteRequest<'_>) -> WrittenFile {
    let nothing = || Node::Map(Vec::new());
    let mut groups = Vec::new();
    for play in plays(request) {
        let mut body = Vec::new();
        if !play.children.is_empty() {
            body.push(("children", Node::Named(play.children.into_iter().map(|name| (name, nothing())).collect())));
        }
        if !play.hosts.is_empty() {
            body.push(("hosts", Node::Named(play.hosts.into_iter().map(|name| (name, nothing())).collect())));
        }
        let mut vars = vec![("window_title", text(play.title)), ("window_serial", Node::List(play.serial))];
        vars.extend(play.max_fail.map(|most| ("window_max_fail_percentage", Node::Number(most.into()))));
        vars.push(("window_dates", Node::List(play.dates)));
        body.push(("vars", Node::Map(vars)));
        groups.push((play.group, Node::Map(body)));
    }
    let document = Node::Map(vec![("all", Node::Map(vec![("children", Node::Named(groups))]))]);
    WrittenFile { text: document.yaml(), remarks: vec![REMARK.to_owned()] }
}

fn playbook(request: &WriteRequest<'_>) -> WrittenFile {
    const NOW: &str = "window_dates | selectattr('start', 'le', now(utc=true, fmt='%FT%TZ')) | \
                       selectattr('end', 'gt', now(utc=true, fmt='%FT%TZ')) | list | length > 0";
    let mut list = Vec::new();
    for play in plays(request) {
        let mut hosts = play.children;
        hosts.extend(play.hosts);
        let pattern = if hosts.is_empty() { play.group } else { hosts.join(":") };
        let mut body = vec![("name", text(play.title)), ("hosts", text(pattern)), ("serial", Node::List(play.serial))];
        body.extend(play.max_fail.map(|most| ("max_fail_percentage", Node::Number(most.into()))));
        let check = Node::Map(vec![("that", texts([NOW])), ("fail_msg", text("Now is not within this window"))]);
        let task = Node::Map(vec![("name", text("Check that the window is open")), ("ansible.builtin.assert", check)]);
        body.push(("vars", Node::Map(vec![("window_dates", Node::List(play.dates))])));
        body.push(("tasks", Node::List(vec![task])));
        list.push(Node::Map(body));
    }
    let remarks = vec![REMARK.to_owned(), "Add your own tasks or roles to each play".to_owned()];
    WrittenFile { text: Node::List(list).yaml(), remarks }
}
