//! `publish`: the year calendar to where others subscribe to it.

use std::fmt::Write as _;
use std::io::{self, BufRead as _};

use chrono::{DateTime, Utc};

use super::arguments::Publish;
use super::plan::{Viewed, view};
use super::{FAILED, FOUND_ERRORS, Failure, Reply};
use crate::model::UtcMinute;
use crate::publish::{
    self, Credentials, Mode, Order, PATIENCE, Report, Secret, Target, Trouble, TypedTarget, Unwatched,
};
use crate::store::{Folders, Owner};

pub fn run(options: &Publish, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let TypedTarget { target, user } = Target::parse(&options.to)?;
    if let Target::File(path) = &target
        && Owner::file(path) == Owner::file(&options.plan)
    {
        return Err(Failure(format!("This is the plan itself. Give another file after --to: {}", path.display())));
    }
    let Viewed { schedule, notes } = view(&options.plan)?;
    let mode = Mode { is_dry: options.dry_run, overwrites: options.overwrite, allows_clear_text: options.allow_http };
    if !mode.allows_clear_text {
        target.is_safe().map_err(|error| format!("{error}. Add --allow-http if you mean it"))?;
    }
    let user = options.user.clone().or(user);
    let credentials = credentials(options, &target, user)?;
    let with_freezes = options.with_freezes;
    let at = UtcMinute::from_utc(now);
    let order = Order { target, credentials, with_freezes, mode, patience: PATIENCE, at };
    let folders = Folders::find();
    let report = publish::publish(&schedule, &order, folders.as_ref().map(|folders| &*folders.state), &Unwatched);
    let mut reply = Reply { text: text(&order, &report), notes, code: code(&report) };
    reply.notes.extend(report.notes.iter().cloned());
    if let Some(reason) = &report.stopped {
        reply.notes.push(reason.clone());
    } else if options.remember_password {
        reply.notes.extend(remembered(&order));
    }
    Ok(reply)
}

fn code(report: &Report) -> u8 {
    match report {
        Report { stopped: Some(_), .. } => FAILED,
        report if report.is_complete() => 0,
        _ => FOUND_ERRORS,
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

/// The password comes from standard input, from the keyring or from a person, and never from the command line, where
/// others can read it.
fn credentials(options: &Publish, target: &Target, user: Option<String>) -> Result<Option<Credentials>, Failure> {
    let (Some(url), Some(user)) = (target.url(), user) else {
        if options.password_stdin && target.url().is_some() {
            return Err(Failure("A password needs a user name. Add --user".to_owned()));
        }
        return Ok(None);
    };
    let password = if options.password_stdin {
        read_password()?
    } else if let Some(password) = publish::look_up(url, &user) {
        password
    } else {
        asked_for(&format!("Password of {user} on {}: ", url.host()))?
    };
    Ok(Some(Credentials { user, password }))
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
