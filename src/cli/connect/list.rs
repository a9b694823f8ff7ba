//! `connect list`: the connected systems with what is read and written.

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use crate::cli::arguments::ReportForm;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::cli::report_file::ReportArguments;
use crate::connect::{SYSTEMS, kinds_of};
use crate::export::json_list;
use crate::export::lists::aligned;

/// List the connected systems, with what is read from and written for each
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    report: ReportArguments,
}

#[derive(Serialize)]
struct Row {
    id: &'static str,
    name: &'static str,
    reads: Vec<&'static str>,
    writes: Vec<WriteRow>,
}

#[derive(Serialize)]
struct WriteRow {
    format: &'static str,
    ending: &'static str,
}

impl Run for List {
    fn run(&self, _: DateTime<Utc>) -> Result<Reply, Failure> {
        let rows: Vec<Row> = SYSTEMS
            .iter()
            .map(|system| Row {
                id: system.id,
                name: system.name,
                reads: kinds_of(system).map(|kind| kind.id).collect(),
                writes: system
                    .writes
                    .iter()
                    .map(|writer| WriteRow { format: writer.format, ending: writer.file_type.ending() })
                    .collect(),
            })
            .collect();
        let report = self.report.checked(&[])?;
        let what = "Connected systems";
        if report.form == ReportForm::Json {
            return report.reply(json_list(&rows), what);
        }
        let line = |row: &Row| {
            let writes = row.writes.iter().map(|write| format!("{} (.{})", write.format, write.ending));
            [row.id.to_owned(), row.name.to_owned(), row.reads.join(", "), writes.collect::<Vec<_>>().join(", ")]
        };
        let mut lines = vec![["ID", "System", "Reads", "Writes"].map(str::to_owned)];
        lines.extend(rows.iter().map(line));
        report.reply(aligned(&lines), what)
    }
}
