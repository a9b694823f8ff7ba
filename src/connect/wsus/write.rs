//! A PowerShell script for every day: it approves updates for the groups whose window is on the next day.

use std::fmt::Write as _;

use chrono::Days;

use crate::connect::writing::quoting::powershell;
use crate::connect::writing::{
    Abilities, Acts, Entries, LossKind, NamedScope, WriteRequest, Writer, WrittenFile, title,
};
use crate::export::{FileType, Output};

static ABILITIES: Abilities = Abilities {
    needs_scope: true,
    acts: Acts::DayBefore,
    also_lost: &[(
        LossKind::Hours,
        "WSUS has no windows: it approves updates the day before, and each computer installs them at its own time",
    )],
    ..Abilities::dates_only("WSUS")
};

pub static WRITER: Writer = Writer {
    format: "powershell",
    output: Output {
        id: "wsus-powershell",
        name: "Windows Server Update Services, PowerShell",
        help: "A daily script that approves updates the day before each date",
    },
    file_type: FileType { name: "PowerShell scripts", endings: &["ps1"] },
    abilities: &ABILITIES,
    write,
};

const HEAD: &str = "# Run this every day on the WSUS server: it approves security updates for groups whose window is tomorrow.\n\
                    $approvals = @(\n";
const END: &str = ")\n\n$today = (Get-Date).ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)\n\
                   foreach ($approval in $approvals | Where-Object { $_.On -eq $today }) {\n    \
                   Get-WsusUpdate -Classification Security -Approval AnyExceptDeclined -Status Any |\n        \
                   Approve-WsusUpdate -Action Install -TargetGroupName $approval.Group\n}\n";

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut lines: Vec<(chrono::NaiveDate, String)> = Vec::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        let title = powershell(&title(&expressed.window.window));
        for date in dates {
            let on = date.on().checked_sub_days(Days::new(1)).unwrap_or(date.on());
            for group in scope.groups.iter().chain(&scope.systems) {
                let group = powershell(group);
                lines.push((on, format!("    @{{ On = '{on}'; Group = {group}; Window = {title} }}")));
            }
        }
    }
    lines.sort();
    let mut text = format!("\u{feff}{HEAD}");
    for (_, line) in &lines {
        let _ = writeln!(text, "{line}");
    }
    text.push_str(END);
    let remarks = vec!["Computer groups of WSUS must have the names of the plan's groups".to_owned()];
    WrittenFile { text, remarks }
}
