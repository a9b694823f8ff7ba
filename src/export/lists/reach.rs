//! The list of reachability: on which days deadlines cannot be met, and what would help.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::export::file::Output;
use crate::export::iso_times::IsoInstant;
use crate::export::text::one_line;
use crate::model::Subject;
use crate::schedule::{
    DayVerdict, EmergencyReachability, FreezeTimes, LadderReachability, Reach, Reachability, Schedule,
    SeverityReachability, Standby,
};
use crate::wording::{counted, date, days_with_tenth};

pub const OUTPUT: Output = Output {
    id: "reach",
    name: "Reachability",
    help: "On which days a fix could not climb a ladder within its deadline, and what would help",
};

/// A ladder. Field names are keys for other programs and must not
/// change; the same holds for the records in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LadderRow {
    /// Id.
    pub ladder: String,
    /// The longest climb, and the mean of all; none if nothing published in the plan's months climbs the ladder.
    pub worst_minutes: Option<u32>,
    pub mean_minutes: Option<u32>,
    /// In the policy's order.
    pub severities: Vec<SeverityRow>,
    pub days: Vec<DayRow>,
    /// The emergency lane; none if the policy has none.
    pub emergency: Option<EmergencyRow>,
}

/// What is exploited, by the policy's emergency lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EmergencyRow {
    pub within_minutes: u32,
    pub worst_minutes: Option<u32>,
    pub mean_minutes: Option<u32>,
    pub judged_days: usize,
    pub missed_days: usize,
    /// One letter a day, as of a severity.
    pub verdicts: String,
    pub largest_gap: Option<GapRow>,
    pub days: Vec<DayRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeverityRow {
    pub name: String,
    pub within_minutes: u32,
    /// Days that can be judged, and those among them on which the deadline cannot be met.
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
    pub start_at: IsoInstant,
    pub end_at: IsoInstant,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayRow {
    pub on: NaiveDate,
    /// Midnight in the plan's zone.
    pub published_at: IsoInstant,
    /// When the last group is done; none if that is not within the plan's months.
    pub through_at: Option<IsoInstant>,
}

/// The ladders that have systems, by id.
pub struct ReachList<'a> {
    pub schedule: &'a Schedule,
}

impl Listing for ReachList<'_> {
    /// A line for each ladder and severity, and below them how long climbs take.
    fn page(&self) -> Page {
        let schedule = self.schedule;
        let ladders = each_ladder(schedule, |reach, days, freezes| {
            let name = one_line(&Subject::Ladder(days.ladder.clone()).name(&schedule.plan));
            let help = |each| help(&Standby::find(schedule, reach, freezes, days, each));
            let mut lines: Vec<[String; 6]> =
                days.severities.iter().map(|each| line(&name, days, each, help(each))).collect();
            let emergency = EmergencyReachability::derive(schedule, reach, freezes);
            lines.extend(emergency.map(|lane| line(&name, lane.days(), lane.severity(), lane_in_words(schedule))));
            (lines, climb_in_words(&name, days))
        });
        if ladders.is_empty() {
            return Page { lines: Vec::new(), closing: "No ladder has systems".to_owned() };
        }
        let (lines, climbs): (Vec<_>, Vec<_>) = ladders.into_iter().unzip();
        let columns = ["Ladder", "Severity", "Within", "Days missed", "Longest run", "What would help"];
        Page::new(columns, lines.concat(), climbs.join("\n"))
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    /// A row for each ladder and severity.
    fn table(&self) -> Table {
        let ladders = self.rows();
        let lines: Vec<SeverityLine<'_>> = ladders.iter().flat_map(LadderRow::lines).collect();
        Table::new(&columns(), &lines)
    }
}

impl ReachList<'_> {
    fn rows(&self) -> Vec<LadderRow> {
        let schedule = self.schedule;
        each_ladder(schedule, |reach, days, freezes| {
            let severity = |each| severity_row(days, each, reach, &Standby::find(schedule, reach, freezes, days, each));
            LadderRow {
                ladder: days.ladder.to_string(),
                worst_minutes: days.worst().map(|minutes| minutes.0),
                mean_minutes: days.mean().map(|minutes| minutes.0),
                severities: days.severities.iter().map(severity).collect(),
                days: day_rows(days),
                emergency: EmergencyReachability::derive(schedule, reach, freezes).as_ref().map(emergency_row),
            }
        })
    }
}

/// A line of the table: a severity, or the emergency lane.
struct SeverityLine<'a> {
    ladder: &'a LadderRow,
    limit: TimeLimit<'a>,
}

/// The time limit that a line is about.
#[derive(Clone, Copy)]
enum TimeLimit<'a> {
    Severity(&'a SeverityRow),
    Emergency(&'a EmergencyRow),
}

impl LadderRow {
    fn lines(&self) -> impl Iterator<Item = SeverityLine<'_>> {
        let severities = self.severities.iter().map(TimeLimit::Severity);
        severities
            .chain(self.emergency.as_ref().map(TimeLimit::Emergency))
            .map(|limit| SeverityLine { ladder: self, limit })
    }
}

impl SeverityLine<'_> {
    /// Of the climbs: the longest, and the mean.
    fn climbs(&self) -> [Option<u32>; 2] {
        match self.limit {
            TimeLimit::Severity(_) => [self.ladder.worst_minutes, self.ladder.mean_minutes],
            TimeLimit::Emergency(lane) => [lane.worst_minutes, lane.mean_minutes],
        }
    }

    /// The time limit, the days that can be judged, and those that are missed.
    fn days(&self) -> (u32, usize, usize) {
        match self.limit {
            TimeLimit::Severity(each) => (each.within_minutes, each.judged_days, each.missed_days),
            TimeLimit::Emergency(lane) => (lane.within_minutes, lane.judged_days, lane.missed_days),
        }
    }

    fn gap(&self) -> Option<&GapRow> {
        match self.limit {
            TimeLimit::Severity(each) => each.largest_gap.as_ref(),
            TimeLimit::Emergency(lane) => lane.largest_gap.as_ref(),
        }
    }

    fn standby(&self) -> Option<&StandbyRow> {
        match self.limit {
            TimeLimit::Severity(each) => Some(&each.standby),
            TimeLimit::Emergency(_) => None,
        }
    }
}

fn columns<'a>() -> [Column<SeverityLine<'a>>; 13] {
    let name = |line: &SeverityLine<'a>| match line.limit {
        TimeLimit::Severity(each) => Cell::from(&each.name),
        TimeLimit::Emergency(_) => "exploited (emergency lane)".into(),
    };
    [
        Column("ladder", |line| (&line.ladder.ladder).into()),
        Column("worst_minutes", |line| Cell::from(&line.climbs()[0])),
        Column("mean_minutes", |line| Cell::from(&line.climbs()[1])),
        Column("severity", name),
        Column("within_minutes", |line| line.days().0.into()),
        Column("judged_days", |line| count(line.days().1)),
        Column("missed_days", |line| count(line.days().2)),
        Column("gap_from", |line| line.gap().map_or(Cell::Empty, |gap| gap.from.into())),
        Column("gap_to", |line| line.gap().map_or(Cell::Empty, |gap| gap.to.into())),
        Column("gap_days", |line| line.gap().map_or(Cell::Empty, |gap| count(gap.days))),
        Column("standby", |line| line.standby().map_or(Cell::Empty, |standby| standby.verdict.into())),
        Column("standby_windows", |line| line.standby().map_or(Cell::Empty, |standby| count(standby.windows.len()))),
        Column("left_days", |line| line.standby().map_or(Cell::Empty, |standby| count(standby.left_days))),
    ]
}

fn count(number: usize) -> Cell {
    Cell::Number(number as i64)
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
    SeverityRow {
        name: severity.name.clone(),
        within_minutes: severity.within.0,
        judged_days: severity.judged(),
        missed_days: severity.late(),
        verdicts: verdicts(severity),
        largest_gap: gap_row(days, severity),
        standby: standby_row(reach, standby),
    }
}

fn standby_row(reach: &Reach, standby: &Standby) -> StandbyRow {
    let none = StandbyRow { verdict: "not-needed", soak_minutes: None, windows: Vec::new(), left_days: 0 };
    match standby {
        Standby::NotNeeded => none,
        Standby::Impossible { soak } => StandbyRow { verdict: "impossible", soak_minutes: Some(soak.0), ..none },
        Standby::TooManyGroups => StandbyRow { verdict: "too-many-groups", ..none },
        Standby::Windows(found) => {
            let windows = found.list.iter().map(|window| StandbyWindowRow {
                group: reach.ladder.groups[window.group].id.to_string(),
                on: window.on,
                start_at: IsoInstant(window.start_at),
                end_at: IsoInstant(window.end_at),
            });
            StandbyRow { verdict: "windows", windows: windows.collect(), left_days: found.left, ..none }
        }
    }
}

fn emergency_row(lane: &EmergencyReachability) -> EmergencyRow {
    let (days, severity) = (lane.days(), lane.severity());
    EmergencyRow {
        within_minutes: severity.within.0,
        worst_minutes: days.worst().map(|minutes| minutes.0),
        mean_minutes: days.mean().map(|minutes| minutes.0),
        judged_days: severity.judged(),
        missed_days: severity.late(),
        verdicts: verdicts(severity),
        largest_gap: gap_row(days, severity),
        days: day_rows(days),
    }
}

fn verdicts(severity: &SeverityReachability) -> String {
    let letter = |verdict: &DayVerdict| match verdict {
        DayVerdict::InTime => 'i',
        DayVerdict::Late => 'm',
        DayVerdict::Open => 'o',
    };
    severity.days.iter().map(letter).collect()
}

fn gap_row(days: &LadderReachability, severity: &SeverityReachability) -> Option<GapRow> {
    days.largest_gap(severity).map(|gap| GapRow { from: gap.from, to: gap.to, days: gap.days })
}

fn day_rows(days: &LadderReachability) -> Vec<DayRow> {
    (0..days.days.len()).map(|day| day_row(days, day)).collect()
}

fn day_row(days: &LadderReachability, day: usize) -> DayRow {
    DayRow {
        on: days.date(day),
        published_at: IsoInstant(days.days[day]),
        through_at: days.climbs[day].map(IsoInstant),
    }
}

fn line(name: &str, days: &LadderReachability, severity: &SeverityReachability, help: String) -> [String; 6] {
    let gap = days.largest_gap(severity);
    [
        name.to_owned(),
        one_line(&severity.name),
        severity.within.to_string(),
        format!("{} of {}", severity.late(), severity.judged()),
        gap.map_or_else(String::new, |gap| format!("{} from {}", counted(gap.days, "day"), date(gap.from))),
        help,
    ]
}

/// "emergency lane: Test 4 h, then all"
fn lane_in_words(schedule: &Schedule) -> String {
    let lane = schedule.plan.policy().emergency.as_ref();
    lane.map_or_else(String::new, |lane| format!("emergency lane: {}", lane.in_words()))
}

/// What would help to meet a deadline.
fn help(standby: &Standby) -> String {
    match standby {
        Standby::NotNeeded => String::new(),
        Standby::Impossible { soak } => format!("shorten the soak times, which alone take {soak}"),
        Standby::TooManyGroups => format!("only calculated for up to {} groups", Standby::MOST_GROUPS),
        Standby::Windows(found) if found.list.is_empty() => "no standby window ends in time".to_owned(),
        Standby::Windows(found) => {
            let left =
                if found.left == 0 { String::new() } else { format!(", leaving {}", counted(found.left, "day")) };
            format!("{}{left}", counted(found.list.len(), "standby window"))
        }
    }
}

fn climb_in_words(name: &str, days: &LadderReachability) -> String {
    match (days.mean(), days.worst()) {
        (Some(mean), Some(worst)) => {
            let [mean, worst] = [mean, worst].map(|minutes| days_with_tenth(minutes.0));
            format!("{name}: a climb takes {mean} days on average, {worst} at worst")
        }
        _ => format!("{name}: nothing published in these months climbs the whole ladder"),
    }
}
