//! `check` and `explain`: what is wrong with a plan, and what that means.

use chrono::{DateTime, Utc};

use super::arguments::{Check, TextOrJson};
use super::plan::{Viewed, view};
use super::{FOUND_ERRORS, Failure, Reply};
use crate::checks::{Findings, RULES, Severity, docs, rule};
use crate::export::findings;
use crate::model::UtcMinute;
use crate::schedule::Simulation;

pub fn check(options: &Check, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    // Nobody waits here for anything else, so that how sure the fits are is reckoned at once.
    let schedule = schedule.with_outlooks(Simulation::RUNS);
    let today = schedule.zone.local(UtcMinute::from_utc(options.now.unwrap_or(now))).date();
    let found = Findings::check(&schedule, today, None);
    let text = match options.format {
        TextOrJson::Text => findings::text(&schedule, today, &found, options.each),
        TextOrJson::Json => findings::json(&schedule, today, &found),
    };
    let code = if found.count(Severity::Error) > 0 { FOUND_ERRORS } else { 0 };
    Ok(Reply { text, notes, code })
}

pub fn explain(code: &str) -> Result<Reply, Failure> {
    let Some(rule) = rule(code) else {
        let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        return Err(Failure(format!("There is no finding \"{code}\". There are {}", codes.join(", "))));
    };
    Ok(Reply::new(wrapped(&docs::explain(rule))))
}

/// Lines of at most 80 characters, broken between words.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut width = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > 80 {
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
