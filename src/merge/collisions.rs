//! Records that both sides added with the same id, but with different contents: theirs gets a new id.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::ids::{FreeId, IdVisitor, Renaming, UsedIds, VisitIds};
use crate::model::{
    Acceptance, AcceptanceId, AreaId, BulletinDuty, BulletinDutyId, BusinessArea, ChangeFreeze, ChecklistId,
    ChecklistTemplate, Conflict, DeploymentGroup, FreezeId, GroupId, HolidayCalendar, HolidayId, Ladder, LadderId,
    MaintenanceWindow, Person, PersonId, Plan, PlanParts, Record, ReleaseCalendar, ReleaseId, ScanRoutine,
    ScanRoutineId, System, SystemId, Table, Team, TeamId, WindowId,
};

/// A record of the other side that got a new id in the merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenamedRecord {
    /// The kind of record, in lower case.
    pub noun: &'static str,
    pub old_id: String,
    pub new_id: String,
}

impl fmt::Display for RenamedRecord {
    /// A sentence without a full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { noun, old_id, new_id } = self;
        write!(f, "Both sides added a {noun} with the id \"{old_id}\": theirs is now \"{new_id}\"")
    }
}

/// Gives new ids to records of `theirs` until no new record has the id of another new record of `ours`.
pub fn without_collisions(base: Option<&Plan>, ours: &Plan, theirs: &Plan) -> (Plan, Vec<RenamedRecord>) {
    let mut theirs = theirs.clone();
    let mut renamed = Vec::new();
    let mut used = None;
    loop {
        let collisions = Collisions::find(base, ours, &theirs);
        if collisions.is_empty() {
            return (theirs, renamed);
        }
        let used = used.get_or_insert_with(|| used_ids([base, Some(ours), Some(&theirs)]));
        let mut to = collisions.new_ids(used, &mut renamed);
        // A record that refers to a renamed one differs from ours from then on, so it may need a new id, too.
        theirs = visited(theirs.to_parts(), &mut to).into();
    }
}

/// The ids that also a reference has that leads nowhere: a new record must not get one of these.
fn used_ids(plans: [Option<&Plan>; 3]) -> UsedIds {
    let mut used = UsedIds::default();
    for plan in plans.into_iter().flatten() {
        visited(plan.to_parts(), &mut used);
    }
    used
}

/// The ids that records on both sides have, although they are different and new.
struct Collisions {
    acceptances: Vec<AcceptanceId>,
    areas: Vec<AreaId>,
    bulletin_duties: Vec<BulletinDutyId>,
    checklists: Vec<ChecklistId>,
    freezes: Vec<FreezeId>,
    groups: Vec<GroupId>,
    holidays: Vec<HolidayId>,
    ladders: Vec<LadderId>,
    people: Vec<PersonId>,
    releases: Vec<ReleaseId>,
    scan_routines: Vec<ScanRoutineId>,
    systems: Vec<SystemId>,
    teams: Vec<TeamId>,
    windows: Vec<WindowId>,
}

impl Collisions {
    fn find(base: Option<&Plan>, ours: &Plan, theirs: &Plan) -> Self {
        let plans = Plans { base, ours, theirs };
        Self {
            acceptances: plans.collisions(Plan::acceptances),
            areas: plans.collisions(Plan::areas),
            bulletin_duties: plans.collisions(Plan::bulletin_duties),
            checklists: plans.collisions(Plan::checklists),
            freezes: plans.collisions(Plan::freezes),
            groups: plans.group_collisions(),
            holidays: plans.collisions(Plan::holidays),
            ladders: plans.collisions(Plan::ladders),
            people: plans.collisions(Plan::people),
            releases: plans.collisions(Plan::releases),
            scan_routines: plans.collisions(Plan::scan_routines),
            systems: plans.collisions(Plan::systems),
            teams: plans.collisions(Plan::teams),
            windows: plans.collisions(Plan::windows),
        }
    }

    fn is_empty(&self) -> bool {
        let ladders = self.groups.is_empty() && self.ladders.is_empty() && self.releases.is_empty();
        let days = self.freezes.is_empty() && self.holidays.is_empty() && self.windows.is_empty();
        let systems = self.areas.is_empty() && self.systems.is_empty() && self.checklists.is_empty();
        let people = self.people.is_empty() && self.teams.is_empty() && self.acceptances.is_empty();
        let routines = self.scan_routines.is_empty() && self.bulletin_duties.is_empty();
        ladders && days && systems && people && routines
    }

    fn new_ids(self, used: &mut UsedIds, renamed: &mut Vec<RenamedRecord>) -> Renaming {
        let mut new = NewIds { renamed };
        Renaming {
            acceptances: new.choose(Acceptance::NOUN, self.acceptances, &mut used.acceptances),
            areas: new.choose(BusinessArea::NOUN, self.areas, &mut used.areas),
            bulletin_duties: new.choose(BulletinDuty::NOUN, self.bulletin_duties, &mut used.bulletin_duties),
            checklists: new.choose(ChecklistTemplate::NOUN, self.checklists, &mut used.checklists),
            freezes: new.choose(ChangeFreeze::NOUN, self.freezes, &mut used.freezes),
            groups: new.choose("group", self.groups, &mut used.groups),
            holidays: new.choose(HolidayCalendar::NOUN, self.holidays, &mut used.holidays),
            ladders: new.choose(Ladder::NOUN, self.ladders, &mut used.ladders),
            people: new.choose(Person::NOUN, self.people, &mut used.people),
            releases: new.choose(ReleaseCalendar::NOUN, self.releases, &mut used.releases),
            scan_routines: new.choose(ScanRoutine::NOUN, self.scan_routines, &mut used.scan_routines),
            systems: new.choose(System::NOUN, self.systems, &mut used.systems),
            teams: new.choose(Team::NOUN, self.teams, &mut used.teams),
            windows: new.choose(MaintenanceWindow::NOUN, self.windows, &mut used.windows),
        }
    }
}

/// Chooses new ids for records.
struct NewIds<'a> {
    renamed: &'a mut Vec<RenamedRecord>,
}

impl NewIds<'_> {
    fn choose<Id: FreeId + fmt::Display>(
        &mut self,
        noun: &'static str,
        ids: Vec<Id>,
        used: &mut BTreeSet<Id>,
    ) -> BTreeMap<Id, Id> {
        let choose = |id: Id| {
            let new = id.unused(|id| used.contains(id));
            used.insert(new.clone());
            let (old_id, new_id) = (id.to_string(), new.to_string());
            self.renamed.push(RenamedRecord { noun, old_id, new_id });
            (id, new)
        };
        ids.into_iter().map(choose).collect()
    }
}

struct Plans<'a> {
    base: Option<&'a Plan>,
    ours: &'a Plan,
    theirs: &'a Plan,
}

impl<'a> Plans<'a> {
    fn collisions<T>(&self, table: fn(&'a Plan) -> &'a Table<T>) -> Vec<T::Id>
    where
        T: Record + PartialEq + 'a,
    {
        let (base, ours, theirs) = (self.base.map(table), table(self.ours), table(self.theirs));
        let is_new = |id: &T::Id| base.is_none_or(|base| !base.contains(id));
        let collides = |record: &&Arc<T>| ours.get(record.id()).is_some_and(|our| our != *record);
        let colliding = theirs.iter().filter(|record| is_new(record.id())).filter(collides);
        colliding.map(|record| record.id().clone()).collect()
    }

    /// The same for groups, whose ids are unique in the whole plan.
    fn group_collisions(&self) -> Vec<GroupId> {
        let base = self.base.map(groups).unwrap_or_default();
        let (ours, theirs) = (groups(self.ours), groups(self.theirs));
        let colliding = theirs
            .iter()
            .filter(|(id, group)| !base.contains_key(*id) && ours.get(*id).is_some_and(|our| our != *group));
        colliding.map(|(id, _)| (*id).clone()).collect()
    }
}

/// All groups of a plan by id, each with its ladder.
fn groups(plan: &Plan) -> BTreeMap<&GroupId, (&LadderId, &DeploymentGroup)> {
    let pairs = plan.ladders().iter().flat_map(|ladder| ladder.groups.iter().map(move |group| (&ladder.id, group)));
    pairs.map(|(ladder, group)| (&group.id, (ladder, group))).collect()
}

/// The plan after a visitor has seen all its ids.
fn visited(parts: PlanParts, visitor: &mut dyn IdVisitor) -> PlanParts {
    // All fields are listed, so that the compiler asks about a new one.
    let PlanParts {
        id,
        title,
        horizon,
        zone,
        mut policy,
        zones,
        areas,
        systems,
        ladders,
        releases,
        windows,
        freezes,
        holidays,
        notices,
        people,
        teams,
        scan_routines,
        bulletin_duties,
        advisories,
        checklists,
        ledger,
        invites,
        sent_invites,
        acceptances,
        nights,
        results,
        scans,
        group_records,
        mappings,
        cancelled,
        conflicts,
    } = parts;
    Arc::make_mut(&mut policy).visit_ids(visitor);
    PlanParts {
        id,
        title,
        horizon,
        zone,
        policy,
        zones: visited_table(&zones, visitor),
        areas: visited_table(&areas, visitor),
        systems: visited_table(&systems, visitor),
        ladders: visited_ladders(&ladders, visitor),
        releases: visited_table(&releases, visitor),
        windows: visited_table(&windows, visitor),
        freezes: visited_table(&freezes, visitor),
        holidays: visited_table(&holidays, visitor),
        notices: visited_table(&notices, visitor),
        people: visited_table(&people, visitor),
        teams: visited_table(&teams, visitor),
        scan_routines: visited_table(&scan_routines, visitor),
        bulletin_duties: visited_table(&bulletin_duties, visitor),
        advisories: visited_table(&advisories, visitor),
        checklists: visited_table(&checklists, visitor),
        ledger: visited_table(&ledger, visitor),
        invites,
        sent_invites: visited_table(&sent_invites, visitor),
        acceptances: visited_table(&acceptances, visitor),
        nights: visited_table(&nights, visitor),
        results: visited_table(&results, visitor),
        scans: visited_table(&scans, visitor),
        group_records: visited_table(&group_records, visitor),
        mappings: visited_table(&mappings, visitor),
        cancelled: visited_table(&cancelled, visitor),
        conflicts: visited_table(&conflicts, visitor),
    }
}

/// Groups have their systems sorted.
fn visited_ladders(ladders: &Table<Ladder>, visitor: &mut dyn IdVisitor) -> Table<Ladder> {
    let sorted = |ladder: &Arc<Ladder>| {
        let mut ladder = Ladder::clone(ladder);
        ladder.groups.iter_mut().for_each(|group| group.systems.sort());
        ladder
    };
    visited_table(ladders, visitor).iter().map(sorted).collect()
}

fn visited_table<T: Record + VisitIds + Clone>(table: &Table<T>, visitor: &mut dyn IdVisitor) -> Table<T> {
    let visit = |record: &Arc<T>| {
        let mut record = T::clone(record);
        record.visit_ids(visitor);
        record
    };
    table.iter().map(visit).collect()
}

impl VisitIds for Conflict {
    fn visit_ids(&mut self, visitor: &mut dyn IdVisitor) {
        self.key.record.visit_ids(visitor);
    }
}
