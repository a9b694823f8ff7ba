//! The differences of scan routines and bulletin duties, in words.

use super::fields::Fields;
use super::plan_fields::covers;
use crate::model::{Assignee, BulletinDuty, Plan, ScanRoutine, ScanRun};
use crate::wording::date;

// They do nothing, but list all fields, so that the compiler asks for a comparison of each new one.
const _: fn(&ScanRoutine) = |routine| {
    let ScanRoutine { id: _, name: _, kind: _, every: _, tool: _, who: _, scope: _, last: _, notes: _ } = routine;
};
const _: fn(&BulletinDuty) = |duty| {
    let BulletinDuty { id: _, name: _, vendors: _, source: _, owner: _, stand_in: _, notes: _ } = duty;
};

pub fn scan_routine(fields: &mut Fields, (old_plan, a): (&Plan, &ScanRoutine), (new_plan, b): (&Plan, &ScanRoutine)) {
    fields.value("Name", &a.name, &b.name);
    fields.value("Kind", a.kind.name(), b.kind.name());
    fields.value("Runs", a.every, b.every);
    fields.value("Tool", &a.tool, &b.tool);
    fields.value("Who", name(old_plan, a.who.as_ref()), name(new_plan, b.who.as_ref()));
    fields.value("Covers", covers(old_plan, &a.scope), covers(new_plan, &b.scope));
    fields.optional("Last run", a.last.as_ref().map(run), b.last.as_ref().map(run));
    fields.value("Notes", &a.notes, &b.notes);
}

pub fn bulletin_duty(
    fields: &mut Fields,
    (old_plan, a): (&Plan, &BulletinDuty),
    (new_plan, b): (&Plan, &BulletinDuty),
) {
    fields.value("Name", &a.name, &b.name);
    fields.list("Vendors", a.vendors.clone(), b.vendors.clone());
    fields.value("Source", &a.source, &b.source);
    fields.value("Owner", name(old_plan, a.owner.as_ref()), name(new_plan, b.owner.as_ref()));
    fields.value("Stand-in", name(old_plan, a.stand_in.as_ref()), name(new_plan, b.stand_in.as_ref()));
    fields.value("Notes", &a.notes, &b.notes);
}

fn name<'a>(plan: &'a Plan, who: Option<&'a Assignee>) -> &'a str {
    who.map_or("", |who| who.name(plan))
}

/// "Sat 13 Mar 2027, 3 open, Ann Bell, two hosts unreachable"
fn run(run: &ScanRun) -> String {
    let parts = [date(run.on), run.outcome.to_string(), run.by.clone(), run.notes.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
