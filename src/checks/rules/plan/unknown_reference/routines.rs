//! References of scan routines and bulletin duties.

use super::{References, check_assignee, check_coverage};
use crate::checks::{Context, Sink};
use crate::model::Subject;

pub fn check(cx: &Context<'_>, sink: &mut Sink) {
    let plan = cx.plan();
    for routine in plan.scan_routines() {
        let subject = Subject::ScanRoutine(routine.id.clone());
        let mut references = References { subject, name: &routine.name, sink };
        check_coverage(plan, &routine.scope, &mut references);
        routine.who.iter().for_each(|who| check_assignee(plan, who, "names", &mut references));
    }
    for duty in plan.bulletin_duties() {
        let subject = Subject::BulletinDuty(duty.id.clone());
        let mut references = References { subject, name: &duty.name, sink };
        let named =
            duty.owner.iter().chain(duty.stand_in.iter().filter(|stand_in| duty.owner.as_ref() != Some(*stand_in)));
        named.for_each(|who| check_assignee(plan, who, "names", &mut references));
    }
}
