//! `activity`: what a SOC or NOC must know of the windows, and which events of a log they explain.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::arguments::{ListArguments, today};
use super::delivery::write_list;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use super::report_file::ReportFile;
use super::working;
use crate::activity::{ActivityReport, Class, Classifier, DatesOrder, TimeReader, read};
use crate::export::Source;
use crate::export::lists::{CSV, CsvStyle, JSON, List, ListForm, Span, time_in_excel};
use crate::model::Minutes;
use crate::schedule::{Schedule, Zone};
use crate::store;
use crate::wording::typed::read_iso_date;
use crate::wording::{formulas, visible_line};

/// List which systems may restart or change on a day, or tell which events of a log the windows explain
///
/// Without --events, lists every window that overlaps the day (all windows without --on). With --events, each line of a
/// log is compared with the windows: expected, unapproved, `wrong_system`, outside or unreadable. Logs are syslog (RFC 5424),
/// the journal (journalctl -o json), event tables of Windows (CSV) or other tables with the columns time and host.
#[derive(Debug, Args)]
pub struct Activity {
    /// Plan to read
    plan: PathBuf,
    /// Day on the plan's clock, e.g. 2027-01-16
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    on: Option<NaiveDate>,
    /// Log to compare with the windows; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "on")]
    events: Option<PathBuf>,
    /// Time zone of times in the log that have none [default: the plan's]
    #[arg(long, value_name = "ZONE", requires = "events", conflicts_with = "on")]
    zone: Option<String>,
    /// How much the clocks of hosts may be off, e.g. 90s or 2m
    #[arg(long, value_name = "DURATION", default_value = "2m", value_parser = skew_seconds, requires = "events",
        conflicts_with = "on")]
    skew: i64,
    /// Which part of a date such as 03/04/2027 comes first, if the log does not show it
    #[arg(long, value_name = "ORDER", value_parser = ["day-first", "month-first"], requires = "events",
        conflicts_with = "on")]
    dates: Option<String>,
    #[command(flatten)]
    output: ListArguments,
}

/// Seconds of "90s", "2m", "1h" or "0". Another number without a unit could be meant as anything, so it is refused.
fn skew_seconds(text: &str) -> Result<i64, String> {
    let wrong = || format!("invalid duration \"{text}\": use e.g. 90s or 2m");
    let has_unit = text.contains(|c: char| c.is_ascii_alphabetic());
    let seconds = match text.strip_suffix('s').map(|seconds| seconds.trim_end().parse::<u32>()) {
        Some(Ok(seconds)) => seconds,
        _ if text == "0" => 0,
        _ if has_unit => text.parse::<Minutes>().map_err(|_| wrong())?.0 * 60,
        _ => return Err(wrong()),
    };
    Ok(i64::from(seconds))
}

impl Run for Activity {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let Some(events) = &self.events else {
            let list = List::Activity(Span { from: self.on, to: self.on });
            let source = Source::new(&schedule, today(&schedule, clock));
            return write_list(list, &self.output, &self.plan, &source, notes);
        };
        let output = self.output.file();
        let form = self.form_of_events(events)?;
        let (report, unknown) = self.compare(&schedule, events)?;
        let text = match form.id {
            id if id == JSON.id => String::from_utf8(report.json()?).unwrap_or_default(),
            id if id == CSV.id => csv(&report, self.output.form.csv.style())?,
            _ => text(&report),
        };
        let unknown = unknown.map(|unknown| format!("hosts of no known system: {unknown}"));
        let text = match output {
            Some(path) => {
                let file = ReportFile::checked(path, form.file_type.endings, &[&self.plan])?;
                file.write(text.as_bytes(), &format!("{},", report.in_words()))?
            }
            None => text,
        };
        Ok(Reply::new(text).with_notes(notes.into_iter().chain(unknown).collect()))
    }
}

impl Activity {
    /// The form in which the events are written.
    fn form_of_events(&self, events: &Path) -> Result<&'static ListForm, Failure> {
        let file = self.output.file();
        if let Some(path) = file {
            store::guard_plan(path, Some(&self.plan))?;
            if path == events {
                return Err(Failure::at(path, "this is the log (choose another file)"));
            }
        }
        let form = self.output.form()?;
        match file {
            Some(path) if !form.is_text => Err(Failure::at(path, "events are written as .csv, .json or .txt")),
            _ => Ok(form),
        }
    }

    /// The classes of all events, and the hosts that no system has.
    fn compare(&self, schedule: &Schedule, events: &PathBuf) -> Result<(ActivityReport, Option<String>), Failure> {
        let source = store::open_source(std::slice::from_ref(events), working::progress())?;
        let file = source.files().next().ok_or_else(|| Failure::at(events, "no file to read"))?;
        let zone = match &self.zone {
            Some(name) => Zone::named(name).ok_or_else(|| Failure(format!("unknown time zone \"{name}\"")))?,
            None => Arc::clone(&schedule.zone),
        };
        let order = self.dates.as_deref().map(|order| match order {
            "day-first" => DatesOrder::DayFirst,
            _ => DatesOrder::MonthFirst,
        });
        let mut classifier = Classifier::new(schedule, self.skew);
        let mut report = ActivityReport::default();
        read(&file, &TimeReader { zone, order }, &mut |line, event| {
            source.check_cancelled()?;
            match event {
                Some((at, host)) => report.add(line, host, &classifier.classify(at, host)),
                None => report.add_unreadable(line),
            }
            Ok(())
        })
        .map_err(|error| Failure::at(events, error))?;
        let unknown = classifier.unknown_hosts();
        let unknown = (!unknown.is_empty()).then(|| crate::wording::list(unknown, 10));
        Ok((report, unknown))
    }
}

/// What is not expected, one line each, and the counts.
fn text(report: &ActivityReport) -> String {
    let mut text = String::new();
    for row in report.rows().filter(|row| row.class != Class::Expected) {
        let class = match row.class {
            Class::Expected => "expected",
            Class::Unapproved => "not approved",
            Class::WrongSystem => "host not in scope",
            Class::Outside => "outside",
            Class::Unreadable => "unreadable",
        };
        let (time, host) = (row.time.unwrap_or_default(), visible_line(row.host.unwrap_or_default()));
        let window = row.window.map(|window| format!("  {window}")).unwrap_or_default();
        let _ = writeln!(text, "line {}  {class:<17}  {time:<20}  {host}{window}", row.line);
    }
    text.push_str(&report.in_words());
    text.push('\n');
    text
}

/// All events. Standard output gets no byte-order mark, as with lists.
fn csv(report: &ActivityReport, style: CsvStyle) -> Result<String, Failure> {
    let (is_for_excel, delimiter) = (style.is_for_excel(), style.delimiter);
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(["line", if is_for_excel { "time (UTC)" } else { "time" }, "host", "class", "window"])?;
    for row in report.rows() {
        let time = row.time.map(|time| if is_for_excel { time_in_excel(&time) } else { time });
        let guarded = |text: Option<&str>| text.map(|text| formulas::guarded(text.to_owned()));
        writer.serialize((row.line, time, guarded(row.host), row.class, guarded(row.window)))?;
    }
    Ok(String::from_utf8_lossy(&writer.into_inner()?).into_owned())
}
