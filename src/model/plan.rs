//! The plan: its records, and read access to them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ladder::find_group;
use super::{
    Acceptance, Advisory, BulletinDuty, BusinessArea, CancelledEvents, CarrierNotice, ChangeFreeze, ChecklistTemplate,
    Conflict, CustomZone, DeploymentGroup, FollowUpScan, GroupId, GroupRecord, HolidayCalendar, Horizon, InviteTexts,
    Ladder, LedgerEntry, MaintenanceWindow, Minutes, NightRecord, Person, PlanId, Policy, ReleaseCalendar, ReleaseId,
    ScanRoutine, SentInvite, System, SystemId, SystemResult, Table, TableMapping, Team, WindowKind, built_in_releases,
    is_default,
};

/// The maintenance windows of one organisation over one or two years, and everything they are checked against.
///
/// Anyone may read a plan, but only [`Plan::apply`] changes one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Plan {
    parts: PlanParts,
}

/// Everything in a [`Plan`], as public fields. Only for building a plan from a file, by a merge or for a test; [`Plan::apply`]
/// changes an existing one. The fields are documented at the methods of [`Plan`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Plan")]
pub struct PlanParts {
    pub id: PlanId,
    pub title: String,
    pub horizon: Horizon,
    pub zone: String,
    #[serde(default)]
    pub policy: Arc<Policy>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub zones: Table<CustomZone>,
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
    pub notices: Table<CarrierNotice>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub people: Table<Person>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub teams: Table<Team>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub scan_routines: Table<ScanRoutine>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub bulletin_duties: Table<BulletinDuty>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub advisories: Table<Advisory>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub checklists: Table<ChecklistTemplate>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub ledger: Table<LedgerEntry>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub invites: Arc<InviteTexts>,
    #[serde(rename = "invitations", default, skip_serializing_if = "Table::is_empty")]
    pub sent_invites: Table<SentInvite>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub acceptances: Table<Acceptance>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub nights: Table<NightRecord>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub results: Table<SystemResult>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub scans: Table<FollowUpScan>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub group_records: Table<GroupRecord>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub mappings: Table<TableMapping>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub cancelled: Table<CancelledEvents>,
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub conflicts: Table<Conflict>,
}

impl From<PlanParts> for Plan {
    fn from(parts: PlanParts) -> Self {
        Self { parts }
    }
}

impl Plan {
    /// A plan with the built-in policy and release calendars and nothing else. `id` becomes part of every exported UID,
    /// so no other plan may have it.
    pub fn new(id: PlanId, title: &str, horizon: Horizon, zone: &str) -> Self {
        let parts = PlanParts {
            id,
            title: title.to_owned(),
            horizon,
            zone: zone.to_owned(),
            policy: Arc::default(),
            zones: Table::default(),
            areas: Table::default(),
            systems: Table::default(),
            ladders: Table::default(),
            releases: built_in_releases().into_iter().collect(),
            windows: Table::default(),
            freezes: Table::default(),
            holidays: Table::default(),
            notices: Table::default(),
            people: Table::default(),
            teams: Table::default(),
            scan_routines: Table::default(),
            bulletin_duties: Table::default(),
            advisories: Table::default(),
            checklists: Table::default(),
            ledger: Table::default(),
            invites: Arc::default(),
            sent_invites: Table::default(),
            acceptances: Table::default(),
            nights: Table::default(),
            results: Table::default(),
            scans: Table::default(),
            group_records: Table::default(),
            mappings: Table::default(),
            cancelled: Table::default(),
            conflicts: Table::default(),
        };
        Self { parts }
    }

    /// A copy to build another plan from. Tables are shared, not copied.
    pub fn to_parts(&self) -> PlanParts {
        self.parts.clone()
    }

    /// The same plan with other sent invites. Undo needs it, because what was sent stays sent.
    pub fn with_sent_invites(&self, sent_invites: &Table<SentInvite>) -> Self {
        Self { parts: PlanParts { sent_invites: sent_invites.clone(), ..self.to_parts() } }
    }

    /// The same plan without what was recorded about the work: nights, results, scans, sign-offs.
    pub fn without_records_of_work(&self) -> Self {
        let parts = PlanParts { nights: Table::default(), results: Table::default(), ..self.to_parts() };
        Self { parts: PlanParts { scans: Table::default(), group_records: Table::default(), ..parts } }
    }

    /// Part of every exported UID.
    #[inline]
    pub fn id(&self) -> &PlanId {
        &self.parts.id
    }

    #[inline]
    pub fn title(&self) -> &str {
        &self.parts.title
    }

    /// The days that the plan covers.
    #[inline]
    pub fn horizon(&self) -> Horizon {
        self.parts.horizon
    }

    /// The zone of every window that names none itself: an IANA name or the id of one of the plan's own zones.
    #[inline]
    pub fn zone(&self) -> &str {
        &self.parts.zone
    }

    /// Zones that calendar files brought and that the IANA database does not have. Their names win over IANA names.
    #[inline]
    pub fn zones(&self) -> &Table<CustomZone> {
        &self.parts.zones
    }

    /// The rules and limits that windows are checked against.
    #[inline]
    pub fn policy(&self) -> &Arc<Policy> {
        &self.parts.policy
    }

    #[inline]
    pub fn areas(&self) -> &Table<BusinessArea> {
        &self.parts.areas
    }

    #[inline]
    pub fn systems(&self) -> &Table<System> {
        &self.parts.systems
    }

    #[inline]
    pub fn ladders(&self) -> &Table<Ladder> {
        &self.parts.ladders
    }

    /// The calendars of vendor releases.
    #[inline]
    pub fn releases(&self) -> &Table<ReleaseCalendar> {
        &self.parts.releases
    }

    #[inline]
    pub fn windows(&self) -> &Table<MaintenanceWindow> {
        &self.parts.windows
    }

    #[inline]
    pub fn freezes(&self) -> &Table<ChangeFreeze> {
        &self.parts.freezes
    }

    #[inline]
    pub fn holidays(&self) -> &Table<HolidayCalendar> {
        &self.parts.holidays
    }

    /// What carriers announced about circuits.
    #[inline]
    pub fn notices(&self) -> &Table<CarrierNotice> {
        &self.parts.notices
    }

    #[inline]
    pub fn people(&self) -> &Table<Person> {
        &self.parts.people
    }

    #[inline]
    pub fn teams(&self) -> &Table<Team> {
        &self.parts.teams
    }

    /// The scans that are repeated, whatever windows take place.
    #[inline]
    pub fn scan_routines(&self) -> &Table<ScanRoutine> {
        &self.parts.scan_routines
    }

    /// Who reads which vendors' bulletins.
    #[inline]
    pub fn bulletin_duties(&self) -> &Table<BulletinDuty> {
        &self.parts.bulletin_duties
    }

    #[inline]
    pub fn advisories(&self) -> &Table<Advisory> {
        &self.parts.advisories
    }

    /// The checklist templates.
    #[inline]
    pub fn checklists(&self) -> &Table<ChecklistTemplate> {
        &self.parts.checklists
    }

    /// The answers of the business owners.
    #[inline]
    pub fn ledger(&self) -> &Table<LedgerEntry> {
        &self.parts.ledger
    }

    /// The wording of invites.
    #[inline]
    pub fn invites(&self) -> &Arc<InviteTexts> {
        &self.parts.invites
    }

    /// What each owner was sent last about each occurrence.
    #[inline]
    pub fn sent_invites(&self) -> &Table<SentInvite> {
        &self.parts.sent_invites
    }

    /// The findings that somebody has accepted.
    #[inline]
    pub fn acceptances(&self) -> &Table<Acceptance> {
        &self.parts.acceptances
    }

    /// The records of past nights and of the one in progress.
    #[inline]
    pub fn nights(&self) -> &Table<NightRecord> {
        &self.parts.nights
    }

    /// What became of systems in occurrences.
    #[inline]
    pub fn results(&self) -> &Table<SystemResult> {
        &self.parts.results
    }

    /// The scans that followed occurrences.
    #[inline]
    pub fn scans(&self) -> &Table<FollowUpScan> {
        &self.parts.scans
    }

    /// Sign-offs, test results and holds, by ladder, group and release.
    #[inline]
    pub fn group_records(&self) -> &Table<GroupRecord> {
        &self.parts.group_records
    }

    /// What the columns of imported tables hold, as people assigned them.
    #[inline]
    pub fn mappings(&self) -> &Table<TableMapping> {
        &self.parts.mappings
    }

    /// Events of imported calendars that were cancelled, by calendar.
    #[inline]
    pub fn cancelled_events(&self) -> &Table<CancelledEvents> {
        &self.parts.cancelled
    }

    /// What two people changed differently, as a merge found it, until it is resolved.
    #[inline]
    pub fn conflicts(&self) -> &Table<Conflict> {
        &self.parts.conflicts
    }

    /// The systems on whose circuits the work of a notice has an impact, in the order of their ids.
    pub fn systems_behind(&self, notice: &CarrierNotice) -> impl Iterator<Item = &Arc<System>> {
        let is_behind =
            move |system: &&Arc<System>| system.circuits.iter().any(|each| notice.impact_on(each).is_some());
        self.systems().iter().filter(is_behind)
    }

    /// Finds a group, and the ladder that it belongs to.
    pub fn group(&self, id: &GroupId) -> Option<(&Arc<Ladder>, &DeploymentGroup)> {
        find_group(self.ladders(), id)
    }

    /// The ids of the groups that a system is in, sorted.
    pub fn groups_with(&self, system: &SystemId) -> Vec<GroupId> {
        let groups = self.ladders().iter().flat_map(|ladder| &ladder.groups);
        let mut ids: Vec<GroupId> =
            groups.filter(|group| group.systems.contains(system)).map(|group| group.id.clone()).collect();
        ids.sort_unstable();
        ids
    }

    /// The name of the zone that applies to a window.
    pub fn window_zone<'a>(&'a self, window: &'a MaintenanceWindow) -> &'a str {
        window.zone.as_deref().unwrap_or(self.zone())
    }

    /// What is in that zone of the plan, by name: the plan itself, windows and systems.
    pub fn names_in_zone<'a>(&'a self, zone: &'a super::ZoneId) -> impl Iterator<Item = &'a str> {
        let zone = zone.as_str();
        let plan = Some("the plan").filter(|_| self.zone() == zone);
        let windows = self.windows().iter().filter(move |window| window.zone.as_deref() == Some(zone));
        let systems = self.systems().iter().filter(move |system| system.zone.as_deref() == Some(zone));
        let names = windows.map(|window| window.name.as_str()).chain(systems.map(|system| system.name.as_str()));
        plan.into_iter().chain(names)
    }

    /// How long the ladder waits after that group.
    pub fn soak_after(&self, group: &DeploymentGroup) -> Minutes {
        group.soak.unwrap_or_else(|| self.policy().soak.after(group.stage))
    }

    /// The name of a release calendar, or its id if the plan has no such calendar.
    pub fn release_name(&self, id: &ReleaseId) -> String {
        self.releases().name_of(id)
    }

    /// A window's rule in words: "Saturday after Patch Tuesday".
    pub fn rule_in_words(&self, window: &MaintenanceWindow) -> String {
        window.rule.in_words(|id| self.release_name(id))
    }

    /// How many days before the start the area must be notified of windows of that type; none if notice is only
    /// informational. The emergency lane decides for Emergency windows.
    pub fn notice_days(&self, kind: WindowKind, area: &BusinessArea) -> Option<u16> {
        let lane = self.policy().emergency.as_ref().filter(|_| kind == WindowKind::Emergency);
        lane.map(|lane| lane.notice_days)
            .or(area.notice_days)
            .or_else(|| self.policy().window_type(kind).and_then(|window_type| window_type.notice_days))
    }
}
