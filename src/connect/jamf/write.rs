//! A text with the settings of a policy for each date.

use std::fmt::Write as _;

use crate::connect::writing::{Abilities, Entries, NamedScope, WriteRequest, Writer, WrittenFile, title};
use crate::export::{FileType, Output};
use crate::model::LocalMinute;
use crate::wording::{list, moment, moment_with_zone};

static ABILITIES: Abilities = Abilities::dates_only("Jamf");

pub static WRITER: Writer = Writer {
    format: "text",
    output: Output {
        id: "jamf-text",
        name: "Jamf Pro, settings",
        help: "The activation and expiration of a policy for each date, to enter in the web page",
    },
    file_type: FileType { name: "Text", endings: &["txt"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut text =
        "Settings of policies in Jamf Pro: General, Server-Side Limitations.\nTimes are in UTC; those of the web \
                    page are on the clock of your Jamf server.\n"
            .to_owned();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        let names: Vec<String> = scope.groups.into_iter().chain(scope.systems).collect();
        let _ = writeln!(text, "\n{}", title(&expressed.window.window));
        let _ = writeln!(
            text,
            "  Computer groups: {}",
            if names.is_empty() { "none".to_owned() } else { list(&names, names.len()) }
        );
        for date in dates {
            let utc = |at: crate::model::UtcMinute| moment(LocalMinute(at.0).to_naive());
            let own = moment_with_zone(expressed.window.zoned(date.start_at()));
            let (start, end) = (utc(date.start_at()), utc(date.end_at()));
            let _ = writeln!(text, "  Activation {start}, expiration {end} (begins {own})");
        }
    }
    WrittenFile { text, remarks: Vec::new() }
}
