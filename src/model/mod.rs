//! What a plan is: its records, and the edits that change it. No clock, no files, no screen, no zone data.
//!
//! A [`Plan`] is an immutable value. Everything that can be large in it sits behind a shared pointer, so a changed
//! plan shares with the old one all that did not change, and "is this still valid?" is a comparison of pointers.

mod acceptance;
mod advisory;
mod batch;
mod checklist;
mod edit;
mod estimate;
mod freeze;
mod guess;
mod id;
mod instant;
mod invitation;
mod invites;
mod label;
mod ladder;
mod ledger;
mod minutes;
mod night;
mod offset;
mod people;
mod policy;
mod post;
mod preset;
mod release;
mod removal;
mod rule;
mod subject;
mod system;
mod table;
pub mod uid;
mod window;

use std::sync::Arc;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use acceptance::Acceptance;
pub use advisory::{Advisory, Decision, DueBy, Exposure, ResponseMatrix, Verdict};
pub use batch::{Batch, BatchSize, NotABatchSize};
pub use checklist::{
    Block, ChecklistChoice, ChecklistItem, ChecklistNamed, ChecklistTemplate, ChosenChecklist, Condition,
    handbook_items,
};
pub use edit::{Edit, EditError};
pub use estimate::Estimate;
pub use freeze::{ChangeFreeze, Exemption, FreezeScope, FreezeSpan, Holiday, HolidayCalendar};
pub use guess::Guess;
pub use id::{
    AcceptanceId, AdvisoryId, AreaId, ChecklistId, FreezeId, GroupId, HolidayId, LadderId, PersonId, PlanId, ReleaseId,
    SystemId, TeamId, WindowId, slug,
};
pub use instant::{LocalMinute, UtcMinute, date_of_day, day_number};
pub use invitation::{Invitation, InvitationKey, address};
pub use invites::InviteTexts;
pub use ladder::{DeploymentGroup, Ladder, Stage, doubled_group};
pub use ledger::{Agreement, LedgerEntry, LedgerKey, Times};
pub use minutes::{Minutes, NotADuration};
pub use night::{Ending, NightKey, NightRecord, Outcome, Tick, Told};
pub use offset::{NotAnOffset, Offset};
pub use people::{Away, Booking, Duty, PeopleLimits, Person, Team, Who};
pub use policy::{NightLimits, Policy, SeverityDeadline, SoakTimes, WindowType};
pub use post::{Post, PostBody};
pub use preset::DeadlinePreset;
pub use release::{ReleaseCadence, ReleaseCalendar, built_in_releases};
pub use rule::{ListedDate, MonthDay, Rule};
pub use subject::Subject;
pub use system::{AllowedHours, BusinessArea, Environment, Level, Rating, RollbackMethod, System, SystemClass};
pub use table::{Record, Table};
pub use uid::{freeze_uid, is_of_plan, occurrence_uid};
// Until every folder uses `wording` itself.
pub use crate::wording::{
    counted, date as date_in_words, moment as moment_in_words, ordinal, signed_duration as signed_minutes,
    time as clock_in_words, weekday as weekday_name,
};
pub use window::{BackoutPlan, Change, Exception, Irreversible, MaintenanceWindow, WindowKind, Work};

/// The maintenance windows of one organisation over one or two years, and all that they are judged by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub id: PlanId,
    pub title: String,
    pub horizon: Horizon,
    /// IANA name of the zone that windows are in where they do not say otherwise.
    pub zone: String,
    #[serde(default)]
    pub policy: Arc<Policy>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub areas: Table<BusinessArea>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub systems: Table<System>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub ladders: Table<Ladder>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub releases: Table<ReleaseCalendar>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub windows: Table<MaintenanceWindow>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub freezes: Table<ChangeFreeze>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub holidays: Table<HolidayCalendar>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub people: Table<Person>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub teams: Table<Team>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub advisories: Table<Advisory>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub checklists: Table<ChecklistTemplate>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub ledger: Table<LedgerEntry>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub invites: Arc<InviteTexts>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub invitations: Table<Invitation>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub acceptances: Table<Acceptance>,
    /// What was done in the nights that are over, and in the one that runs.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub nights: Table<NightRecord>,
}

impl Plan {
    /// A plan with the built-in policy and release calendars and nothing else. `id` becomes part of every exported
    /// UID, so it must be one that no other plan has.
    pub fn new(id: PlanId, title: &str, horizon: Horizon, zone: &str) -> Self {
        Self {
            id,
            title: title.to_owned(),
            horizon,
            zone: zone.to_owned(),
            policy: Arc::default(),
            areas: Table::default(),
            systems: Table::default(),
            ladders: Table::default(),
            releases: built_in_releases().into_iter().collect(),
            windows: Table::default(),
            freezes: Table::default(),
            holidays: Table::default(),
            people: Table::default(),
            teams: Table::default(),
            advisories: Table::default(),
            checklists: Table::default(),
            ledger: Table::default(),
            invites: Arc::default(),
            invitations: Table::default(),
            acceptances: Table::default(),
            nights: Table::default(),
        }
    }

    /// The ladder that a group stands on, and the group.
    pub fn group(&self, id: &GroupId) -> Option<(&Arc<Ladder>, &DeploymentGroup)> {
        self.ladders.iter().find_map(|ladder| ladder.group(id).map(|group| (ladder, group)))
    }

    /// The zone name that holds for a window.
    pub fn zone_of<'a>(&'a self, window: &'a MaintenanceWindow) -> &'a str {
        window.zone.as_deref().unwrap_or(&self.zone)
    }

    /// How long the ladder waits after that group.
    pub fn soak_after(&self, group: &DeploymentGroup) -> Minutes {
        group.soak.unwrap_or_else(|| self.policy.soak.after(group.stage))
    }

    /// What people call a release calendar; its id where the plan does not know it.
    pub fn release_name(&self, id: &ReleaseId) -> String {
        self.releases.get(id).map_or_else(|| id.to_string(), |release| release.name.clone())
    }

    /// A window's rule as a person says it: "Saturday after Patch Tuesday".
    pub fn rule_in_words(&self, window: &MaintenanceWindow) -> String {
        window.rule.in_words(|id| self.release_name(id))
    }
}

/// The days that a plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Horizon {
    pub from: NaiveDate,
    /// At least 1, at most [`Horizon::MOST_MONTHS`]; more is cut off.
    pub months: u16,
}

impl Horizon {
    pub const MOST_MONTHS: u16 = 60;

    pub fn year(year: i32) -> Self {
        Self { from: NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default(), months: 12 }
    }

    /// The first day that no longer belongs to it.
    pub fn end(self) -> NaiveDate {
        let months = self.months.clamp(1, Self::MOST_MONTHS).into();
        self.from.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
    }

    /// The last day that belongs to it.
    pub fn last(self) -> NaiveDate {
        self.end().pred_opt().unwrap_or(self.from)
    }

    pub fn contains(self, on: NaiveDate) -> bool {
        self.from <= on && on < self.end()
    }
}

/// For `skip_serializing_if`: what is as it was born need not be written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Times of day as "22:00" in a file.
mod hhmm {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::wording::{self, iso};

    pub fn serialize<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&wording::time(*time))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        iso::read_time(&text).ok_or_else(|| de::Error::custom(format!("\"{text}\" is not a time of day: write 22:00")))
    }

    /// The same where there may be none.
    pub mod option {
        use super::{Deserialize, Deserializer, NaiveTime, Serializer, wording};

        #[derive(Deserialize)]
        #[serde(transparent)]
        struct Time(#[serde(with = "super")] NaiveTime);

        pub fn serialize<S: Serializer>(time: &Option<NaiveTime>, serializer: S) -> Result<S::Ok, S::Error> {
            match time {
                Some(time) => serializer.serialize_some(&wording::time(*time)),
                None => serializer.serialize_none(),
            }
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
            Ok(Option::<Time>::deserialize(deserializer)?.map(|time| time.0))
        }
    }
}
