//! The dates of each window as data for Hiera.

use crate::connect::writing::{
    Abilities, Entries, Identifiers, NamedScope, Node, WriteRequest, Writer, WrittenFile, text, texts, title,
};
use crate::export::{FileType, IsoInstant, Output};

static ABILITIES: Abilities = Abilities::dates_only("Hiera");

pub static WRITER: Writer = Writer {
    format: "hiera",
    output: Output { id: "puppet-hiera", name: "Puppet, Hiera", help: "The dates of each window as data for a module" },
    file_type: FileType { name: "YAML", endings: &["yaml", "yml"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut names = Identifiers::new("_", 100).lower();
    let mut windows = Vec::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let title = title(&expressed.window.window);
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        let date = |date: &crate::connect::writing::SingleDate<'_>| {
            Node::Map(vec![
                ("start", text(IsoInstant(date.start_at()).to_string())),
                ("end", text(IsoInstant(date.end_at()).to_string())),
            ])
        };
        windows.push((
            names.next(&title),
            Node::Map(vec![
                ("title", text(literal(&title))),
                ("groups", texts(scope.groups.iter().map(|name| literal(name)))),
                ("systems", texts(scope.systems.iter().map(|name| literal(name)))),
                ("dates", Node::List(dates.iter().map(date).collect())),
            ]),
        ));
    }
    let document = Node::Map(vec![("maintenance_windows", Node::Named(windows))]);
    let remarks = vec!["Hiera starts nothing: a module of yours must read maintenance_windows".to_owned()];
    WrittenFile { text: document.yaml(), remarks }
}

/// Hiera replaces %{…} in values: a literal percent sign is a call of a function.
fn literal(text: &str) -> String {
    text.replace("%{", "%{literal('%')}{")
}
