//! A PowerShell script with single dates in UTC. Recurring windows with an offset are clamped or lost at the end of a month.

use std::fmt::Write as _;

use crate::connect::writing::quoting::{comment, powershell};
use crate::connect::writing::{Abilities, Entries, NamedScope, WriteRequest, Writer, WrittenFile, title};
use crate::export::{FileType, Output, clip_line};
use crate::model::UtcMinute;
use crate::wording::{iso, list};

static ABILITIES: Abilities = Abilities {
    shortest: 5,
    longest: Some(24 * 60 - 1),
    needs_scope: true,
    ..Abilities::dates_because("ConfigMgr", "rules of ConfigMgr lose offsets at the end of a month")
};

pub static WRITER: Writer = Writer {
    format: "powershell",
    output: Output {
        id: "configmgr-powershell",
        name: "Microsoft Configuration Manager, PowerShell",
        help: "A script that creates a maintenance window for each date",
    },
    file_type: FileType { name: "PowerShell scripts", endings: &["ps1"] },
    abilities: &ABILITIES,
    write,
};

const HEAD: &str = "# Maintenance windows for Configuration Manager. Times are in UTC.\n\
                    # Enter the id of the collection of each group, e.g. 'ABC00123'.\n$collections = New-Object \
                    System.Collections.Hashtable ([StringComparer]::Ordinal)\n";
const FUNCTION: &str = "\nforeach ($group in $collections.Keys) {\n    if (-not (Get-CMCollection -Id $collections[$group])) \
                        {\n        throw \"Enter the id of the collection of $group\"\n    }\n}\n\nfunction Add-PlannedWindow($group, \
                        $name, $from, $until) {\n    $form = 'yyyy-MM-dd HH:mm'\n    $culture = \
                        [cultureinfo]::InvariantCulture\n    $start = [datetime]::ParseExact($from, $form, $culture)\n    \
                        $end = [datetime]::ParseExact($until, $form, $culture)\n    $schedule = New-CMSchedule \
                        -Nonrecurring -Start $start -End $end -IsUtc\n    New-CMMaintenanceWindow -CollectionId \
                        $collections[$group] -Name $name -Schedule $schedule -ApplyTo SoftwareUpdatesOnly\n}\n\n";

fn minute(at: UtcMinute) -> String {
    iso::utc_minute(at).replacen('T', " ", 1).trim_end_matches('Z').to_owned()
}

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut lines = String::new();
    let mut groups: Vec<String> = Vec::new();
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let title = title(&expressed.window.window);
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        let named: Vec<String> = scope.groups.into_iter().chain(scope.systems).collect();
        let _ = writeln!(lines, "# {}", comment(&title));
        for date in dates {
            let name = format!("{} {}", clip_line(&title, 100), date.on());
            for group in &named {
                let (group, name) = (powershell(group), powershell(&name));
                let (from, until) = (minute(date.start_at()), minute(date.end_at()));
                let _ = writeln!(lines, "Add-PlannedWindow {group} {name} '{from}' '{until}'");
            }
        }
        groups.extend(named);
    }
    groups.sort();
    groups.dedup();
    let mut text = HEAD.to_owned();
    for group in &groups {
        let _ = writeln!(text, "$collections[{}] = 'ENTER-COLLECTION-ID'", powershell(group));
    }
    text.push_str(FUNCTION);
    text.push_str(&lines);
    let mut remarks = Vec::new();
    if !groups.is_empty() {
        remarks.push(format!("The script stops until it has the id of each collection: {}", list(groups, 8)));
    }
    // Without this mark, Windows PowerShell reads the file in the code page of the machine.
    WrittenFile { text: format!("\u{feff}{text}"), remarks }
}
