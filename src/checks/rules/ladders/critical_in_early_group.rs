//! R006 critical-in-early-group: a critical system is patched before less critical ones.

use crate::checks::{Check, CommonCause, Context, Finding, Fix, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{DeploymentGroup, Edit, Ladder, Level, Stage, Subject, System};
use crate::schedule::Reach;
use crate::wording::{counted, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "R006",
    name: "critical-in-early-group",
    severity: Severity::Warning,
    summary: "A system that is rated high for confidentiality, integrity or availability is in a group of stage Test, \
              Pilot or The rest, and less critical systems come in later groups of the ladder.",
    why: "The early groups find the faults of a patch. If a critical system is among them, a fault that a less critical \
          system would have shown stops the business first.",
    example: "Core DB (criticality high) is in The rest, ahead of 3 less critical systems in Production.",
    remedy: "Move the system to Production, or to the last group of the ladder. If it is a copy for tests, lower its \
             rating.",
    checks: &[Check::Records(check)],
    fix: Some(move_later),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    for reach in cx.schedule.reaches.iter() {
        check_ladder(cx, reach, sink);
    }
}

fn check_ladder(cx: &Context<'_>, reach: &Reach, sink: &mut Sink) {
    let records = cx.plan().systems().as_slice();
    let is_critical = |position: &&u32| criticality(&records[**position as usize]) == Level::High;
    let less_critical = |systems: &[u32]| systems.iter().filter(|position| !is_critical(position)).count();
    for (at, group) in reach.ladder.groups.iter().enumerate().filter(|(_, group)| is_early(group)) {
        let later = reach.ladder.groups.iter().zip(reach.systems.iter()).skip(at + 1);
        let later: Vec<(&str, usize)> =
            later.map(|(group, systems)| (group.name.as_str(), less_critical(systems))).collect();
        let later: Vec<(&str, usize)> = later.into_iter().filter(|(_, count)| *count > 0).collect();
        if later.is_empty() {
            continue;
        }
        let ahead = counted(later.iter().map(|(_, count)| count).sum::<usize>(), "less critical system");
        let names = list_in_sentence(later.iter().map(|(name, _)| *name), MOST_NAMES);
        for position in reach.systems[at].iter().filter(is_critical) {
            let system = &records[*position as usize];
            let message =
                format!("{} (criticality high) is in {}, ahead of {ahead} in {names}", system.name, group.name);
            let finding = Finding::new(&RULE, Subject::System(system.id.clone()), message);
            sink.add(finding.with_other(Subject::Group(group.id.clone())));
        }
    }
}

fn criticality(system: &System) -> Level {
    system.rating.criticality()
}

/// Whether the group is for finding faults, or for systems that may fail.
fn is_early(group: &DeploymentGroup) -> bool {
    matches!(group.stage, Stage::Test | Stage::Pilot | Stage::Rest)
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let names: Vec<String> = cause.findings.iter().map(|finding| finding.subject.name(cx.plan())).collect();
    let systems = counted(cause.findings.len(), "critical system");
    format!("{}: {systems} ahead of less critical ones ({})", cause.name(cx), list_in_sentence(&names, MOST_NAMES))
}

/// The next Production group after that one, or else the last group of the ladder.
fn later_group<'a>(ladder: &'a Ladder, group: &DeploymentGroup) -> Option<&'a DeploymentGroup> {
    let at = ladder.groups.iter().position(|each| each.id == group.id)?;
    let later = &ladder.groups[at + 1..];
    later.iter().find(|each| each.stage == Stage::Production).or(later.last())
}

fn move_later(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (Subject::System(system), Some(Subject::Group(group))) = (&finding.subject, &finding.other) else {
        return None;
    };
    let (ladder, group) = cx.plan().group(group)?;
    let target = later_group(ladder, group)?;
    let label = format!("Move {} to {}", cx.plan().systems().get(system)?.name, target.name);
    Some(Fix { label, edit: Edit::Assign { systems: vec![system.clone()], group: target.id.clone() } })
}
