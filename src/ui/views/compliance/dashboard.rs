//! The figures of the dashboard, calculated once for a plan and an instant.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::counted::{Counted, ListOf, Part};
use crate::compliance::{Figures, ItemState, Metrics, NONE, Target, Totals};
use crate::model::{AdvisoryId, Environment, NightKey, Plan};
use crate::schedule::{Schedule, night};
use crate::ui::parts::occurrence_text;
use crate::ui::parts::tone::Tone;
use crate::wording::{self, counted};

/// How many coming windows are listed.
const MOST_COMING: usize = 8;

/// What the dashboard shows.
pub struct Dashboard {
    pub cards: Vec<Card>,
    pub overall: Row,
    pub sections: Vec<Section>,
    /// The most overdue first.
    pub overdue: Vec<OverdueLine>,
    pub coming: Vec<ComingLine>,
    pub months: Vec<Month>,
}

/// A large figure beside its target.
pub struct Card {
    pub label: &'static str,
    pub value: String,
    /// "target 95 %"
    pub detail: String,
    /// "met" or "missed"; empty if that cannot be said.
    pub verdict: &'static str,
    pub tone: Tone,
    /// None if nothing was counted.
    pub list: Option<ListOf>,
}

/// The parts of one breakdown.
pub struct Section {
    pub title: &'static str,
    /// What a row is about: "group".
    pub noun: &'static str,
    pub rows: Vec<Row>,
}

/// The figures of a part.
pub struct Row {
    pub name: String,
    pub part: Part,
    pub figures: Figures,
    /// "2.5 of 3 days", and whether it is more than the deadline of the severity.
    pub mean: Option<(String, bool)>,
    /// None if the part has no target.
    pub target: Option<Target>,
}

/// An advisory that is overdue.
pub struct OverdueLine {
    pub advisory: AdvisoryId,
    pub title: String,
    pub severity: String,
    pub systems: usize,
    pub days: u32,
}

/// A window to come, and how many items it will install.
pub struct ComingLine {
    pub key: NightKey,
    pub title: String,
    pub when: String,
    pub overdue: usize,
    pub pending: usize,
}

/// A month of the trend and the forecast.
#[derive(Default)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    pub actual: Option<Figures>,
    pub forecast: Option<Figures>,
}

impl Dashboard {
    pub fn new(schedule: &Schedule, totals: &Totals) -> Self {
        let plan = &*schedule.plan;
        Self {
            cards: cards(plan, totals),
            overall: Row {
                mean: totals.metrics.mean_days_to_patch.map(|mean| (format!("{mean:.1} days"), false)),
                ..Row::new(plan, Part::All, totals.overall)
            },
            sections: sections(plan, totals),
            overdue: overdue(plan, totals),
            coming: coming(schedule, totals),
            months: months(totals),
        }
    }
}

impl Row {
    fn new(plan: &Plan, part: Part, figures: Figures) -> Self {
        let name = if part == Part::All { "Overall".to_owned() } else { part.name(plan) };
        Self { name, part, figures, mean: None, target: None }
    }

    /// A count of the row.
    pub fn count(&self, counted: Counted) -> u64 {
        let Figures { in_time, late, open, pending, excused, no_deadline, unverified } = self.figures;
        match counted {
            Counted::Due => self.figures.due(),
            Counted::State(ItemState::InTime) => in_time,
            Counted::State(ItemState::Late) => late,
            Counted::State(ItemState::Open) => open,
            Counted::State(ItemState::Pending) => pending,
            Counted::State(ItemState::Excused) => excused,
            Counted::State(ItemState::NoDeadline) => no_deadline,
            Counted::Unverified => unverified,
            Counted::Done => in_time + late,
        }
    }
}

fn cards(plan: &Plan, totals: &Totals) -> Vec<Card> {
    let metrics = &totals.metrics;
    let due = totals.overall.due();
    let severity = |name: &str| {
        let key = totals.by_severity.keys().find(|key| key.eq_ignore_ascii_case(name));
        key.map(|key| ListOf::Items(Part::Severity(key.clone()), Counted::Due))
    };
    vec![
        Card {
            label: "In time",
            value: if due == 0 { "–".to_owned() } else { format!("{:.1} %", totals.overall.percent()) },
            detail: format!("{} of {due} due", totals.overall.in_time),
            verdict: "",
            tone: Tone::Plain,
            list: (due > 0).then_some(ListOf::Items(Part::All, Counted::Due)),
        },
        percentage(
            "Critical in time",
            metrics.critical_in_time_percent,
            Target::CRITICAL_IN_TIME,
            severity("Critical"),
        ),
        percentage("High in time", metrics.high_in_time_percent, Target::HIGH_IN_TIME, severity("High")),
        mean_days(plan, metrics),
        percentage("Failed hosts", metrics.failure_percent, Target::FAILED_HOSTS, Some(ListOf::Hosts)),
        percentage(
            "Successful reboots",
            metrics.reboot_success_percent,
            Target::SUCCESSFUL_REBOOTS,
            Some(ListOf::Reboots),
        ),
    ]
}

fn percentage(label: &'static str, percent: Option<f64>, target: Target, list: Option<ListOf>) -> Card {
    let Some(percent) = percent else {
        let detail = format!("target {target}");
        return Card { label, value: "–".to_owned(), detail, verdict: "", tone: Tone::Plain, list: None };
    };
    let (verdict, tone) = if target.is_met(percent) { ("met", Tone::Good) } else { ("missed", Tone::Error) };
    Card { label, value: format!("{percent:.1} %"), detail: format!("target {target}"), verdict, tone, list }
}

/// The mean time to patch, and how many severities are on average patched within their deadline.
fn mean_days(plan: &Plan, metrics: &Metrics) -> Card {
    let label = "Mean time to patch";
    let Some(mean) = metrics.mean_days_to_patch else {
        let detail = "target: each severity’s deadline".to_owned();
        return Card { label, value: "–".to_owned(), detail, verdict: "", tone: Tone::Plain, list: None };
    };
    let means = metrics.mean_days_by_severity.iter();
    let all = means.clone().count();
    let met = means.filter(|(name, mean)| within_days(plan, name).is_some_and(|within| **mean < within)).count();
    let severities = if all == 1 { "severity" } else { "severities" };
    let tone = if met == all { Tone::Good } else { Tone::Error };
    Card {
        label,
        value: format!("{mean:.1} days"),
        detail: format!("{met} of {all} {severities} in time"),
        verdict: "",
        tone,
        list: Some(ListOf::Items(Part::All, Counted::Done)),
    }
}

/// The deadline of a severity in days.
fn within_days(plan: &Plan, severity: &str) -> Option<f64> {
    let found = plan.policy().severities.iter().find(|each| each.name == severity)?;
    Some(f64::from(found.within.0) / (24.0 * 60.0))
}

fn sections(plan: &Plan, totals: &Totals) -> Vec<Section> {
    let mut severities: Vec<_> = plan.policy().severities.iter().collect();
    severities.sort_by_key(|severity| std::cmp::Reverse(severity.cvss_from_tenths));
    let severities = severities.into_iter().map(|severity| severity.name.as_str());
    let environments = Environment::ALL.iter().map(|each| each.name());
    let groups = plan.ladders().iter().flat_map(|ladder| &ladder.groups).map(|group| group.id.as_str());
    let rows = |keys: &BTreeMap<String, Figures>, order: Vec<&str>, part: fn(String) -> Part| {
        let sort_key = |key: &str| match order.iter().position(|each| *each == key) {
            Some(position) => (position, 0),
            None => (usize::MAX, u8::from(key == NONE)),
        };
        let mut rows: Vec<_> = keys.iter().collect();
        rows.sort_by_key(|(key, _)| sort_key(key));
        let row = |(key, figures): (&String, &Figures)| Row::new(plan, part(key.clone()), *figures);
        rows.into_iter().map(row).collect::<Vec<Row>>()
    };
    let mut by_severity = rows(&totals.by_severity, severities.collect(), Part::Severity);
    for row in &mut by_severity {
        row.target = [("Critical", Target::CRITICAL_IN_TIME), ("High", Target::HIGH_IN_TIME)]
            .into_iter()
            .find_map(|(name, target)| row.name.eq_ignore_ascii_case(name).then_some(target));
        row.mean = totals.metrics.mean_days_by_severity.get(&row.name).map(|mean| match within_days(plan, &row.name) {
            Some(within) => (format!("{mean:.1} of {within} days"), *mean >= within),
            None => (format!("{mean:.1} days"), false),
        });
    }
    let mut by_area = rows(&totals.by_area, Vec::new(), Part::Area);
    by_area.sort_by_cached_key(|row| (row.part == Part::Area(NONE.to_owned()), row.name.clone()));
    vec![
        Section { title: "By severity", noun: "severity", rows: by_severity },
        Section {
            title: "By environment",
            noun: "environment",
            rows: rows(&totals.by_environment, environments.collect(), Part::Environment),
        },
        Section { title: "By business area", noun: "business area", rows: by_area },
        Section { title: "By group", noun: "group", rows: rows(&totals.by_group, groups.collect(), Part::Group) },
    ]
}

fn overdue(plan: &Plan, totals: &Totals) -> Vec<OverdueLine> {
    let line = |overdue: &crate::compliance::Overdue| {
        let advisory = AdvisoryId::new(&overdue.advisory);
        let title = plan
            .advisories()
            .get(&advisory)
            .map_or_else(String::new, |found| format!("{} {}", found.number(), found.title));
        OverdueLine {
            advisory,
            title,
            severity: overdue.severity.clone().unwrap_or_else(|| "Not rated".to_owned()),
            systems: overdue.systems.len(),
            days: overdue.days,
        }
    };
    totals.overdue.iter().map(line).collect()
}

fn coming(schedule: &Schedule, totals: &Totals) -> Vec<ComingLine> {
    let line = |key: NightKey| {
        let (window, occurrence) = schedule.occurrence(&key.window, key.on)?;
        let position = schedule.plan.windows().position(&key.window)? as u32;
        let (overdue, pending) = totals.installs.get(&(position, key.on)).copied().unwrap_or_default();
        let start = occurrence_text::clock(window, occurrence.start_at);
        let when = format!("{} {start}", wording::short_date(occurrence.on()));
        Some(ComingLine { title: window.window.name.clone(), when, overdue, pending, key })
    };
    night::coming(schedule, totals.at, MOST_COMING).into_iter().filter_map(line).collect()
}

fn months(totals: &Totals) -> Vec<Month> {
    let mut months = BTreeMap::<NaiveDate, Month>::new();
    let actual = totals.trend.iter().map(|month| (&month.month, Some(month.figures), None));
    let forecast = totals.forecast.iter().map(|month| (&month.month, None, Some(month.figures)));
    for (name, actual, forecast) in actual.chain(forecast) {
        let Ok(first) = format!("{name}-01").parse::<NaiveDate>() else { continue };
        let month = months.entry(first).or_default();
        month.first = first;
        month.actual = month.actual.or(actual);
        month.forecast = month.forecast.or(forecast);
    }
    months.into_values().collect()
}

impl ComingLine {
    /// "installs 3 overdue and 2 pending items"
    pub fn installs(&self) -> String {
        match (self.overdue, self.pending) {
            (0, 0) => "installs nothing open".to_owned(),
            (0, pending) => format!("installs {}", counted(pending, "pending item")),
            (overdue, 0) => format!("installs {}", counted(overdue, "overdue item")),
            (overdue, pending) => format!("installs {overdue} overdue and {}", counted(pending, "pending item")),
        }
    }
}
