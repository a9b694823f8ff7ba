//! Records that were added in this session. Their ids have a random part, so that no other planner's new record has the
//! same one. When such a record gets its first name, it also gets that name's id.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    AreaId, BulletinDuty, BulletinDutyId, BusinessArea, CarrierNotice, ChangeFreeze, ChecklistId, ChecklistTemplate,
    Edit, FreezeId, HolidayCalendar, HolidayId, Ladder, LadderId, MaintenanceWindow, NoticeId, Person, PersonId, Plan,
    ReleaseCalendar, ReleaseId, ScanRoutine, ScanRoutineId, Subject, System, SystemId, Team, TeamId, WindowId,
};

/// What was added and is not named yet, and what has got another id.
#[derive(Debug, Default)]
pub struct NewRecords {
    unnamed: BTreeSet<Subject>,
    /// The one that was added last, until its name is left.
    newest: Option<Subject>,
    /// For each record with another id the one that it was added with.
    added_as: BTreeMap<Subject, Subject>,
}

/// A record's first naming, which also changes its id.
pub(in crate::session) struct Naming {
    pub(in crate::session) edit: Edit,
    pub(in crate::session) old: Subject,
    pub(in crate::session) new: Subject,
}

impl NewRecords {
    /// What identifies a record's form: it stays the same when the record gets its name's id, so that the focus and what
    /// is typed stay, too.
    pub fn form_key<'a>(&'a self, subject: &'a Subject) -> &'a Subject {
        self.added_as.get(subject).unwrap_or(subject)
    }

    /// Remembers the record that `edit` adds to `plan`.
    pub(in crate::session) fn note_added(&mut self, edit: &Edit, plan: &Plan) {
        if let Some((subject, None)) = put_record(edit, plan) {
            self.newest = Some(subject.clone());
            self.unnamed.insert(subject);
        }
    }

    /// The record that was added last, while its name is being entered.
    pub(in crate::session) fn newest(&self) -> Option<&Subject> {
        self.newest.as_ref()
    }

    /// Whether a record that was added still has the name of all new ones.
    pub(in crate::session) fn is_unnamed(&self, subject: &Subject) -> bool {
        self.unnamed.contains(subject)
    }

    /// Its name has been left.
    pub(in crate::session) fn leave_newest(&mut self) {
        self.newest = None;
    }

    /// From now on ids stay as they are, since others may know them.
    pub(in crate::session) fn keep_ids(&mut self) {
        self.unnamed.clear();
    }

    pub(in crate::session) fn note_named(&mut self, naming: &Naming) {
        let added_as = self.form_key(&naming.old).clone();
        self.added_as.insert(naming.new.clone(), added_as);
        if self.newest.as_ref() == Some(&naming.old) {
            self.newest = Some(naming.new.clone());
        }
    }

    /// The ids that `plan` lacks, each with the id that it has instead.
    pub fn changed_ids(&self, plan: &Plan) -> Vec<(Subject, Subject)> {
        let pairs = self.added_as.iter().flat_map(|(named, added)| [(added, named), (named, added)]);
        pairs
            .filter(|(old, new)| !contains(plan, old) && contains(plan, new))
            .map(|(old, new)| (old.clone(), new.clone()))
            .collect()
    }

    /// The edit that names a new record and gives it its name's id, if `edit` is its first naming.
    pub(in crate::session) fn naming(&self, edit: &Edit, plan: &Plan) -> Option<Naming> {
        let (old, Some(is_named)) = put_record(edit, plan)? else { return None };
        if !is_named || !self.unnamed.contains(&old) {
            return None;
        }
        let (remove, put, new) = with_id_of_name(edit, plan)?;
        let edit = Edit::Together { label: edit.label(plan), edits: vec![remove, put] };
        Some(Naming { edit, old, new })
    }
}

fn contains(plan: &Plan, subject: &Subject) -> bool {
    match subject {
        Subject::Area(id) => plan.areas().contains(id),
        Subject::Checklist(id) => plan.checklists().contains(id),
        Subject::Freeze(id) => plan.freezes().contains(id),
        Subject::Holidays(id) => plan.holidays().contains(id),
        Subject::Ladder(id) => plan.ladders().contains(id),
        Subject::Notice(id) => plan.notices().contains(id),
        Subject::Person(id) => plan.people().contains(id),
        Subject::Release(id) => plan.releases().contains(id),
        Subject::System(id) => plan.systems().contains(id),
        Subject::Team(id) => plan.teams().contains(id),
        Subject::ScanRoutine(id) => plan.scan_routines().contains(id),
        Subject::BulletinDuty(id) => plan.bulletin_duties().contains(id),
        Subject::Window(id) => plan.windows().contains(id),
        Subject::Plan | Subject::Advisory(_) | Subject::Group(_) | Subject::Severity(_) => false,
    }
}

/// Calls a macro with the kind of each edit that puts a record with a name: its table, its id and the edit that removes
/// it.
macro_rules! for_named_records {
    ($edit:expr, $plan:expr, $found:ident) => {
        match $edit {
            Edit::PutArea(area) => $found!($plan, area, areas, BusinessArea, AreaId, PutArea, RemoveArea, Area),
            Edit::PutSystem(system) => {
                $found!($plan, system, systems, System, SystemId, PutSystem, RemoveSystem, System)
            }
            Edit::PutLadder(ladder) => {
                $found!($plan, ladder, ladders, Ladder, LadderId, PutLadder, RemoveLadder, Ladder)
            }
            Edit::PutRelease(release) => {
                $found!($plan, release, releases, ReleaseCalendar, ReleaseId, PutRelease, RemoveRelease, Release)
            }
            Edit::PutFreeze(freeze) => {
                $found!($plan, freeze, freezes, ChangeFreeze, FreezeId, PutFreeze, RemoveFreeze, Freeze)
            }
            Edit::PutHolidays(calendar) => {
                $found!($plan, calendar, holidays, HolidayCalendar, HolidayId, PutHolidays, RemoveHolidays, Holidays)
            }
            Edit::PutNotice(notice) => {
                $found!($plan, notice, notices, CarrierNotice, NoticeId, PutNotice, RemoveNotice, Notice)
            }
            Edit::PutPerson(person) => {
                $found!($plan, person, people, Person, PersonId, PutPerson, RemovePerson, Person)
            }
            Edit::PutTeam(team) => $found!($plan, team, teams, Team, TeamId, PutTeam, RemoveTeam, Team),
            Edit::PutScanRoutine(routine) => {
                $found!(
                    $plan,
                    routine,
                    scan_routines,
                    ScanRoutine,
                    ScanRoutineId,
                    PutScanRoutine,
                    RemoveScanRoutine,
                    ScanRoutine
                )
            }
            Edit::PutBulletinDuty(duty) => {
                $found!(
                    $plan,
                    duty,
                    bulletin_duties,
                    BulletinDuty,
                    BulletinDutyId,
                    PutBulletinDuty,
                    RemoveBulletinDuty,
                    BulletinDuty
                )
            }
            Edit::PutChecklist(checklist) => {
                $found!(
                    $plan,
                    checklist,
                    checklists,
                    ChecklistTemplate,
                    ChecklistId,
                    PutChecklist,
                    RemoveChecklist,
                    Checklist
                )
            }
            Edit::PutWindow(window) => {
                $found!($plan, window, windows, MaintenanceWindow, WindowId, PutWindow, RemoveWindow, Window)
            }
            _ => return None,
        }
    };
}

/// The records that an edit adds or gives another name.
pub(in crate::session) fn named_records(edit: &Edit, plan: &Plan) -> Vec<Subject> {
    match edit {
        Edit::Together { edits, .. } => edits.iter().flat_map(|edit| named_records(edit, plan)).collect(),
        edit => {
            let named = put_record(edit, plan).filter(|(_, is_renamed)| *is_renamed != Some(false));
            named.into_iter().map(|(subject, _)| subject).collect()
        }
    }
}

/// The record that an edit puts, and whether that gives it another name; none for a record that the plan does not have.
fn put_record(edit: &Edit, plan: &Plan) -> Option<(Subject, Option<bool>)> {
    macro_rules! found {
        ($plan:expr, $record:ident, $table:ident, $type:ident, $id:ident, $put:ident, $remove:ident, $subject:ident) => {
            (Subject::$subject($record.id.clone()), $plan.$table().get(&$record.id).map(|old| old.name != $record.name))
        };
    }
    Some(for_named_records!(edit, plan, found))
}

/// The edits that replace a record by the same one with its name's id.
fn with_id_of_name(edit: &Edit, plan: &Plan) -> Option<(Edit, Edit, Subject)> {
    macro_rules! found {
        ($plan:expr, $record:ident, $table:ident, $type:ident, $id:ident, $put:ident, $remove:ident, $subject:ident) => {{
            let id = $id::unused(&$record.name, |id| $plan.$table().contains(id));
            let renamed = $type { id: id.clone(), ..$record.clone() };
            (Edit::$remove($record.id.clone()), Edit::$put(renamed), Subject::$subject(id))
        }};
    }
    Some(for_named_records!(edit, plan, found))
}
