//! The texts of the list of cycles: one row per release. Rebuilt when the plan changes.

use crate::model::{Ladder, LadderId, Stage, UtcMinute};
use crate::schedule::Schedule;
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::ladders::cycle::{Cycle, CycleStep, OccurrenceKey};
use crate::schedule::ladders::cycles::LadderCycles;
use crate::wording::{self, capitalised, counted, days_and_hours_rounded_up, list_in_sentence};

/// A row names at most this many severities.
const MOST_SEVERITIES: usize = 4;

/// The cycles of one ladder, as text.
pub struct CycleLines {
    pub list: Vec<CycleLine>,
    /// The length of the longest cycle in minutes, including the time until its next release.
    pub longest: i32,
}

/// The cycle of one release.
pub struct CycleLine {
    pub cycle: Cycle,
    /// "Tue 9 Mar 2027"
    pub title: String,
    pub result: String,
    /// What is wrong with it, if anything.
    pub reason: Option<String>,
    pub tone: Tone,
    pub blocks: Vec<Block>,
}

/// How good a cycle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    /// Complete before the next release, but after the deadline of a severity.
    Late,
    /// Not complete within the plan, but not certainly wrong either.
    Open,
    Bad,
}

/// A group that the cycle reaches.
pub struct Block {
    pub stage: Stage,
    /// Minutes since the release.
    pub start: i32,
    pub end: i32,
    /// The end of the soak time after it.
    pub soaked: i32,
    pub occurrence: OccurrenceKey,
    /// "Pilot, Mon 15 Mar 2027 18:00 to 21:00, Desktops pilot"
    pub name: String,
    /// More details: soak time, a displaced earlier date, the number of occurrences.
    pub details: Vec<String>,
}

impl CycleLines {
    pub fn new(schedule: &Schedule, ladder: &LadderId) -> Self {
        let plan = &schedule.plan;
        let list: Vec<CycleLine> = match (plan.ladders().get(ladder), schedule.reach(ladder)) {
            (Some(ladder), Some(reach)) => {
                let cycles = LadderCycles::derive(schedule, reach, &FreezeTimes::all(schedule));
                cycles.into_iter().map(|cycle| row(schedule, ladder, cycle)).collect()
            }
            _ => Vec::new(),
        };
        let longest = list.iter().map(CycleLine::length).max().unwrap_or(0);
        Self { list, longest }
    }

    /// "12 releases, 10 of them reach every group before the next; the longest takes 13 days 9 h"
    pub fn summary(&self) -> String {
        let complete = self.list.iter().filter(|row| matches!(row.tone, Tone::Good | Tone::Late)).count();
        let longest = self.list.iter().filter_map(|row| row.cycle.to_all()).max();
        let longest = longest.map_or_else(String::new, |longest| {
            format!("; the longest takes {}", days_and_hours_rounded_up(longest.0))
        });
        let releases = counted(self.list.len(), "release");
        let reach = if complete == 1 { "reaches" } else { "reach" };
        format!("{releases}, {complete} of them {reach} every group before the next{longest}")
    }
}

impl CycleLine {
    fn length(&self) -> i32 {
        let since = |at: UtcMinute| at.since(self.cycle.released_at);
        let last = self.cycle.steps.last().map_or(0, |step| since(step.end_at));
        last.max(self.cycle.next_at.map_or(0, since))
    }

    /// The row's name for screen readers.
    pub fn name(&self) -> String {
        match &self.reason {
            Some(reason) => format!("Cycle of {}: {}, {reason}", self.title, self.result),
            None => format!("Cycle of {}: {}", self.title, self.result),
        }
    }
}

fn row(schedule: &Schedule, ladder: &Ladder, cycle: Cycle) -> CycleLine {
    let title = wording::date(schedule.zone.local(cycle.released_at).date());
    let (result, tone) = result(ladder, &cycle);
    let late = late_severities(schedule, &cycle);
    let reason = match &cycle.missed {
        Some(missed) => Some(capitalised(&missed.in_words(schedule))),
        None if cycle.collides() => Some("The next release comes before that".to_owned()),
        None if !late.is_empty() => Some(format!("Late for {}", list_in_sentence(&late, MOST_SEVERITIES))),
        None => None,
    };
    let tone = if tone == Tone::Good && !late.is_empty() { Tone::Late } else { tone };
    let blocks = cycle.steps.iter().map(|step| block(schedule, ladder, &cycle, step)).collect();
    CycleLine { cycle, title, result, reason, tone, blocks }
}

/// The severities whose deadline a complete cycle misses.
fn late_severities<'a>(schedule: &'a Schedule, cycle: &Cycle) -> Vec<&'a str> {
    let Some(reached_at) = cycle.reached_at() else { return Vec::new() };
    let severities = schedule.plan.policy().severities.iter();
    severities
        .filter(|severity| reached_at > cycle.deadline_at(severity))
        .map(|severity| severity.name.as_str())
        .collect()
}

fn result(ladder: &Ladder, cycle: &Cycle) -> (String, Tone) {
    match (cycle.to_all(), &cycle.missed) {
        (Some(all), None) => (format!("100 % after {}", days_and_hours_rounded_up(all.0)), Tone::Good),
        (Some(all), Some(_)) => (format!("100 % after {}, too late", days_and_hours_rounded_up(all.0)), Tone::Bad),
        (None, Some(missed)) => {
            let tone = if missed.is_open && !cycle.is_incomplete() { Tone::Open } else { Tone::Bad };
            (format!("{} is not reached", group_name(ladder, missed.group)), tone)
        }
        (None, None) => ("Not complete inside the plan".to_owned(), Tone::Open),
    }
}

fn block(schedule: &Schedule, ladder: &Ladder, cycle: &Cycle, step: &CycleStep) -> Block {
    let since = |at: UtcMinute| at.since(cycle.released_at);
    let zone = &schedule.zone;
    let group = &ladder.groups[step.group];
    let window = window_name(schedule, &step.ended_by);
    let mut details = vec![format!("{window} · day {} after the release", since(step.end_at) / (24 * 60))];
    if step.occurrences.len() > 1 {
        details.push(format!("{} reach all of its systems", counted(step.occurrences.len(), "occurrence")));
    }
    if !step.soak.is_zero() {
        details.push(format!("Soaks for {} before the next group", step.soak));
    }
    if let Some(freeze) = &step.displaced_by {
        let name = schedule.plan.freezes().get(freeze).map_or(freeze.as_str(), |freeze| &freeze.name);
        details.push(format!("Would have been sooner without freeze {name}"));
    }
    Block {
        stage: group.stage,
        start: since(step.start_at),
        end: since(step.end_at),
        soaked: since(step.end_at.plus(step.soak.signed())),
        occurrence: step.ended_by.clone(),
        name: format!(
            "{}, {}, {window}",
            group.name,
            wording::moments(zone.local(step.start_at), zone.local(step.end_at))
        ),
        details,
    }
}

fn group_name(ladder: &Ladder, group: usize) -> &str {
    ladder.groups.get(group).map_or("A group", |group| &group.name)
}

fn window_name<'a>(schedule: &'a Schedule, key: &'a OccurrenceKey) -> &'a str {
    schedule.plan.windows().get(&key.window).map_or(key.window.as_str(), |window| &window.name)
}
