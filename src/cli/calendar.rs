//! `export calendar`: the year calendar in the profile of its reader.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::exports::Calendar;
use super::plan::{Viewed, view, write};
use super::{Failure, Reply, find};
use crate::export::ics::{
    CalendarFile, CalendarOptions, Calendars, Profile, ProfileKind, calendars, is_ours, owner, owners,
};
use crate::model::{AreaId, Plan, UtcMinute};
use crate::store;
use crate::wording::list;

pub fn run(options: &Calendar, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, mut notes } = view(&options.plan)?;
    let plan = &*schedule.plan;
    let profile = profile(options, plan)?;
    let today = schedule.zone.local(UtcMinute::from_utc(now)).date();
    let with = CalendarOptions { with_freezes: options.with_freezes };
    let Calendars { mut files, complaints } = calendars(&schedule, &profile, with, today);
    notes.extend(complaints.iter().map(ToString::to_string));
    if files.is_empty() {
        notes.push("Nothing was written".to_owned());
        return Err(Failure(notes.join("\n")));
    }
    let reply = if profile.kind().is_folder() {
        write_folder(&options.output, files, plan)?
    } else {
        let text = files.pop().map_or_else(String::new, |file| file.text);
        write(&options.output, text, &options.plan)?
    };
    Ok(reply.with_notes(notes))
}

fn write_folder(path: &Path, files: Vec<CalendarFile>, plan: &Plan) -> Result<Reply, Failure> {
    if path == Path::new("-") {
        return Err(Failure("This profile writes several files. Give a folder after -o".to_owned()));
    }
    let files: Vec<_> = files.into_iter().map(|file| (file.name, file.text.into_bytes())).collect();
    store::replace_folder(path, &files, |name, bytes| is_ours(&plan.id, name, bytes))?;
    Ok(Reply::default())
}

/// The profile that the arguments name.
fn profile(options: &Calendar, plan: &Plan) -> Result<Profile, Failure> {
    let meant = match (&options.area, &options.owner) {
        (Some(_), _) => ProfileKind::Area,
        (None, Some(_)) => ProfileKind::Owner,
        (None, None) => ProfileKind::Everyone,
    };
    let kind = options.profile.unwrap_or(meant);
    let other = (meant != ProfileKind::Everyone && kind != meant).then_some(meant);
    if let Some(other) = other {
        let (other, kind) = (other.id(), kind.id());
        return Err(Failure(format!(
            "--{other} goes with the profile {other}, not with {kind}. Leave one of them out"
        )));
    }
    match kind {
        ProfileKind::Everyone => Ok(Profile::Everyone),
        ProfileKind::Area => Ok(Profile::Area(area(plan, options.area.as_deref())?)),
        ProfileKind::Owner => Ok(Profile::Owner(owner_key(plan, options.owner.as_deref())?)),
        ProfileKind::Uyuni => Ok(Profile::Uyuni),
        ProfileKind::AwsImport => Ok(Profile::AwsImport),
        ProfileKind::AwsDocument => Ok(Profile::AwsDocument),
        ProfileKind::CalDav => Ok(Profile::CalDav),
    }
}

fn area(plan: &Plan, wanted: Option<&str>) -> Result<AreaId, Failure> {
    let Some(wanted) = wanted else {
        return Err(Failure(format!("The profile area needs --area. {}", find::there_are(&plan.areas))));
    };
    Ok(find::one(&plan.areas, wanted)?.id.clone())
}

fn owner_key(plan: &Plan, wanted: Option<&str>) -> Result<String, Failure> {
    let all = || match list(owners(plan).into_iter().map(|owner| owner.key), find::MOST_NAMES) {
        keys if keys.is_empty() => "No business area has an owner or address".to_owned(),
        keys => format!("There are {keys}"),
    };
    let Some(wanted) = wanted else {
        return Err(Failure(format!("The profile owner needs --owner. {}", all())));
    };
    let found = owner(plan, wanted).map(|owner| owner.key);
    found.ok_or_else(|| Failure(format!("There is no owner \"{wanted}\". {}", all())))
}
