//! Each release going up each ladder: for people (text) and machines (JSON).

use chrono::NaiveDate;
use serde::Serialize;

use super::text::one_line;
use crate::model::{LadderId, Subject, UtcMinute};
use crate::schedule::{Cycle, CycleStep, Cycles, Missed, OccurrenceKey, Schedule, Why};
use crate::wording::{counted, date, iso};

/// One cycle. The fields' names are the keys that others read: they stay; so in the rows below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CycleRow {
    /// Ids.
    pub ladder: String,
    pub release: String,
    /// "2027-03-09T18:00:00Z"
    pub released_at: String,
    /// The next release of the calendar, also where it lies behind the plan's months.
    pub next_release_at: Option<String>,
    /// One for each group that is reached, in the ladder's order.
    pub steps: Vec<StepRow>,
    /// When the last group is through; none where a group is not reached.
    pub reached_at: Option<String>,
    pub minutes_to_all: Option<u32>,
    /// Whether the last group is through only after the next release (R004).
    pub collides: bool,
    /// Whether a group is certainly never reached (R003).
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
    pub allowed_at: String,
    pub start_at: String,
    pub end_at: String,
    pub soak_minutes: u32,
    pub occurrences: Vec<OccurrenceRow>,
    /// The first freeze that took an earlier occurrence away.
    pub displaced_by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OccurrenceRow {
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
    /// What is to blame, such as "freeze year-end" or "system db-1".
    pub subject: Option<String>,
    pub occurrence: Option<OccurrenceRow>,
    /// Whether the plan ends before the next release.
    pub open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadlineRow {
    pub severity: String,
    pub at: String,
}

/// The cycles of one ladder, or of all where there is none given; by ladder, then release.
pub fn rows(schedule: &Schedule, ladder: Option<&LadderId>) -> Vec<CycleRow> {
    let cycles = Cycles::derive(schedule);
    let wanted = cycles.ladders.iter().filter(|each| ladder.is_none_or(|ladder| each.ladder == *ladder));
    wanted.flat_map(|each| each.cycles.iter().map(|cycle| row(schedule, &each.ladder, cycle))).collect()
}

/// A JSON array of [`CycleRow`]s.
pub fn json(schedule: &Schedule, ladder: Option<&LadderId>) -> String {
    super::json(&rows(schedule, ladder))
}

fn row(schedule: &Schedule, ladder: &LadderId, cycle: &Cycle) -> CycleRow {
    let severities = schedule.plan.policy().severities.iter();
    CycleRow {
        ladder: ladder.to_string(),
        release: cycle.release.to_string(),
        released_at: iso::utc_second(cycle.released_at),
        next_release_at: cycle.next_at.map(iso::utc_second),
        steps: cycle.steps.iter().map(|step| step_row(schedule, ladder, step)).collect(),
        reached_at: cycle.reached_at().map(iso::utc_second),
        minutes_to_all: cycle.to_all().map(|minutes| minutes.0),
        collides: cycle.collides(),
        incomplete: cycle.is_incomplete(),
        missed: cycle.missed.as_ref().map(|missed| missed_row(schedule, ladder, missed)),
        deadlines: severities
            .map(|each| DeadlineRow { severity: each.name.clone(), at: iso::utc_second(cycle.deadline_at(each)) })
            .collect(),
    }
}

fn step_row(schedule: &Schedule, ladder: &LadderId, step: &CycleStep) -> StepRow {
    StepRow {
        group: group_id(schedule, ladder, step.group),
        allowed_at: iso::utc_second(step.allowed_at),
        start_at: iso::utc_second(step.start_at),
        end_at: iso::utc_second(step.end_at),
        soak_minutes: step.soak.0,
        occurrences: step.occurrences.iter().map(occurrence_row).collect(),
        displaced_by: step.displaced_by.as_ref().map(ToString::to_string),
    }
}

fn missed_row(schedule: &Schedule, ladder: &LadderId, missed: &Missed) -> MissedRow {
    let (why, subject) = match &missed.why {
        Why::NoWindow(id) => ("no-window", Some(Subject::System(id.clone()))),
        Why::NoOccurrence(id) => ("no-occurrence", Some(Subject::System(id.clone()))),
        Why::Freeze(id) => ("freeze", Some(Subject::Freeze(id.clone()))),
        Why::Skipped => ("skipped", None),
        Why::Order => ("order", None),
        Why::Soak => ("soak", None),
        Why::AfterHorizon => ("after-horizon", None),
    };
    MissedRow {
        group: group_id(schedule, ladder, missed.group),
        why,
        subject: subject.map(|subject| subject.to_string()),
        occurrence: missed.occurrence.as_ref().map(occurrence_row),
        open: missed.is_open,
    }
}

fn occurrence_row(key: &OccurrenceKey) -> OccurrenceRow {
    OccurrenceRow { window: key.window.to_string(), original_on: key.on }
}

fn group_id(schedule: &Schedule, ladder: &LadderId, group: usize) -> String {
    let ladder = schedule.plan.ladders().get(ladder);
    ladder.and_then(|ladder| ladder.groups.get(group)).map_or_else(String::new, |group| group.id.to_string())
}

/// A line for each cycle, in aligned columns, and how many there are.
pub fn text(schedule: &Schedule, ladder: Option<&LadderId>) -> String {
    let cycles = Cycles::derive(schedule);
    let mut lines = vec![["Ladder", "Release", "100 %", "Days", "Remark"].map(str::to_owned)];
    for each in cycles.ladders.iter().filter(|each| ladder.is_none_or(|ladder| each.ladder == *ladder)) {
        let name = one_line(&Subject::Ladder(each.ladder.clone()).name(&schedule.plan));
        lines.extend(each.cycles.iter().map(|cycle| line(schedule, &name, &each.ladder, cycle)));
    }
    let count = format!("{}\n", counted(lines.len() - 1, "cycle"));
    if lines.len() == 1 { count } else { format!("{}\n{count}", super::aligned(&lines)) }
}

fn line(schedule: &Schedule, name: &str, ladder: &LadderId, cycle: &Cycle) -> [String; 5] {
    let on = |at: UtcMinute| date(schedule.zone.local(at).date());
    let remark = cycle.missed.as_ref().map_or_else(String::new, |missed| {
        let ladder = schedule.plan.ladders().get(ladder);
        let group = ladder.and_then(|ladder| ladder.groups.get(missed.group)).map_or("", |group| group.name.as_str());
        let late = if cycle.collides() { "after the next release; " } else { "" };
        one_line(&format!("{late}{group}: {}", missed.in_words(schedule)))
    });
    [
        name.to_owned(),
        on(cycle.released_at),
        cycle.reached_at().map_or_else(|| "not reached".to_owned(), on),
        cycle.days_to_all().map_or_else(String::new, |days| days.to_string()),
        remark,
    ]
}
