//! `explain`: what a check looks for, why it matters and what to do about its findings.

use chrono::{DateTime, Utc};
use clap::Args;

use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::checks::{RULES, docs, rule};
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
            let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
            return Err(Failure(format!("Unknown check \"{}\". Known checks: {}", self.code, codes.join(", "))));
        };
        Ok(Reply::new(wrapped(&docs::explain(rule), WIDTH)))
    }
}
