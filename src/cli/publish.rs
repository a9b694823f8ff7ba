//! `publish`: puts the year calendar where others subscribe to it.

use std::fmt::Write as _;
use std::io::{self, BufRead as _};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use super::arguments::{ReportForm, Times};
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{FAILED, FOUND, Failure, Reply};
use super::{json, working};
use crate::export::ics::CalendarOptions;
use crate::model::UtcMinute;
use crate::publish::{
    self, Counts, Credentials, PublishMode, PublishOrder, PublishReport, ResourceProblem, Secret, TIMEOUT, Target,
    TargetError, TypedTarget,
};
use crate::store::{ProgramFolders, guard_plan};

/// Publish the year calendar to a file or to a CalDAV or WebDAV server
///
/// Sends only what changed, deletes what is no longer in the plan, and skips what somebody else changed there. Exits with
/// 1 if something was skipped or refused.
#[derive(Debug, Args)]
pub struct Publish {
    /// Plan to publish
    plan: PathBuf,
    /// An .ics file, an address that ends in .ics, or the address of a calendar on a server
    #[arg(long, value_name = "URL|FILE", value_parser = target)]
    to: TypedTarget,
    /// User name on the server
    #[arg(long)]
    user: Option<String>,
    /// Read the password from the first line of standard input instead of the keyring or the terminal
    #[arg(long)]
    password_stdin: bool,
    /// Save the password in the system's keyring once the server has accepted it
    #[arg(long)]
    remember_password: bool,
    /// Add change freezes as all-day events
    #[arg(long)]
    with_freezes: bool,
    #[command(flatten)]
    times: Times,
    /// Overwrite and delete events even if somebody else changed them
    #[arg(long)]
    overwrite: bool,
    /// Allow sending the password unencrypted to an http:// address
    #[arg(long)]
    allow_http: bool,
    /// Show what would be sent, without sending it
    #[arg(long)]
    dry_run: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: ReportForm,
}

/// The outcome for programs.
#[derive(Serialize)]
struct PublishedRow<'a> {
    version: u32,
    target: String,
    dry_run: bool,
    sent: usize,
    restored: usize,
    deleted: usize,
    unchanged: usize,
    skipped: Vec<ProblemRow<'a>>,
    refused: Vec<ProblemRow<'a>>,
    /// Why publishing ended early.
    stopped: Option<String>,
}

#[derive(Serialize)]
struct ProblemRow<'a> {
    title: &'a str,
    reason: &'a str,
}

impl<'a> ProblemRow<'a> {
    fn all(problems: &'a [ResourceProblem]) -> Vec<Self> {
        problems.iter().map(|problem| Self { title: &problem.title, reason: &problem.reason }).collect()
    }
}

impl Run for Publish {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let TypedTarget { target, user } = self.to.clone();
        if let Target::File(path) = &target {
            guard_plan(path, Some(&self.plan))?;
        }
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let mode =
            PublishMode { is_dry: self.dry_run, overwrites: self.overwrite, allows_unencrypted: self.allow_http };
        if let (Err(TargetError::Unencrypted(url)), false) = (target.check_encryption(), mode.allows_unencrypted) {
            return Err(Failure(format!(
                "{url}: http:// sends the password and the calendar unencrypted; anyone on the network can read them \
                 (use https://, or add --allow-http)"
            )));
        }
        let user = self.user.clone().or(user);
        let credentials = self.credentials(&target, user)?;
        let options = CalendarOptions { with_freezes: self.with_freezes, times: self.times.form() };
        let at = UtcMinute::from_utc(clock);
        let order = PublishOrder { target, credentials, options, mode, timeout: TIMEOUT, at };
        let folders = ProgramFolders::find();
        let report =
            publish::publish(&schedule, &order, folders.as_ref().map(|folders| &*folders.state), working::progress());
        let reply = match self.format {
            ReportForm::Text => Reply::in_words(&text(&order, &report)),
            ReportForm::Json => Reply::new(json(&order, &report)?),
        };
        let mut reply = Reply { code: code(&report), ..reply.with_notes(notes) };
        reply.notes.extend(report.notes.iter().cloned());
        if let Some(reason) = &report.stopped {
            reply.notes.push(format!("{reason:#}"));
        } else if self.remember_password {
            reply.notes.extend(remember_password(&order));
        }
        Ok(reply)
    }
}

impl Publish {
    /// The user name and password to send. The password comes from standard input, the keyring or the terminal, and never
    /// from the command line, where others can read it.
    fn credentials(&self, target: &Target, user: Option<String>) -> Result<Option<Credentials>, Failure> {
        let (Some(url), Some(user)) = (target.url(), user) else {
            if self.password_stdin && target.url().is_some() {
                return Err(Failure("--password-stdin also needs a user name: add --user".to_owned()));
            }
            return Ok(None);
        };
        let password = if self.password_stdin {
            read_password()?
        } else if let Some(password) = publish::find_password(url, &user) {
            password
        } else {
            working::asking(|| ask_for_password(&format!("Password of {user} on {}: ", url.host())))?
        };
        Ok(Some(Credentials { user, password }))
    }
}

/// Reads the value of `--to`.
fn target(text: &str) -> Result<TypedTarget, String> {
    Target::parse(text).map_err(|error| format!("{error:#}"))
}

fn code(report: &PublishReport) -> u8 {
    match report {
        PublishReport { stopped: Some(_), .. } => FAILED,
        report if report.is_complete() => 0,
        _ => FOUND,
    }
}

fn json(order: &PublishOrder, report: &PublishReport) -> Result<String, Failure> {
    let Counts { sent, restored, deleted, unchanged, .. } = report.counts;
    let row = PublishedRow {
        version: 1,
        target: order.target.to_string(),
        dry_run: order.mode.is_dry,
        sent,
        restored,
        deleted,
        unchanged,
        skipped: ProblemRow::all(&report.conflicts),
        refused: ProblemRow::all(&report.refused),
        stopped: report.stopped.as_ref().map(|reason| format!("{reason:#}")),
    };
    json::object(&row)
}

/// The outcome for standard output. Empty if publishing ended before anything was done.
fn text(order: &PublishOrder, report: &PublishReport) -> String {
    let mut text = String::new();
    let target = &order.target;
    let counts = report.counts.in_words();
    // A calendar that is up to date counts as published.
    let is_untouched =
        report.counts.sent + report.counts.deleted + report.counts.unchanged == 0 && !report.is_complete();
    // Writing into a string does not fail.
    let _ = match (&report.stopped, order.mode.is_dry) {
        (Some(_), _) if report.counts == Counts::default() => return text,
        (Some(_), _) => writeln!(text, "Only partly published to {target}: {counts}"),
        (None, true) => writeln!(text, "Would publish to {target}: {counts}"),
        (None, false) if is_untouched => writeln!(text, "Nothing was published to {target}: {counts}"),
        (None, false) => writeln!(text, "Published to {target}: {counts}"),
    };
    if report.counts.restored > 0 {
        let _ =
            writeln!(text, "{} of the sent events had been deleted there and were restored", report.counts.restored);
    }
    let mut list = |title: &str, problems: &[ResourceProblem], advice: &str| {
        if !problems.is_empty() {
            let _ = writeln!(text, "{title}: {advice}");
        }
        for ResourceProblem { title, reason, .. } in problems {
            let _ = writeln!(text, "  {title}: {reason}");
        }
    };
    list(
        "Skipped",
        &report.conflicts,
        "publish to another target, make the same change in the plan, or publish with --overwrite",
    );
    list("Refused by the server", &report.refused, "these are missing from the published calendar");
    text
}

fn read_password() -> Result<Secret, Failure> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| format!("Cannot read the password: {error}"))?;
    match line.trim_end_matches(['\r', '\n']) {
        "" => Err(Failure("No password on standard input: it must be the first line".to_owned())),
        password => Ok(Secret::new(password)),
    }
}

#[cfg(feature = "publish")]
fn ask_for_password(prompt: &str) -> Result<Secret, Failure> {
    let password = rpassword::prompt_password(prompt)
        .map_err(|_| "No password in the keyring, and no terminal to ask for it: use --password-stdin")?;
    Ok(Secret::new(password))
}

#[cfg(not(feature = "publish"))]
fn ask_for_password(_prompt: &str) -> Result<Secret, Failure> {
    Err(publish::PublishError::FilesOnly.into())
}

/// Stores the password, which the server has accepted, in the keyring. Returns a warning if that fails.
fn remember_password(order: &PublishOrder) -> Option<String> {
    let (url, credentials) = (order.target.url()?, order.credentials.as_ref()?);
    let error = publish::store_password(url, &credentials.user, &credentials.password).err()?;
    Some(format!("Could not save the password in the keyring: {error}"))
}
