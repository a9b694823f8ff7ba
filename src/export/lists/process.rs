//! The boards of the process: each advisory, and each release on a ladder, with its stages from Identify to Document.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::compliance::{
    AdvisoryProcess, ComplianceReport, Process, ReleaseProcess, StageState, StageStatus, processes, release_processes,
};
use crate::export::file::Output;
use crate::export::text::one_line;
use crate::model::{ProcessStage, UtcMinute};
use crate::schedule::Schedule;
use crate::wording::{counted, date};

pub const ADVISORIES: Output = Output {
    id: "process",
    name: "Board of advisories",
    help: "Each advisory with its stages from Identify to Document: what is there, what is missing, who is responsible",
};

pub const RELEASES: Output = Output {
    id: "release-process",
    name: "Board of releases",
    help: "Each release on each ladder with its stages from Identify to Document: what is there, what is missing, who is \
           responsible",
};

/// The stages of all advisories at the instant of a report.
pub struct ProcessList<'a> {
    pub schedule: &'a Schedule,
    pub report: &'a ComplianceReport<'a>,
}

/// The stages of all releases at an instant, on each ladder that follows them.
pub struct ReleaseProcessList<'a> {
    pub schedule: &'a Schedule,
    pub at: UtcMinute,
}

/// A stage. Field names are keys for other programs and must not change.
#[derive(Clone, Debug, Serialize)]
struct StageRow<S> {
    #[serde(flatten)]
    subject: S,
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

#[derive(Clone, Debug, Serialize)]
struct AdvisoryKey {
    /// Id.
    advisory: String,
    title: String,
}

#[derive(Clone, Debug, Serialize)]
struct ReleaseKey {
    /// Ids.
    ladder: String,
    calendar: String,
    /// Its date on the plan's clock.
    release: NaiveDate,
}

const ADVISORY_COLUMNS: [Column<StageRow<AdvisoryKey>>; 2] =
    [Column("advisory", |row| (&row.subject.advisory).into()), Column("title", |row| (&row.subject.title).into())];

const RELEASE_COLUMNS: [Column<StageRow<ReleaseKey>>; 3] = [
    Column("ladder", |row| (&row.subject.ladder).into()),
    Column("calendar", |row| (&row.subject.calendar).into()),
    Column("release", |row| row.subject.release.into()),
];

impl<S> StageRow<S> {
    /// These columns, and those of all stages.
    fn columns(of_subject: impl IntoIterator<Item = Column<Self>>) -> Vec<Column<Self>> {
        let of_stage: [Column<Self>; 6] = [
            Column("stage", |row| row.stage.into()),
            Column("state", |row| row.state.into()),
            Column("current", |row| if row.current { "yes" } else { "no" }.into()),
            Column("responsible", |row| Cell::from(&row.responsible)),
            Column("output", |row| (&row.output).into()),
            Column("missing", |row| (&row.missing).into()),
        ];
        of_subject.into_iter().chain(of_stage).collect()
    }
}

/// A row for each stage of each process.
fn rows<S, K: Clone>(schedule: &Schedule, all: &[Process<S>], key: impl Fn(&S) -> K) -> Vec<StageRow<K>> {
    let stages = all.iter().flat_map(|process| process.stages.iter().map(move |status| (process, status)));
    let row = |(process, status): (&Process<S>, &StageStatus)| StageRow {
        subject: key(&process.subject),
        stage: status.stage.name(),
        state: status.state.name(),
        current: process.current().is_some_and(|current| current.stage == status.stage),
        responsible: schedule.plan.policy().responsible_for(status.stage).map(str::to_owned),
        output: status.output.clone(),
        missing: status.missing.clone(),
    };
    stages.map(row).collect()
}

/// A line for each process, with the stage that it is in.
fn page<S>(schedule: &Schedule, all: &[Process<S>], [title, noun]: [&'static str; 2], name: fn(&S) -> String) -> Page {
    let line = |process: &Process<S>| {
        let done = process.stages.iter().filter(|status| status.state != StageState::Open).count();
        let current = process.current();
        let who = current.and_then(|status| schedule.plan.policy().responsible_for(status.stage));
        [
            one_line(&name(&process.subject)),
            format!("{done} of {}", ProcessStage::ALL.len()),
            current.map_or("complete", |status| status.stage.name()).to_owned(),
            one_line(who.unwrap_or_default()),
            current.map_or_else(String::new, |status| one_line(&status.missing)),
        ]
    };
    let complete = all.iter().filter(|process| process.current().is_none()).count();
    let closing = format!("{}, {complete} of them complete", counted(all.len(), noun));
    Page::new([title, "Stages", "Now", "Responsible", "Missing"], all.iter().map(line).collect(), closing)
}

impl<'a> ProcessList<'a> {
    fn all(&self) -> Vec<AdvisoryProcess<'a>> {
        processes(self.schedule, self.report)
    }

    fn rows(&self) -> Vec<StageRow<AdvisoryKey>> {
        rows(self.schedule, &self.all(), |advisory| AdvisoryKey {
            advisory: advisory.id.to_string(),
            title: advisory.title.clone(),
        })
    }
}

impl<'a> ReleaseProcessList<'a> {
    fn all(&self) -> Vec<ReleaseProcess<'a>> {
        release_processes(self.schedule, self.at)
    }

    fn rows(&self) -> Vec<StageRow<ReleaseKey>> {
        rows(self.schedule, &self.all(), |release| ReleaseKey {
            ladder: release.ladder.id.to_string(),
            calendar: release.calendar.id.to_string(),
            release: release.on,
        })
    }
}

impl Listing for ProcessList<'_> {
    fn page(&self) -> Page {
        page(self.schedule, &self.all(), ["Advisory", "advisory"], |advisory| {
            format!("{} {}", advisory.number(), advisory.title)
        })
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&StageRow::columns(ADVISORY_COLUMNS), &self.rows())
    }
}

impl Listing for ReleaseProcessList<'_> {
    fn page(&self) -> Page {
        page(self.schedule, &self.all(), ["Release", "release"], |release| {
            format!("{}, {}", release.ladder.name, date(release.on))
        })
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&StageRow::columns(RELEASE_COLUMNS), &self.rows())
    }
}
