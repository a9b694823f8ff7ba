//! `lint`: what is wrong with files that tell other programs how to patch.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::ReportForm;
use super::plan::{LockedPlan, OpenedSchedule, file_name, read_schedule};
use super::registry::{Run, commands};
use super::reply::{FOUND, Failure, Reply};
use super::report_file::ReportArguments;
use super::working;
use crate::checks::Severity;
use crate::connect::lint::{LintError, LintFinding, lint_baseline, lint_playbook};
use crate::export::json_list;
use crate::model::Edit;
use crate::store;
use crate::wording::{counted, within_sentence};

commands! {
    // What can be typed after `windowsill lint`.
    Kind:
    baseline::Baseline,
    playbook::Playbook,
}

/// Check a patch baseline or a playbook against a plan; exits with 1 if there are errors
#[derive(Debug, Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Lint {
    #[command(subcommand)]
    kind: Kind,
}

impl Run for Lint {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.kind.run(clock)
    }
}

// What both kinds need.
#[derive(Debug, Args)]
struct Files {
    /// File to check; - reads standard input
    file: PathBuf,
    /// Plan with the deadlines, windows and estimates
    #[arg(long)]
    plan: PathBuf,
    #[command(flatten)]
    report: ReportArguments,
}

mod baseline {
    use super::{Args, DateTime, Failure, Files, Reply, Run, Utc, lint_baseline, opened, reply};

    /// Check a patch baseline or maintenance windows of AWS (JSON) against the plan's deadlines and windows
    #[derive(Debug, Args)]
    pub struct Baseline {
        #[command(flatten)]
        files: Files,
    }

    impl Run for Baseline {
        fn run(&self, _: DateTime<Utc>) -> Result<Reply, Failure> {
            let (text, schedule, notes) = opened(&self.files)?;
            let findings = lint_baseline(&text, &schedule);
            reply(&self.files, findings, notes)
        }
    }
}

mod playbook {
    use super::{Args, DateTime, Failure, Files, Reply, Run, Utc, apply, lint_playbook, opened, reply};

    /// Check a playbook of Ansible (YAML) against the plan's batches and estimates
    #[derive(Debug, Args)]
    pub struct Playbook {
        #[command(flatten)]
        files: Files,
        /// Take the batches, limits of failures and timeouts of the playbook into the windows and estimates
        #[arg(long)]
        apply: bool,
    }

    impl Run for Playbook {
        fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
            let (text, schedule, mut notes) = opened(&self.files)?;
            let lint = lint_playbook(&text, &schedule);
            if let Ok(lint) = &lint
                && self.apply
            {
                notes.extend(apply(&self.files.plan, &lint.edits, clock)?);
            }
            reply(&self.files, lint.map(|lint| lint.findings), notes)
        }
    }
}

/// The text of the file, and the schedule of the plan.
fn opened(files: &Files) -> Result<(String, crate::schedule::Schedule, Vec<String>), Failure> {
    // A file that must not be written is refused before the plan is changed.
    files.report.checked(&[&files.plan, &files.file])?;
    let OpenedSchedule { schedule, notes } = read_schedule(&files.plan)?;
    let source = store::open_source(std::slice::from_ref(&files.file), working::progress())?;
    let file = source.files().next().ok_or_else(|| Failure::at(&files.file, "the folder has no file to check"))?;
    let bytes = file.bytes().map_err(|error| Failure::at(&files.file, within_sentence(&error.to_string())))?;
    Ok((crate::encoding::decode(&bytes).text, schedule, notes))
}

fn reply(files: &Files, findings: Result<Vec<LintFinding>, LintError>, notes: Vec<String>) -> Result<Reply, Failure> {
    let findings = findings.map_err(|error| Failure::in_file(&files.file, &within_sentence(&error.to_string())))?;
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let report = files.report.checked(&[&files.plan, &files.file])?;
    let text = match report.form {
        ReportForm::Json => json_list(&findings),
        ReportForm::Text => in_lines(&files.file, &findings),
    };
    let code = if errors > 0 { FOUND } else { 0 };
    let what = format!("Findings of {}", file_name(&files.file));
    Ok(Reply { code, ..report.reply(text, &what)?.with_notes(notes).with_severities() })
}

/// A line for each finding, as compilers print them.
fn in_lines(file: &Path, findings: &[LintFinding]) -> String {
    let line = |finding: &LintFinding| {
        let LintFinding { code, severity, line, message } = finding;
        format!("{}:{line}: {} {code}: {message}\n", file.display(), severity.name())
    };
    let lines = findings.iter().map(line).collect::<Vec<_>>().concat();
    let count = if findings.is_empty() { "No findings".to_owned() } else { counted(findings.len(), "finding") };
    format!("{lines}{count}\n")
}

/// Changes the plan. Returns notes.
fn apply(path: &Path, edits: &[Edit], clock: DateTime<Utc>) -> Result<Vec<String>, Failure> {
    if edits.is_empty() {
        return Ok(vec![format!("{}: the plan already says the same", path.display())]);
    }
    let locked = LockedPlan::open(path, false)?;
    let edit = Edit::Together { label: "Take over a playbook".to_owned(), edits: edits.to_vec() };
    let plan = locked.plan.apply(&edit)?;
    let mut notes = locked.save(&plan, clock)?;
    notes.push(format!("{}: {} changed", path.display(), counted(edits.len(), "record")));
    Ok(notes)
}
