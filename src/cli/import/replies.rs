//! `import replies`: owners' replies to invites, into the ledger.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::cli::arguments::today;
use crate::cli::plan::{LockedPlan, derive};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::import::replies::{Inbox, Line};
use crate::store;

/// Import owners' replies to invites from calendar files (.ics), mails (.eml) or folders of them
///
/// For each owner and occurrence, the newest reply to the last invite goes into the ledger. All other replies are listed
/// with the reason why they do not.
#[derive(Debug, Args)]
pub struct Replies {
    /// Files and folders to read
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Plan to add the replies to
    #[arg(long, value_name = "PLAN")]
    into: PathBuf,
    /// Show what would be imported, without changing the plan
    #[arg(long)]
    dry_run: bool,
    /// Save even if unknown fields in the plan would be lost
    #[arg(long)]
    drop_unknown: bool,
}

impl Run for Replies {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let locked = LockedPlan::open(&self.into, self.drop_unknown)?;
        let mut inbox = Inbox::default();
        store::read_reply_files(&self.paths, |post| inbox.add(post), |_, _| true)?;
        let schedule = derive(locked.plan.clone());
        let replies = inbox.judged(&schedule, today(&schedule, clock));
        let mut text = table(&replies);
        match &replies.edit {
            None => text.push_str("Nothing to import\n"),
            Some(_) if self.dry_run => {
                let _ = writeln!(text, "Would import {}", replies.summary);
            }
            Some(edit) => {
                locked.save(&schedule.plan.apply(edit)?)?;
                let _ = writeln!(text, "Imported {}", replies.summary);
            }
        }
        Ok(Reply::new(text).with_notes(locked.notes))
    }
}

/// A line for each reply under the heads of what becomes of them.
fn table(replies: &crate::import::replies::Replies) -> String {
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
