//! P004 system-in-two-groups: a system that stands twice on a ladder.

use std::collections::HashMap;

use crate::checks::{Check, Context, Finding, Fix, Rule, Severity, Sink, Subject};
use crate::model::{DeploymentGroup, Edit, Ladder, SystemId};
use crate::schedule::Reach;

pub static RULE: Rule = Rule {
    code: "P004",
    name: "system-in-two-groups",
    severity: Severity::Error,
    summary: "A system stands in two groups of one ladder.",
    why: "It is then patched with the earlier group, and the soak time that was to protect the later one is for nothing.",
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
            // One that does not exist stands nowhere: P001 says so.
            for id in group.systems.iter().filter(|id| cx.plan().systems.contains(id)) {
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

/// Whether each system that the ladder names is known and named once, as nearly always.
fn names_each_once(reach: &Reach) -> bool {
    let named: usize = reach.ladder.groups.iter().map(|group| group.systems.len()).sum();
    let mut places: Vec<u32> = reach.systems.iter().flatten().copied().collect();
    places.sort_unstable();
    places.dedup();
    places.len() == named
}

fn report(cx: &Context<'_>, ladder: &Ladder, id: &SystemId, [first, group]: [&DeploymentGroup; 2], sink: &mut Sink) {
    let subject = Subject::System(id.clone());
    let where_to = if std::ptr::eq(first, group) {
        format!("twice in {}", group.name)
    } else {
        format!("in {} and in {}", first.name, group.name)
    };
    let message = format!("{} is {where_to} of {}", subject.name(cx.plan()), ladder.name);
    sink.add(Finding::new(&RULE, subject, message).with_other(Subject::Group(group.id.clone())));
}

fn keep_in_earlier(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (Subject::System(id), Some(Subject::Group(group))) = (&finding.subject, &finding.other) else { return None };
    let (ladder, _) = cx.plan().group(group)?;
    let first = ladder.groups.iter().find(|group| group.systems.contains(id))?;
    let edit = Edit::Assign { systems: vec![id.clone()], group: first.id.clone() };
    Some(Fix { label: format!("Keep in {}", first.name), edit })
}
