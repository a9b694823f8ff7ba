//! W006 night-too-full: more hosts, windows or changes in one night than the policy allows.

use super::nights::CrowdedNight;
use super::words::{counted, date};
use super::{Check, Context, Finding, Rule, Severity, Sink, Subject};

pub static RULE: Rule = Rule {
    code: "W006",
    name: "night-too-full",
    severity: Severity::Warning,
    checks: "In one night, from noon to noon on the plan's clock, more windows start, more changes are made (each system \
             in each window is one) or more hosts are patched than the policy allows.",
    why: "A team can look after so many changes at a time. With more, the fault that matters is seen too late, and \
          nobody can say which of them caused it.",
    example: "Night of Sat 13 Mar 2027: 9 windows, 3 over the limit of 6: Core DB, Web, Mail, ERP and 5 more.",
    remedy: "Move some of the windows to another night, or raise the limit in the policy if the team is large enough.",
    check: Check::Night(check),
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, night: &CrowdedNight<'_>, sink: &mut Sink) {
    let limits = &cx.plan().policy.night;
    let load = night.load;
    let over = [
        (u64::from(load.windows), limits.windows, "window"),
        (load.changes.into(), limits.changes, "change"),
        (load.hosts, limits.hosts, "host"),
    ]
    .into_iter()
    .filter_map(|(count, limit, noun)| over(count, limit?, noun));
    let over = over.collect::<Vec<_>>().join(" and ");
    let message = format!("Night of {}: {over}: {}", date(night.on), windows(night));
    sink.add(Finding { on: Some(night.on), at: Some(night.at), ..Finding::new(&RULE, Subject::Plan, message) });
}

/// "9 windows, 3 over the limit of 6"
fn over(count: u64, limit: u32, noun: &str) -> Option<String> {
    let more = count.checked_sub(limit.into()).filter(|more| *more > 0)?;
    Some(format!("{}, {more} over the limit of {limit}", counted(count, noun)))
}

/// "Core DB, Web, Mail, ERP and 5 more"
fn windows(night: &CrowdedNight<'_>) -> String {
    let more = (night.load.windows as usize).saturating_sub(night.windows.len());
    match (more, night.windows.as_slice()) {
        (0, [most @ .., last]) if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        (0, windows) => windows.join(", "),
        (more, windows) => format!("{} and {more} more", windows.join(", ")),
    }
}
