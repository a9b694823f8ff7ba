//! `compliance`: which advisories are installed in time, from the results and scans that were recorded.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Days, NaiveDate, Utc};
use clap::{Args, ValueEnum};

use super::arguments::utc_time;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::compliance::{ComplianceOptions, ComplianceReport, Figures, NONE, Target};
use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::Schedule;
use crate::wording::typed::read_iso_date;
use crate::wording::{counted, iso, list};

/// Report which advisories were installed in time, late or not yet, by severity, environment, business area and group
///
/// An item is one advisory on one system that it affects. It is due once its deadline has passed or it is done; it is done
/// once a result says that all hosts of the system were patched. docs/compliance.md has the definitions.
#[derive(Debug, Args)]
pub struct Compliance {
    /// Plan to read
    plan: PathBuf,
    /// Judge everything at the end of this day on the plan's clock, or at this time, e.g. 2027-03-31 or
    /// 2027-03-31T22:00:00Z [default: now]
    #[arg(long, value_name = "TIME", value_parser = read_moment)]
    at: Option<Moment>,
    /// First day of the period for the mean time to patch, failures, reboots and the trend [default: the plan's first day]
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    from: Option<NaiveDate>,
    /// Count hosts instead of systems
    #[arg(long)]
    hosts: bool,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Csv,
    Json,
}

/// A day, which means its end in the plan's zone, or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    EndOf(NaiveDate),
    At(DateTime<Utc>),
}

/// Reads "2027-03-31" and "2027-03-31T22:00:00Z".
pub fn read_moment(text: &str) -> Result<Moment, String> {
    if text.contains(['T', 't']) {
        return utc_time(text).map(Moment::At).map_err(|advice| format!("{advice}, or a date such as 2027-03-31"));
    }
    read_iso_date(text).map(Moment::EndOf).map_err(|error| format!("{error}, or a time such as 2027-03-31T22:00:00Z"))
}

impl Moment {
    /// The instant in a plan.
    pub fn resolve(self, schedule: &Schedule) -> UtcMinute {
        match self {
            Self::At(at) => UtcMinute::from_utc(at),
            Self::EndOf(on) => {
                let next = on.checked_add_days(Days::new(1)).unwrap_or(on);
                schedule.zone.resolve(LocalMinute::midnight(next)).at
            }
        }
    }
}

impl Run for Compliance {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let at = self.at.unwrap_or(Moment::At(clock)).resolve(&schedule);
        let options = ComplianceOptions { at, from: self.from, count_hosts: self.hosts };
        let compliance = ComplianceReport::new(&schedule, &options);
        let text = match self.format {
            Form::Json => serde_json::to_string_pretty(&compliance)? + "\n",
            Form::Csv => csv(&compliance)?,
            Form::Text => text(&schedule, &compliance),
        };
        Ok(Reply::new(text).with_notes(notes))
    }
}

/// One line for each key of a breakdown, and each month.
fn csv(compliance: &ComplianceReport<'_>) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns = ["in_time", "late", "open", "pending", "excused", "no_deadline", "unverified", "percent"];
    writer.write_record(["by", "key", "due"].into_iter().chain(columns))?;
    for (by, key, figures) in rows(compliance) {
        let Figures { in_time, late, open, pending, excused, no_deadline, unverified } = figures;
        let counts = [figures.due(), in_time, late, open, pending, excused, no_deadline, unverified];
        let counts = counts.map(|count| count.to_string());
        let percent = format!("{:.1}", figures.percent());
        let row = [by, key].into_iter().chain(counts.iter().map(String::as_str)).chain([percent.as_str()]);
        writer.write_record(row)?;
    }
    Ok(String::from_utf8_lossy(&writer.into_inner()?).into_owned())
}

/// What is broken down, each with its key and figures.
fn rows<'a>(compliance: &'a ComplianceReport<'_>) -> Vec<(&'static str, &'a str, Figures)> {
    let parts: [(&'static str, &BTreeMap<String, Figures>); 4] = [
        ("severity", &compliance.by_severity),
        ("environment", &compliance.by_environment),
        ("area", &compliance.by_area),
        ("group", &compliance.by_group),
    ];
    let mut rows = vec![("overall", "", compliance.overall)];
    for (by, keys) in parts {
        rows.extend(keys.iter().map(|(key, figures)| (by, key.as_str(), *figures)));
    }
    rows.extend(compliance.trend.iter().map(|month| ("month", month.month.as_str(), month.figures)));
    rows.extend(compliance.forecast.iter().map(|month| ("forecast", month.month.as_str(), month.figures)));
    rows
}

fn text(schedule: &Schedule, compliance: &ComplianceReport<'_>) -> String {
    let mut text = String::new();
    let at = iso::local_minute(schedule.zone.local(compliance.at)).replace('T', " ");
    let _ = writeln!(text, "Compliance at {at} ({})\n", schedule.plan.zone());
    let rows = rows(compliance);
    let width = rows.iter().map(|(_, key, _)| key.chars().count()).max().unwrap_or(0).max("Overall".len());
    let _ = writeln!(
        text,
        "{:<11}  {:<width$}  {:>6}  {:>7}  {:>5}  {:>5}  {:>7}  {:>7}  {:>11}  {:>10}  {:>7}",
        "", "", "Due", "In time", "Late", "Open", "Pending", "Excused", "No deadline", "Unverified", "Percent"
    );
    for (by, key, figures) in rows {
        let Figures { in_time, late, open, pending, excused, no_deadline, unverified } = figures;
        let (due, percent) = (figures.due(), figures.percent());
        let key = if key.is_empty() { "Overall" } else { key };
        let _ = writeln!(
            text,
            "{by:<11}  {key:<width$}  {due:>6}  {in_time:>7}  {late:>5}  {open:>5}  {pending:>7}  {excused:>7}  \
             {no_deadline:>11}  {unverified:>10}  {percent:>5.1} %"
        );
    }
    text.push('\n');
    let metrics = &compliance.metrics;
    let figure =
        |value: Option<f64>, unit: &str| value.map_or_else(|| "–".to_owned(), |value| format!("{value} {unit}"));
    let lines = [
        ("Mean time to patch", figure(metrics.mean_days_to_patch, "days"), None),
        ("Failed hosts", figure(metrics.failure_percent, "%"), Some(Target::FAILED_HOSTS)),
        ("Successful reboots", figure(metrics.reboot_success_percent, "%"), Some(Target::SUCCESSFUL_REBOOTS)),
        ("Critical in time", figure(metrics.critical_in_time_percent, "%"), Some(Target::CRITICAL_IN_TIME)),
        ("High in time", figure(metrics.high_in_time_percent, "%"), Some(Target::HIGH_IN_TIME)),
    ];
    for (name, value, target) in lines {
        let target = target.map_or_else(String::new, |target| format!("target: {target}"));
        let _ = writeln!(text, "{}", format!("{name:<20}  {value:<12}  {target}").trim_end());
    }
    for (severity, days) in &metrics.mean_days_by_severity {
        let within = schedule.plan.policy().severities.iter().find(|each| each.name == *severity);
        let within = within.map_or_else(String::new, |each| format!("deadline: {}", each.within));
        let _ = writeln!(text, "{}", format!("  {severity:<18}  {:<12}  {within}", format!("{days} days")).trim_end());
    }
    if !compliance.overdue.is_empty() {
        text.push_str("\nOverdue\n");
    }
    for overdue in &compliance.overdue {
        const MOST: usize = 8;
        let severity = overdue.severity.as_deref().unwrap_or(NONE);
        let systems = list(overdue.systems.iter().cloned(), MOST);
        let days = counted(overdue.days, "day");
        let _ = writeln!(text, "  {days:>8}  {severity:<8}  {}: {systems}", overdue.advisory);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_day_or_an_instant() {
        assert_eq!(read_moment("2027-03-31"), Ok(Moment::EndOf("2027-03-31".parse().unwrap())));
        let at = "2027-03-31T22:00:00Z".parse().unwrap();
        assert_eq!(read_moment("2027-04-01T00:00:00+02:00"), Ok(Moment::At(at)));
        for wrong in ["", "now", "2027-02-30", "2027-03-31T22:00", "31.3.2027"] {
            assert!(read_moment(wrong).is_err(), "{wrong}");
        }
    }
}
