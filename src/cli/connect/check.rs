//! `connect check`: what each system can express of each window.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use crate::cli::arguments::{Now, ReportForm};
use crate::cli::plan::{OpenedSchedule, file_name, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::cli::report_file::ReportArguments;
use crate::connect::writing::{ExpressedWindow, Loss, title};
use crate::connect::{ConnectedSystem, SYSTEMS, SystemOrder, find_system, targets};
use crate::export::lists::aligned;
use crate::export::{clip_line, json_list};
use crate::model::{UtcMinute, WindowId};

/// Show what each system can express of each window, and what is lost
///
/// "rule" is a native rule of the system, "26 dates" are single entries, "impossible" cannot be written. An asterisk means
/// that something is lost. With --to, reasons and losses are listed.
#[derive(Debug, Args)]
pub struct Check {
    /// Plan to read
    plan: PathBuf,
    /// Only this system
    #[arg(long, value_name = "SYSTEM", value_parser = system_parser())]
    to: Option<&'static ConnectedSystem>,
    #[command(flatten)]
    report: ReportArguments,
    #[command(flatten)]
    now: Now,
}

/// Reads the id of a system for which something is written.
fn system_parser() -> impl TypedValueParser<Value = &'static ConnectedSystem> {
    let ids = SYSTEMS.iter().filter(|system| !system.writes.is_empty()).map(|system| system.id);
    PossibleValuesParser::new(ids).try_map(|id| find_system(&id).ok_or("unknown system"))
}

#[derive(Serialize)]
struct Row<'a> {
    window: &'a WindowId,
    name: String,
    system: &'static str,
    /// The form of the file, since a system may have forms with other limits.
    format: &'static str,
    form: &'static str,
    dates: usize,
    reason: &'a str,
    lost: &'a [Loss],
}

impl Run for Check {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let report = self.report.checked(&[&self.plan])?;
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let now = UtcMinute::from_utc(self.now.or(clock));
        let targets = targets().filter(|target| self.to.is_none_or(|system| *system == *target.system));
        let all: Vec<(SystemOrder, Vec<ExpressedWindow<'_>>)> =
            targets.map(|target| (target, target.writer.express(&schedule, now))).collect();
        let text = match (report.form, self.to) {
            (ReportForm::Json, _) => json_list(&rows(&all)),
            (ReportForm::Text, None) => table(&all),
            (ReportForm::Text, Some(_)) => details(&all),
        };
        let what = format!("What systems can express of {}", file_name(&self.plan));
        Ok(report.reply(text, &what)?.with_notes(notes))
    }
}

type Expressed<'a> = [(SystemOrder, Vec<ExpressedWindow<'a>>)];

/// Window by window, the systems in the order of their ids.
fn rows<'a>(all: &'a Expressed<'a>) -> Vec<Row<'a>> {
    let count = all.first().map_or(0, |(_, windows)| windows.len());
    let row = |(target, windows): &'a (SystemOrder, Vec<ExpressedWindow<'a>>), index: usize| {
        let expressed = &windows[index];
        Row {
            window: expressed.window.id(),
            name: title(&expressed.window.window),
            system: target.system.id,
            format: target.writer.format,
            form: expressed.form.id(),
            dates: expressed.form.dates(),
            reason: expressed.form.reason(),
            lost: &expressed.lost,
        }
    };
    (0..count).flat_map(|index| all.iter().map(move |target| row(target, index))).collect()
}

/// A line for each window, a column for each target.
fn table(all: &Expressed<'_>) -> String {
    let has_forms = |target: &SystemOrder| all.iter().filter(|(other, _)| other.system == target.system).count() > 1;
    let column = |target: &SystemOrder| {
        if has_forms(target) {
            format!("{} {}", target.system.id, target.writer.format)
        } else {
            target.system.id.to_owned()
        }
    };
    let mut lines = vec![vec!["Window".to_owned()]];
    lines[0].extend(all.iter().map(|(target, _)| column(target)));
    let count = all.first().map_or(0, |(_, windows)| windows.len());
    for index in 0..count {
        let expressed = || all.iter().map(|(_, windows)| &windows[index]);
        let mut line: Vec<String> =
            expressed().take(1).map(|each| clip_line(&title(&each.window.window), 40)).collect();
        line.extend(expressed().map(|each| {
            let mark = if each.lost.is_empty() { "" } else { "*" };
            format!("{}{mark}", each.form.in_short())
        }));
        lines.push(line);
    }
    format!("{}\n* Something is lost. Reasons and losses: windowsill connect check PLAN --to SYSTEM\n", aligned(&lines))
}

/// Each window with its form and everything that is lost.
fn details(all: &Expressed<'_>) -> String {
    let mut text = String::new();
    for (target, windows) in all {
        let _ = writeln!(text, "{}", target.writer.output.name);
        for expressed in windows {
            let name = clip_line(&title(&expressed.window.window), 60);
            let _ = writeln!(text, "  {name}: {}", expressed.form);
            for loss in &expressed.lost {
                let _ = writeln!(text, "    {}: {}", loss.what.name(), loss.detail);
            }
        }
    }
    text
}
