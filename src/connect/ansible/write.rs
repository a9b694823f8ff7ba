//! The inventory and the playbook.

use crate::connect::writing::{
    Abilities, Entries, Identifiers, NamedScope, Node, SingleDate, WriteRequest, Writer, WrittenFile, group_names,
    text, title,
};
use crate::export::{FileType, IsoInstant, Output};
use crate::model::{Batch, BatchSize};

static ABILITIES: Abilities =
    Abilities { written_group: Some(group), written_system: Some(host), ..Abilities::dates_only("Ansible") };
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
        help: "A play for each window with its batches, which ends at once unless the window is open",
    },
    file_type: YAML,
    abilities: &ABILITIES,
    write: playbook,
};

const REMARK: &str = "Ansible starts nothing: run the playbook at the dates. The groups and hosts of your inventory must be called as \
                      in this file";

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

/// Windows with dates, and the remarks about them. The groups of windows begin with "window".
fn plays(request: &WriteRequest<'_>) -> (Vec<Play>, Vec<String>) {
    let plan = &request.schedule.plan;
    let mut names = Identifiers::new("_", 100).lower();
    // The group of a window is none of the plan's.
    for name in group_names(plan) {
        names.reserve(&group(&name));
    }
    let mut all = Vec::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let record = &*expressed.window.window;
        let title = title(record);
        let scope = NamedScope::new(expressed.window, plan);
        all.push(Play {
            group: names.next(&format!("window_{title}")),
            children: scope.groups.iter().map(|name| group(name)).collect(),
            hosts: scope.systems.iter().map(|name| host(name)).collect(),
            serial: serial(&record.batch),
            max_fail: record.max_fail_percent,
            dates: dates.iter().map(date_node).collect(),
            title: literal(&title),
        });
    }
    (all, vec![REMARK.to_owned()])
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

/// Groups that every inventory has.
const BUILT_IN: [&str; 2] = ["all", "ungrouped"];

/// The longest name of a host in DNS. YAML has no keys of more than 1,024 characters.
const LONGEST_HOST: usize = 253;

/// A host name that is not taken for a pattern, a range or a group. Empty if there is none.
fn host(name: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || "._-".contains(c);
    let name: String = name.chars().map(|c| if kept(c) { c } else { '_' }).collect();
    let is_short = name.chars().count() <= LONGEST_HOST;
    let is_name = is_short && name.contains(char::is_alphanumeric) && !BUILT_IN.contains(&&*name);
    if is_name { name } else { String::new() }
}

/// The name of a group as Ansible has it: names that are not identifiers, such as "web-prod" and "2nd", it accepts with a
/// warning, and capital letters count. Characters that patterns of hosts give a meaning become "_". Empty if there is no
/// such name (<https://docs.ansible.com/ansible/latest/inventory_guide/intro_patterns.html>).
fn group(name: &str) -> String {
    host(name)
}

/// A text that is not taken for a template.
fn literal(text: &str) -> String {
    text.replace(['{', '}'], "_")
}

fn inventory(request: &WriteRequest<'_>) -> WrittenFile {
    let nothing = || Node::Map(Vec::new());
    let mut groups = Vec::new();
    let (plays, remarks) = plays(request);
    for play in plays {
        let mut body = Vec::new();
        if !play.children.is_empty() {
            body.push(("children", Node::Named(play.children.into_iter().map(|name| (name, nothing())).collect())));
        }
        if !play.hosts.is_empty() {
            body.push(("hosts", Node::Named(play.hosts.into_iter().map(|name| (name, nothing())).collect())));
        }
        // A host has the variables of all groups that it is in, so those of two windows must not have the same names.
        let named = |name: &str, node: Node| (format!("{}_{name}", play.group), node);
        let mut vars = vec![named("title", text(play.title)), named("serial", Node::List(play.serial))];
        vars.extend(play.max_fail.map(|most| named("max_fail_percentage", Node::Number(most.into()))));
        vars.push(named("dates", Node::List(play.dates)));
        body.push(("vars", Node::Named(vars)));
        groups.push((play.group, Node::Map(body)));
    }
    let document = Node::Map(vec![("all", Node::Map(vec![("children", Node::Named(groups))]))]);
    WrittenFile { text: document.yaml(), remarks }
}

fn playbook(request: &WriteRequest<'_>) -> WrittenFile {
    let mut list = Vec::new();
    let (plays, mut remarks) = plays(request);
    for play in plays {
        let mut hosts = play.children;
        hosts.extend(play.hosts);
        // Between colons, "web:2" would be a host and its port.
        let pattern = if hosts.is_empty() { play.group } else { hosts.join(",") };
        let mut body = vec![("name", text(play.title)), ("hosts", text(pattern)), ("serial", Node::List(play.serial))];
        body.extend(play.max_fail.map(|most| ("max_fail_percentage", Node::Number(most.into()))));
        body.push(("vars", Node::Map(vec![("window_dates", Node::List(play.dates))])));
        body.push(("pre_tasks", guard()));
        body.push(("tasks", Node::List(Vec::new())));
        list.push(Node::Map(body));
    }
    remarks.push("Add your own tasks or roles to each play".to_owned());
    WrittenFile { text: Node::List(list).yaml(), remarks }
}

/// Tasks before those of the roles, which end the play outside of its window, before each batch. A failure would end the
/// playbook, so no later play would run.
fn guard() -> Node {
    const IS_CLOSED: &str = "window_dates | selectattr('start', 'le', now(utc=true, fmt='%FT%TZ')) | \
                             selectattr('end', 'gt', now(utc=true, fmt='%FT%TZ')) | list | length == 0";
    let message = Node::Map(vec![("msg", text("The window is closed now: nothing is done"))]);
    Node::List(vec![
        Node::Map(vec![
            ("name", text("Say that the window is closed")),
            ("ansible.builtin.debug", message),
            ("when", text(IS_CLOSED)),
            ("run_once", Node::Switch(true)),
        ]),
        Node::Map(vec![
            ("name", text("End the play unless the window is open")),
            ("ansible.builtin.meta", text("end_play")),
            ("when", text(IS_CLOSED)),
        ]),
    ])
}
