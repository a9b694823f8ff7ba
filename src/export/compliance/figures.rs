//! The figures of the report: targets, breakdowns, months.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::pieces::{heading, number};
use crate::compliance::{ComplianceReport, Figures, NONE, Target};
use crate::export::paper::{Part, Table};
use crate::export::sheet_text::{called, column, name};
use crate::model::{AreaId, GroupId, Plan};
use crate::schedule::Schedule;
use crate::wording::{month_and_year, within_sentence};

/// "80.4 %"
pub fn percent_in_words(percent: f64) -> String {
    format!("{percent:.1} %")
}

/// The figures that have a target, and the mean time to patch beside the deadline of each severity.
pub fn targets(schedule: &Schedule, report: &ComplianceReport<'_>) -> Vec<Part> {
    let metrics = &report.metrics;
    let percents = [
        ("Critical in time", metrics.critical_in_time_percent, Target::CRITICAL_IN_TIME),
        ("High in time", metrics.high_in_time_percent, Target::HIGH_IN_TIME),
        ("Failed hosts", metrics.failure_percent, Target::FAILED_HOSTS),
        ("Successful reboots", metrics.reboot_success_percent, Target::SUCCESSFUL_REBOOTS),
    ];
    let verdict = |is_met: bool| if is_met { "met" } else { "missed" }.to_owned();
    let mut rows: Vec<Vec<String>> = percents
        .into_iter()
        .map(|(label, percent, target)| {
            let (actual, verdict) = match percent {
                Some(percent) => (percent_in_words(percent), verdict(target.is_met(percent))),
                None => ("–".to_owned(), "nothing counted".to_owned()),
            };
            vec![label.to_owned(), actual, target.to_string(), verdict]
        })
        .collect();
    let mean = metrics.mean_days_to_patch.map_or_else(|| "–".to_owned(), days);
    rows.push(vec!["Mean time to patch".to_owned(), mean, String::new(), String::new()]);
    for severity in &schedule.plan.policy().severities {
        let Some(mean) = metrics.mean_days_by_severity.get(&severity.name) else { continue };
        let within = f64::from(severity.within.0) / (24.0 * 60.0);
        let label = format!("Mean time to patch, {}", within_sentence(&name(&severity.name)));
        rows.push(vec![label, days(*mean), format!("under {}", severity.within), verdict(*mean < within)]);
    }
    let columns = vec![column("Figure", 9), number("Actual", 4), number("Target", 4), column("", 4)];
    vec![heading("Targets"), Part::Table(Table { columns, rows })]
}

fn days(days: f64) -> String {
    format!("{days:.1} days")
}

/// A table for each way to break the items down.
pub fn breakdowns(schedule: &Schedule, report: &ComplianceReport<'_>) -> Vec<Part> {
    let plan = &*schedule.plan;
    let overall = row("Overall".to_owned(), report.overall);
    let mut parts = vec![heading("Items"), table("", vec![overall])];
    let breakdowns: [(&str, &str, &BTreeMap<String, Figures>); 4] = [
        ("By severity", "severity", &report.by_severity),
        ("By environment", "environment", &report.by_environment),
        ("By business area", "area", &report.by_area),
        ("By group", "group", &report.by_group),
    ];
    for (title, by, figures) in breakdowns {
        let mut rows: Vec<(usize, Vec<String>)> = figures
            .iter()
            .map(|(key, figures)| (rank(plan, by, key), row(key_name(plan, by, key), *figures)))
            .collect();
        rows.sort_by_key(|(rank, _)| *rank);
        if !rows.is_empty() {
            parts.push(heading(title));
            parts.push(table("", rows.into_iter().map(|(_, row)| row).collect()));
        }
    }
    parts
}

/// Severities come in the order of the policy, groups in that of their ladders.
fn rank(plan: &Plan, by: &str, key: &str) -> usize {
    let groups = || plan.ladders().iter().flat_map(|ladder| &ladder.groups);
    match by {
        "severity" => plan.policy().severities.iter().position(|severity| severity.name == key),
        "group" => groups().position(|group| group.id.as_str() == key),
        _ => Some(0),
    }
    .unwrap_or(usize::MAX)
}

/// The name of a key of a breakdown by "severity", "environment", "area" or "group". Other keys are their own names.
pub fn key_name(plan: &Plan, by: &str, key: &str) -> String {
    let none = match by {
        "severity" => "Not rated",
        "area" => "No business area",
        "group" => "In no group",
        _ => key,
    };
    if key == NONE {
        return none.to_owned();
    }
    match by {
        "area" => plan.areas().get(&AreaId::new(key)).map(|area| called(&area.name, &area.id)),
        "group" => plan
            .group(&GroupId::new(key))
            .map(|(ladder, group)| format!("{}, {}", called(&ladder.name, &ladder.id), called(&group.name, &group.id))),
        _ => None,
    }
    .unwrap_or_else(|| name(key))
}

/// The months of the period, and those to come if all goes as planned.
pub fn months(report: &ComplianceReport<'_>) -> Vec<Part> {
    let trend = report.trend.iter().map(|each| (each.month.as_str(), each.figures));
    let forecast = report.forecast.iter().map(|each| (each.month.as_str(), each.figures));
    let rows = |months: &mut dyn Iterator<Item = (&str, Figures)>| -> Vec<Vec<String>> {
        months.map(|(month, figures)| row(month_in_words(month), figures)).collect()
    };
    let mut parts = Vec::new();
    for (title, rows) in [
        ("By month", rows(&mut trend.into_iter())),
        ("Forecast: what the planned windows will bring", rows(&mut forecast.into_iter())),
    ] {
        if !rows.is_empty() {
            parts.extend([heading(title), table("Month", rows)]);
        }
    }
    parts
}

/// "March 2027" of "2027-03".
fn month_in_words(month: &str) -> String {
    format!("{month}-01").parse::<NaiveDate>().map_or_else(|_| month.to_owned(), month_and_year)
}

fn table(first: &str, rows: Vec<Vec<String>>) -> Part {
    let numbers =
        ["Due", "In time", "Late", "Overdue", "Pending", "Excused", "No deadline", "Not scanned", "In time, %"];
    let columns = std::iter::once(column(first, 9)).chain(numbers.map(|name| number(name, 3))).collect();
    Part::Table(Table { columns, rows })
}

fn row(label: String, figures: Figures) -> Vec<String> {
    let Figures { in_time, late, open, pending, excused, no_deadline, unverified } = figures;
    let counts = [figures.due(), in_time, late, open, pending, excused, no_deadline, unverified];
    let percent = if figures.due() == 0 { "–".to_owned() } else { format!("{:.1}", figures.percent()) };
    std::iter::once(label).chain(counts.map(|count| count.to_string())).chain([percent]).collect()
}
