//! Removes references of scan routines and bulletin duties.

use super::without_in_scope;
use crate::model::{Assignee, BulletinDuty, Edit, ScanRoutine, Subject};

pub fn without_in_scan(routine: &ScanRoutine, other: &Subject) -> Option<Edit> {
    let mut routine = routine.clone();
    match assignee(other) {
        Some(who) => routine.who = routine.who.filter(|each| *each != who),
        None => without_in_scope(&mut routine.scope, other)?,
    }
    Some(Edit::PutScanRoutine(routine))
}

pub fn without_in_duty(duty: &BulletinDuty, other: &Subject) -> Option<Edit> {
    let (mut duty, who) = (duty.clone(), assignee(other)?);
    duty.owner = duty.owner.filter(|each| *each != who);
    duty.stand_in = duty.stand_in.filter(|each| *each != who);
    Some(Edit::PutBulletinDuty(duty))
}

fn assignee(subject: &Subject) -> Option<Assignee> {
    match subject {
        Subject::Person(id) => Some(Assignee::Person(id.clone())),
        Subject::Team(id) => Some(Assignee::Team(id.clone())),
        _ => None,
    }
}
