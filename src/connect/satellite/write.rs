//! A shell script with one `hammer` line for each date. Recurring jobs have plain cron lines, without nth weekdays.

use std::fmt::Write as _;

use crate::connect::writing::quoting::{comment, shell};
use crate::connect::writing::{
    Abilities, Acts, Entries, LossKind, NamedScope, WriteRequest, Writer, WrittenFile, title,
};
use crate::export::{FileType, IsoInstant, Output, clip_line};

static ABILITIES: Abilities = Abilities {
    needs_scope: true,
    acts: Acts::AtStart,
    written_group: Some(searchable),
    written_system: Some(searchable),
    also_lost: &[(
        LossKind::Hours,
        "Satellite has no end of work: a job that has not begun by the end of the window is cancelled, one that runs goes on",
    )],
    ..Abilities::dates_only("Satellite")
};

pub static WRITER: Writer = Writer {
    format: "hammer",
    output: Output {
        id: "satellite-hammer",
        name: "Red Hat Satellite, hammer",
        help: "A script with a hammer line for each date",
    },
    file_type: FileType { name: "Shell scripts", endings: &["sh"] },
    abilities: &ABILITIES,
    write,
};

const HEAD: &str = "#!/bin/sh\n# Update jobs for Satellite. Times are in UTC. Change the template and its inputs if yours are \
                    others.\nset -eu\nJOB_TEMPLATE='Package Action - Script Default'\nINPUTS='action=update'\n\n";

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut text = HEAD.to_owned();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let title = title(&expressed.window.window);
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        let groups = scope.groups.iter().map(|name| format!("host_collection = {}", searched(name)));
        let systems = scope.systems.iter().map(|name| format!("name = {}", searched(name)));
        let query = shell(&groups.chain(systems).collect::<Vec<_>>().join(" or "));
        let _ = writeln!(text, "# {}", comment(&title));
        for date in dates {
            let name = shell(&format!("{} {}", clip_line(&title, 200), date.on()));
            let (start, end) = (IsoInstant(date.start_at()), IsoInstant(date.end_at()));
            let _ = writeln!(
                text,
                "hammer job-invocation create --job-template \"$JOB_TEMPLATE\" --inputs \"$INPUTS\" --search-query {query} \
                 --description-format {name} --start-at '{start}' --start-before '{end}'"
            );
        }
    }
    let remarks = vec![
        "Host collections of Satellite must have the names of the plan's groups, and hosts those of systems".to_owned(),
    ];
    WrittenFile { text, remarks }
}

/// A name in a search of Satellite.
fn searched(name: &str) -> String {
    format!("\"{}\"", searchable(name))
}

/// A name without quotation marks, which a search cannot have.
fn searchable(name: &str) -> String {
    name.replace(['"', '\\'], "_")
}
