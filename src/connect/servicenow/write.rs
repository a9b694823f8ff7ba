//! A CSV table with a change request for each date, in UTC.

use crate::connect::writing::{Abilities, Entries, NamedScope, WriteRequest, Writer, WrittenFile, title};
use crate::export::{FileType, Output, clean};
use crate::model::WindowKind;
use crate::wording::formulas::guarded;
use crate::wording::{iso, list};

static ABILITIES: Abilities = Abilities::dates_only("ServiceNow");

pub static WRITER: Writer = Writer {
    format: "csv",
    output: Output {
        id: "servicenow-csv",
        name: "ServiceNow, change requests",
        help: "A change request for each date, as a table for an import set",
    },
    file_type: FileType { name: "CSV", endings: &["csv"] },
    abilities: &ABILITIES,
    write,
};

const COLUMNS: [&str; 9] = [
    "short_description",
    "type",
    "start_date",
    "end_date",
    "cmdb_ci",
    "description",
    "backout_plan",
    "test_plan",
    "implementation_plan",
];

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut table = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = table.write_record(COLUMNS);
    for expressed in &request.windows {
        let Entries::Dates(dates) = &expressed.entries else { continue };
        let record = &*expressed.window.window;
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        let systems: Vec<String> = expressed.window.scope.systems.iter().map(|system| clean(&system.name)).collect();
        let kind = match record.kind {
            WindowKind::Standard | WindowKind::Rolling => "standard",
            WindowKind::Emergency => "emergency",
            WindowKind::Extended => "normal",
        };
        let item = if let [only] = &*systems { only.clone() } else { String::new() };
        let about = [
            labelled("Groups", &scope.groups.join(", ")),
            labelled("Systems", &list(&systems, 50)),
            labelled("Impact", &record.impact),
            labelled("Dependencies", &record.dependencies),
        ];
        let about = about.concat();
        for date in dates {
            let (start, end) = (iso::plain_utc_second(date.start_at()), iso::plain_utc_second(date.end_at()));
            let cells = [
                title(record),
                kind.to_owned(),
                start,
                end,
                item.clone(),
                about.trim_end().to_owned(),
                clean(&record.backout.steps),
                String::new(),
                clean(&record.notes),
            ];
            let _ = table.write_record(cells.map(guarded));
        }
    }
    let text = String::from_utf8(table.into_inner().unwrap_or_default()).unwrap_or_default();
    let remarks = vec![
        "Dates are in UTC: tell the transform map, or ServiceNow takes them for the zone of the user".to_owned(),
        "A change has one configuration item: it is empty if a window has several systems, which the description lists"
            .to_owned(),
    ];
    WrittenFile { text, remarks }
}

fn labelled(label: &str, text: &str) -> String {
    let text = clean(text);
    if text.trim().is_empty() { String::new() } else { format!("{label}: {}\n", text.trim()) }
}
