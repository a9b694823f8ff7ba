//! R005 pilot-not-representative: a class or hardware model of a later group is not in the pilot.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use crate::checks::{Check, CommonCause, Context, Finding, Fix, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{DeploymentGroup, Edit, GroupId, Stage, Subject, System};
use crate::schedule::Reach;
use crate::wording::{counted, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "R005",
    name: "pilot-not-representative",
    severity: Severity::Warning,
    summary: "On a ladder with a Pilot group, a later group has systems of a class or hardware model that Pilot \
              lacks. Systems without a model are compared by class only.",
    why: "The pilot represents all systems that come after it. What it lacks is patched untested: if one driver \
          fails, every machine of that model fails on the same night.",
    example: "Desktops: no ThinkPad T14 in Pilot; 120 hosts of that model come later, in The rest.",
    remedy: "Put one system of each class and model in the pilot; the smallest is enough.",
    checks: &[Check::Records(check)],
    fix: Some(move_to_pilot),
    fold: Some(in_one_line),
};

/// The systems of one class or model that come after the pilot.
#[derive(Default)]
struct Missing<'a> {
    hosts: u64,
    groups: Vec<&'a str>,
    smallest: Option<&'a System>,
}

/// What systems have in common. Classes come before models.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum HardwareKind {
    Class(&'static str),
    /// In lower case.
    Model(String),
}

impl HardwareKind {
    /// "firewall", "Latitude 7440": the model as one of its systems writes it.
    fn in_words(&self, system: &System) -> String {
        match self {
            Self::Class(class) => class.to_lowercase(),
            Self::Model(_) => system.model.trim().to_owned(),
        }
    }
}

fn check(cx: &Context<'_>, sink: &mut Sink) {
    for reach in cx.schedule.reaches.iter() {
        let Some(pilot) = find_pilot(reach) else { continue };
        for (kind, missing) in missing(cx, reach, pilot) {
            let Some(smallest) = missing.smallest else { continue };
            let what = kind.in_words(smallest);
            let noun = if matches!(kind, HardwareKind::Class(_)) { "class" } else { "model" };
            let comes = if missing.hosts == 1 { "comes" } else { "come" };
            let hosts = counted(missing.hosts, "host");
            let message = format!(
                "{}: no {what} in {}; {hosts} of that {noun} {comes} later, in {}",
                reach.ladder.name,
                reach.ladder.groups[pilot].name,
                list_in_sentence(missing.groups.iter().copied(), MOST_NAMES),
            );
            let finding = Finding::new(&RULE, Subject::Group(reach.ladder.groups[pilot].id.clone()), message);
            sink.add(finding.with_other(Subject::System(smallest.id.clone())));
        }
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let has_group =
        |reach: &&Reach| reach.ladder.groups.iter().any(|group| cause.subject == Subject::Group(group.id.clone()));
    let reach = cx.schedule.reaches.iter().find(has_group);
    let Some((reach, pilot)) = reach.and_then(|reach| Some((reach, find_pilot(reach)?))) else {
        return format!("{} lacks {} kinds of systems that come later", cause.name(cx), cause.findings.len());
    };
    let missing = missing(cx, reach, pilot);
    let kinds: Vec<String> =
        missing.iter().filter_map(|(kind, missing)| Some(kind.in_words(missing.smallest?))).collect();
    let hosts: u64 = missing.values().map(|missing| missing.hosts).sum();
    let come = if hosts == 1 { "comes" } else { "come" };
    format!(
        "{}: {} lacks {}; {} {come} later",
        reach.ladder.name,
        cause.name(cx),
        list_in_sentence(&kinds, MOST_NAMES),
        counted(hosts, "such host"),
    )
}

/// The first Pilot group of a ladder that has systems. P005 reports an empty one.
fn find_pilot(reach: &Reach) -> Option<usize> {
    let groups = reach.ladder.groups.iter().zip(reach.systems.iter());
    groups.into_iter().position(|(group, systems)| group.stage == Stage::Pilot && !systems.is_empty())
}

/// The classes and models that come after the pilot and are not in it. If a class is missing, its models are not reported
/// as well.
fn missing<'a>(cx: &Context<'a>, reach: &'a Reach, pilot: usize) -> BTreeMap<HardwareKind, Missing<'a>> {
    let records = cx.plan().systems().as_slice();
    let groups = || reach.ladder.groups.iter().zip(reach.systems.iter());
    let is_pilot = |group: &DeploymentGroup| group.stage == Stage::Pilot;
    let pilots = || groups().filter(|(group, _)| is_pilot(group)).flat_map(|(_, systems)| systems);
    let pilots = || pilots().map(|position| &*records[*position as usize]);
    let present = LazyCell::new(|| each_once(pilots().flat_map(kinds).collect()));
    // Most systems are spelled like one in the pilot. That saves making their model lower case.
    let spelled = each_once(pilots().map(spelling).collect());
    let mut missing: BTreeMap<HardwareKind, Missing<'a>> = BTreeMap::new();
    for (group, systems) in groups().skip(pilot + 1).filter(|(group, _)| !is_pilot(group)) {
        let systems = systems.iter().map(|position| &*records[*position as usize]).filter(|system| system.hosts > 0);
        for system in systems.filter(|system| spelled.binary_search(&spelling(system)).is_err()) {
            let unknown = kinds(system).find(|kind| present.binary_search(kind).is_err());
            if let Some(kind) = unknown {
                missing.entry(kind).or_default().add(system, &group.name);
            }
        }
    }
    missing
}

fn each_once<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    // Neighbours are often equal, so the first pass leaves little to sort.
    all.dedup();
    all.sort_unstable();
    all.dedup();
    all
}

fn spelling(system: &System) -> (&'static str, &str) {
    (system.class.name(), &system.model)
}

fn kinds(system: &System) -> impl Iterator<Item = HardwareKind> {
    let model = system.model.trim();
    let model = (!model.is_empty()).then(|| HardwareKind::Model(model.to_lowercase()));
    [HardwareKind::Class(system.class.name())].into_iter().chain(model)
}

impl<'a> Missing<'a> {
    fn add(&mut self, system: &'a System, group: &'a str) {
        self.hosts += u64::from(system.hosts);
        if self.groups.last() != Some(&group) {
            self.groups.push(group);
        }
        if self.smallest.is_none_or(|smallest| system.hosts < smallest.hosts) {
            self.smallest = Some(system);
        }
    }
}

/// Moves the smallest such system to the pilot.
fn move_to_pilot(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (Subject::Group(pilot), Subject::System(system)) = (&finding.subject, finding.other.as_ref()?) else {
        return None;
    };
    let name = &cx.plan().systems().get(system)?.name;
    let pilot: &GroupId = pilot;
    let label = format!("Move {name} to {}", cx.plan().group(pilot)?.1.name);
    Some(Fix { label, edit: Edit::Assign { systems: vec![system.clone()], group: pilot.clone() } })
}
