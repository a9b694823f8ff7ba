//! Profiles: the year calendar as different readers want it. `docs/calendar-profiles.md` says what each wants, and why.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::check::{Check, Complaint};
use super::{CalendarOptions, aws, calendar, calendar_name, freezes, published, reader, resources, uyuni, writable};
use crate::export::text::one_line;
use crate::model::uid::uid_suffix;
use crate::model::{AreaId, BusinessArea, Plan, PlanId, address, slug};
use crate::schedule::Schedule;

/// For whom a calendar is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    #[default]
    Everyone,
    /// "Your year": what touches the systems of one business area.
    Area(AreaId),
    /// The same for all areas of one owner, by the [key](Owner::key).
    Owner(String),
    Uyuni,
    AwsImport,
    AwsDocument,
    CalDav,
}

/// A profile without saying whose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProfileKind {
    #[default]
    Everyone,
    Area,
    Owner,
    Uyuni,
    AwsImport,
    AwsDocument,
    CalDav,
}

impl ProfileKind {
    pub const ALL: [Self; 7] =
        [Self::Everyone, Self::Area, Self::Owner, Self::Uyuni, Self::AwsImport, Self::AwsDocument, Self::CalDav];

    /// "aws-import"; for machines.
    pub fn id(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Area => "area",
            Self::Owner => "owner",
            Self::Uyuni => "uyuni",
            Self::AwsImport => "aws-import",
            Self::AwsDocument => "aws-document",
            Self::CalDav => "caldav",
        }
    }

    /// "AWS Change Calendar, import"
    pub fn name(self) -> &'static str {
        match self {
            Self::Everyone => "Everyone",
            Self::Area => "One business area",
            Self::Owner => "One owner",
            Self::Uyuni => "Uyuni",
            Self::AwsImport => "AWS Change Calendar, import",
            Self::AwsDocument => "AWS Change Calendar, document",
            Self::CalDav => "CalDAV store",
        }
    }

    /// What it holds, as one sentence.
    pub fn help(self) -> &'static str {
        match self {
            Self::Everyone => "All occurrences, to subscribe to or to open",
            Self::Area => "What touches the systems of one business area, and what is asked of it",
            Self::Owner => "What touches the systems of all areas of one owner, and what is asked of them",
            Self::Uyuni => {
                "An event for each group, called like the group: a maintenance calendar for schedules of type multi"
            }
            Self::AwsImport => "Numbered files of at most 64 KB in UTC, to import",
            Self::AwsDocument => "Two documents: closed but for the windows, and open but for the freezes",
            Self::CalDav => "A folder with one resource for each occurrence",
        }
    }

    /// Whether it is a folder of files.
    pub fn is_folder(self) -> bool {
        matches!(self, Self::AwsImport | Self::AwsDocument | Self::CalDav)
    }

    /// Whether it may hold freezes beside the windows.
    pub fn takes_freezes(self) -> bool {
        matches!(self, Self::Everyone | Self::Area | Self::Owner | Self::CalDav)
    }
}

impl Profile {
    pub fn kind(&self) -> ProfileKind {
        match self {
            Self::Everyone => ProfileKind::Everyone,
            Self::Area(_) => ProfileKind::Area,
            Self::Owner(_) => ProfileKind::Owner,
            Self::Uyuni => ProfileKind::Uyuni,
            Self::AwsImport => ProfileKind::AwsImport,
            Self::AwsDocument => ProfileKind::AwsDocument,
            Self::CalDav => ProfileKind::CalDav,
        }
    }

    /// What its file or folder is usually called, without an ending.
    pub fn stem(&self, plan: &Plan) -> String {
        let title = slug(plan.title());
        match self {
            Self::Everyone => title,
            Self::Area(area) => format!("{title}-{}", slug(area.as_str())),
            Self::Owner(owner) => format!("{title}-{}", slug(owner.split('@').next().unwrap_or(owner))),
            other => format!("{title}-{}", other.kind().id()),
        }
    }
}

/// Somebody who speaks for business areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The address; the name in lower case where there is none.
    pub key: String,
    pub name: String,
    /// Sorted.
    pub areas: Vec<AreaId>,
}

/// All owners of a plan's business areas, sorted by key.
pub fn owners(plan: &Plan) -> Vec<Owner> {
    let mut owners: BTreeMap<String, Owner> = BTreeMap::new();
    for area in plan.areas() {
        let Some(key) = owner_key(area) else { continue };
        let new = || Owner { key: key.clone(), name: String::new(), areas: Vec::new() };
        let owner = owners.entry(key.clone()).or_insert_with(new);
        owner.areas.push(area.id.clone());
        if owner.name.is_empty() {
            owner.name = one_line(&area.owner);
        }
    }
    owners.into_values().collect()
}

/// The owner of that key, address or name.
pub fn owner(plan: &Plan, wanted: &str) -> Option<Owner> {
    let key = address(wanted).unwrap_or_else(|| one_line(wanted).to_lowercase());
    let all = owners(plan);
    let by_name = || all.iter().find(|owner| owner.name.to_lowercase() == key);
    all.iter().find(|owner| owner.key == key).or_else(by_name).cloned()
}

fn owner_key(area: &BusinessArea) -> Option<String> {
    area.address().or_else(|| Some(one_line(&area.owner).to_lowercase())).filter(|key| !key.is_empty())
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFile {
    /// With its ending; a name for every disk.
    pub name: String,
    pub text: String,
}

/// The files of one profile, and what its reader would refuse, lose or misread in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendars {
    /// None where nothing could be written that the reader would take; the complaints say why.
    pub files: Vec<CalendarFile>,
    pub complaints: Vec<Complaint>,
}

/// Whether a file is one that an export of this plan wrote into a folder: a calendar whose events are all the plan's.
pub fn is_ours(plan: &PlanId, name: &str, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).replace("\r\n ", "");
    let mut uids = text.split("\r\n").filter_map(|line| line.strip_prefix("UID:")).peekable();
    let end = uid_suffix(plan);
    let is_calendar = Path::new(name).extension().is_some_and(|ending| ending == "ics");
    is_calendar && uids.peek().is_some() && uids.all(|uid| uid.ends_with(&end))
}

/// Writes the calendars of a profile. `today` decides about nothing but what lies too far ahead for the reader.
pub fn calendars(schedule: &Schedule, profile: &Profile, options: CalendarOptions, today: NaiveDate) -> Calendars {
    let stem = profile.stem(&schedule.plan);
    let mut check = Check::of(schedule);
    let one = |text| vec![CalendarFile { name: format!("{stem}.ics"), text }];
    if options.with_freezes && !profile.kind().takes_freezes() {
        check.leaves_out_freezes(profile.kind());
    }
    let files = match profile {
        Profile::Everyone => {
            check.readable(&writable(schedule), true);
            if options.with_freezes {
                check.freezes(&freezes(schedule));
            }
            one(calendar(schedule, options))
        }
        Profile::Area(area) => one(your_year(schedule, std::slice::from_ref(area), options, &mut check)),
        Profile::Owner(key) => {
            let areas = owner(&schedule.plan, key).map_or_else(Vec::new, |owner| owner.areas);
            one(your_year(schedule, &areas, options, &mut check))
        }
        Profile::Uyuni => uyuni::calendar(schedule, today, &mut check).map_or_else(Vec::new, one),
        Profile::AwsImport => aws::imports(schedule, &stem, &mut check),
        Profile::AwsDocument => aws::documents(schedule, &stem, &mut check),
        Profile::CalDav => {
            check.readable(&writable(schedule), false);
            if options.with_freezes {
                check.freezes(&freezes(schedule));
            }
            let file = |resource: super::Resource| CalendarFile { name: resource.name, text: resource.text };
            resources(schedule, options).into_iter().map(file).collect()
        }
    };
    if matches!(profile.kind(), ProfileKind::Everyone | ProfileKind::Area | ProfileKind::Owner) {
        check.size(&files);
    }
    if files.is_empty() {
        check.has_nothing();
    }
    Calendars { files, complaints: check.complaints }
}

/// The calendar of what touches the systems of `areas`.
fn your_year(schedule: &Schedule, areas: &[AreaId], options: CalendarOptions, check: &mut Check<'_>) -> String {
    let plan = &*schedule.plan;
    let reader = reader::Reader::of(plan, areas);
    let mut occurrences = writable(schedule);
    occurrences.retain(|(window, _)| reader.is_concerned(window));
    let mut frozen = if options.with_freezes { freezes(schedule) } else { Vec::new() };
    frozen.retain(|(freeze, _)| reader.is_frozen_by(schedule, freeze));
    check.readable(&occurrences, true);
    check.freezes(&frozen);
    let name = format!("{}: {}", calendar_name(plan), reader.name());
    let text_of = |window: &_, occurrence: &_| reader.event_text(schedule, window, occurrence);
    published(schedule, &super::clip(name, super::LONGEST_SUMMARY), &occurrences, text_of, &frozen)
}
