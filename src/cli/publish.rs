//! `publish`: puts the year calendar where others subscribe to it.

use std::fmt::Write as _;
use std::io::{self, BufRead as _};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::plan::{Viewed, view};
use super::registry::Run;
use super::reply::{FAILED, FOUND, Failure, Reply};
use crate::model::UtcMinute;
use crate::publish::{
    self, Credentials, Mode, Order, PATIENCE, Report, Secret, Target, Trouble, TypedTarget, Unwatched,
};
use crate::store::{Folders, Owner};

/// Publish the year calendar to a file or to a CalDAV or WebDAV server
///
/// Sends only what changed, deletes what is no longer in the plan, and skips what somebody else changed there. Exits with
/// 1 if something was skipped or refused.
#[derive(Debug, Args)]
pub struct Publish {
    /// Plan to publish
    plan: PathBuf,
    /// An .ics file, an address that ends in .ics, or the address of a calendar on a server
    #[arg(long, value_name = "URL|FILE")]
    to: String,
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
    /// Overwrite and delete events even if somebody else changed them
    #[arg(long)]
    overwrite: bool,
    /// Allow sending the password unencrypted to an http:// address
    #[arg(long)]
    allow_http: bool,
    /// Show what would be sent, without sending it
    #[arg(long)]
    dry_run: bool,
}

impl Run for Publish {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let TypedTarget { target, user } = Target::parse(&self.to)?;
        if let Target::File(path) = &target
            && Owner::file(path) == Owner::file(&self.plan)
        {
            return Err(Failure(format!("This is the plan itself. Give another file after --to: {}", path.display())));
        }
        let Viewed { schedule, notes } = view(&self.plan)?;
        let mode = Mode { is_dry: self.dry_run, overwrites: self.overwrite, allows_clear_text: self.allow_http };
        if !mode.allows_clear_text {
            target.is_safe().map_err(|error| format!("{error}. Add --allow-http if you mean it"))?;
        }
        let user = self.user.clone().or(user);
        let credentials = self.credentials(&target, user)?;
        let with_freezes = self.with_freezes;
        let at = UtcMinute::from_utc(clock);
        let order = Order { target, credentials, with_freezes, mode, patience: PATIENCE, at };
        let folders = Folders::find();
        let report = publish::publish(&schedule, &order, folders.as_ref().map(|folders| &*folders.state), &Unwatched);
        let mut reply = Reply { text: text(&order, &report), notes, code: code(&report) };
        reply.notes.extend(report.notes.iter().cloned());
        if let Some(reason) = &report.stopped {
            reply.notes.push(reason.clone());
        } else if self.remember_password {
            reply.notes.extend(remembered(&order));
        }
        Ok(reply)
    }
}

impl Publish {
    /// The password comes from standard input, from the keyring or from a person, and never from the command line, where
    /// others can read it.
    fn credentials(&self, target: &Target, user: Option<String>) -> Result<Option<Credentials>, Failure> {
        let (Some(url), Some(user)) = (target.url(), user) else {
            if self.password_stdin && target.url().is_some() {
                return Err(Failure("A password needs a user name. Add --user".to_owned()));
            }
            return Ok(None);
        };
        let password = if self.password_stdin {
            read_password()?
        } else if let Some(password) = publish::look_up(url, &user) {
            password
        } else {
            asked_for(&format!("Password of {user} on {}: ", url.host()))?
        };
        Ok(Some(Credentials { user, password }))
    }
}

fn code(report: &Report) -> u8 {
    match report {
        Report { stopped: Some(_), .. } => FAILED,
        report if report.is_complete() => 0,
        _ => FOUND,
    }
}

/// What became of the calendar; nothing where publishing ended before anything was done.
fn text(order: &Order, report: &Report) -> String {
    let mut text = String::new();
    let target = &order.target;
    // Writing into a string does not fail.
    let _ = match (&report.stopped, order.mode.is_dry) {
        (Some(_), _) if report.counts == publish::Counts::default() => return text,
        (Some(_), _) => writeln!(text, "Not all was published to {target}: {}", report.counts.in_words()),
        (None, true) => writeln!(text, "Nothing was sent. To {target} there would be: {}", report.counts.in_words()),
        (None, false) => writeln!(text, "Published to {target}: {}", report.counts.in_words()),
    };
    if report.counts.restored > 0 {
        let _ = writeln!(text, "{} of these had been removed there and are back", report.counts.restored);
    }
    let mut list = |title: &str, troubles: &[Trouble], advice: &str| {
        if !troubles.is_empty() {
            let _ = writeln!(text, "{title}. {advice}");
        }
        for Trouble { title, reason, .. } in troubles {
            let _ = writeln!(text, "  {title}: {reason}");
        }
    };
    list("Left alone", &report.conflicts, "Take the change over into the plan, or publish with --overwrite");
    list("Refused by the server", &report.refused, "The calendar there lacks these");
    text
}

fn read_password() -> Result<Secret, Failure> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| format!("The password could not be read ({error})"))?;
    match line.trim_end_matches(['\r', '\n']) {
        "" => Err(Failure("There is no password on standard input. Write it as the first line".to_owned())),
        password => Ok(Secret::new(password)),
    }
}

#[cfg(feature = "publish")]
fn asked_for(prompt: &str) -> Result<Secret, Failure> {
    let asked = rpassword::prompt_password(prompt);
    let password = asked.map_err(|_| {
        "There is no password in the keyring and no terminal to ask for it. Add --password-stdin and write it there"
    })?;
    Ok(Secret::new(password))
}

#[cfg(not(feature = "publish"))]
fn asked_for(_prompt: &str) -> Result<Secret, Failure> {
    Err(publish::Fault::BuiltWithout.into())
}

/// Keeps the password that the server has accepted; what is to be said about it.
fn remembered(order: &Order) -> Option<String> {
    let (url, credentials) = (order.target.url()?, order.credentials.as_ref()?);
    let error = publish::remember(url, &credentials.user, &credentials.password).err()?;
    Some(format!("The password could not be remembered: {error}"))
}
