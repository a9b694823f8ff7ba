//! What can be typed after `windowsill`.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::diff::Diff;
use super::exports::Export;
use crate::model::{Horizon, Minutes};
use crate::wording::iso;

/// Plan the maintenance windows of a year: laid out by patch days, checked for room to roll back, handed out as
/// calendars and checklists.
#[derive(Debug, Parser)]
#[command(
    name = "windowsill",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Without a command the plan opens in a window; without a plan, the one opened last.\n\
                  A plan whose file is called like a command is opened as ./check\n\n\
                  Exit code: 0 all is well, 1 check found an error in the plan, diff a difference or publish left something alone,\n\
                  2 something cannot be read or sent or the usage is wrong"
)]
pub struct Arguments {
    /// The plan to open in a window
    #[arg(value_name = "PLAN")]
    pub plan: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a new, empty plan with the built-in policy and release calendars
    New(New),
    /// Say what is wrong with a plan; exit code 1 where something is an error
    Check(Check),
    /// Explain a finding's code: what is checked, why it matters, what to do
    Explain {
        /// Code or name, such as B001 or rollback-does-not-fit
        code: String,
    },
    /// List the occurrences of all windows, sorted by start
    List(List),
    /// Say when each release reaches the groups of its ladders, and what is missed
    Cycles(Cycles),
    /// Say on which days a fix could not climb a ladder within its deadline, and what would help
    Reach(Reach),
    /// List who works when, and who tests afterwards, on the plan's clock
    Rota(List),
    /// List the advisories with their dates, what carries them and what was decided
    Advisories(Advisories),
    /// List what each business area said to each occurrence: asked, agreed, declined, silent
    Ledger(Ledger),
    /// List which notice must go out by which day, and what is late
    Notices(Notices),
    /// Say what is different between two plans, or from what owners were sent; exit code 1 where something is
    ///
    /// Dates are matched by window and original date. Each difference says who must be told, by when, and whether that is
    /// still in time.
    Diff(Diff),
    /// Take over windows, holidays, freezes, advisories or owners' answers from other programs' files
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// Write files for others: the year calendar, the checklist of one night
    Export {
        #[command(subcommand)]
        what: Export,
    },
    /// Publish the year calendar to a file or to a calendar on a CalDAV or WebDAV server
    ///
    /// Only what changed is sent, what is gone is deleted, and what somebody else changed there is left alone. Exit
    /// code 1 says that something was left alone or refused.
    Publish(Publish),
}

#[derive(Debug, Args)]
pub struct Publish {
    pub plan: PathBuf,
    /// An .ics file, an address that ends in .ics, or the address of a calendar on a server
    #[arg(long, value_name = "URL|FILE")]
    pub to: String,
    /// User name on the server
    #[arg(long)]
    pub user: Option<String>,
    /// Read the password from the first line of standard input, instead of from the keyring or the terminal
    #[arg(long)]
    pub password_stdin: bool,
    /// Keep the password in the system's keyring once the server has accepted it
    #[arg(long)]
    pub remember_password: bool,
    /// Add change freezes as all-day events
    #[arg(long)]
    pub with_freezes: bool,
    /// Replace and delete also what somebody else changed there
    #[arg(long)]
    pub overwrite: bool,
    /// Send the password in clear text to an http:// address
    #[arg(long)]
    pub allow_http: bool,
    /// Only say what would be sent
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct New {
    /// The file to write
    pub plan: PathBuf,
    /// What the plan is called [default: "Maintenance windows" and the year]
    #[arg(long)]
    pub title: Option<String>,
    /// First day, such as 2027-01-01 [default: 1 January of next year]
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    /// How many months it spans
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=i64::from(Horizon::MOST_MONTHS)))]
    pub months: u16,
    /// Zone of its windows, such as Europe/Berlin
    #[arg(long, default_value = "UTC")]
    pub zone: String,
    /// Overwrite a file that is there already
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Check {
    pub plan: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    pub format: TextOrJson,
    /// One line for each finding, where those of one cause would share one
    #[arg(long)]
    pub each: bool,
    /// The moment to judge by, such as 2026-11-21T09:00:00Z [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum TextOrJson {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Args)]
pub struct List {
    pub plan: PathBuf,
    /// First local start date, such as 2027-03-01
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    /// Last local start date
    #[arg(long, value_name = "DATE")]
    pub to: Option<NaiveDate>,
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

#[derive(Debug, Args)]
pub struct Advisories {
    pub plan: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    /// The moment to judge by, such as 2026-11-21T09:00:00Z [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
}

#[derive(Debug, Args)]
pub struct Ledger {
    pub plan: PathBuf,
    /// Only the answers of that business area; id or name
    #[arg(long, value_name = "ID")]
    pub area: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    /// The moment to judge by, such as 2026-11-21T09:00:00Z [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
}

#[derive(Debug, Args)]
pub struct Notices {
    pub plan: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    /// The moment to judge by, such as 2026-11-21T09:00:00Z [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
}

#[derive(Debug, Args)]
pub struct Cycles {
    pub plan: PathBuf,
    /// Only the cycles of that ladder; id or name
    #[arg(long, value_name = "ID")]
    pub ladder: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub struct Reach {
    pub plan: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    pub format: TextOrJson,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum ListFormat {
    #[default]
    Text,
    Csv,
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Windows from a spreadsheet (.csv) or a calendar (.ics)
    ///
    /// A spreadsheet has the columns name, rule, date, start, duration, zone, kind and group; all but name and date may
    /// be missing. A rule in words ("first Saturday", "Saturday after Patch Tuesday") is compared with the dates.
    Windows {
        #[command(flatten)]
        from: ImportFrom,
        /// Start where the spreadsheet names none, such as 22:00
        #[arg(long, value_name = "TIME", value_parser = time_of_day)]
        start: Option<NaiveTime>,
        /// Length where the spreadsheet names none, such as 4h
        #[arg(long)]
        duration: Option<Minutes>,
        /// Zone where the spreadsheet names none, such as Europe/Berlin
        #[arg(long)]
        zone: Option<String>,
        /// Group where the spreadsheet names none; id or name
        #[arg(long)]
        group: Option<String>,
    },
    /// Public holidays from a calendar (.ics)
    Holidays {
        #[command(flatten)]
        from: ImportFrom,
    },
    /// Change freezes from a calendar (.ics)
    Freezes {
        #[command(flatten)]
        from: ImportFrom,
    },
    /// Advisories from CISA's catalogue of known exploited vulnerabilities (.json) or a spreadsheet (.csv)
    ///
    /// Of the catalogue the entries are taken over that match a system by vendor and product (or platform) and are due
    /// in the plan's months or later. A spreadsheet has the columns id, title, cvss, published, exploited and systems;
    /// all but id and published may be missing. Advisories of the plan are brought up to date; decisions stay.
    Advisories {
        #[command(flatten)]
        from: ImportFrom,
    },
    /// Owners' answers to invites from replies (.ics) and mails (.eml), also whole folders of them
    ///
    /// Of each owner and occurrence the newest answer to what was sent last goes into the ledger. All others are listed
    /// with the reason why they do not.
    Replies {
        /// Files and folders to read
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// The plan whose ledger they go into
        #[arg(long, value_name = "PLAN")]
        into: PathBuf,
        /// List what would be done, and leave the plan as it is
        #[arg(long)]
        dry_run: bool,
        /// Save the plan even if that drops fields that this program does not know
        #[arg(long)]
        drop_unknown: bool,
    },
}

#[derive(Debug, Args)]
pub struct ImportFrom {
    /// The file to read
    pub file: PathBuf,
    /// The plan to add it to
    #[arg(long, value_name = "PLAN")]
    pub into: PathBuf,
    /// Widen the plan's months so that all imported dates lie in them
    #[arg(long)]
    pub widen: bool,
    /// Save the plan even if that drops fields that this program does not know
    #[arg(long)]
    pub drop_unknown: bool,
}

fn time_of_day(text: &str) -> Result<NaiveTime, String> {
    iso::read_time(text).ok_or_else(|| "write a time of day as 22:00".to_owned())
}

/// Reads a moment as RFC 3339 writes it.
pub(super) fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not a moment: write it like 2026-11-21T09:00:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_commands_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_command_wins_over_a_plan_of_its_name() {
        let parse = |words: &[&str]| Arguments::try_parse_from([&["windowsill"], words].concat());
        assert!(parse(&["check"]).is_err());
        assert_eq!(parse(&["./check"]).unwrap().plan, Some("./check".into()));
        assert!(parse(&["plan.ron", "check"]).is_err());
    }
}
