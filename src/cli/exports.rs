//! What can be typed after `windowsill export`.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};

use super::arguments::moment;
use crate::export::paper::Paper;
use crate::export::profiles::Profile;
use crate::output::{PROFILES, find_profile};

#[derive(Debug, Subcommand)]
pub enum Export {
    /// The year calendar (.ics): for everyone, one owner, or another program
    ///
    /// What its reader would refuse, lose or misread is said on standard error, with the record. docs/calendar-profiles.md
    /// tells what each profile holds, and why.
    Calendar(Calendar),
    /// What each business area said to each occurrence, as .csv, .json or .txt
    Ledger {
        plan: PathBuf,
        /// The file to write; its ending decides the format; - for text on standard output
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Only the answers of that business area; id or name
        #[arg(long, value_name = "ID")]
        area: Option<String>,
    },
    /// Which notice must go out by which day, as .csv, .json or .txt
    Notices {
        plan: PathBuf,
        /// The file to write; its ending decides the format; - for text on standard output
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Pre-maintenance checklists, as .pdf, .html, .md or .txt
    ///
    /// One occurrence with --window and --on; many with --from, --to, --window and --area. Many become one file with
    /// contents, or a file each where -o is a folder (a path without an ending).
    Checklist(Checklist),
    /// The wall planner: the whole plan on A3, A2 or A4 sheets, as .pdf, .html, .md or .txt
    Planner(Planner),
    /// One business area's year for its owner, as .pdf, .html, .md or .txt
    Year(Year),
    /// What the change advisory board decides in the coming weeks, as .pdf, .html, .md or .txt
    Cab(Cab),
    /// Invites, updates and cancellations for the business owners, each as .ics and as a draft of a mail (.eml)
    ///
    /// Only what is due is written. Then the plan is saved with what was sent, so that the next export goes on from there.
    Invites(Invites),
}

#[derive(Debug, Args)]
pub struct Checklist {
    pub plan: PathBuf,
    /// The file to write, whose ending decides the format, or a folder
    #[arg(short, long, value_name = "FILE|DIR")]
    pub output: PathBuf,
    /// Only the occurrences of that window; id or name
    #[arg(long, value_name = "ID")]
    pub window: Option<String>,
    /// Only that day; with --window the occurrence's date, the one that its rule gave or the one on which it takes place
    #[arg(long, value_name = "DATE", conflicts_with_all = ["from", "to"])]
    pub on: Option<NaiveDate>,
    /// From that day on
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    /// Up to and with that day
    #[arg(long, value_name = "DATE")]
    pub to: Option<NaiveDate>,
    /// Only the occurrences that touch systems of that business area; id or name
    #[arg(long, value_name = "ID")]
    pub area: Option<String>,
    #[arg(long, value_enum, default_value = "a4")]
    pub paper: PagePaper,
}

#[derive(Debug, Args)]
pub struct Planner {
    pub plan: PathBuf,
    /// The file to write; its ending decides the format
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// A4: the sheets of one large page, to be glued together
    #[arg(long, value_enum, default_value = "a3")]
    pub paper: WallPaper,
    /// Mark the occurrences about which something was found
    #[arg(long)]
    pub with_findings: bool,
    /// The moment to judge by, such as 2026-11-21T09:00:00Z [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
}

#[derive(Debug, Args)]
pub struct Year {
    pub plan: PathBuf,
    /// Id or name of the business area
    #[arg(long, value_name = "ID")]
    pub area: String,
    /// The file to write; its ending decides the format
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    #[arg(long, value_enum, default_value = "a4")]
    pub paper: PagePaper,
    /// The moment to judge by, such as 2026-11-21T09:00:00Z [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
}

#[derive(Debug, Args)]
pub struct Cab {
    pub plan: PathBuf,
    /// The file to write; its ending decides the format
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// How many weeks the sheet looks ahead
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=104))]
    pub weeks: u16,
    /// The plan that the board saw last: what is different from it is on the sheet
    #[arg(long, value_name = "PLAN")]
    pub since: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "a4")]
    pub paper: PagePaper,
    /// The moment to judge by, such as 2026-11-21T09:00:00Z [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
}

/// What lies on a table.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PagePaper {
    A4,
    Letter,
}

/// What hangs on a wall.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum WallPaper {
    A4,
    A3,
    A2,
}

impl From<PagePaper> for Paper {
    fn from(paper: PagePaper) -> Self {
        match paper {
            PagePaper::A4 => Self::A4,
            PagePaper::Letter => Self::Letter,
        }
    }
}

impl From<WallPaper> for Paper {
    fn from(paper: WallPaper) -> Self {
        match paper {
            WallPaper::A4 => Self::A4,
            WallPaper::A3 => Self::A3,
            WallPaper::A2 => Self::A2,
        }
    }
}

#[derive(Debug, Args)]
pub struct Invites {
    pub plan: PathBuf,
    /// The folder to write into; made where it is not there
    #[arg(short, long, value_name = "DIR", required_unless_present = "dry_run")]
    pub output: Option<PathBuf>,
    /// Only the occurrences of that window; id or name
    #[arg(long, value_name = "ID")]
    pub window: Option<String>,
    /// Only what that business area must know; id or name
    #[arg(long, value_name = "ID", conflicts_with = "window")]
    pub area: Option<String>,
    /// Write nothing; say what is due and to whom it would go
    #[arg(long)]
    pub dry_run: bool,
    /// Write again what was sent last; the plan stays as it is
    #[arg(long)]
    pub again: bool,
    /// Save the plan even if that drops fields that this program does not know
    #[arg(long)]
    pub drop_unknown: bool,
    /// The moment to judge by, such as 2026-11-21T09:00:00Z [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
}

#[derive(Debug, Args)]
pub struct Calendar {
    pub plan: PathBuf,
    /// The file to write, - for standard output; of the profiles aws-import, aws-document and caldav a folder
    #[arg(short, long, value_name = "FILE.ics|DIR")]
    pub output: PathBuf,
    /// For whom it is [default: everyone, or what --area and --owner say]
    #[arg(long, value_parser = profiles())]
    pub profile: Option<&'static Profile>,
    /// Id or name of the business area whose year it is
    #[arg(long, value_name = "AREA", conflicts_with = "owner")]
    pub area: Option<String>,
    /// E-mail address or name of the owner whose year it is
    #[arg(long)]
    pub owner: Option<String>,
    /// Add change freezes as all-day events
    #[arg(long)]
    pub with_freezes: bool,
}

/// Takes the id of a profile.
fn profiles() -> impl TypedValueParser<Value = &'static Profile> {
    let values = PROFILES.map(|profile| PossibleValue::new(profile.output.id).help(profile.output.help));
    PossibleValuesParser::new(values).try_map(|id| find_profile(&id).ok_or("unknown profile"))
}
