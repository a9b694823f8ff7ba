//! P001 unknown-reference: a record refers to something that does not exist.

mod recorded;
mod remove;
mod routines;

use std::collections::HashSet;

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::{
    self, Assignee, ChangeFreeze, ChecklistChoice, DeploymentGroup, InformedOf, InstalledOn, MaintenanceWindow, Plan,
    Subject, System, SystemId, SystemScope, Work,
};
use crate::schedule::time::foreign;
use crate::schedule::{ExpansionProblem, Reach, Rollout, WindowSchedule, Zone};
use crate::wording::time;

pub static RULE: Rule = Rule {
    code: "P001",
    name: "unknown-reference",
    severity: Severity::Error,
    summary: "A record refers to a group, system, area, release calendar, time zone or other record that does not \
              exist, a target of the policy is for a service to which no system belongs, or an imported rule is \
              invalid or says another time of day than the window's start.",
    why: "References to missing records are ignored: systems are not patched, freezes do not protect, times \
          are in UTC. A time of day in a rule has no effect on the start of its window.",
    example: "Core DB covers group \"servers-uat\", which does not exist.",
    remedy: "Correct the reference, add the record, or remove the reference.",
    checks: &[
        Check::Records(check_records),
        Check::Freezes(check_freezes),
        Check::Window(check_window),
        Check::Advisory(check_advisory),
        Check::Recorded(recorded::check),
        Check::Routines(routines::check),
    ],
    fix: Some(remove::remove_reference),
    fold: None,
};

/// Reports the references of one record to what does not exist.
struct References<'a, 'b> {
    subject: Subject,
    name: &'a str,
    sink: &'b mut Sink,
}

impl References<'_, '_> {
    /// `how` connects the record's name with the id of the other: "depends on system".
    fn record(&mut self, is_known: bool, how: &str, other: impl FnOnce() -> Subject) {
        if !is_known {
            let other = other();
            let id = other.id();
            let message = format!("{} {how} \"{id}\", which does not exist", self.name);
            self.sink.add(Finding::new(&RULE, self.subject.clone(), message).with_other(other));
        }
    }

    fn zone(&mut self, zone: &str, is_known: bool) {
        if !is_known {
            self.report(&format!("is in the unknown time zone \"{zone}\"; calculated in UTC"));
        }
    }

    fn report(&mut self, what: &str) {
        self.sink.add(Finding::new(&RULE, self.subject.clone(), format!("{} {what}", self.name)));
    }
}

fn check_window(cx: &Context<'_>, schedule: &WindowSchedule, sink: &mut Sink) {
    let WindowSchedule { window, expansion, scope, .. } = schedule;
    let is_scope_known = scope.unknown_groups.is_empty() && scope.unknown_systems.is_empty();
    let mut contrary = Vec::new();
    if let (model::Rule::Foreign(rrule), None) = (&window.rule, &expansion.problem) {
        contrary = foreign::contrary_times(rrule, window.start);
    }
    let is_rule_clear = expansion.problem.is_none() && contrary.is_empty();
    if is_scope_known && expansion.zone_is_known && is_rule_clear && !names_others(window) {
        return;
    }
    let mut references = References { subject: Subject::Window(window.id.clone()), name: &window.name, sink };
    check_scope(cx.plan(), schedule, &mut references);
    if let model::Rule::AfterRelease { release, .. } = &window.rule {
        let is_known = cx.plan().releases().contains(release);
        references.record(is_known, "follows release calendar", || Subject::Release(release.clone()));
    }
    if let ChecklistChoice::Template(id) = &window.checklist {
        references.record(cx.plan().checklists().contains(id), "has checklist", || Subject::Checklist(id.clone()));
    }
    check_bookings(cx.plan(), window, &mut references);
    // A window without its own zone uses the plan's, which is reported once.
    if let Some(zone) = window.zone.as_deref().filter(|_| !expansion.zone_is_known) {
        references.zone(zone, false);
    }
    if let Some(ExpansionProblem::Rule(problem)) = &expansion.problem {
        references.report(&format!("never takes place: {problem}"));
    }
    if !contrary.is_empty() {
        references.report(&format!(
            "starts at {}, but its rule says another time ({}): remove that from the rule, or change the start",
            time(window.start),
            contrary.join(", ")
        ));
    }
}

/// Whether the window names records beside those of its scope.
fn names_others(window: &MaintenanceWindow) -> bool {
    matches!(&window.work, Work::Tracks(tracks) if !tracks.is_empty())
        || matches!(window.rule, model::Rule::AfterRelease { .. })
        || matches!(window.checklist, ChecklistChoice::Template(_))
        || !window.bookings.is_empty()
}

/// Checks the groups and systems that a window covers, and those on its tracks.
fn check_scope(plan: &Plan, schedule: &WindowSchedule, references: &mut References<'_, '_>) {
    let scope = &schedule.scope;
    for group in &scope.unknown_groups {
        references.record(false, "covers group", || Subject::Group(group.clone()));
    }
    for system in &scope.unknown_systems {
        references.record(false, "covers system", || Subject::System(system.clone()));
    }
    if let Work::Tracks(tracks) = &schedule.window.work {
        let is_elsewhere = |system: &&SystemId| !scope.covers(system) && !scope.unknown_systems.contains(system);
        for system in tracks.iter().flatten().filter(is_elsewhere) {
            known_system(plan, system, "has a track with system", references);
        }
    }
}

fn check_bookings(plan: &Plan, window: &MaintenanceWindow, references: &mut References<'_, '_>) {
    let mut booked: Vec<&Assignee> = window.bookings.iter().map(|booking| &booking.who).collect();
    booked.sort_unstable();
    booked.dedup();
    for who in booked {
        check_assignee(plan, who, "books", references);
    }
}

/// `verb` is what the record does with them: "books".
fn check_assignee(plan: &Plan, who: &Assignee, verb: &str, references: &mut References<'_, '_>) {
    match who {
        Assignee::Person(id) => {
            let is_known = plan.people().contains(id);
            references.record(is_known, &format!("{verb} person"), || Subject::Person(id.clone()));
        }
        Assignee::Team(id) => {
            references.record(plan.teams().contains(id), &format!("{verb} team"), || Subject::Team(id.clone()));
        }
    }
}

fn check_records(cx: &Context<'_>, sink: &mut Sink) {
    let plan = cx.plan();
    References { subject: Subject::Plan, name: "The plan", sink }
        .zone(plan.zone(), Zone::in_plan(plan, plan.zone()).is_some());
    for window_type in &plan.policy().window_types {
        let name = format!("The type {}", window_type.kind.name());
        let mut references = References { subject: Subject::Plan, name: &name, sink };
        if let Some(id) = &window_type.checklist {
            references.record(plan.checklists().contains(id), "has checklist", || Subject::Checklist(id.clone()));
        }
    }
    check_targets(plan, sink);
    for area in plan.areas() {
        let mut references = References { subject: Subject::Area(area.id.clone()), name: &area.name, sink };
        for id in &area.holidays {
            references.record(plan.holidays().contains(id), "uses holiday calendar", || Subject::Holidays(id.clone()));
        }
    }
    plan.systems().iter().for_each(|system| check_system(plan, system, sink));
    cx.schedule.reaches.iter().for_each(|reach| check_ladder(plan, reach, sink));
    for release in plan.releases() {
        let mut references = References { subject: Subject::Release(release.id.clone()), name: &release.name, sink };
        for cadence in &release.cadences {
            references.zone(&cadence.zone, Zone::named(&cadence.zone).is_some());
        }
    }
    for team in plan.teams() {
        let mut references = References { subject: Subject::Team(team.id.clone()), name: &team.name, sink };
        for id in &team.people {
            references.record(plan.people().contains(id), "has person", || Subject::Person(id.clone()));
        }
        check_informed_of(plan, &team.informed_of, &mut references);
    }
    for person in plan.people() {
        let subject = Subject::Person(person.id.clone());
        check_informed_of(plan, &person.informed_of, &mut References { subject, name: &person.name, sink });
    }
}

fn check_informed_of(plan: &Plan, informed_of: &InformedOf, references: &mut References<'_, '_>) {
    let InformedOf::Affecting { systems, areas } = informed_of else { return };
    for id in systems {
        known_system(plan, id, "is informed of system", references);
    }
    for id in areas {
        references.record(plan.areas().contains(id), "is informed of area", || Subject::Area(id.clone()));
    }
}

/// Reports the targets of services that no system belongs to.
fn check_targets(plan: &Plan, sink: &mut Sink) {
    if plan.policy().services.is_empty() {
        return;
    }
    let services: HashSet<&str> = plan.systems().iter().map(|system| system.service_name()).collect();
    let mut references = References { subject: Subject::Plan, name: "The policy", sink };
    for target in plan.policy().services.iter().filter(|target| !services.contains(target.service.as_str())) {
        references.report(&format!("has a target for service \"{}\", to which no system belongs", target.service));
    }
}

fn check_advisory(cx: &Context<'_>, rollout: &Rollout<'_>, sink: &mut Sink) {
    let advisory = rollout.advisory;
    let name = advisory.number();
    let mut references = References { subject: Subject::Advisory(advisory.id.clone()), name: &name, sink };
    for id in &advisory.systems {
        known_system(cx.plan(), id, "affects system", &mut references);
    }
    for InstalledOn { system, .. } in
        advisory.in_on_systems.iter().filter(|each| !advisory.systems.contains(&each.system))
    {
        known_system(cx.plan(), system, "is installed on system", &mut references);
    }
}

fn check_system(plan: &Plan, system: &System, sink: &mut Sink) {
    let mut references = References { subject: Subject::System(system.id.clone()), name: &system.name, sink };
    if let Some(area) = &system.area {
        references.record(plan.areas().contains(area), "belongs to business area", || Subject::Area(area.clone()));
    }
    for other in &system.depends_on {
        references.record(plan.systems().contains(other), "depends on system", || Subject::System(other.clone()));
    }
    if let Some(twin) = &system.twin {
        references.record(plan.systems().contains(twin), "is the twin of system", || Subject::System(twin.clone()));
    }
    if let Some(counterpart) = &system.counterpart {
        let is_known = plan.systems().contains(counterpart);
        references.record(is_known, "has counterpart", || Subject::System(counterpart.clone()));
    }
    if let Some(zone) = &system.zone {
        references.zone(zone, Zone::in_plan(plan, zone).is_some());
    }
}

fn check_ladder(plan: &Plan, reach: &Reach, sink: &mut Sink) {
    let ladder = &reach.ladder;
    if let Some(release) = &ladder.release {
        let mut references = References { subject: Subject::Ladder(ladder.id.clone()), name: &ladder.name, sink };
        let is_known = plan.releases().contains(release);
        references.record(is_known, "follows release calendar", || Subject::Release(release.clone()));
    }
    let unknown = |(group, positions): &(&DeploymentGroup, &Vec<u32>)| group.systems.len() > positions.len();
    for group in &ladder.groups {
        if let Some(id) = group.checklist.as_ref().filter(|id| !plan.checklists().contains(id)) {
            let name = format!("{} of {}", group.name, ladder.name);
            let mut references = References { subject: Subject::Group(group.id.clone()), name: &name, sink };
            references.record(false, "has checklist", || Subject::Checklist(id.clone()));
        }
    }
    for (group, _) in ladder.groups.iter().zip(reach.systems.iter()).filter(unknown) {
        let name = format!("{} of {}", group.name, ladder.name);
        let mut references = References { subject: Subject::Group(group.id.clone()), name: &name, sink };
        for id in &group.systems {
            known_system(plan, id, "contains system", &mut references);
        }
    }
}

fn check_freezes(cx: &Context<'_>, sink: &mut Sink) {
    cx.plan().freezes().iter().for_each(|freeze| check_freeze(cx.plan(), freeze, sink));
}

fn check_freeze(plan: &Plan, freeze: &ChangeFreeze, sink: &mut Sink) {
    let mut references = References { subject: Subject::Freeze(freeze.id.clone()), name: &freeze.name, sink };
    check_coverage(plan, &freeze.scope, &mut references);
    for exemption in &freeze.exemptions {
        let is_known = plan.windows().contains(&exemption.window);
        references.record(is_known, "exempts window", || Subject::Window(exemption.window.clone()));
    }
}

/// Checks what a scope names.
fn check_coverage(plan: &Plan, scope: &SystemScope, references: &mut References<'_, '_>) {
    match scope {
        SystemScope::Everything => {}
        SystemScope::Areas(areas) => {
            for id in areas {
                references.record(plan.areas().contains(id), "covers business area", || Subject::Area(id.clone()));
            }
        }
        SystemScope::Ladders(ladders) => {
            for id in ladders {
                references.record(plan.ladders().contains(id), "covers ladder", || Subject::Ladder(id.clone()));
            }
        }
        SystemScope::Systems(systems) => {
            for id in systems {
                known_system(plan, id, "covers system", references);
            }
        }
    }
}

fn known_system(plan: &Plan, id: &SystemId, how: &str, references: &mut References<'_, '_>) {
    references.record(plan.systems().contains(id), how, || Subject::System(id.clone()));
}
