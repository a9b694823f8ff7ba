//! A profile: a reader of the year calendar, and how its files are written.

use std::fmt;
use std::path::Path;

use chrono::NaiveDate;

use super::check::Check;
use crate::export::file::{ExportFile, FileType, Output};
use crate::export::ics::{TimeForm, unfolded};
use crate::model::{AreaId, PersonId, Plan, PlanId, TeamId, is_uid_of_plan};
use crate::schedule::Schedule;

/// A reader of the year calendar.
pub struct Profile {
    pub output: Output,
    pub audience: Audience,
    pub freezes: Freezes,
    pub container: Container,
    /// Whether its times are always in UTC.
    pub is_in_utc: bool,
    /// Whether it may begin with a day inside the plan's months.
    pub takes_from: bool,
    /// Writes its files, and tells the check what the reader would refuse, lose or misread. No files if none can be
    /// written that the reader would accept.
    pub write: fn(&CalendarRequest<'_>, &mut Check<'_>) -> Vec<ExportFile>,
}

/// Whose occurrences a calendar holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Everybody,
    Area,
    Owner,
    Person,
    Team,
}

/// Whose occurrences were ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarScope {
    Everybody,
    Area(AreaId),
    /// By the [key](super::Owner::key).
    Owner(String),
    /// Their shifts.
    Person(PersonId),
    /// The shifts of the people whom it provides.
    Team(TeamId),
}

impl CalendarScope {
    /// The name of the record whose occurrences it has, or its id if the plan has no such record. Of an owner, what an
    /// address has before the "@". Empty for everybody.
    pub fn name<'a>(&'a self, plan: &'a Plan) -> &'a str {
        match self {
            Self::Everybody => "",
            Self::Area(id) => plan.areas().get(id).map_or(id.as_str(), |area| &area.name),
            Self::Owner(key) => key.split('@').next().unwrap_or(key),
            Self::Person(id) => plan.people().get(id).map_or(id.as_str(), |person| &person.name),
            Self::Team(id) => plan.teams().get(id).map_or(id.as_str(), |team| &team.name),
        }
    }
}

/// What becomes of change freezes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freezes {
    /// The person chooses.
    Optional,
    /// They are written in any case.
    Always { on_screen: &'static str, in_check: &'static str },
    /// The reader would misread them.
    Never { on_screen: &'static str, in_check: &'static str },
}

/// What a profile writes into.
#[derive(Clone, Copy, Debug)]
pub enum Container {
    File(FileType),
    /// A folder, which is replaced as a whole if an earlier export of the same plan wrote every file in it. Decided by the
    /// plan, the name and the beginning of each file.
    Folder {
        is_ours: fn(&PlanId, &str, &[u8]) -> bool,
    },
}

/// What a profile writes from.
pub struct CalendarRequest<'a> {
    pub schedule: &'a Schedule,
    pub whose: &'a CalendarScope,
    pub with_freezes: bool,
    pub times: TimeForm,
    /// Leaves out what is over before this day, if the profile can.
    pub from: Option<NaiveDate>,
    /// What its file or folder is called, without an ending.
    pub stem: &'a str,
    /// Decides which occurrences are too far ahead for the reader, and which are over.
    pub today: NaiveDate,
}

/// Calendar files.
pub const ICS: FileType = FileType { name: "Calendars", endings: &["ics"] };

impl CalendarRequest<'_> {
    /// The only file of an export.
    pub fn file(&self, text: String) -> Vec<ExportFile> {
        vec![ExportFile::new(format!("{}.ics", self.stem), text)]
    }
}

impl Profile {
    pub fn is_folder(&self) -> bool {
        matches!(self.container, Container::Folder { .. })
    }

    pub fn takes_freezes(&self) -> bool {
        self.freezes == Freezes::Optional
    }
}

impl PartialEq for Profile {
    fn eq(&self, other: &Self) -> bool {
        self.output.id == other.output.id
    }
}

impl Eq for Profile {}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.output.id)
    }
}

/// Whether an export of this plan wrote that file: a calendar whose events are all the plan's.
pub fn is_calendar_of_plan(plan: &PlanId, name: &str, bytes: &[u8]) -> bool {
    let lines = unfolded(&String::from_utf8_lossy(bytes));
    let mut uids = lines.iter().filter_map(|line| line.strip_prefix("UID:")).peekable();
    ICS.is_type_of(Path::new(name)) && uids.peek().is_some() && uids.all(|uid| is_uid_of_plan(plan, uid))
}
