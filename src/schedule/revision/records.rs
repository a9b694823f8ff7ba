//! The differences of the records around the windows: freezes, ladders, groups, areas, systems, the policy.

use std::sync::Arc;

use super::RecordPresence;
use super::checklist_fields::checklist;
use super::fields::{FieldChange, Fields};
use super::nights::night;
use super::notice_fields::notice;
use super::plan_fields as fields;
use super::routine_fields as routines;
use crate::model::{DeploymentGroup, LadderId, NightKey, Plan, Record, Subject, Table};
use crate::wording::date;

/// The name of records of nights.
const NIGHT: &str = "Record of the night";

/// The differences of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordRevision {
    /// "Change freeze"
    pub kind: &'static str,
    /// The record itself.
    pub subject: Subject,
    /// Its current name, or its last one if it was removed.
    pub name: String,
    pub presence: RecordPresence,
    pub fields: Vec<FieldChange>,
}

impl RecordRevision {
    /// "Change freeze Year end"; "Policy".
    pub fn title(&self) -> String {
        format!("{} {}", self.kind, self.name).trim_end().to_owned()
    }

    /// "New", "Removed", or the differences.
    pub fn in_words(&self) -> String {
        match self.presence {
            RecordPresence::Kept => self.fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(" · "),
            presence => presence.name().to_owned(),
        }
    }
}

/// The records that differ: plan and policy first, then those that dates depend on.
pub fn compare(old: &Plan, new: &Plan) -> Vec<RecordRevision> {
    let mut found = RecordDifferences { old, new, list: Vec::new() };
    found.plan();
    found.table("Change freeze", old.freezes(), new.freezes(), Subject::Freeze, |freeze| &freeze.name, fields::freeze);
    found.table("Business area", old.areas(), new.areas(), Subject::Area, |area| &area.name, fields::area);
    found.table("Ladder", old.ladders(), new.ladders(), Subject::Ladder, |ladder| &ladder.name, fields::ladder);
    found.groups();
    found.table("System", old.systems(), new.systems(), Subject::System, |system| &system.name, fields::system);
    found.table(
        "Release calendar",
        old.releases(),
        new.releases(),
        Subject::Release,
        |release| &release.name,
        fields::release,
    );
    found.table(
        "Holidays",
        old.holidays(),
        new.holidays(),
        Subject::Holidays,
        |holidays| &holidays.name,
        fields::holidays,
    );
    found.table("Notice", old.notices(), new.notices(), Subject::Notice, |notice| &notice.name, notice);
    found.table("Person", old.people(), new.people(), Subject::Person, |person| &person.name, fields::person);
    found.table("Team", old.teams(), new.teams(), Subject::Team, |team| &team.name, fields::team);
    found.table(
        "Scan routine",
        old.scan_routines(),
        new.scan_routines(),
        Subject::ScanRoutine,
        |routine| &routine.name,
        routines::scan_routine,
    );
    found.table(
        "Bulletin duty",
        old.bulletin_duties(),
        new.bulletin_duties(),
        Subject::BulletinDuty,
        |duty| &duty.name,
        routines::bulletin_duty,
    );
    found.table(
        "Checklist",
        old.checklists(),
        new.checklists(),
        Subject::Checklist,
        |checklist| &checklist.name,
        checklist,
    );
    found.nights();
    found.list
}

struct RecordDifferences<'a> {
    old: &'a Plan,
    new: &'a Plan,
    list: Vec<RecordRevision>,
}

/// Finds the differences of a record of both plans.
type Differ<T> = fn(&mut Fields, (&Plan, &T), (&Plan, &T));

impl RecordDifferences<'_> {
    fn plan(&mut self) {
        let mut about = Fields::default();
        fields::plan(&mut about, self.old, self.new);
        self.kept("Plan", Subject::Plan, "", about);
        if !Arc::ptr_eq(self.old.policy(), self.new.policy()) {
            let mut about = Fields::default();
            super::policy_fields::policy(&mut about, self.old, self.new);
            self.kept("Policy", Subject::Plan, "", about);
        }
    }

    fn kept(&mut self, kind: &'static str, subject: Subject, name: &str, about: Fields) {
        if !about.list.is_empty() {
            self.list.push(RecordRevision {
                kind,
                subject,
                name: name.to_owned(),
                presence: RecordPresence::Kept,
                fields: about.list,
            });
        }
    }

    fn only(&mut self, kind: &'static str, subject: Subject, name: &str, presence: RecordPresence) {
        self.list.push(RecordRevision { kind, subject, name: name.to_owned(), presence, fields: Vec::new() });
    }

    fn table<T: Record + PartialEq>(
        &mut self,
        kind: &'static str,
        old: &Table<T>,
        new: &Table<T>,
        subject: impl Fn(T::Id) -> Subject,
        name: impl Fn(&T) -> &str,
        differ: Differ<T>,
    ) {
        if old.ptr_eq(new) {
            return;
        }
        for record in new {
            let subject = subject(record.id().clone());
            match old.get(record.id()) {
                None => self.only(kind, subject, name(record), RecordPresence::New),
                Some(before) if Arc::ptr_eq(before, record) || before == record => {}
                Some(before) => {
                    let mut about = Fields::default();
                    differ(&mut about, (self.old, before), (self.new, record));
                    self.kept(kind, subject, name(record), about);
                }
            }
        }
        for record in old.iter().filter(|record| !new.contains(record.id())) {
            self.only(kind, subject(record.id().clone()), name(record), RecordPresence::Removed);
        }
    }

    /// The records of nights. They are listed under their windows, because they are shown nowhere else.
    fn nights(&mut self) {
        if self.old.nights().ptr_eq(self.new.nights()) {
            return;
        }
        let name = |plan: &Plan, key: &NightKey| {
            let window = plan.windows().get(&key.window).map_or(key.window.as_str(), |window| &window.name);
            format!("{window}, {}", date(key.on))
        };
        for record in self.new.nights() {
            let (subject, name) = (Subject::Window(record.key.window.clone()), name(self.new, &record.key));
            match self.old.nights().get(&record.key) {
                None => self.only(NIGHT, subject, &name, RecordPresence::New),
                Some(before) if Arc::ptr_eq(before, record) || before == record => {}
                Some(before) => {
                    let mut about = Fields::default();
                    night(&mut about, before, record);
                    self.kept(NIGHT, subject, &name, about);
                }
            }
        }
        for record in self.old.nights().iter().filter(|record| !self.new.nights().contains(&record.key)) {
            self.only(
                NIGHT,
                Subject::Window(record.key.window.clone()),
                &name(self.old, &record.key),
                RecordPresence::Removed,
            );
        }
    }

    /// Groups are identified by their ids, whatever ladder they are on.
    fn groups(&mut self) {
        if self.old.ladders().ptr_eq(self.new.ladders()) {
            return;
        }
        let (before, after) = (groups(self.old), groups(self.new));
        for (ladder, group) in &after {
            let subject = Subject::Group(group.id.clone());
            match before.iter().find(|(_, each)| each.id == group.id) {
                None => self.only("Group", subject, &group.name, RecordPresence::New),
                Some((old_ladder, old)) => {
                    let mut about = Fields::default();
                    let name = |plan: &Plan, id: &LadderId| plan.ladders().name_of(id);
                    if old_ladder != ladder {
                        about.value("Ladder", name(self.old, old_ladder), name(self.new, ladder));
                    }
                    fields::group(&mut about, (self.old, old), (self.new, group));
                    self.kept("Group", subject, &group.name, about);
                }
            }
        }
        for (_, group) in before.iter().filter(|(_, group)| !after.iter().any(|(_, each)| each.id == group.id)) {
            self.only("Group", Subject::Group(group.id.clone()), &group.name, RecordPresence::Removed);
        }
    }
}

/// All groups of a plan, each with its ladder. If two have the same id, the first one.
fn groups(plan: &Plan) -> Vec<(&LadderId, &DeploymentGroup)> {
    let mut all: Vec<(&LadderId, &DeploymentGroup)> = Vec::new();
    for ladder in plan.ladders() {
        for group in &ladder.groups {
            if !all.iter().any(|(_, each)| each.id == group.id) {
                all.push((&ladder.id, group));
            }
        }
    }
    all
}
