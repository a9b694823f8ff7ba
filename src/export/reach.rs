//! On which days deadlines cannot be met, and what would help: for people (text) and machines (JSON).

use chrono::NaiveDate;
use serde::Serialize;

use super::text::one_line;
use crate::model::{Minutes, Subject};
use crate::schedule::{
    DayVerdict, FreezeTimes, LadderReachability, Reach, Reachability, Schedule, SeverityReachability, Standby,
};
use crate::wording::{counted, date, iso};

/// One ladder. The fields' names are the keys that others read: they stay; so in the rows below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LadderRow {
    /// Id.
    pub ladder: String,
    /// The longest climb, and the mean of all; none where nothing published in the plan's months climbs the ladder.
    pub worst_minutes: Option<u32>,
    pub mean_minutes: Option<u32>,
    /// In the policy's order.
    pub severities: Vec<SeverityRow>,
    pub days: Vec<DayRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeverityRow {
    pub name: String,
    pub within_minutes: u32,
    /// Days that can be judged, and those of them on which the deadline cannot be met.
    pub judged_days: usize,
    pub missed_days: usize,
    /// One letter a day: "i" in time, "m" missed, "o" open.
    pub verdicts: String,
    pub largest_gap: Option<GapRow>,
    pub standby: StandbyRow,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GapRow {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub days: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandbyRow {
    /// "not-needed", "impossible" (the soak times alone last until the deadline) or "windows".
    pub verdict: &'static str,
    pub soak_minutes: Option<u32>,
    pub windows: Vec<StandbyWindowRow>,
    /// Missed days that the windows do not help.
    pub left_days: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandbyWindowRow {
    /// The group's id.
    pub group: String,
    pub on: NaiveDate,
    pub start_at: String,
    pub end_at: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayRow {
    pub on: NaiveDate,
    /// Midnight in the plan's zone.
    pub published_at: String,
    /// When the last group is through; none where that is not inside the plan.
    pub through_at: Option<String>,
}

/// One row a ladder that has systems, by id.
pub fn rows(schedule: &Schedule) -> Vec<LadderRow> {
    each_ladder(schedule, |reach, days, freezes| {
        let severity = |each| severity_row(days, each, reach, &Standby::find(schedule, reach, freezes, days, each));
        LadderRow {
            ladder: days.ladder.to_string(),
            worst_minutes: days.worst().map(|minutes| minutes.0),
            mean_minutes: days.mean().map(|minutes| minutes.0),
            severities: days.severities.iter().map(severity).collect(),
            days: (0..days.days.len()).map(|day| day_row(days, day)).collect(),
        }
    })
}

/// A JSON array of [`LadderRow`]s.
pub fn json(schedule: &Schedule) -> String {
    super::json(&rows(schedule))
}

fn each_ladder<T>(schedule: &Schedule, show: impl Fn(&Reach, &LadderReachability, &[FreezeTimes<'_>]) -> T) -> Vec<T> {
    let freezes = FreezeTimes::all(schedule);
    let reachability = Reachability::derive(schedule);
    let reached = schedule.reaches.iter().filter_map(|reach| Some((reach, reachability.ladder(&reach.ladder.id)?)));
    reached.map(|(reach, days)| show(reach, days, &freezes)).collect()
}

fn severity_row(
    days: &LadderReachability,
    severity: &SeverityReachability,
    reach: &Reach,
    standby: &Standby,
) -> SeverityRow {
    let letter = |verdict: &DayVerdict| match verdict {
        DayVerdict::InTime => 'i',
        DayVerdict::Late => 'm',
        DayVerdict::Open => 'o',
    };
    let gap = days.largest_gap(severity);
    SeverityRow {
        name: severity.name.clone(),
        within_minutes: severity.within.0,
        judged_days: severity.judged(),
        missed_days: severity.late(),
        verdicts: severity.days.iter().map(letter).collect(),
        largest_gap: gap.map(|gap| GapRow { from: gap.from, to: gap.to, days: gap.days }),
        standby: standby_row(reach, standby),
    }
}

fn standby_row(reach: &Reach, standby: &Standby) -> StandbyRow {
    let none = StandbyRow { verdict: "not-needed", soak_minutes: None, windows: Vec::new(), left_days: 0 };
    match standby {
        Standby::NotNeeded => none,
        Standby::Impossible { soak } => StandbyRow { verdict: "impossible", soak_minutes: Some(soak.0), ..none },
        Standby::Windows(found) => {
            let windows = found.list.iter().map(|window| StandbyWindowRow {
                group: reach.ladder.groups[window.group].id.to_string(),
                on: window.on,
                start_at: iso::utc_second(window.start_at),
                end_at: iso::utc_second(window.end_at),
            });
            StandbyRow { verdict: "windows", windows: windows.collect(), left_days: found.left, ..none }
        }
    }
}

fn day_row(days: &LadderReachability, day: usize) -> DayRow {
    DayRow {
        on: days.date(day),
        published_at: iso::utc_second(days.days[day]),
        through_at: days.climbs[day].map(iso::utc_second),
    }
}

/// A line for each ladder and severity, in aligned columns, and how long climbs take.
pub fn text(schedule: &Schedule) -> String {
    let mut lines =
        vec![["Ladder", "Severity", "Within", "Days missed", "Longest run", "What would help"].map(str::to_owned)];
    let mut climbs = Vec::new();
    let found = each_ladder(schedule, |reach, days, freezes| {
        let name = one_line(&Subject::Ladder(days.ladder.clone()).name(&schedule.plan));
        let line = |each| line(&name, days, each, &Standby::find(schedule, reach, freezes, days, each));
        (days.severities.iter().map(line).collect::<Vec<_>>(), climb_in_words(&name, days))
    });
    for (of_ladder, climb) in found {
        lines.extend(of_ladder);
        climbs.push(climb);
    }
    if climbs.is_empty() {
        return "No ladder has systems\n".to_owned();
    }
    format!("{}\n{}", super::aligned(&lines), climbs.concat())
}

fn line(name: &str, days: &LadderReachability, severity: &SeverityReachability, standby: &Standby) -> [String; 6] {
    let gap = days.largest_gap(severity);
    [
        name.to_owned(),
        one_line(&severity.name),
        severity.within.to_string(),
        format!("{} of {}", severity.late(), severity.judged()),
        gap.map_or_else(String::new, |gap| format!("{} from {}", counted(gap.days, "day"), date(gap.from))),
        match standby {
            Standby::NotNeeded => String::new(),
            Standby::Impossible { soak } => format!("shorter soak times: they alone take {soak}"),
            Standby::Windows(found) if found.list.is_empty() => "no date in time is free".to_owned(),
            Standby::Windows(found) => {
                let left =
                    if found.left == 0 { String::new() } else { format!(", leaving {}", counted(found.left, "day")) };
                format!("{}{left}", counted(found.list.len(), "standby window"))
            }
        },
    ]
}

fn climb_in_words(name: &str, days: &LadderReachability) -> String {
    let in_days = |minutes: Minutes| format!("{:.1}", f64::from(minutes.0) / (24.0 * 60.0));
    match (days.mean(), days.worst()) {
        (Some(mean), Some(worst)) => {
            format!("{name}: a climb takes {} days in the mean, {} at worst\n", in_days(mean), in_days(worst))
        }
        _ => format!("{name}: nothing published in these months climbs the whole ladder\n"),
    }
}
