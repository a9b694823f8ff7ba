//! What a figure counts, and the list of it.

use chrono::{Datelike as _, NaiveDate};

use crate::compliance::{ComplianceOptions, ComplianceReport, ExpectedItem, Item, ItemState, NONE};
use crate::model::{AdvisoryId, AreaId, GroupId, LocalMinute, NightKey, Plan, Subject, SystemResult, UtcMinute};
use crate::schedule::{Schedule, WindowOccurrence};
use crate::session::Destination;
use crate::ui::parts::tone::Tone;
use crate::wording::{self, counted};

/// The list behind a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum ListOf {
    Items(Part, Counted),
    /// What the planned windows will have done by the end of a month in which it counts, by the first day of the month.
    Forecast(NaiveDate),
    /// What an occurrence will install.
    Installs(NightKey),
    /// The results with attempted hosts.
    Hosts,
    /// The results with attempted reboots.
    Reboots,
}

/// A part of all items. Severities, areas and groups are given by their keys in the report.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    All,
    Severity(String),
    Environment(String),
    Area(String),
    Group(String),
    /// The items that count in a month, by its first day.
    Month(NaiveDate),
    Advisory(AdvisoryId),
}

/// The state that a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Due,
    State(ItemState),
    Unverified,
    /// Done in the period of the mean.
    Done,
}

impl Counted {
    /// The counts of a row, in the order of the columns.
    pub const COLUMNS: [Self; 8] = [
        Self::Due,
        Self::State(ItemState::InTime),
        Self::State(ItemState::Late),
        Self::State(ItemState::Open),
        Self::State(ItemState::Pending),
        Self::State(ItemState::Excused),
        Self::State(ItemState::NoDeadline),
        Self::Unverified,
    ];

    /// "In time"
    pub fn name(self) -> String {
        match self {
            Self::Due => "Due".to_owned(),
            Self::State(state) => wording::capitalised(state.name()),
            Self::Unverified => "Not scanned".to_owned(),
            Self::Done => "Done".to_owned(),
        }
    }

    fn admits(self, item: &Item<'_>, period: (UtcMinute, UtcMinute)) -> bool {
        match self {
            Self::Due => item.state.is_due(),
            Self::State(state) => item.state == state,
            Self::Unverified => item.is_unverified(),
            Self::Done => item.done.is_some_and(|done| period.0 <= done.at && done.at <= period.1),
        }
    }
}

impl Part {
    /// "Critical", "No business area"
    pub fn name(&self, plan: &Plan) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Severity(key) if key == NONE => "Not rated".to_owned(),
            Self::Severity(key) | Self::Environment(key) => key.clone(),
            Self::Area(key) if key == NONE => "No business area".to_owned(),
            Self::Area(key) => {
                plan.areas().get(&AreaId::new(key)).map_or_else(|| key.clone(), |area| area.name.clone())
            }
            Self::Group(key) if key == NONE => "In no group".to_owned(),
            Self::Group(key) => {
                let found = plan.group(&GroupId::new(key));
                found.map_or_else(|| key.clone(), |(ladder, group)| format!("{}, {}", ladder.name, group.name))
            }
            Self::Month(month) => wording::month_and_year(*month),
            Self::Advisory(id) => {
                plan.advisories().get(id).map_or_else(|| id.to_string(), |advisory| advisory.number())
            }
        }
    }

    fn contains(&self, schedule: &Schedule, item: &Item<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Severity(key) => item.severity.map_or(NONE, |severity| &severity.name) == key,
            Self::Environment(key) => item.environment.name() == key,
            Self::Area(key) => item.area.map_or(NONE, |area| area.as_str()) == key,
            Self::Group(key) if key == NONE => item.groups.is_empty(),
            Self::Group(key) => item.groups.iter().any(|group| group.as_str() == key),
            Self::Month(month) => counts_in(schedule, item, *month),
            Self::Advisory(id) => item.advisory.id == *id,
        }
    }
}

fn counts_in(schedule: &Schedule, item: &Item<'_>, month: NaiveDate) -> bool {
    let on = item.counts_at().map(|at| schedule.zone.local(at).date());
    on.is_some_and(|on| (on.year(), on.month()) == (month.year(), month.month()))
}

/// An item or a result.
pub struct Line {
    pub cells: [String; 5],
    /// The colour of the last cell.
    pub tone: Tone,
    pub to: Destination,
}

impl Line {
    /// The name for screen readers.
    pub fn name(&self) -> String {
        self.cells.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }
}

/// What a figure counts.
pub struct CountedList {
    pub title: String,
    pub heads: [&'static str; 5],
    pub lines: Vec<Line>,
}

impl CountedList {
    /// Calculates the report and selects what the list counts.
    pub fn new(schedule: &Schedule, options: &ComplianceOptions, list: &ListOf) -> Self {
        match list {
            ListOf::Hosts => results(schedule, options, "Attempted hosts", |result| result.tried() > 0),
            ListOf::Reboots => results(schedule, options, "Attempted reboots", |result| result.reboots_attempted > 0),
            ListOf::Items(part, counted) => {
                let period = period(schedule, options);
                let title = match part {
                    Part::All => counted.name(),
                    _ => format!("{}, {}", part.name(&schedule.plan), wording::within_sentence(&counted.name())),
                };
                items(schedule, options, title, |item, _| {
                    counted.admits(item, period).then_some(item).filter(|item| part.contains(schedule, item))
                })
            }
            ListOf::Forecast(month) => {
                let title = format!("{}, forecast", wording::month_and_year(*month));
                items(schedule, options, title, |_, expected| {
                    Some(&expected.item).filter(|item| item.state.is_due() && counts_in(schedule, item, *month))
                })
            }
            ListOf::Installs(key) => {
                let name = schedule.window(&key.window).map_or(key.window.as_str(), |window| &window.window.name);
                let title = format!("Installed by {name}, {}", wording::date(key.on));
                let is_it = |(window, occurrence): WindowOccurrence<'_>| {
                    *window.id() == key.window && occurrence.original_on() == key.on
                };
                items(schedule, options, title, |item, expected| expected.by.is_some_and(is_it).then_some(item))
            }
        }
    }
}

fn period(schedule: &Schedule, options: &ComplianceOptions) -> (UtcMinute, UtcMinute) {
    let first = options.from.unwrap_or(schedule.plan.horizon().from);
    (schedule.zone.resolve(LocalMinute::midnight(first)).at, options.at)
}

/// The chosen items as lines; by deadline, so that the most overdue come first.
fn items(
    schedule: &Schedule,
    options: &ComplianceOptions,
    title: String,
    choose: impl for<'r, 'a> Fn(&'r Item<'a>, &'r ExpectedItem<'a>) -> Option<&'r Item<'a>>,
) -> CountedList {
    let report = ComplianceReport::new(schedule, options);
    let both = report.items.iter().zip(&report.expected);
    let mut chosen: Vec<(&Item<'_>, &ExpectedItem<'_>)> =
        both.filter_map(|(item, expected)| Some((choose(item, expected)?, expected))).collect();
    chosen.sort_by_key(|(item, _)| item.deadline_at.unwrap_or(UtcMinute(i32::MAX)));
    let lines = chosen.iter().map(|(item, expected)| item_line(schedule, options.at, item, expected));
    CountedList { title, heads: ["Advisory", "System", "Severity", "Due", "State"], lines: lines.collect() }
}

fn item_line(schedule: &Schedule, at: UtcMinute, item: &Item<'_>, expected: &ExpectedItem<'_>) -> Line {
    // The last day that is in time: a deadline at midnight ends the day before.
    let due = item.deadline_at.map(|at| wording::date(schedule.zone.local(at.plus(-1)).date()));
    let done = item.done.map(|done| wording::date(schedule.zone.local(done.at.plus(-1)).date()));
    let next = expected
        .by
        .map(|(window, occurrence)| format!("{}, {}", wording::short_date(occurrence.on()), window.window.name));
    let planned = next.map_or_else(|| "no window".to_owned(), |next| format!("planned {next}"));
    let scanned = if item.is_unverified() { ", not scanned" } else { "" };
    let done = done.map_or_else(String::new, |on| format!(", {on}{scanned}"));
    let (state, tone) = match item.state {
        ItemState::InTime => (format!("in time{done}"), Tone::Good),
        ItemState::Late => (format!("late{done}"), Tone::Warning),
        ItemState::Open => {
            let days = counted(item.days_overdue(at).unwrap_or_default(), "day");
            (format!("overdue by {days}, {planned}"), Tone::Error)
        }
        ItemState::Pending => (planned, Tone::Plain),
        ItemState::Excused | ItemState::NoDeadline => (format!("{}{done}", item.state.name()), Tone::Plain),
    };
    let hosts = if item.hosts == 1 { String::new() } else { format!(", {}", counted(item.hosts, "host")) };
    Line {
        cells: [
            format!("{} {}", item.advisory.number(), item.advisory.title),
            format!("{}{hosts}", item.system.name),
            item.severity.map_or_else(|| "Not rated".to_owned(), |severity| severity.name.clone()),
            due.unwrap_or_default(),
            state,
        ],
        tone,
        to: Destination::Subject(Subject::Advisory(item.advisory.id.clone())),
    }
}

/// The results of the period, those with failures first, then the latest.
fn results(
    schedule: &Schedule,
    options: &ComplianceOptions,
    title: &str,
    admits: impl Fn(&SystemResult) -> bool,
) -> CountedList {
    let (from_at, to_at) = period(schedule, options);
    let mut found: Vec<(UtcMinute, &SystemResult)> = schedule
        .plan
        .results()
        .iter()
        .filter(|result| admits(result))
        .map(|result| (crate::schedule::result_ended_at(schedule, result), &**result))
        .filter(|(at, _)| from_at <= *at && *at <= to_at)
        .collect();
    let has_failed = |result: &SystemResult| result.failed > 0 || result.reboots_successful < result.reboots_attempted;
    found.sort_by_key(|(at, result)| (!has_failed(result), std::cmp::Reverse(*at)));
    let line = |result: &SystemResult| {
        let key = &result.key;
        let window = schedule.plan.windows().get(&key.window).map_or(key.window.as_str(), |window| &window.name);
        let system = schedule.plan.systems().get(&key.system).map_or(key.system.as_str(), |system| &system.name);
        let reboots = match result.reboots_attempted {
            0 => String::new(),
            all => format!("{} of {}", result.reboots_successful, counted(all, "reboot")),
        };
        Line {
            cells: [
                format!("{window}, {}", wording::date(key.on)),
                system.to_owned(),
                result.outcome().name().to_owned(),
                reboots,
                format!("{} of {} patched, {} failed", result.patched, counted(result.tried(), "host"), result.failed),
            ],
            tone: if has_failed(result) { Tone::Error } else { Tone::Plain },
            to: Destination::Night(NightKey { window: key.window.clone(), on: key.on }),
        }
    };
    CountedList {
        title: title.to_owned(),
        heads: ["Window", "System", "Outcome", "Reboots", "Hosts"],
        lines: found.iter().map(|(_, result)| line(result)).collect(),
    }
}
