//! The list of advisories: their dates, the occurrences that carry them, and what was decided.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::checks::Context;
use crate::export::file::Output;
use crate::export::iso_times::IsoInstant;
use crate::export::text::one_line;
use crate::model::{Advisory, Decision, FixState};
use crate::schedule::{AdvisoryState, Rollout, SystemRollout};
use crate::wording::{counted, date, epss_in_words};

pub const OUTPUT: Output = Output {
    id: "advisories",
    name: "List of advisories",
    help: "Every advisory with its dates, the windows that install it and what was decided",
};

/// An advisory. Field names are keys for other programs and must not
/// change; the same holds for the records in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdvisoryRow {
    pub id: String,
    pub title: String,
    /// By its CVSS score and the policy.
    pub severity: Option<String>,
    /// "9.8"
    pub cvss: Option<String>,
    #[serde(skip)]
    pub cvss_tenths: Option<u8>,
    pub published: NaiveDate,
    pub exploited: bool,
    /// "internal" or "internet".
    pub exposure: &'static str,
    /// The last day, in the plan's time zone, on which it is in time.
    pub due_on: Option<NaiveDate>,
    /// The instant at which that day ends, or at which its period ends.
    pub due_at: Option<IsoInstant>,
    /// "overdue", "without window", "open", "no fix yet", "in" or "settled".
    pub standing: &'static str,
    /// The affected systems, each with the occurrence that installs the advisory on it.
    pub systems: Vec<AffectedSystem>,
    /// The day, in the plan's time zone, on which it is planned to be installed everywhere.
    pub planned_on: Option<NaiveDate>,
    /// When the last of its occurrences ends.
    pub planned_at: Option<IsoInstant>,
    /// The date on which it was installed everywhere.
    pub in_on: Option<NaiveDate>,
    /// In the order in which they were made; the last one holds.
    pub decisions: Vec<DecisionRow>,
    /// The probability that it is exploited within 30 days: "0.97565".
    pub epss: Option<String>,
    /// "available" or "missing"; none if unknown.
    pub fix: Option<&'static str>,
    /// The day since which there is a fix.
    pub fix_on: Option<NaiveDate>,
    /// The programs whose files reported it.
    pub reported_by: Vec<String>,
}

/// An affected system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AffectedSystem {
    /// Id.
    pub system: String,
    /// Id of the window that installs the advisory, and the original date of the occurrence.
    pub window: Option<String>,
    pub on: Option<NaiveDate>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    pub decision: &'static str,
    pub by: String,
    pub on: NaiveDate,
    pub reason: String,
    /// The last day on which it is in force.
    pub until: Option<NaiveDate>,
    /// The ids of the systems that it is about; empty for all.
    pub systems: Vec<String>,
}

/// The first six columns are those that an import reads. The last decision has separate columns; the last column lists
/// all decisions.
const COLUMNS: [Column<AdvisoryRow>; 23] = [
    Column("id", |row| (&row.id).into()),
    Column("title", |row| (&row.title).into()),
    Column("cvss", |row| row.cvss_tenths.map_or(Cell::Empty, |tenths| Cell::Tenths(tenths.into()))),
    Column("published", |row| row.published.into()),
    Column("exploited", |row| if row.exploited { "yes" } else { "no" }.into()),
    Column("systems", |row| joined(row.systems.iter().map(|each| each.system.clone()))),
    Column("severity", |row| Cell::from(&row.severity)),
    Column("exposure", |row| row.exposure.into()),
    Column("due_on", |row| Cell::from(&row.due_on)),
    Column("standing", |row| row.standing.into()),
    Column("planned_on", |row| Cell::from(&row.planned_on)),
    Column("carried_by", carried_by),
    Column("in_on", |row| Cell::from(&row.in_on)),
    Column("decision", |row| last(row, |decision| decision.decision.into())),
    Column("decided_by", |row| last(row, |decision| (&decision.by).into())),
    Column("decided_on", |row| last(row, |decision| decision.on.into())),
    Column("reason", |row| last(row, |decision| (&decision.reason).into())),
    Column("decisions", |row| {
        joined(row.decisions.iter().map(|each| format!("{} {} {}: {}", each.on, each.decision, each.by, each.reason)))
    }),
    Column("until", |row| last(row, |decision| Cell::from(&decision.until))),
    Column("epss", |row| Cell::from(&row.epss)),
    Column("fix", |row| row.fix.map_or(Cell::Empty, Cell::from)),
    Column("fix_on", |row| Cell::from(&row.fix_on)),
    Column("reported_by", |row| joined(row.reported_by.iter().cloned())),
];

/// The advisories in the order of work: open ones first, of them what is exploited, likely to be, and severe.
pub struct AdvisoryList<'a> {
    pub context: &'a Context<'a>,
}

impl AdvisoryList<'_> {
    /// A row for each advisory.
    pub fn rows(&self) -> Vec<AdvisoryRow> {
        let mut rollouts: Vec<(AdvisoryState, Rollout<'_>)> = self.context.rollouts().collect();
        // The table comes in the order of ids, and the sort keeps that order among equals.
        rollouts.sort_by_cached_key(|(standing, each)| each.urgency(*standing));
        rollouts.iter().map(|(standing, rollout)| row(self.context, *standing, rollout)).collect()
    }
}

impl Listing for AdvisoryList<'_> {
    fn page(&self) -> Page {
        let rows = self.rows();
        let overdue = rows.iter().filter(|row| row.standing == AdvisoryState::Overdue.name()).count();
        let count = counted(rows.len(), "advisory");
        let closing = if overdue == 0 { count } else { format!("{count}, {overdue} of them overdue") };
        let columns = ["Due", "State", "Severity", "Advisory", "Installed on", "Decision"];
        Page::new(columns, rows.iter().map(line).collect(), closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}

fn row(cx: &Context<'_>, standing: AdvisoryState, rollout: &Rollout<'_>) -> AdvisoryRow {
    let advisory: &Advisory = rollout.advisory;
    let zone = &cx.schedule.zone;
    let planned = rollout.planned_on(zone).zip(rollout.installed_at()).filter(|_| standing.is_open());
    let (planned_on, planned_at) = planned.unzip();
    AdvisoryRow {
        id: advisory.id.to_string(),
        title: advisory.title.clone(),
        severity: rollout.severity.map(|severity| severity.name.clone()),
        cvss: advisory.cvss_tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)),
        cvss_tenths: advisory.cvss_tenths,
        published: advisory.published_on,
        exploited: advisory.is_exploited,
        exposure: advisory.exposure.name(),
        due_on: rollout.due_on(zone),
        due_at: rollout.due_at.map(IsoInstant),
        standing: standing.name(),
        systems: rollout.systems.iter().map(|carried| system(carried, standing)).collect(),
        planned_on,
        planned_at: planned_at.map(IsoInstant),
        in_on: advisory.in_on,
        decisions: advisory.decisions.iter().map(decision).collect(),
        epss: advisory.epss_per_100_000.map(epss_in_words),
        fix: match advisory.fix {
            FixState::Unknown => None,
            FixState::Missing => Some("missing"),
            FixState::Available { .. } => Some("available"),
        },
        fix_on: match advisory.fix {
            FixState::Available { on } => on,
            FixState::Unknown | FixState::Missing => None,
        },
        reported_by: advisory.reported_by.clone(),
    }
}

/// Nothing carries an advisory that is in or settled.
fn system(carried: &SystemRollout<'_>, standing: AdvisoryState) -> AffectedSystem {
    let by = carried.by.filter(|_| standing.is_open() && !carried.is_excused && carried.installed_on.is_none());
    AffectedSystem {
        system: carried.system.id.to_string(),
        window: by.map(|(window, _)| window.id().to_string()),
        on: by.map(|(_, occurrence)| occurrence.original_on()),
    }
}

fn decision(decision: &Decision) -> DecisionRow {
    let Decision { verdict, by, on, until, systems, reason } = decision;
    let systems = systems.iter().map(ToString::to_string).collect();
    DecisionRow { decision: verdict.name(), by: by.clone(), on: *on, reason: reason.clone(), until: *until, systems }
}

fn joined(parts: impl Iterator<Item = String>) -> Cell {
    parts.collect::<Vec<_>>().join("; ").into()
}

/// "db 2027-03-13; web 2027-03-20"
fn carried_by(row: &AdvisoryRow) -> Cell {
    let occurrences = row.systems.iter().filter_map(|each| Some(format!("{} {}", each.window.as_ref()?, each.on?)));
    let mut occurrences: Vec<String> = occurrences.collect();
    occurrences.sort();
    occurrences.dedup();
    joined(occurrences.into_iter())
}

/// A part of the last decision.
fn last(row: &AdvisoryRow, part: fn(&DecisionRow) -> Cell) -> Cell {
    row.decisions.last().map_or(Cell::Empty, part)
}

fn line(row: &AdvisoryRow) -> [String; 6] {
    let day = |on: Option<NaiveDate>| on.map_or_else(String::new, date);
    let score = row.cvss.iter().cloned();
    let decision = row.decisions.last();
    [
        day(row.due_on),
        in_words(row.standing).to_owned(),
        row.severity.iter().map(|name| one_line(name)).chain(score).collect::<Vec<_>>().join(" "),
        one_line(&format!("{} {}", row.id, row.title)),
        day(row.in_on.or(row.planned_on)),
        decision
            .map_or_else(String::new, |last| one_line(&format!("{}, {}, {}", last.decision, last.by, date(last.on)))),
    ]
}

/// The state as people say it. The words in JSON and CSV stay as they are, because other programs read them.
fn in_words(standing: &'static str) -> &'static str {
    match standing {
        "without window" => "no window in time",
        "in" => "installed",
        other => other,
    }
}
