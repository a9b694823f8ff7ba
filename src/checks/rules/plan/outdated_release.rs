//! P015 outdated-release: a release calendar has a value that earlier versions of the program built in.

use crate::checks::{Check, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{Edit, ReleaseCadence, ReleaseCalendar, Subject, built_in_releases, outdated_releases};
use crate::wording::time;

pub static RULE: Rule = Rule {
    code: "P015",
    name: "outdated-release",
    severity: Severity::Note,
    summary: "A release calendar still has the time that an earlier version of the program built into new plans and that \
              turned out to be wrong.",
    why: "SAP publishes at 10:00 in Germany, not at midnight. With the old value, the patch day is a Monday in America, \
          and a window in the morning seems to come after the release.",
    example: "SAP patch day is at 00:00 in Europe/Berlin, as earlier versions had it; the built-in time is now 10:00.",
    remedy: "Use the new time, or accept the finding if the old one is right for you.",
    checks: &[Check::Records(check)],
    fix: Some(use_built_in),
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    for calendar in cx.plan().releases() {
        let Some((old, new)) = calendar.cadences.iter().find_map(|cadence| outdated(calendar, cadence)) else {
            continue;
        };
        let message = format!(
            "{} is at {} in {}, as earlier versions had it; the built-in time is now {}",
            calendar.name,
            time(old.time),
            old.zone,
            time(new.time),
        );
        sink.add(Finding::new(&RULE, Subject::Release(calendar.id.clone()), message));
    }
}

/// The outdated rule that a calendar has, and the rule that is built in now.
fn outdated(calendar: &ReleaseCalendar, cadence: &ReleaseCadence) -> Option<(ReleaseCadence, ReleaseCadence)> {
    let of_id = |releases: Vec<ReleaseCalendar>| releases.into_iter().find(|each| each.id == calendar.id);
    let old = of_id(outdated_releases())?.cadences.into_iter().find(|each| each == cadence)?;
    let new = of_id(built_in_releases())?.cadences.into_iter().find(|each| each.on == old.on)?;
    Some((old, new))
}

fn use_built_in(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let Subject::Release(id) = &finding.subject else { return None };
    let mut calendar = ReleaseCalendar::clone(cx.plan().releases().get(id)?);
    let mut label = None;
    for index in 0..calendar.cadences.len() {
        if let Some((_, new)) = outdated(&calendar, &calendar.cadences[index]) {
            label = Some(format!("Use {} in {}", time(new.time), new.zone));
            calendar.cadences[index] = new;
        }
    }
    Some(Fix { label: label?, edit: Edit::PutRelease(calendar) })
}
