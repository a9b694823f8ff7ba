//! W006 night-too-full: more hosts, windows or changes in one night than the policy allows.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::checks::facts::nights::{CrowdedNight, NightLoad, Nights};
use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::model::{NightLimits, Subject};
use crate::wording::{and_more, counted, date};

pub static RULE: Rule = Rule {
    code: "W006",
    name: "night-too-full",
    severity: Severity::Warning,
    summary: "In one night, more windows start, more changes are made (one for each system in each window) or more \
              hosts are patched than the policy allows. A night lasts from noon to noon on the plan's clock.",
    why: "A team can only look after a limited number of changes at once. With more, the important fault is noticed too late, \
          and nobody can say which change caused it.",
    example: "Night of Sat 13 Mar 2027: 9 windows, 3 over the limit of 6: Core DB, Web, Mail, ERP and 5 more.",
    remedy: "Move some of the windows to another night, or raise the limit in the policy if the team is large enough.",
    checks: &[Check::Night(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, night: &CrowdedNight<'_>, sink: &mut Sink) {
    let over = overs(&night.load, &cx.plan().policy().night).map(Over::in_words).collect::<Vec<_>>().join(" and ");
    let message = format!("Night of {}: {over}: {}", date(night.on), windows(night));
    sink.add(Finding { on: Some(night.on), at: Some(night.at), ..Finding::new(&RULE, Subject::Plan, message) });
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let limits = &cx.plan().policy().night;
    let is_in_cause = |on: NaiveDate| cause.findings.iter().any(|finding| finding.on == Some(on));
    let nights = Nights::new(cx.schedule);
    let crowded = nights.crowded(limits, |_| true);
    let loads = crowded.map(|(_, night)| night).filter(|night| is_in_cause(night.on));
    let worst = |night: CrowdedNight<'_>| overs(&night.load, limits).map(|over| (over.share(), night.on, over)).max();
    let fullest = loads.filter_map(worst).max_by_key(|(share, on, _)| (*share, Reverse(*on)));
    let fullest = fullest.map_or_else(String::new, |(_, on, over)| {
        format!("; worst on {}, {} of {}", date(on), counted(over.count, over.noun), over.limit)
    });
    format!("{} exceed the policy's limits{fullest}", counted(cause.findings.len(), "night"))
}

/// A limit of the policy that a night exceeds.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Over {
    count: u64,
    limit: u64,
    noun: &'static str,
}

impl Over {
    /// "9 windows, 3 over the limit of 6"
    fn in_words(self) -> String {
        let Self { count, limit, noun } = self;
        format!("{}, {} over the limit of {limit}", counted(count, noun), count - limit)
    }

    /// The count in relation to the limit, in thousandths.
    fn share(&self) -> u64 {
        self.count.saturating_mul(1000) / self.limit.max(1)
    }
}

fn overs(load: &NightLoad, limits: &NightLimits) -> impl Iterator<Item = Over> {
    let all = [
        (u64::from(load.windows), limits.windows, "window"),
        (load.changes.into(), limits.changes, "change"),
        (load.hosts, limits.hosts, "host"),
    ];
    let over = all.into_iter().filter_map(|(count, limit, noun)| Some(Over { count, limit: limit?.into(), noun }));
    over.filter(|over| over.count > over.limit)
}

/// "Core DB, Web, Mail, ERP and 5 more"
fn windows(night: &CrowdedNight<'_>) -> String {
    let more = (night.load.windows as usize).saturating_sub(night.windows.len());
    match (more, night.windows.as_slice()) {
        (0, [most @ .., last]) if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        (0, windows) => windows.join(", "),
        (more, windows) => format!("{} {}", windows.join(", "), and_more(more)),
    }
}
