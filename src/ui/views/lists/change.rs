//! Adding, duplicating and removing records: one edit each.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use crate::model::{
    AreaId, BulletinDuty, BulletinDutyId, BusinessArea, CarrierNotice, Edit, FreezeId, GroupId, HolidayCalendar,
    HolidayId, Ladder, LadderId, LocalMinute, NoticeId, Person, PersonId, Plan, ReleaseCalendar, ReleaseId, ScanKind,
    ScanRoutine, ScanRoutineId, Subject, System, SystemId, Team, TeamId, WindowId, copy_name,
};
use crate::schedule::Zone;
use crate::session::state::clock::unique_word;
use crate::session::{Command, Destination};
use crate::sheet::RecordKind;
use crate::ui::parts::cx::Cx;

/// Adds a record of that kind and opens its form.
pub fn add(cx: &Cx<'_>, kind: RecordKind) {
    let Some((edit, subject)) = new_record(cx.plan(), kind, cx.selected_day(), &unique_word()) else {
        return cx.run(Command::NewChecklist);
    };
    cx.edit(edit);
    cx.reveal(Destination::List(subject));
}

macro_rules! unique_id {
    ($table:expr, $id_type:ident, $name:expr, $word:expr) => {
        $id_type::unique($name, $word, |id| $table.contains(id))
    };
}

/// The edit that adds a record, and the record. `word` makes its id unique. None for checklists, which are made by a command.
fn new_record(plan: &Plan, kind: RecordKind, day: NaiveDate, word: &str) -> Option<(Edit, Subject)> {
    Some(match kind {
        RecordKind::Windows => {
            let window = plan.new_window_on(day, word);
            let subject = Subject::Window(window.id.clone());
            (Edit::PutWindow(window), subject)
        }
        RecordKind::Freezes => {
            let freeze = plan.new_freeze_on(day, word);
            let subject = Subject::Freeze(freeze.id.clone());
            (Edit::PutFreeze(freeze), subject)
        }
        RecordKind::Systems => {
            let id = unique_id!(plan.systems(), SystemId, "new-system", word);
            let system = System { id: id.clone(), name: "New system".to_owned(), hosts: 1, ..System::default() };
            (Edit::PutSystem(system), Subject::System(id))
        }
        RecordKind::Ladders => {
            let ladder = plan.new_ladder(word);
            let subject = Subject::Ladder(ladder.id.clone());
            (Edit::PutLadder(ladder), subject)
        }
        RecordKind::Releases => {
            let id = unique_id!(plan.releases(), ReleaseId, "new-release-calendar", word);
            (Edit::PutRelease(new_release_calendar(id.clone())), Subject::Release(id))
        }
        RecordKind::Areas => {
            let id = unique_id!(plan.areas(), AreaId, "new-area", word);
            let area = BusinessArea { id: id.clone(), name: "New area".to_owned(), ..BusinessArea::default() };
            (Edit::PutArea(area), Subject::Area(id))
        }
        RecordKind::Holidays => {
            let id = unique_id!(plan.holidays(), HolidayId, "new-holidays", word);
            let calendar =
                HolidayCalendar { id: id.clone(), name: "New holidays".to_owned(), days: Vec::new(), imported: None };
            (Edit::PutHolidays(calendar), Subject::Holidays(id))
        }
        RecordKind::Notices => {
            let id = unique_id!(plan.notices(), NoticeId, "new-notice", word);
            let starts_at = Zone::for_plan(plan).resolve(LocalMinute::new(day, evening())).at;
            (Edit::PutNotice(CarrierNotice::new(id.clone(), "New notice", starts_at)), Subject::Notice(id))
        }
        RecordKind::People => {
            let id = unique_id!(plan.people(), PersonId, "new-person", word);
            (Edit::PutPerson(Person::new(id.clone(), "New person")), Subject::Person(id))
        }
        RecordKind::Teams => {
            let id = unique_id!(plan.teams(), TeamId, "new-team", word);
            (Edit::PutTeam(Team::new(id.clone(), "New team")), Subject::Team(id))
        }
        RecordKind::ScanRoutines => {
            let id = unique_id!(plan.scan_routines(), ScanRoutineId, "new-scan-routine", word);
            let routine = ScanRoutine::new(id.clone(), "New scan routine", ScanKind::Network);
            (Edit::PutScanRoutine(routine), Subject::ScanRoutine(id))
        }
        RecordKind::BulletinDuties => {
            let id = unique_id!(plan.bulletin_duties(), BulletinDutyId, "new-bulletin-duty", word);
            (Edit::PutBulletinDuty(BulletinDuty::new(id.clone(), "New bulletin duty")), Subject::BulletinDuty(id))
        }
        RecordKind::Checklists => return None,
    })
}

/// When carriers usually begin.
fn evening() -> NaiveTime {
    NaiveTime::from_hms_opt(22, 0, 0).unwrap_or_default()
}

fn new_release_calendar(id: ReleaseId) -> ReleaseCalendar {
    ReleaseCalendar { id, name: "New release calendar".to_owned(), vendor: String::new(), cadences: Vec::new() }
}

/// Adds a copy under another name and opens its form.
pub fn duplicate(cx: &Cx<'_>, subject: &Subject) {
    if let Some((edit, copy)) = copy(cx.plan(), subject) {
        cx.edit(edit);
        cx.reveal(Destination::List(copy));
    }
}

/// `forget` clears what identifies the record to other programs: files that are imported later are about the original.
macro_rules! copy_of {
    ($table:expr, $id:expr, $id_type:ident, $put:path, $subject:path $(, $copy:ident => $forget:block)?) => {{
        let record = $table.get($id)?;
        let name = copy_name(&record.name, |name| $table.iter().any(|each| each.name == name));
        let id = $id_type::unique(&name, &unique_word(), |id| $table.contains(id));
        let mut copy = (**record).clone();
        copy.id = id.clone();
        copy.name = name;
        $({
            let $copy = &mut copy;
            $forget
        })?
        Some(($put(copy), $subject(id)))
    }};
}

fn copy(plan: &Plan, subject: &Subject) -> Option<(Edit, Subject)> {
    match subject {
        Subject::System(id) => copy_of!(plan.systems(), id, SystemId, Edit::PutSystem, Subject::System, copy => {
            copy.host_names.clear();
            copy.inventories.clear();
        }),
        Subject::Area(id) => copy_of!(plan.areas(), id, AreaId, Edit::PutArea, Subject::Area, copy => {
            copy.aliases.clear();
        }),
        Subject::Freeze(id) => copy_of!(plan.freezes(), id, FreezeId, Edit::PutFreeze, Subject::Freeze, copy => {
            copy.imported = None;
        }),
        Subject::Holidays(id) => {
            copy_of!(plan.holidays(), id, HolidayId, Edit::PutHolidays, Subject::Holidays, copy => {
                copy.imported = None;
            })
        }
        Subject::Notice(id) => copy_of!(plan.notices(), id, NoticeId, Edit::PutNotice, Subject::Notice, copy => {
            copy.number.clear();
            (copy.sequence, copy.written_at) = (0, None);
            copy.uid.clear();
        }),
        Subject::Release(id) => copy_of!(plan.releases(), id, ReleaseId, Edit::PutRelease, Subject::Release),
        Subject::Window(id) => copy_of!(plan.windows(), id, WindowId, Edit::PutWindow, Subject::Window, copy => {
            copy.short_name.clear();
            (copy.sequence, copy.imported) = (0, None);
        }),
        Subject::Ladder(id) => copy_ladder(plan, plan.ladders().get(id)?),
        Subject::Person(id) => copy_of!(plan.people(), id, PersonId, Edit::PutPerson, Subject::Person),
        Subject::Team(id) => copy_of!(plan.teams(), id, TeamId, Edit::PutTeam, Subject::Team),
        Subject::ScanRoutine(id) => {
            let table = plan.scan_routines();
            copy_of!(table, id, ScanRoutineId, Edit::PutScanRoutine, Subject::ScanRoutine, copy => {
                copy.last = None;
            })
        }
        Subject::BulletinDuty(id) => {
            copy_of!(plan.bulletin_duties(), id, BulletinDutyId, Edit::PutBulletinDuty, Subject::BulletinDuty)
        }
        // Checklists are copied by a command instead.
        Subject::Plan | Subject::Group(_) | Subject::Severity(_) | Subject::Advisory(_) | Subject::Checklist(_) => None,
    }
}

/// Groups belong to one ladder, so the groups of the copy get new ids and no systems.
fn copy_ladder(plan: &Plan, ladder: &Arc<Ladder>) -> Option<(Edit, Subject)> {
    let (edit, subject) = copy_of!(plan.ladders(), &ladder.id, LadderId, Edit::PutLadder, Subject::Ladder)?;
    let Edit::PutLadder(mut copy) = edit else { return None };
    let mut taken: Vec<GroupId> = Vec::new();
    for group in &mut copy.groups {
        let name = format!("{}-{}", copy.id, group.name);
        group.id = GroupId::unused(&name, |id| taken.contains(id) || plan.group(id).is_some());
        group.systems.clear();
        taken.push(group.id.clone());
    }
    Some((Edit::PutLadder(copy), subject))
}

/// Removes the record from the plan.
pub fn remove(cx: &Cx<'_>, subject: &Subject) {
    cx.edit(match subject.clone() {
        Subject::System(id) => Edit::RemoveSystem(id),
        Subject::Area(id) => Edit::RemoveArea(id),
        Subject::Freeze(id) => Edit::RemoveFreeze(id),
        Subject::Holidays(id) => Edit::RemoveHolidays(id),
        Subject::Notice(id) => Edit::RemoveNotice(id),
        Subject::Release(id) => Edit::RemoveRelease(id),
        Subject::Window(id) => Edit::RemoveWindow(id),
        Subject::Ladder(id) => Edit::RemoveLadder(id),
        Subject::Advisory(id) => Edit::RemoveAdvisory(id),
        Subject::Checklist(id) => Edit::RemoveChecklist(id),
        Subject::Person(id) => Edit::RemovePerson(id),
        Subject::Team(id) => Edit::RemoveTeam(id),
        Subject::ScanRoutine(id) => Edit::RemoveScanRoutine(id),
        Subject::BulletinDuty(id) => Edit::RemoveBulletinDuty(id),
        Subject::Plan | Subject::Group(_) | Subject::Severity(_) => return,
    });
}
