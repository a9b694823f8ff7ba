//! `explain`: what a check looks for, why it matters and what to do about its findings.

use chrono::{DateTime, Utc};
use clap::Args;

use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::checks::{RULES, docs, rule};

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
        Ok(Reply::new(wrapped(&docs::explain(rule))))
    }
}

/// Breaks lines between words, so that each has at most [`WIDTH`] characters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut width = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > WIDTH {
                out.push('\n');
                width = 0;
            } else if width > 0 {
                out.push(' ');
                width += 1;
            }
            out.push_str(word);
            width += length;
        }
        out.push('\n');
    }
    out
}
