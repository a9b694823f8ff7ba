//! The differences of a window besides its dates, in words.

use std::sync::Arc;

use super::fields::{FieldChange, Fields};
use super::sentences::{names, who};
use crate::model::{
    AreaId, Batch, Booking, ChecklistChoice, DatedChange, Duty, Estimate, Guess, MaintenanceWindow, Minutes, Plan,
    Rule, Work,
};
use crate::schedule::agreement::answers::areas;
use crate::schedule::window_schedule::WindowSchedule;
use crate::wording::{date, time};

// Does nothing, but lists all fields, so that the compiler asks for a comparison of each new one. Systems are compared by
// their scope, and exceptions one by one with the dates.
const _: fn(&MaintenanceWindow) = |window| {
    let MaintenanceWindow {
        id: _,
        name: _,
        short_name: _,
        kind: _,
        groups: _,
        systems: _,
        rule: _,
        start: _,
        duration: _,
        zone: _,
        first: _,
        last: _,
        changes: _,
        exceptions: _,
        strategy: _,
        batch: _,
        work: _,
        cutoff: _,
        max_fail_percent: _,
        irreversible: _,
        checklist: _,
        watch: _,
        bookings: _,
        change_ticket: _,
        impact: _,
        impact_minutes: _,
        dependencies: _,
        backout: _,
        communication: _,
        notes: _,
        sequence: _,
        imported: _,
    } = window;
};

/// The fields that differ, in the order of the form. Those that owners read come first.
pub fn changes(old_plan: &Plan, old: &WindowSchedule, new_plan: &Plan, new: &WindowSchedule) -> Vec<FieldChange> {
    let mut fields = Fields::default();
    owners(&mut fields, old_plan, old, new_plan, new);
    fields.for_owners();
    // A window that is the same is unchanged, whether or not its pointer is: another name of a person or a group is a
    // change of that record.
    let (a, b) = (&*old.window, &*new.window);
    if a == b {
        return fields.list;
    }
    let mut dates = Fields::default();
    when(&mut dates, old_plan, a, new_plan, b);
    fields.list.extend(dates.list.into_iter().map(|change| FieldChange { is_of_dates: true, ..change }));
    groups(&mut fields, old_plan, a, new_plan, b);
    work(&mut fields, old_plan, a, new_plan, b);
    team(&mut fields, old_plan, a, new_plan, b);
    texts(&mut fields, a, b);
    fields.list
}

/// The fields that owners read.
fn owners(fields: &mut Fields, old_plan: &Plan, old: &WindowSchedule, new_plan: &Plan, new: &WindowSchedule) {
    let (a, b) = (&*old.window, &*new.window);
    fields.value("Name", &a.name, &b.name);
    fields.value("Type", a.kind.name(), b.kind.name());
    let area_names = |plan: &Plan, window: &WindowSchedule| {
        areas(plan, &window.scope).iter().map(|area| area.name.clone()).collect::<Vec<_>>()
    };
    fields.list("Business areas", area_names(old_plan, old), area_names(new_plan, new));
    let systems = |window: &WindowSchedule| window.scope.systems.iter().map(|system| system.name.clone()).collect();
    if !same_systems(old, new) {
        fields.list("Systems", systems(old), systems(new));
    }
    fields.value("Impact", &a.impact, &b.impact);
}

/// Whether both cover the same systems with the same names.
fn same_systems(old: &WindowSchedule, new: &WindowSchedule) -> bool {
    let (a, b) = (&old.scope.systems, &new.scope.systems);
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b) || (a.id == b.id && a.name == b.name))
}

fn when(fields: &mut Fields, old_plan: &Plan, a: &MaintenanceWindow, new_plan: &Plan, b: &MaintenanceWindow) {
    // Lists of dates differ in their dates, which are listed separately.
    if !matches!((&a.rule, &b.rule), (Rule::Dates(_), Rule::Dates(_))) {
        fields.value("Rule", old_plan.rule_in_words(a), new_plan.rule_in_words(b));
    }
    fields.value("Start", time(a.start), time(b.start));
    fields.value("Length", a.duration, b.duration);
    let changes = |window: &MaintenanceWindow| window.changes.iter().map(DatedChange::in_words).collect::<Vec<_>>();
    fields.list("Times", changes(a), changes(b));
    fields.value("Zone", old_plan.window_zone(a), new_plan.window_zone(b));
    fields.optional("First date", a.first.map(date), b.first.map(date));
    fields.optional("Last date", a.last.map(date), b.last.map(date));
}

fn groups(fields: &mut Fields, old_plan: &Plan, a: &MaintenanceWindow, new_plan: &Plan, b: &MaintenanceWindow) {
    let groups = |plan: &Plan, window: &MaintenanceWindow| {
        names(&window.groups, |id| plan.group(id).map(|(_, group)| group.name.clone()))
    };
    if a.groups != b.groups {
        fields.list("Groups", groups(old_plan, a), groups(new_plan, b));
    }
}

fn work(fields: &mut Fields, old_plan: &Plan, a: &MaintenanceWindow, new_plan: &Plan, b: &MaintenanceWindow) {
    fields.value("Strategy", a.strategy.name(), b.strategy.name());
    fields.value("Batches", batch(&a.batch), batch(&b.batch));
    if let (Work::Pool(old), Work::Pool(new)) = (&a.work, &b.work) {
        estimate(fields, old, new);
    } else if a.work != b.work {
        fields.value("Work", work_in_words(old_plan, &a.work), work_in_words(new_plan, &b.work));
    }
    fields.optional("Cutoff", a.cutoff, b.cutoff);
    let percent = |share: Option<u8>| share.map(|percent| format!("{percent} %"));
    fields.optional("Most failed hosts", percent(a.max_fail_percent), percent(b.max_fail_percent));
    fields.optional("Downtime", a.impact_minutes.map(Minutes), b.impact_minutes.map(Minutes));
    let no_return = |window: &MaintenanceWindow| {
        window
            .irreversible
            .as_ref()
            .map(|step| format!("{} after the start {}", step.after, step.step).trim().to_owned())
    };
    fields.optional("Point of no return", no_return(a), no_return(b));
}

/// What the team works by, and who works.
fn team(fields: &mut Fields, old_plan: &Plan, a: &MaintenanceWindow, new_plan: &Plan, b: &MaintenanceWindow) {
    if a.checklist != b.checklist {
        fields.value("Checklist", checklist(old_plan, a), checklist(new_plan, b));
    }
    let people = |plan: &Plan, window: &MaintenanceWindow| {
        window.bookings.iter().map(|booking| booking_in_words(plan, booking)).collect::<Vec<_>>()
    };
    if a.bookings != b.bookings {
        fields.list("People", people(old_plan, a), people(new_plan, b));
    }
    fields.optional("Watch", a.watch.as_ref().map(|watch| watch.length), b.watch.as_ref().map(|watch| watch.length));
    let baseline =
        |window: &MaintenanceWindow| window.watch.as_ref().map(|watch| watch.baseline.clone()).unwrap_or_default();
    fields.value("Baseline", baseline(a), baseline(b));
}

fn texts(fields: &mut Fields, a: &MaintenanceWindow, b: &MaintenanceWindow) {
    fields.value("Short name", &a.short_name, &b.short_name);
    fields.value("Change ticket", &a.change_ticket, &b.change_ticket);
    fields.value("Dependencies", &a.dependencies, &b.dependencies);
    fields.value("Backout plan", &a.backout.steps, &b.backout.steps);
    fields.optional("Rollback rehearsed", a.backout.tested_on.map(date), b.backout.tested_on.map(date));
    fields.value("Communication", &a.communication, &b.communication);
    fields.value("Notes", &a.notes, &b.notes);
}

/// Compares the minutes of each phase.
pub fn estimate(fields: &mut Fields, old: &Estimate, new: &Estimate) {
    let phases = |estimate: &Estimate| -> [(&'static str, Option<Guess>); 10] {
        [
            ("Prepare", Some(estimate.prepare)),
            ("Drain", Some(estimate.drain)),
            ("Patch", estimate.patch),
            ("Reboot", Some(estimate.reboot)),
            ("Verify", Some(estimate.verify)),
            ("Switch", estimate.switch),
            ("Final verification", Some(estimate.final_verification)),
            ("Rollback of a batch", estimate.rollback),
            ("Verification after rollback", Some(estimate.rollback_verification)),
            ("Handover", Some(estimate.handover)),
        ]
    };
    for ((phase, old), (_, new)) in phases(old).into_iter().zip(phases(new)) {
        fields.optional(phase, old, new);
    }
}

fn batch(batch: &Batch) -> String {
    match batch {
        Batch::All => "all at once".to_owned(),
        Batch::Hosts(hosts) => hosts.to_string(),
        Batch::Share(percent) => format!("{percent} %"),
        Batch::List(sizes) => Batch::list_in_words(sizes),
    }
}

fn work_in_words(plan: &Plan, work: &Work) -> String {
    let track =
        |track: &Vec<_>| names(track, |id| plan.systems().get(id).map(|system| system.name.clone())).join(", then ");
    match work {
        Work::Pool(_) => "one pool of hosts".to_owned(),
        Work::Tracks(tracks) if tracks.is_empty() => "each system separately".to_owned(),
        Work::Tracks(tracks) => tracks.iter().map(track).collect::<Vec<_>>().join("; in parallel "),
    }
}

fn checklist(plan: &Plan, window: &MaintenanceWindow) -> String {
    match &window.checklist {
        ChecklistChoice::Usual => "the usual one".to_owned(),
        ChecklistChoice::Without => "none".to_owned(),
        ChecklistChoice::Template(id) => {
            plan.checklists().get(id).map_or(id.as_str(), |template| &template.name).to_owned()
        }
    }
}

/// "A. Osei to work, Sat 13 Mar 2027"
fn booking_in_words(plan: &Plan, booking: &Booking) -> String {
    let duty = match booking.duty {
        Duty::Work => "to work".to_owned(),
        Duty::Testing(minutes) => format!("to test for {minutes}"),
        Duty::Watch => "to watch afterwards".to_owned(),
    };
    let on = booking.on.map_or_else(String::new, |on| format!(", {}", date(on)));
    format!("{} {duty}{on}", who(plan, &booking.who))
}

/// The name of a business area in the plan.
pub fn area_name(plan: &Plan, id: &AreaId) -> String {
    plan.areas().name_of(id)
}
