//! `export calendar`: the year calendar, in the profile that its reader needs.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::cli::arguments::today;
use crate::cli::find;
use crate::cli::plan::{Viewed, view, write};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::ics::{
    CalendarFile, CalendarOptions, Calendars, Profile, ProfileKind, calendars, is_ours, owner, owners,
};
use crate::model::{AreaId, Plan};
use crate::store;
use crate::wording::list;

/// Write the year calendar (.ics) for everyone, for one owner, or for another program
///
/// Warns about everything that the reading program would refuse, lose or misread. docs/calendar-profiles.md describes the
/// profiles.
#[derive(Debug, Args)]
pub struct Calendar {
    /// Plan to read
    plan: PathBuf,
    /// File to write, or - for standard output; a folder for the profiles aws-import, aws-document and caldav
    #[arg(short, long, value_name = "FILE.ics|DIR")]
    output: PathBuf,
    /// Who reads the calendar [default: everyone, or as --area or --owner implies]
    #[arg(long, value_enum)]
    profile: Option<ProfileKind>,
    /// Only what concerns this business area (id or name)
    #[arg(long, value_name = "AREA", conflicts_with = "owner")]
    area: Option<String>,
    /// Only what concerns this owner (e-mail address or name)
    #[arg(long)]
    owner: Option<String>,
    /// Add change freezes as all-day events
    #[arg(long)]
    with_freezes: bool,
}

impl Run for Calendar {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Viewed { schedule, mut notes } = view(&self.plan)?;
        let plan = &*schedule.plan;
        let profile = self.profile(plan)?;
        let with = CalendarOptions { with_freezes: self.with_freezes };
        let Calendars { mut files, complaints } = calendars(&schedule, &profile, with, today(&schedule, clock));
        notes.extend(complaints.iter().map(ToString::to_string));
        if files.is_empty() {
            notes.push("Nothing was written".to_owned());
            return Err(Failure(notes.join("\n")));
        }
        let reply = if profile.kind().is_folder() {
            write_folder(&self.output, files, plan)?
        } else {
            let text = files.pop().map_or_else(String::new, |file| file.text);
            write(&self.output, text, &self.plan)?
        };
        Ok(reply.with_notes(notes))
    }
}

impl Calendar {
    /// The profile that the arguments name.
    fn profile(&self, plan: &Plan) -> Result<Profile, Failure> {
        let meant = match (&self.area, &self.owner) {
            (Some(_), _) => ProfileKind::Area,
            (None, Some(_)) => ProfileKind::Owner,
            (None, None) => ProfileKind::Everyone,
        };
        let kind = self.profile.unwrap_or(meant);
        let other = (meant != ProfileKind::Everyone && kind != meant).then_some(meant);
        if let Some(other) = other {
            let (other, kind) = (other.id(), kind.id());
            return Err(Failure(format!(
                "--{other} goes with the profile {other}, not with {kind}. Leave one of them out"
            )));
        }
        match kind {
            ProfileKind::Everyone => Ok(Profile::Everyone),
            ProfileKind::Area => Ok(Profile::Area(area(plan, self.area.as_deref())?)),
            ProfileKind::Owner => Ok(Profile::Owner(owner_key(plan, self.owner.as_deref())?)),
            ProfileKind::Uyuni => Ok(Profile::Uyuni),
            ProfileKind::AwsImport => Ok(Profile::AwsImport),
            ProfileKind::AwsDocument => Ok(Profile::AwsDocument),
            ProfileKind::CalDav => Ok(Profile::CalDav),
        }
    }
}

fn write_folder(path: &Path, files: Vec<CalendarFile>, plan: &Plan) -> Result<Reply, Failure> {
    if path == Path::new("-") {
        return Err(Failure("This profile writes several files: use -o with a folder".to_owned()));
    }
    let files: Vec<_> = files.into_iter().map(|file| (file.name, file.text.into_bytes())).collect();
    store::replace_folder(path, &files, |name, bytes| is_ours(plan.id(), name, bytes))?;
    Ok(Reply::default())
}

fn area(plan: &Plan, wanted: Option<&str>) -> Result<AreaId, Failure> {
    let Some(wanted) = wanted else {
        return Err(Failure(format!("The profile area needs --area. {}", find::known(plan.areas()))));
    };
    Ok(find::record(plan.areas(), wanted)?.id.clone())
}

fn owner_key(plan: &Plan, wanted: Option<&str>) -> Result<String, Failure> {
    let all = || match list(owners(plan).into_iter().map(|owner| owner.key), find::MOST_IDS) {
        keys if keys.is_empty() => "No business area has an owner or an address".to_owned(),
        keys => format!("Known owners: {keys}"),
    };
    let Some(wanted) = wanted else {
        return Err(Failure(format!("The profile owner needs --owner. {}", all())));
    };
    let found = owner(plan, wanted).map(|owner| owner.key);
    found.ok_or_else(|| Failure(format!("Unknown owner \"{wanted}\". {}", all())))
}

impl ValueEnum for ProfileKind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.id()).help(self.help()))
    }
}
