//! The board of the process: each advisory with its stages from Identify to Document.

use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::compliance::{AdvisoryProcess, ComplianceReport, StageState, processes};
use crate::export::file::Output;
use crate::export::text::one_line;
use crate::model::ProcessStage;
use crate::schedule::Schedule;
use crate::wording::counted;

pub const OUTPUT: Output = Output {
    id: "process",
    name: "Board of the process",
    help: "Each advisory with its stages from Identify to Document: what is there, what is missing, who is responsible",
};

/// The stages of all advisories at the instant of a report.
pub struct ProcessList<'a> {
    pub schedule: &'a Schedule,
    pub report: &'a ComplianceReport<'a>,
}

/// A stage of an advisory. Field names are keys for other programs and must not change.
#[derive(Clone, Debug, Serialize)]
struct StageRow {
    /// Id.
    advisory: String,
    title: String,
    stage: &'static str,
    /// "done", "open" or "not needed".
    state: &'static str,
    /// Whether it is the first stage that is open.
    current: bool,
    /// As the policy says; none if nobody is.
    responsible: Option<String>,
    output: String,
    missing: String,
}

const COLUMNS: [Column<StageRow>; 8] = [
    Column("advisory", |row| (&row.advisory).into()),
    Column("title", |row| (&row.title).into()),
    Column("stage", |row| row.stage.into()),
    Column("state", |row| row.state.into()),
    Column("current", |row| if row.current { "yes" } else { "no" }.into()),
    Column("responsible", |row| Cell::from(&row.responsible)),
    Column("output", |row| (&row.output).into()),
    Column("missing", |row| (&row.missing).into()),
];

impl ProcessList<'_> {
    fn rows(&self) -> Vec<StageRow> {
        processes(self.schedule, self.report).iter().flat_map(|process| self.stages(process)).collect()
    }

    fn stages(&self, process: &AdvisoryProcess<'_>) -> Vec<StageRow> {
        let current = process.current().map(|status| status.stage);
        let row = |status: &crate::compliance::StageStatus| StageRow {
            advisory: process.advisory.id.to_string(),
            title: process.advisory.title.clone(),
            stage: status.stage.name(),
            state: status.state.name(),
            current: current == Some(status.stage),
            responsible: self.schedule.plan.policy().responsible_for(status.stage).map(str::to_owned),
            output: status.output.clone(),
            missing: status.missing.clone(),
        };
        process.stages.iter().map(row).collect()
    }
}

impl Listing for ProcessList<'_> {
    /// An advisory on a line, with the stage that it is in.
    fn page(&self) -> Page {
        let all = processes(self.schedule, self.report);
        let line = |process: &AdvisoryProcess<'_>| {
            let done = process.stages.iter().filter(|status| status.state != StageState::Open).count();
            let current = process.current();
            let who = current.and_then(|status| self.schedule.plan.policy().responsible_for(status.stage));
            [
                one_line(&format!("{} {}", process.advisory.number(), process.advisory.title)),
                format!("{done} of {}", ProcessStage::ALL.len()),
                current.map_or("complete", |status| status.stage.name()).to_owned(),
                one_line(who.unwrap_or_default()),
                current.map_or_else(String::new, |status| one_line(&status.missing)),
            ]
        };
        let complete = all.iter().filter(|process| process.current().is_none()).count();
        let closing = format!("{}, {complete} of them complete", counted(all.len(), "advisory"));
        Page::new(["Advisory", "Stages", "Now", "Responsible", "Missing"], all.iter().map(line).collect(), closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}
