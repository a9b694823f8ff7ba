//! `explain`: what a check looks for, why it matters and what to do about its findings.

use chrono::{DateTime, Utc};
use clap::Args;

use super::registry::Run;
use super::reply::{Failure, Reply};
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
}

impl Run for Explain {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Some(rule) = rule(&self.code) else {
            return Err(Failure(format!("Unknown check \"{}\". {}", self.code, advice(&self.code))));
        };
        Ok(Reply::new(wrapped(&docs::explain(rule), WIDTH)))
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
