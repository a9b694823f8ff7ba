//! `import replies`: what owners answered, into the ledger.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Held, Target};
use crate::cli::{Failure, Reply};
use crate::import::replies::{Inbox, Line, Replies};
use crate::model::UtcMinute;
use crate::schedule::Schedule;
use crate::store;

pub fn run(paths: &[PathBuf], into: Target<'_>, is_dry: bool, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Held { plan, stamp, notes, _lock } = into.open()?;
    let mut inbox = Inbox::default();
    store::read_posts(paths, |post| inbox.add(post), |_, _| true)?;
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let today = schedule.zone.local(UtcMinute::from_utc(now)).date();
    let replies = inbox.judged(&schedule, today);
    let mut text = table(&replies);
    match &replies.edit {
        None => text.push_str("Nothing to import\n"),
        Some(_) if is_dry => {
            let _ = writeln!(text, "Would import {}", replies.summary);
        }
        Some(edit) => {
            store::save(into.path, &schedule.plan.apply(edit)?, Some(&stamp))?;
            let _ = writeln!(text, "Imported {}", replies.summary);
        }
    }
    Ok(Reply::new(text).with_notes(notes))
}

/// A line for each reply under the heads of what becomes of them.
fn table(replies: &Replies) -> String {
    let heads = ["Into the ledger", "Not applied", "In the ledger already"];
    let mut text = String::new();
    let mut lines = replies.lines.iter();
    for (head, count) in heads.into_iter().zip(replies.counts()).filter(|(_, count)| *count > 0) {
        // Writing into a string does not fail.
        let _ = writeln!(text, "{head} ({count})");
        for line in lines.by_ref().take(count) {
            let _ = writeln!(text, "  {}", in_words(line));
        }
        text.push('\n');
    }
    text
}

/// "Core DB, Sat 13 Mar 2027 22:00 · Declined: quarter close · Ann O'Neill · ann.eml", and the reason behind it.
fn in_words(line: &Line) -> String {
    let parts = [&line.about, &line.said, &line.who, &line.file];
    let parts = parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>();
    match line.outcome.remark() {
        "" => parts.join(" · "),
        remark => format!("{}\n    {remark}", parts.join(" · ")),
    }
}
