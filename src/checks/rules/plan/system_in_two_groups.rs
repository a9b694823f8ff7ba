//! P004 system-in-two-groups: a system that is twice on a ladder.

use std::collections::HashMap;

use crate::checks::{Check, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{DeploymentGroup, Edit, Ladder, Subject, SystemId};
use crate::schedule::Reach;

pub static RULE: Rule = Rule {
    code: "P004",
    name: "system-in-two-groups",
    severity: Severity::Error,
    summary: "A system is in two groups of one ladder.",
    why: "It is patched with the earlier group, so the soak time that should protect the later one has no effect.",
    example: "Web 3 is in Test and in Production of Servers.",
    remedy: "Keep the system in one of the groups.",
    checks: &[Check::Records(check)],
    fix: Some(keep_in_earlier),
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    for reach in cx.schedule.reaches.iter().filter(|reach| !names_each_once(reach)) {
        let ladder = &reach.ladder;
        let mut first_group: HashMap<&SystemId, &DeploymentGroup> = HashMap::new();
        for group in &ladder.groups {
            // P001 reports systems that do not exist.
            for id in group.systems.iter().filter(|id| cx.plan().systems().contains(id)) {
                match first_group.get(id) {
                    Some(first) => report(cx, ladder, id, [*first, group], sink),
                    None => {
                        first_group.insert(id, group);
                    }
                }
            }
        }
    }
}

/// Whether each system that the ladder names exists and is named once. That is nearly always so, and quick to tell.
fn names_each_once(reach: &Reach) -> bool {
    let named: usize = reach.ladder.groups.iter().map(|group| group.systems.len()).sum();
    let mut positions: Vec<u32> = reach.systems.iter().flatten().copied().collect();
    positions.sort_unstable();
    positions.dedup();
    positions.len() == named
}

fn report(cx: &Context<'_>, ladder: &Ladder, id: &SystemId, [first, group]: [&DeploymentGroup; 2], sink: &mut Sink) {
    let subject = Subject::System(id.clone());
    let location = if std::ptr::eq(first, group) {
        format!("twice in {}", group.name)
    } else {
        format!("in {} and in {}", first.name, group.name)
    };
    let message = format!("{} is {location} of {}", subject.name(cx.plan()), ladder.name);
    sink.add(Finding::new(&RULE, subject, message).with_other(Subject::Group(group.id.clone())));
}

fn keep_in_earlier(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (Subject::System(id), Some(Subject::Group(group))) = (&finding.subject, &finding.other) else { return None };
    let (ladder, _) = cx.plan().group(group)?;
    let first = ladder.groups.iter().find(|group| group.systems.contains(id))?;
    let edit = Edit::Assign { systems: vec![id.clone()], group: first.id.clone() };
    Some(Fix { label: format!("Keep in {}", first.name), edit })
}
