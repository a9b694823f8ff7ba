//! `compliance`: which advisories are installed in time, from the results and scans that were recorded.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, ValueEnum};

use super::arguments::{CsvArguments, is_standard_output, other_ending, today, utc_time};
use super::delivery::check;
use super::export::PagePaper;
use super::plan::read_schedule;
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::compliance::{ComplianceReport, Figures, NONE, Target};
use crate::export::Source;
use crate::export::compliance::{ComplianceChoice, Moment};
use crate::export::lists::{self, List, ListForm, ListOrder};
use crate::export::print::{Form as PrintedForm, PrintOrder, PrintSubject};
use crate::model::UtcMinute;
use crate::output::{FormFrom, Order};
use crate::schedule::Schedule;
use crate::store;
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
    /// List the items, each advisory on each system, instead of the figures
    #[arg(long)]
    items: bool,
    /// List the board of advisories: the stages of each from Identify to Document
    #[arg(long, conflicts_with_all = ["items", "hosts", "from"])]
    board: bool,
    /// List the board of releases: the stages of each release on each ladder that follows it
    #[arg(long, conflicts_with_all = ["items", "board", "hosts", "from"])]
    releases: bool,
    /// Output format [default: text, or that of the file's ending]
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// File to write instead of standard output: .pdf, .html or .md for auditors, .csv, .xlsx, .json or .txt
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Paper size, for .pdf and .html
    #[arg(long, value_enum, default_value = "a4")]
    paper: PagePaper,
    #[command(flatten)]
    csv: CsvArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Csv,
    Json,
    Xlsx,
    Html,
    Pdf,
    Md,
}

/// Reads "2027-03-31" and "2027-03-31T22:00:00Z".
pub fn read_moment(text: &str) -> Result<Moment, String> {
    if text.contains(['T', 't']) {
        return utc_time(text)
            .map(|at| Moment::At(UtcMinute::from_utc(at)))
            .map_err(|advice| format!("{advice}, or a date such as 2027-03-31"));
    }
    read_iso_date(text).map(Moment::EndOf).map_err(|error| format!("{error}, or a time such as 2027-03-31T22:00:00Z"))
}

/// A form in which the report is written, and how.
enum Written {
    /// A summary for the terminal.
    Summary,
    List(&'static ListForm),
    Print(PrintedForm),
}

impl Form {
    /// The form that the ending of a file asks for.
    fn for_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        Self::value_variants().iter().copied().find(|form| form.ending() == ending)
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Md => "md",
        }
    }

    fn written(self) -> Written {
        match self {
            Self::Text => Written::Summary,
            Self::Csv => Written::List(&lists::CSV),
            Self::Xlsx => Written::List(&lists::XLSX),
            Self::Json => Written::List(&lists::JSON),
            Self::Html => Written::Print(PrintedForm::Html),
            Self::Pdf => Written::Print(PrintedForm::Pdf),
            Self::Md => Written::Print(PrintedForm::Markdown),
        }
    }
}

impl Run for Compliance {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let form = self.form()?;
        let choice =
            ComplianceChoice { moment: self.at.unwrap_or_default(), from: self.from, counts_hosts: self.hosts };
        let opened = read_schedule(&self.plan)?;
        let source = Source::new(&opened.schedule, today(&opened.schedule, clock)).with_now(UtcMinute::from_utc(clock));
        let order = match form.written() {
            Written::Summary if self.list_option().is_some() => Some(self.list(choice, &lists::TEXT)),
            Written::Summary => None,
            Written::List(form) => Some(self.list(choice, form)),
            Written::Print(form) => {
                let what = PrintSubject::Compliance(choice);
                Some(Order::Print(PrintOrder { what, form, paper: self.paper.into(), is_one_file_each: false }))
            }
        };
        let Some(order) = order.or_else(|| self.output.is_some().then(|| self.list(choice, &lists::TEXT))) else {
            let report = ComplianceReport::new(&opened.schedule, &choice.options(&source));
            return Ok(Reply::new(text(&opened.schedule, &report)).with_notes(opened.notes));
        };
        let path = self.output.as_deref().unwrap_or(Path::new("-"));
        let form_from =
            if is_standard_output(path) || store::is_stream(path) { FormFrom::Order } else { FormFrom::Ending };
        check(order, path, form_from, &[&self.plan])?.reply(&source, opened.notes)
    }
}

impl Compliance {
    fn list(&self, choice: ComplianceChoice, form: &'static ListForm) -> Order {
        let list = match self {
            Self { items: true, .. } => List::ComplianceItems(choice),
            Self { board: true, .. } => List::Process(choice),
            Self { releases: true, .. } => List::ReleaseProcess(choice),
            _ => List::Compliance(choice),
        };
        Order::List(ListOrder { form, csv: self.csv.style(), ..ListOrder::new(list) })
    }

    /// The option that asks for a list instead of the figures.
    fn list_option(&self) -> Option<&'static str> {
        let options = [(self.items, "--items"), (self.board, "--board"), (self.releases, "--releases")];
        options.into_iter().find(|(is_given, _)| *is_given).map(|(_, option)| option)
    }

    /// The form that was asked for, or that of the file's ending.
    fn form(&self) -> Result<Form, Failure> {
        let Some(path) = self.output.as_deref().filter(|path| !is_standard_output(path)) else {
            let form = self.format.unwrap_or(Form::Text);
            return match form {
                Form::Pdf | Form::Xlsx => {
                    Err(Failure(format!("{} needs a file (add -o FILE.{})", form.ending(), form.ending())))
                }
                form => self.checked(form),
            };
        };
        let of_ending = Form::for_path(path);
        match (self.format, of_ending) {
            (None, None) => {
                let endings = ".pdf, .html, .md, .csv, .xlsx, .json or .txt";
                Err(Failure::at(path, format!("unknown ending (use {endings})")))
            }
            (Some(form), None) if store::is_stream(path) => self.checked(form),
            (Some(form), of_ending) if of_ending != Some(form) => Err(other_ending(path, form.ending())),
            (_, Some(form)) | (Some(form), None) => self.checked(form),
        }
    }

    /// Items are a list, and PDF is not in every build.
    fn checked(&self, form: Form) -> Result<Form, Failure> {
        match (form.written(), self.list_option()) {
            (Written::Print(_), Some(option)) => {
                Err(Failure(format!("{option} is a list (use --format text, csv, json or xlsx)")))
            }
            (Written::Print(printed), _) if !PrintedForm::ALL.contains(&printed) => {
                Err(Failure("this build prints no PDF (use --format html)".to_owned()))
            }
            _ => Ok(form),
        }
    }
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
        let at: DateTime<Utc> = "2027-03-31T22:00:00Z".parse().unwrap();
        assert_eq!(read_moment("2027-04-01T00:00:00+02:00"), Ok(Moment::At(UtcMinute::from_utc(at))));
        for wrong in ["", "now", "2027-02-30", "2027-03-31T22:00", "31.3.2027"] {
            assert!(read_moment(wrong).is_err(), "{wrong}");
        }
    }
}
