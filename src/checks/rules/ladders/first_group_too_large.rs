//! R007 first-group-too-large: the first group of a ladder has too many of its hosts.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::Reach;
use crate::wording::counted;

pub static RULE: Rule = Rule {
    code: "R007",
    name: "first-group-too-large",
    severity: Severity::Note,
    summary: "The first group of a ladder that has systems holds more than the policy's share of the ladder's hosts. One \
              host is always allowed, and so is a ladder with a single group.",
    why: "Nothing has tested a patch before the first group. The larger it is, the more hosts a bad patch takes down at \
          once.",
    example: "Servers: Test (DEV) has 31 of 204 hosts; the policy allows 10 %, which is 20.",
    remedy: "Move systems to a later group, or raise the share in the policy if the first group is harmless.",
    checks: &[Check::Records(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    let share = cx.plan().policy().first_group_percent;
    for reach in cx.schedule.reaches.iter() {
        let hosts = hosts_by_group(cx, reach);
        let Some(first) = hosts.iter().position(|hosts| *hosts > 0) else { continue };
        let total: u64 = hosts.iter().sum();
        if hosts[first] <= 1 || hosts[first] == total || hosts[first] * 100 <= total * u64::from(share) {
            continue;
        }
        let group = &reach.ladder.groups[first];
        let message = format!(
            "{}: {} has {} of {}; the policy allows {share} %, which is {}",
            reach.ladder.name,
            group.name,
            hosts[first],
            counted(total, "host"),
            (total * u64::from(share) / 100).max(1),
        );
        let finding = Finding::new(&RULE, Subject::Group(group.id.clone()), message);
        sink.add(finding.with_other(Subject::Ladder(reach.ladder.id.clone())));
    }
}

fn hosts_by_group(cx: &Context<'_>, reach: &Reach) -> Vec<u64> {
    let records = cx.plan().systems().as_slice();
    let hosts = |position: &u32| u64::from(records[*position as usize].hosts);
    reach.systems.iter().map(|systems| systems.iter().map(hosts).sum()).collect()
}
