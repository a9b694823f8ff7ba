//! `check`: what is wrong with a plan.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{CsvArguments, ListFormArguments, Now, is_standard_output, today};
use super::check_fixes::{fixed, in_words};
use super::delivery::{CheckedDelivery, list_delivery};
use super::find;
use super::known_times;
use super::plan::{LockedPlan, OpenedSchedule, derive, file_name, read_schedule_and_text};
use super::registry::Run;
use super::reply::{FOUND, Failure, Reply};
use super::report_file::ReportFile;
use crate::checks::{Finding, Findings, RULES, Severity};
use crate::export::annotations::{Annotations, github, sarif};
use crate::export::lists::{FORMS, List, TEXT};
use crate::export::{Source, unknown_dates};
use crate::model::{Subject, WindowId};
use crate::schedule::{Schedule, Simulation};
use crate::store;
use crate::wording::within_sentence;

/// The formats for code hosts.
const GITHUB: &str = "github";
const SARIF: &str = "sarif";

/// What has no effect if a plan is fixed.
const NOT_WITH_FIX: [&str; 6] = ["each", "accept_times", "format", "output", "no_bom", "program"];

/// Check a plan; exits with 1 if there are errors
#[derive(Debug, Args)]
pub struct Check {
    /// Plan to check
    plan: PathBuf,
    /// List each finding on its own line instead of grouping findings with the same cause
    #[arg(long)]
    each: bool,
    /// Exit with 1 for warnings, too, unless somebody accepted them
    #[arg(long)]
    strict: bool,
    /// Only these checks, by code or the beginning of one, e.g. B001,R
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = codes)]
    select: Vec<String>,
    /// Without these checks
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = codes)]
    ignore: Vec<String>,
    /// Only what concerns this window (id or name)
    #[arg(long, value_name = "WINDOW")]
    window: Option<String>,
    /// Apply the quick fixes of these findings, save the plan and show what changed
    #[arg(long, conflicts_with_all = NOT_WITH_FIX)]
    fix: bool,
    /// Fix even if unknown fields in the plan would be lost
    #[arg(long, requires = "fix", conflicts_with_all = NOT_WITH_FIX)]
    drop_unknown: bool,
    /// Accept the times that other zone data changed, so that they are no longer reported
    #[arg(long)]
    accept_times: bool,
    /// Output format; github and sarif are for code hosts [default: that of the file's ending, text on standard output]
    #[arg(long, value_parser = ["text", "csv", "xlsx", "json", GITHUB, SARIF])]
    format: Option<String>,
    /// File to write: .csv, .xlsx, .json, .txt or .sarif; - is standard output [default: -]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    csv: CsvArguments,
    #[command(flatten)]
    now: Now,
}

/// A code of a check, or the beginning of one.
fn codes(text: &str) -> Result<String, String> {
    let code = text.trim().to_uppercase();
    let is_known = !code.is_empty() && RULES.iter().any(|rule| rule.code.starts_with(&code));
    is_known.then_some(code).ok_or_else(|| format!("unknown check \"{text}\" (windowsill explain lists them)"))
}

/// Where the findings go.
enum CheckOutput<'a> {
    /// Annotations for a code host; to standard output without a file.
    Annotations {
        reader: &'static str,
        file: Option<ReportFile<'a>>,
    },
    List(CheckedDelivery),
}

impl Run for Check {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let now = self.now.or(clock);
        if self.fix {
            return self.fix(now, clock);
        }
        let output = self.checked_output()?;
        let (OpenedSchedule { schedule, mut notes }, text) = read_schedule_and_text(&self.plan)?;
        if self.accept_times {
            known_times::accept(&self.plan, &schedule)?;
        }
        let window = self.window_id(&schedule)?;
        notes.extend(known_times::moved_times(&self.plan, &schedule, today(&schedule, now)));
        // On screen the simulations follow later, in the background. Here there is nothing else to wait for.
        let schedule = schedule.with_outlooks(Simulation::RUNS);
        let all = Findings::check(&schedule, today(&schedule, now), None);
        let findings = all.only(&|finding| self.wants(finding, window.as_ref()));
        let reply = match output {
            CheckOutput::Annotations { reader, file } => {
                Reply::new(self.annotate(&findings, &text, reader, file.as_ref())?).with_notes(notes)
            }
            CheckOutput::List(delivery) => {
                delivery.reply(&Source::new(&schedule, today(&schedule, now)).with_findings(&findings), notes)?
            }
        };
        let is_colored = self.format.as_deref().is_none_or(|format| format == TEXT.id) && self.file().is_none();
        Ok(Reply { code: self.code(&findings), has_severities: is_colored, ..reply })
    }
}

impl Check {
    /// Applies quick fixes and saves the plan. The exit code tells what a check of the saved plan finds.
    fn fix(&self, now: DateTime<Utc>, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let locked = LockedPlan::open(&self.plan, self.drop_unknown)?;
        let schedule = derive(locked.plan.clone());
        // Fixes would be decided as if nothing took place in these windows.
        if schedule.is_too_large() {
            let windows = unknown_dates(&schedule).unwrap_or_default();
            let remedy = "Cover fewer months or remove windows first; nothing was fixed";
            return Err(Failure::at(&self.plan, format!("{windows}. {remedy}")));
        }
        let schedule = schedule.with_outlooks(Simulation::RUNS);
        let today = today(&schedule, now);
        let window = self.window_id(&schedule)?;
        let wants = |finding: &Finding| self.wants(finding, window.as_ref());
        let fixed = fixed(&schedule, today, &wants);
        let mut notes = locked.notes.clone();
        if !fixed.labels.is_empty() {
            notes.extend(locked.save(&fixed.schedule.plan, clock)?);
        }
        notes.extend(known_times::moved_times(&self.plan, &fixed.schedule, today));
        let text = in_words(&fixed, &schedule, &self.plan, today);
        Ok(Reply { code: self.code(&fixed.findings.only(&wants)), ..Reply::in_words(&text).with_notes(notes) })
    }

    /// The window that `--window` names.
    fn window_id(&self, schedule: &Schedule) -> Result<Option<WindowId>, Failure> {
        let found = self.window.as_deref().map(|wanted| find::record(schedule.plan.windows(), wanted)).transpose();
        let found = found.map_err(|Failure(why)| Failure::at(&self.plan, within_sentence(&why)))?;
        Ok(found.map(|window| window.id.clone()))
    }

    fn wants(&self, finding: &Finding, window: Option<&WindowId>) -> bool {
        let is_one = |codes: &[String]| codes.iter().any(|code| finding.rule.code.starts_with(code.as_str()));
        (self.select.is_empty() || is_one(&self.select))
            && !is_one(&self.ignore)
            && window.is_none_or(|window| {
                finding.is_about(&|subject| matches!(subject, Subject::Window(id) if id == window))
            })
    }

    fn code(&self, findings: &Findings) -> u8 {
        let count = |severity| findings.count_with_unfinished(severity);
        let is_found = count(Severity::Error) > 0 || (self.strict && count(Severity::Warning) > 0);
        if is_found { FOUND } else { 0 }
    }

    /// Where the findings go, checked before anything is done.
    fn checked_output(&self) -> Result<CheckOutput<'_>, Failure> {
        if let Some(reader) = self.annotated_for() {
            let endings: &[&str] = if reader == SARIF { &[SARIF, "json"] } else { &["txt"] };
            let file = self.file().map(|path| ReportFile::checked(path, endings, &[&self.plan])).transpose()?;
            return Ok(CheckOutput::Annotations { reader, file });
        }
        let format = FORMS.into_iter().find(|form| self.format.as_deref() == Some(form.id));
        let list = List::Findings { each: self.each };
        let form = ListFormArguments { format, csv: self.csv.clone() };
        Ok(CheckOutput::List(list_delivery(list, &form, self.file(), &self.plan)?))
    }

    /// The file to write. None for standard output.
    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| !is_standard_output(path))
    }

    /// The code host that is to read the findings.
    fn annotated_for(&self) -> Option<&'static str> {
        let is_sarif = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(SARIF));
        match self.format.as_deref() {
            Some(format) => [GITHUB, SARIF].into_iter().find(|host| *host == format),
            None => self.file().is_some_and(is_sarif).then_some(SARIF),
        }
    }

    /// Annotations for standard output, or that they were written to the file.
    fn annotate(
        &self,
        findings: &Findings,
        plan: &str,
        reader: &str,
        file: Option<&ReportFile<'_>>,
    ) -> Result<String, Failure> {
        let annotations = Annotations { findings, file: self.path_in_reports(), lines: store::lines_of_records(plan) };
        let text = if reader == SARIF { sarif(&annotations) + "\n" } else { github(&annotations) };
        let Some(file) = file else { return Ok(text) };
        file.write(text.as_bytes(), &format!("Findings of {}", file_name(&self.plan)))
    }

    /// The path of the plan with slashes, as reports have it.
    fn path_in_reports(&self) -> String {
        let parts = self.plan.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let path =
            if self.plan.is_absolute() { self.plan.display().to_string() } else { parts.collect::<Vec<_>>().join("/") };
        path.replace('\\', "/")
    }
}
