//! The list of cycles: every release going up every ladder.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::export::file::Output;
use crate::export::iso_times::IsoInstant;
use crate::export::text::one_line;
use crate::model::{LadderId, Subject, UtcMinute};
use crate::schedule::{Cycle, CycleStep, Cycles, MissReason, MissedGroup, OccurrenceKey, Schedule};
use crate::wording::{counted, date};

pub const OUTPUT: Output = Output {
    id: "cycles",
    name: "List of cycles",
    help: "When each release reaches the groups of its ladders, and what it misses",
};

/// A cycle. Field names are keys for other programs and must not
/// change; the same holds for the records in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CycleRow {
    /// Ids.
    pub ladder: String,
    pub release: String,
    pub released_at: IsoInstant,
    /// The next release of the calendar, even after the plan's months.
    pub next_release_at: Option<IsoInstant>,
    /// One for each group that is reached, in the ladder's order.
    pub steps: Vec<StepRow>,
    /// When the last group is done; none if a group is not reached.
    pub reached_at: Option<IsoInstant>,
    pub minutes_to_all: Option<u32>,
    /// Whether the last group is done only after the next release (R004).
    pub collides: bool,
    /// Whether a group is certain never to be reached (R003).
    pub incomplete: bool,
    pub missed: Option<MissedRow>,
    /// In the policy's order.
    pub deadlines: Vec<DeadlineRow>,
}

/// A group that is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepRow {
    /// The group's id.
    pub group: String,
    pub allowed_at: IsoInstant,
    pub start_at: IsoInstant,
    pub end_at: IsoInstant,
    pub soak_minutes: u32,
    pub occurrences: Vec<OccurrenceRef>,
    /// The first freeze that removed an earlier occurrence.
    pub displaced_by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OccurrenceRef {
    /// The window's id.
    pub window: String,
    pub original_on: NaiveDate,
}

/// The first group that is missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissedRow {
    /// The group's id.
    pub group: String,
    /// "no-window", "no-occurrence", "freeze", "skipped", "order", "soak" or "after-horizon".
    pub why: &'static str,
    /// The cause, such as "freeze year-end" or "system db-1".
    pub subject: Option<String>,
    pub occurrence: Option<OccurrenceRef>,
    /// Whether the plan ends before the next release.
    pub open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadlineRow {
    pub severity: String,
    pub at: IsoInstant,
}

/// The cycles of one ladder, or of all, by ladder, then release.
pub struct CycleList<'a> {
    pub schedule: &'a Schedule,
    pub ladder: Option<&'a LadderId>,
}

impl CycleList<'_> {
    /// What `show` makes of each cycle and the id of its ladder.
    fn each<T>(&self, show: impl Fn(&LadderId, &Cycle) -> T) -> Vec<T> {
        let cycles = Cycles::derive(self.schedule);
        let ladders = cycles.ladders.iter().filter(|each| self.ladder.is_none_or(|ladder| each.ladder == *ladder));
        ladders.flat_map(|each| each.cycles.iter().map(|cycle| show(&each.ladder, cycle))).collect()
    }
}

impl Listing for CycleList<'_> {
    fn page(&self) -> Page {
        let lines = self.each(|ladder, cycle| line(self.schedule, ladder, cycle));
        let closing = counted(lines.len(), "cycle");
        Page::new(["Ladder", "Release", "100 %", "Days", "Remark"], lines, closing)
    }

    fn json(&self) -> String {
        json_rows(&self.each(|ladder, cycle| row(self.schedule, ladder, cycle)))
    }

    fn table(&self) -> Table {
        let cycles = self.each(|ladder, cycle| row(self.schedule, ladder, cycle));
        let lines: Vec<GroupLine<'_>> = cycles.iter().flat_map(group_lines).collect();
        Table::new(&columns(), &lines)
    }
}

/// A line of the table: a group that a cycle reaches, or with no step the first one that it misses.
struct GroupLine<'a> {
    cycle: &'a CycleRow,
    step: Option<&'a StepRow>,
}

impl GroupLine<'_> {
    fn missed(&self) -> Option<&MissedRow> {
        self.cycle.missed.as_ref().filter(|_| self.step.is_none())
    }
}

fn group_lines(cycle: &CycleRow) -> impl Iterator<Item = GroupLine<'_>> {
    let steps = cycle.steps.iter().map(move |step| GroupLine { cycle, step: Some(step) });
    steps.chain(cycle.missed.iter().map(move |_| GroupLine { cycle, step: None }))
}

fn columns<'a>() -> [Column<GroupLine<'a>>; 15] {
    [
        Column("ladder", |line| (&line.cycle.ladder).into()),
        Column("release", |line| (&line.cycle.release).into()),
        Column("released_at", |line| line.cycle.released_at.into()),
        Column("next_release_at", |line| Cell::from(&line.cycle.next_release_at)),
        Column("group", |line| {
            let missed = line.missed().map(|missed| &missed.group);
            line.step.map(|step| &step.group).or(missed).map_or(Cell::Empty, Into::into)
        }),
        Column("allowed_at", |line| line.step.map_or(Cell::Empty, |step| step.allowed_at.into())),
        Column("start_at", |line| line.step.map_or(Cell::Empty, |step| step.start_at.into())),
        Column("end_at", |line| line.step.map_or(Cell::Empty, |step| step.end_at.into())),
        Column("soak_minutes", |line| line.step.map_or(Cell::Empty, |step| step.soak_minutes.into())),
        Column("displaced_by", |line| line.step.map_or(Cell::Empty, |step| Cell::from(&step.displaced_by))),
        Column("missed_because", |line| line.missed().map_or(Cell::Empty, |missed| missed.why.into())),
        Column("missed_by", |line| line.missed().map_or(Cell::Empty, |missed| Cell::from(&missed.subject))),
        Column("reached_at", |line| Cell::from(&line.cycle.reached_at)),
        Column("minutes_to_all", |line| Cell::from(&line.cycle.minutes_to_all)),
        Column("collides", |line| if line.cycle.collides { "yes" } else { "no" }.into()),
    ]
}

fn row(schedule: &Schedule, ladder: &LadderId, cycle: &Cycle) -> CycleRow {
    let severities = schedule.plan.policy().severities.iter();
    CycleRow {
        ladder: ladder.to_string(),
        release: cycle.release.to_string(),
        released_at: IsoInstant(cycle.released_at),
        next_release_at: cycle.next_at.map(IsoInstant),
        steps: cycle.steps.iter().map(|step| step_row(schedule, ladder, step)).collect(),
        reached_at: cycle.reached_at().map(IsoInstant),
        minutes_to_all: cycle.to_all().map(|minutes| minutes.0),
        collides: cycle.collides(),
        incomplete: cycle.is_incomplete(),
        missed: cycle.missed.as_ref().map(|missed| missed_row(schedule, ladder, missed)),
        deadlines: severities
            .map(|each| DeadlineRow { severity: each.name.clone(), at: IsoInstant(cycle.deadline_at(each)) })
            .collect(),
    }
}

fn step_row(schedule: &Schedule, ladder: &LadderId, step: &CycleStep) -> StepRow {
    StepRow {
        group: group_id(schedule, ladder, step.group),
        allowed_at: IsoInstant(step.allowed_at),
        start_at: IsoInstant(step.start_at),
        end_at: IsoInstant(step.end_at),
        soak_minutes: step.soak.0,
        occurrences: step.occurrences.iter().map(occurrence_row).collect(),
        displaced_by: step.displaced_by.as_ref().map(ToString::to_string),
    }
}

fn missed_row(schedule: &Schedule, ladder: &LadderId, missed: &MissedGroup) -> MissedRow {
    let (why, subject) = match &missed.why {
        MissReason::NoWindow(id) => ("no-window", Some(Subject::System(id.clone()))),
        MissReason::NoOccurrence(id) => ("no-occurrence", Some(Subject::System(id.clone()))),
        MissReason::Freeze(id) => ("freeze", Some(Subject::Freeze(id.clone()))),
        MissReason::Skipped => ("skipped", None),
        MissReason::Order => ("order", None),
        MissReason::Soak => ("soak", None),
        MissReason::AfterHorizon => ("after-horizon", None),
    };
    MissedRow {
        group: group_id(schedule, ladder, missed.group),
        why,
        subject: subject.map(|subject| subject.to_string()),
        occurrence: missed.occurrence.as_ref().map(occurrence_row),
        open: missed.is_open,
    }
}

fn occurrence_row(key: &OccurrenceKey) -> OccurrenceRef {
    OccurrenceRef { window: key.window.to_string(), original_on: key.on }
}

fn group_id(schedule: &Schedule, ladder: &LadderId, group: usize) -> String {
    let ladder = schedule.plan.ladders().get(ladder);
    ladder.and_then(|ladder| ladder.groups.get(group)).map_or_else(String::new, |group| group.id.to_string())
}

fn line(schedule: &Schedule, ladder: &LadderId, cycle: &Cycle) -> [String; 5] {
    let on = |at: UtcMinute| date(schedule.zone.local(at).date());
    let remark = cycle.missed.as_ref().map_or_else(String::new, |missed| {
        let ladder = schedule.plan.ladders().get(ladder);
        let group = ladder.and_then(|ladder| ladder.groups.get(missed.group)).map_or("", |group| group.name.as_str());
        let late = if cycle.collides() { "after the next release; " } else { "" };
        one_line(&format!("{late}{group}: {}", missed.in_words(schedule)))
    });
    [
        one_line(&Subject::Ladder(ladder.clone()).name(&schedule.plan)),
        on(cycle.released_at),
        cycle.reached_at().map_or_else(|| "not reached".to_owned(), on),
        cycle.days_to_all().map_or_else(String::new, |days| days.to_string()),
        remark,
    ]
}
