//! `explain`: what a check looks for, why it matters and what to do about its findings.

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use super::arguments::ReportForm;
use super::json;
use super::registry::Run;
use super::reply::{Failure, Reply};
use super::report_file::ReportArguments;
use crate::checks::{RULES, Rule, docs, rule};
use crate::wording::wrapped;

/// Characters in a line of the output.
const WIDTH: usize = 80;

/// Explain a check: what it looks for, why it matters, what to do
#[derive(Debug, Args)]
pub struct Explain {
    /// Code or name of the check, e.g. B001 or rollback-does-not-fit
    #[arg(value_name = "CHECK")]
    code: String,
    #[command(flatten)]
    report: ReportArguments,
}

/// A check for programs.
#[derive(Serialize)]
struct Explanation {
    version: u32,
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    family: &'static str,
    summary: &'static str,
    why: &'static str,
    example: &'static str,
    remedy: &'static str,
    /// Whether there is a quick fix.
    fix: bool,
}

impl Explanation {
    fn new(rule: &'static Rule) -> Self {
        let Rule { code, name, severity, summary, why, example, remedy, fix, .. } = rule;
        Self {
            version: 1,
            code,
            name,
            severity: severity.name(),
            family: rule.family().name(),
            summary,
            why,
            example,
            remedy,
            fix: fix.is_some(),
        }
    }
}

impl Run for Explain {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Some(rule) = rule(&self.code) else {
            return Err(Failure(format!("Unknown check \"{}\". {}", self.code, advice(&self.code))));
        };
        let report = self.report.checked(&[])?;
        let text = match report.form {
            ReportForm::Text => wrapped(&docs::explain(rule), WIDTH),
            ReportForm::Json => json::object(&Explanation::new(rule))?,
        };
        report.reply(text, rule.code)
    }
}

/// The checks whose name contains a word of `wanted`, or else all codes.
fn advice(wanted: &str) -> String {
    let wanted = wanted.to_lowercase();
    let words: Vec<&str> = wanted.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let is_close = |rule: &&Rule| rule.name.split('-').any(|part| words.contains(&part));
    let close: Vec<String> =
        RULES.iter().copied().filter(is_close).map(|rule| format!("{} {}", rule.code, rule.name)).collect();
    if close.is_empty() {
        let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        return format!("Known checks: {}; docs/checks.md describes them", codes.join(", "));
    }
    format!("Did you mean {}?", close.join(", "))
}
